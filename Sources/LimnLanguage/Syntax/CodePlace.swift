/// What tools ask of a place in a text that may be half written.
package enum CodePlace {
  /// Whether a byte stands within a comment, or within a string's text rather than an interpolation.
  package static func isInText(_ source: Source, _ offset: Int) -> Bool {
    var lexer = Lexer(Source(name: source.name, text: String(decoding: source.bytes[..<offset], as: UTF8.self)))
    lexer.run()
    if let comment = lexer.comments.last, comment.end == offset { return true }
    // A text that ends within a string leaves a broken token there.
    guard let last = lexer.tokens.dropLast().last, last.kind == .invalid, last.span.end == offset else { return false }
    return !lexer.endsInInterpolation
  }

  /// The brackets that close what a text leaves open, innermost first.
  package static func closers(of text: ArraySlice<UInt8>) -> [UInt8] {
    var lexer = Lexer(Source(name: "", text: String(decoding: text, as: UTF8.self)))
    lexer.run()
    var open: [Symbol] = []
    for token in lexer.tokens {
      guard case .symbol(let symbol) = token.kind else { continue }
      if symbol.isOpening {
        open.append(symbol)
      } else if symbol.isClosing, let index = open.lastIndex(where: { $0.closing == symbol }) {
        open.removeSubrange(index...)
      }
    }
    return open.reversed().flatMap { Array(($0.closing?.rawValue ?? "").utf8) }
  }

  /// The words that are reserved.
  package static let keywords: [String] = Keyword.allCases.map(\.rawValue)

  /// Whether a text is a name that a program can declare.
  package static func isName(_ text: String) -> Bool {
    var lexer = Lexer(Source(name: "", text: text))
    lexer.run()
    return lexer.diagnostics.isEmpty && lexer.tokens.count == 2 && lexer.tokens[0].kind == .name
      && lexer.tokens[0].span == Span(0, text.utf8.count)
  }
}
