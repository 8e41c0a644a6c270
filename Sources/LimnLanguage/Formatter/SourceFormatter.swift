/// Writes a source in the one style: what `limn fmt` does.
///
///     let text = try SourceFormatter.format(Source(name: "a.limn", text: "let x=f( 1,2 )"))   // let x = f(1, 2)
///
/// Only layout changes: blanks, line breaks, a comma before a closing bracket, a `;` at a line's end. Comments stay,
/// and so does one empty line where there are any. Formatting a second time changes nothing.
public enum SourceFormatter {
  /// The text in the one style, with a line break at its end; empty for a source of nothing but blanks.
  ///
  /// - Throws: `DiagnosticError` with the faults of a source that cannot be parsed.
  public static func format(_ source: Source) throws -> String {
    let (unit, faults) = Parser.parse(source)
    guard faults.isEmpty else { throw DiagnosticError(faults) }
    let landmarks = SyntaxLandmarks(unit)
    let (lexer, lexemes) = read(source)
    let (statements, end) = LayoutBuilder.build(lexemes, landmarks)
    var lines = LayoutPrinter.print(statements, end)
    while lines.last?.isEmpty == true { lines.removeLast() }
    if beginsWithLateOption(source, lexemes) { lines.insert("", at: 0) }
    var text = lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    if source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { text = "\u{FEFF}" + text }
    if source.usesCarriageReturns { text = text.replacing("\n", with: "\r\n") }

    let result = Source(name: source.name, text: text, cell: source.cell)
    guard Meaning(lexer, lexemes, landmarks) == Meaning(of: result) else { throw fault(source.name, "mean the same") }
    return text
  }

  private static func read(_ source: Source) -> (Lexer, [Lexeme]) {
    var lexer = Lexer(source)
    lexer.run()
    return (lexer, LexemeReader.read(lexer))
  }

  /// A comment that looks like a cell's option but is none, as it stands below an empty line, must not become one.
  private static func beginsWithLateOption(_ source: Source, _ lexemes: [Lexeme]) -> Bool {
    guard let first = lexemes.first?.comments.first?.text, first.hasPrefix("#|") else { return false }
    return !source.text.hasPrefix("#|") && !source.text.hasPrefix("\u{FEFF}#|")
  }

  /// The formatter's own fault: a file that would not `keep` what it must.
  package static func fault(_ name: String, _ keep: String) -> DiagnosticError {
    DiagnosticError([
      Diagnostic(
        code: "cannot-format", message: "`\(name)` would not \(keep) in the one style, and stays as it is",
        notes: ["this is a fault of limn fmt: please report it with the text"])
    ])
  }

  /// What must stay as it is: the tokens that are not layout, and which of them begin what.
  private struct Meaning: Equatable {
    private var kinds: [String] = []
    private var landmarks: [[Int]] = []
    private var comments: [String] = []
    private var isQuiet = false

    /// Nil for a source that cannot be parsed.
    init?(of source: Source) {
      let (unit, faults) = Parser.parse(source)
      guard faults.isEmpty else { return nil }
      let (lexer, lexemes) = SourceFormatter.read(source)
      self.init(lexer, lexemes, SyntaxLandmarks(unit))
    }

    init(_ lexer: Lexer, _ lexemes: [Lexeme], _ marks: SyntaxLandmarks) {
      let tokens = lexer.tokens
      var numbers: [Int: Int] = [:]
      for (index, token) in tokens.enumerated() {
        if isLayout(token, before: index + 1 < tokens.count ? tokens[index + 1] : nil) { continue }
        numbers[token.span.start] = kinds.count
        if case .stringText(let text) = token.kind {
          kinds.append("text " + lexer.texts[text])
        } else if token.kind == .stringStart || token.kind == .stringEnd || token.kind == .end {
          kinds.append("\(token.kind)")
        } else {
          kinds.append(lexer.source.text(of: token.span))
        }
      }
      for set in [marks.statements, marks.blocks, marks.unaries, marks.parentheses, marks.arrows, marks.lists] {
        landmarks.append(set.compactMap { numbers[$0] }.sorted())
      }
      comments = lexemes.flatMap { $0.comments.map(\.text) }
      isQuiet = tokens.count > 1 && tokens[tokens.count - 2].kind == .symbol(.semicolon)
    }

    private func isLayout(_ token: Token, before next: Token?) -> Bool {
      if token.kind == .symbol(.semicolon) { return true }
      guard token.kind == .symbol(.comma), case .symbol(let symbol)? = next?.kind else { return false }
      return symbol.isClosing
    }
  }
}

extension Source {
  /// Whether lines end with a carriage return and a line feed.
  var usesCarriageReturns: Bool {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return false }
    return end > 0 && bytes[end - 1] == UInt8(ascii: "\r")
  }
}
