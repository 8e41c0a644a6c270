import Foundation
import LimnLanguage
import LimnRuntime
import Testing

/// `limn explain` knows every code of tensors, models, pictures, and files, and its examples are true.
@Suite struct ErrorCatalogTests {
  static let entries = ErrorCatalog.runtime.entries

  @Test(arguments: entries.filter { !$0.wrong.isEmpty }.map { [$0.code, $0.wrong] })
  func theWrongProgramHasTheError(_ example: [String]) throws {
    #expect(try TestSession().failure(of: example[1])?.code == example[0])
  }

  @Test(arguments: entries.filter { !$0.right.isEmpty }.map { [$0.code, $0.right] })
  func theRightProgramRuns(_ example: [String]) throws {
    try TestSession().run(example[1])
  }

  /// Codes in the sources of the modules below, and in this one's own faults.
  @Test func everyCodeHasAStory() throws {
    let known = Set((ErrorCatalog.language.entries + Self.entries).map(\.code))
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")
    var found = 0
    for module in ["LimnTensor", "LimnImage", "LimnModels", "LimnRuntime"] {
      let folder = root.appendingPathComponent(module)
      let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
      for case let file as URL in files where file.pathExtension == "swift" {
        let text = try String(contentsOf: file, encoding: .utf8)
        for match in text.matches(of: /(?:Code|Self|Fault)\(\s*"([a-z]+(?:-[a-z]+)+)"/) {
          found += 1
          #expect(known.contains(String(match.1)), "\(match.1) in \(file.lastPathComponent)")
        }
      }
    }
    #expect(found > 40)
  }
}
