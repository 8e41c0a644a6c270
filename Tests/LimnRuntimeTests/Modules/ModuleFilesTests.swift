import Foundation
import LimnRuntime
import LimnStandardLibrary
import Testing

@Suite struct ModuleFilesTests {
  @Test func aFileBesideTheScriptIsAModule() throws {
    let session = try TestSession(files: ["helper.limn": "let answer = 42\nfn double(x) { x * 2 }"])
    #expect(try session.run("import helper\nhelper.double(helper.answer)") == "84")
  }

  @Test func aFileThatHidesTheStandardLibraryIsAnError() throws {
    let session = try TestSession(files: ["gan.limn": "let x = 1", "data.limn": "let x = 1"])
    #expect(session.failure(of: "import gan")?.code == "ambiguous-module")
    #expect(session.failure(of: "import data")?.code == "ambiguous-module")
  }

  @Test func anUnknownModuleSuggestsANearOne() throws {
    #expect(try TestSession().failure(of: "import dat")?.help?.contains("data") == true)
  }

  /// Every module in the folder is in the table, so that none is forgotten in the binary.
  @Test func everyModuleIsEmbedded() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let files = try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent("stdlib").path)
    let modules = files.filter { $0.hasSuffix(".limn") }.map { String($0.dropLast(5)) }
    #expect(Set(modules) == Set(StandardLibrary.modules.keys))
  }

  @Test(arguments: StandardLibrary.modules.keys.sorted())
  func everyModuleRuns(_ name: String) throws { try TestSession().run("import \(name)") }

  /// The recipe trains: after a few steps on pictures of one color the generator's pictures have come nearer to it.
  @Test func ganTrains() throws {
    let session = try TestSession(seed: 1)
    try session.run(
      """
      import gan
      type G(noise = 4) { let a = dense(16); fn call(z) { z |> a |> tanh |> reshape(-1, 4, 4, 1) } }
      let g, d = G(), flatten >> dense(8) >> relu >> dense(1)
      let images = full([64, 4, 4, 1], 0.8)
      g(zeros(1, 4))
      let before = abs(g(randn(64, 4)) - 0.8).mean().item()
      let curve = gan.train(g, d, images, epochs: 60, batch: 16, lr: 0.01, beta1: 0.5)
      let after = abs(g(randn(64, 4)) - 0.8).mean().item()
      """)
    #expect(try session.run("len(curve)") == "60")
    #expect(try session.run("after < before") == "true")
  }
}
