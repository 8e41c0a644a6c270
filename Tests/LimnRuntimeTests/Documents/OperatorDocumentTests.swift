import Foundation
import Testing

/// `docs/operators.md` shows code as it stands in the sources.
@Suite struct OperatorDocumentTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func quotesTheSources() throws {
    let document = try String(contentsOf: Self.root.appendingPathComponent("docs/operators.md"), encoding: .utf8)
    let quotes = document.matches(of: #/<!-- (?<path>.+) -->\n```swift\n(?<code>(?:.|\n)+?)```/#)
    #expect(quotes.count == 4)
    for quote in quotes {
      let source = try String(
        contentsOf: Self.root.appendingPathComponent(String(quote.output.path)), encoding: .utf8)
      #expect(source.contains(quote.output.code), "\(quote.output.path) no longer has:\n\(quote.output.code)")
    }
  }
}
