import Foundation
import LimnImage
import LimnLanguage
import Testing

@testable import LimnNotebook

/// What a run leaves on disk.
@Suite struct RunOutputTests {
  @Test func outputsAreSavedBesideTheNotebook() throws {
    let fixture = try RunFixture("# Title\n\n" + cells("#| id: a\nprint(1)", "show(rand(4, 6, 1))"))
    let outcome = try fixture.run()
    #expect(fixture.folder.names == ["n.md", "n.out/images/cell-2-1.png", "n.out/n.md", "n.out/run.json"])
    #expect(outcome.report.notebook == "n.md")
    #expect(
      fixture.rendered
        == "---\nexecuted: true\n---\n# Title\n\n```limn\n#| id: a\nprint(1)\n```\n\n```output\n1\n```\n\n"
        + "```limn\nshow(rand(4, 6, 1))\n```\n\n![cell-2-1](images/cell-2-1.png)\n")
  }

  @Test func theOutputFolderMayBeChosen() throws {
    let fixture = try RunFixture(cells("1"))
    try fixture.run { $0.outputFolder = fixture.folder.path + "/deep/er" }
    #expect(fixture.folder.names == ["deep/er/n.md", "deep/er/run.json", "n.md"])
  }

  @Test func theNotebooksOwnFolderIsRefused() throws {
    let fixture = try RunFixture(cells("1"))
    #expect(throws: UsageError.self) { try fixture.run { $0.outputFolder = fixture.folder.path + "/x/.." } }
    #expect(fixture.folder.text("n.md") == cells("1"))
  }

  @Test func aPicturesChunksTellHowItWasMade() throws {
    let fixture = try RunFixture(
      "---\nseed: 42\nparams: {epochs: 5, folder: a}\n---\n" + cells("#| id: samples\nshow(rand(4, 6, 1))"))
    try fixture.run()
    let chunks = try PNG.decode(fixture.folder.bytes("n.out/images/samples-1.png"), name: "samples-1.png").text
    let recipe = try #require(Recipe(chunks: chunks))
    #expect(recipe.software.hasPrefix("Limn "))
    #expect(recipe.notebook == "n.md")
    #expect(recipe.cell == "samples")
    #expect(recipe.seed == 42)
    #expect(recipe.parameters.map(\.name) == ["epochs", "folder"])
    #expect(!chunks.contains { $0.text.contains(fixture.folder.path) })
  }

  @Test func picturesAreNumberedInTheirCell() throws {
    let fixture = try RunFixture(
      cells("for i in 0..<3 { show(rand(2, 2, 1)) }", "show(rand(2, 2, 1))\ngrid(rand(1, 2, 2, 1))"))
    try fixture.run()
    #expect(
      fixture.folder.names.filter { $0.hasSuffix(".png") }.map { String($0.dropFirst("n.out/images/".count)) }
        == ["cell-1-1.png", "cell-1-2.png", "cell-1-3.png", "cell-2-1.png", "cell-2-2.png"])
  }

  @Test func aPictureWithAnIdTakesThePlaceOfTheLast() throws {
    let fixture = try RunFixture(
      cells("show(rand(2, 2, 1), id: \"s\")\nprint(1)", "for i in 0..<5 { show(rand(3, 4, 1), id: \"s\") }"))
    let outcome = try fixture.run()
    #expect(fixture.folder.names.filter { $0.hasSuffix(".png") } == ["n.out/images/cell-1-1.png"])
    #expect(fixture.rendered.contains("![cell-1-1](images/cell-1-1.png)\n\n```output\n1\n```"))
    let image = try PNG.decode(fixture.folder.bytes("n.out/images/cell-1-1.png"), name: "x").image
    #expect((image.width, image.height) == (4, 3))
    #expect(outcome.cells.count == 2)
    #expect(try fixture.record.cells[1].outputs.isEmpty)
  }

  @Test func twoRunsWriteTheSameBytes() throws {
    let text =
      "---\nseed: 3\n---\n"
      + cells(
        "for i in progress(0..<3, label: \"step\") { print(i) }", "show(rand(5, 5, 1))", "[1, 2.5, \"a\"]", "[1][9]")
    let first = try RunFixture(text)
    let second = try RunFixture(text)
    try first.run()
    try second.run()
    for name in ["n.out/n.md", "n.out/images/cell-2-1.png"] {
      #expect(!first.folder.bytes(name).isEmpty)
      #expect(first.folder.bytes(name) == second.folder.bytes(name), "\(name)")
    }
    #expect(
      try first.record.cells.map { $0.outputs.map(\.sha256) } == second.record.cells.map { $0.outputs.map(\.sha256) })
  }

  @Test func aLoopsLastCountIsSavedWithoutTimes() throws {
    let fixture = try RunFixture(cells("for i in progress(0..<40, label: \"step\") { i }"))
    try fixture.run()
    #expect(fixture.rendered.contains("```output\nstep 40/40\n```"))
  }

  @Test func aLoopThatFailsKeepsItsCount() throws {
    let fixture = try RunFixture(
      cells("for i in progress(0..<40, label: \"step\") { if i == 7 { throw error(\"stop\") } }"))
    #expect(try fixture.run().exitCode == 1)
    #expect(fixture.rendered.contains("step 7/40\nerror["))
  }

  @Test func outputsAreOnDiskAfterEveryCell() throws {
    let fixture = try RunFixture(cells("print(\"one\")", "show(rand(2, 2, 1))", "print(\"three\")"))
    var seen: [Bool] = []
    let run = try fixture.prepare { event in
      switch event {
      case .started: seen.append(fixture.rendered.contains("executed: true") && !fixture.rendered.contains("```output"))
      case .cellStarted(let place) where place.number == 2:
        seen.append(fixture.rendered.contains("```output\none\n```"))
      case .cellStarted(let place) where place.number == 3:
        seen.append(fixture.folder.names.contains("n.out/images/cell-2-1.png"))
        seen.append((try? fixture.record.cells.map(\.status)) == [.succeeded, .succeeded, .pending])
      default: break
      }
    }
    _ = try run.execute()
    #expect(seen == [true, true, true, true])
  }

  @Test func aNewRunRemovesWhatTheLastLeft() throws {
    let fixture = try RunFixture(cells("show(rand(2, 2, 1))\nshow(rand(2, 2, 1))"))
    try fixture.run()
    try fixture.folder.write("n.out/images/own.png", "mine")
    try fixture.folder.write("n.md", cells("show(rand(2, 2, 1))"))
    try fixture.run()
    #expect(
      fixture.folder.names == [
        "n.md", "n.out/images/cell-1-1.png", "n.out/images/own.png", "n.out/n.md", "n.out/run.json",
      ])
  }

  @Test func theRecordNamesVersionsProcessorAndMemory() throws {
    let fixture = try RunFixture("---\ntitle: T\n---\n" + cells("1"))
    try fixture.run()
    let record = try fixture.record
    #expect(record.notebook == "n.md" && record.title == "T" && record.status == .succeeded)
    #expect(record.versions["limn"] != nil && record.versions["openblas"] != nil)
    #expect(!record.processor.name.isEmpty && !record.processor.kernels.isEmpty)
    #expect(record.cells[0].seconds != nil && record.cells[0].memory != nil)
    #expect(record.cells[0].outputs.map(\.sha256) == [Digest.sha256("1\n".utf8)])
  }

  @Test func hiddenOutputsAreStillToldAndSaved() throws {
    let fixture = try RunFixture(cells("#| hide: all\nprint(1)\nshow(rand(2, 2, 1))"))
    #expect(try fixture.run().text == "1\n")
    #expect(fixture.rendered == "---\nexecuted: true\n---\n")
    #expect(fixture.folder.names.contains("n.out/images/cell-1-1.png"))
  }
}

