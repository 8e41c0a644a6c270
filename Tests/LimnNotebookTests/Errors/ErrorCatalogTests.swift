import Foundation
import LimnLanguage
import Testing

@testable import LimnNotebook

@Suite struct NotebookErrorCatalogTests {
  /// Codes as the module's sources spell them: the first argument of `UsageError`, and every `code:`.
  private func codesInSources() throws -> Set<String> {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/LimnNotebook")
    let files = try #require(FileManager.default.enumerator(atPath: root.path)).compactMap { $0 as? String }
    var codes: Set<String> = []
    for file in files where file.hasSuffix(".swift") && !file.contains("ErrorCatalog") {
      let text = try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)
      for match in text.matches(of: #/(?:UsageError\(\s*|code: |code = )"([a-z-]+)"/#) { codes.insert(String(match.1)) }
    }
    return codes
  }

  @Test func everyCodeIsExplained() throws {
    let codes = try codesInSources()
    #expect(codes.count >= 15)
    for code in codes { #expect(ErrorCatalog.notebook[code] != nil, "\(code)") }
  }

  @Test func nothingIsExplainedThatCannotHappen() throws {
    let codes = try codesInSources()
    for code in ErrorCatalog.notebook.codes { #expect(codes.contains(code), "\(code)") }
  }

  @Test(arguments: ErrorCatalog.notebook.entries.filter { $0.wrong.hasPrefix("```") || $0.wrong.hasPrefix("---") })
  func examplesOfDocumentsHaveTheErrorOrNone(_ entry: ErrorCatalog.Entry) {
    #expect(faults(entry.right).isEmpty)
    if entry.code != "expected-error" { #expect(faults(entry.wrong).map(\.code) == [entry.code]) }
  }
}
