import Foundation
import Testing

@testable import LimnLanguage

@Suite struct ErrorCatalogTests {
  @Test(arguments: SyntaxError.allCases)
  func everySyntaxErrorIsExplained(_ error: SyntaxError) { #expect(ErrorCatalog.language[error.rawValue] != nil) }

  @Test(arguments: ErrorCatalog.syntaxEntries)
  func examplesHaveTheErrorOrNone(_ entry: ErrorCatalog.Entry) {
    let codes = Parser.parse(Source(name: "wrong", text: entry.wrong)).diagnostics.map(\.code)
    #expect(entry.code == "too-many-errors" ? codes.contains(entry.code) : codes == [entry.code])
    #expect(Parser.parse(Source(name: "right", text: entry.right)).diagnostics.map(\.code) == [])
  }

  @Test(arguments: ErrorCatalog.nameEntries + ErrorCatalog.valueEntries)
  func programsOfTheStoriesRunAsTold(_ entry: ErrorCatalog.Entry) throws {
    #expect(try LibrarySession().run(entry.wrong).hasPrefix("error[\(entry.code)]"))
    #expect(try !LibrarySession().run(entry.right).hasPrefix("error["))
  }

  @Test func everyCodeIsExplainedOnce() {
    let codes = ErrorCatalog.language.entries.map(\.code)
    #expect(Set(codes).count == codes.count)
  }

  @Test func misspeltCodesFindTheirNearest() {
    #expect(ErrorCatalog.language.closest(to: "unclosed-brackets") == "unclosed-bracket")
    #expect(ErrorCatalog.language.closest(to: "weather") == nil)
  }

  /// Codes are written as string literals in `Fault(...)` and `code:`; each must have its story.
  @Test func everyCodeInTheModulesSourcesIsExplained() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/LimnLanguage")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: #/(?:Fault\(\s*|code: )"([a-z]+(?:-[a-z]+)*)"/#) {
        #expect(ErrorCatalog.language[String(match.1)] != nil, "\(match.1) in \(file.lastPathComponent)")
      }
    }
  }

  @Test func theStoryShowsBothPrograms() {
    #expect(
      ErrorCatalog.language["invalid-number"]?.text == """
        invalid-number

        Numbers are `42`, `1_000`, `0xff`, `3.14`, `1e-4`. A float has digits on both sides of its point, an underscore stands \
        between digits, and a letter does not follow.

        This has the error:

            let x = .5

        This is right:

            let x = 0.5
        """)
  }
}
