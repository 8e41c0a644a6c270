import LimnLanguage

/// Where front matter stands in a text.
struct FrontMatterBlock {
  /// From the opening `---` through the line break of the closing one.
  let range: Range<Int>
  /// The opening line.
  let openingLine: Range<Int>
  /// The closing line, `---` or `...`.
  let closingLine: Range<Int>
  /// The lines between.
  let yaml: YAMLText

  /// Finds front matter: it opens with `---` on the first line, alone.
  ///
  /// - Returns: nil when the text does not begin with it.
  /// - Throws: `DiagnosticError` when it is not closed.
  static func find(in source: Source, from start: Int) throws -> FrontMatterBlock? {
    var lines = TextLines(source.bytes, from: start)
    guard let opening = lines.next(), isRule(source.bytes[opening], "---") else { return nil }
    var content: [Range<Int>] = []
    while let line = lines.next() {
      if isRule(source.bytes[line], "---") || isRule(source.bytes[line], "...") {
        return FrontMatterBlock(
          range: start..<lines.position, openingLine: opening, closingLine: line,
          yaml: YAMLText(source: source, lines: content))
      }
      content.append(line)
    }
    throw DiagnosticError([
      Diagnostic(
        code: "unclosed-front-matter", message: "the front matter is not closed",
        primary: Diagnostic.Mark(
          source: source, span: Span(opening.lowerBound, opening.upperBound), label: "it begins here"),
        help: "end it with a line `---`, or, if this is meant as a rule, put a blank line above it")
    ])
  }

  private static func isRule(_ line: ArraySlice<UInt8>, _ rule: String) -> Bool {
    line.starts(with: rule.utf8) && line.dropFirst(rule.utf8.count).allSatisfy(\.isSpaceOrTab)
  }
}

extension Span {
  var isEmpty: Bool { start == end }
}