/// Scripts, by the same command.
@Suite struct ScriptRunTests {
  @Test func aScriptPrintsAndItsResultIsNotShown() throws {
    let fixture = try RunFixture("print(1)\n1 + 1\n", name: "s.limn")
    let outcome = try fixture.run()
    #expect(outcome.text == "1\n")
    #expect(outcome.results.isEmpty)
    #expect(outcome.report.outputFolder == nil)
    #expect(fixture.folder.names == ["s.limn"])
  }

  @Test func aPictureMakesAnOutputFolder() throws {
    let fixture = try RunFixture("print(1)\nshow(rand(2, 2, 1))\n", name: "s.limn")
    try fixture.run()
    #expect(fixture.folder.names == ["s.limn", "s.out/images/cell-1-1.png", "s.out/run.json"])
  }

  @Test func anOutputFolderMayBeAskedFor() throws {
    let fixture = try RunFixture("print(1)\n", name: "s.limn")
    try fixture.run { $0.outputFolder = fixture.folder.path + "/o" }
    #expect(fixture.folder.names == ["o/run.json", "s.limn"])
  }

  @Test func aScriptsErrorNamesFileAndLine() throws {
    let outcome = try RunFixture("print(1)\n[1][5]\n", name: "s.limn").run()
    #expect(outcome.exitCode == 1)
    let diagnostic = try #require(outcome.cells.first?.diagnostics.first)
    #expect(DiagnosticRenderer().render(diagnostic).contains("--> s.limn, line 2"))
  }

  @Test func aScriptHasNoParameters() throws {
    #expect(try RunFixture("print(params)\n", name: "s.limn").run().text == "{}\n")
  }
}
