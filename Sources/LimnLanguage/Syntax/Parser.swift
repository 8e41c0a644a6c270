/// Reads a source into a syntax tree.
///
/// Parsing is recursive descent with operator precedence. A fault is reported where it is noticed and abandons its
/// statement; the parser then goes on with the next one (see `recover`), so that several independent faults of a file
/// are reported at once, and one fault once.
///
/// ```swift
/// let (unit, diagnostics) = Parser.parse(Source(name: "a.limn", text: "let x = 1"))
/// ```
public struct Parser {
  /// How many constructs may stand inside one another. Later passes walk the tree by recursion.
  public static let maximumNesting = 200
  /// How high a tree may grow: nesting, and chains such as `a + b + c + ...`, one level for each operator.
  public static let maximumHeight = 500
  /// A text of more bytes is no program that anyone wrote: its tree would take gigabytes.
  static let maximumSourceSize = 32_000_000
  /// After so many faults the rest of a text is not worth reading.
  static let maximumErrors = 20

  let source: Source
  let tokens: [Token]
  let texts: [String]
  let documentation: [Int: String]
  /// For each token that is a `(` and has one, the index of its `)`; else 0.
  let partners: [Int]
  /// For each token that is an opening bracket, whether something closes it.
  let isClosed: [Bool]
  var diagnostics: [Diagnostic]

  /// The index of the token that is read next; the last token, `end`, is never passed.
  var position = 0
  /// Whether a line break ends a statement here: true in a block, false within `(`, `[` and a map's `{`.
  var lineBreaksMatter = true
  /// False in the head of an `if`, `while` or `for`, where `{` begins the body.
  var allowsTrailingBlock = true
  var isTopLevel = true
  /// Whether the body of an arrow begins at this token: a `{` there was perhaps meant as a block.
  var arrowBody: Int?
  var nesting = 0
  /// The height of the tallest tree read so far in the present construct.
  var height = 0
  /// Brackets that are open at the position, by token index; the innermost is last.
  var openBrackets: [Int] = []
  /// Where the statement that is being read begins.
  var statementStart = 0
  /// A statement that begins with a misspelt keyword, by token index: its body is still read.
  var misspeltStart: Int?
  /// After one block written with a colon, the rest of such a file's faults are the same fault.
  var usesColonBlocks = false
  /// The first block whose `}` is indented unlike the line of its `{`, by token index.
  var misalignedBrace: (opening: Int, closing: Int)?
  /// Opening brackets that were given up together with unreadable text: what closes them is no new fault.
  var lostBrackets: [Symbol] = []
  /// Whether an open bracket at the end of the text was reported: the ones around it are no new fault.
  var reportsOpenEnd = false
  /// Whether reading stopped for good: nothing more is reported.
  var isAborted = false
  /// Whether the first fault was that the text ended where more lines could go on.
  var endsEarly = false

  /// Reads a source to its end. The unit holds what could be read; it is fit to run only without diagnostics.
  public static func parse(_ source: Source) -> (unit: SyntaxUnit, diagnostics: [Diagnostic]) {
    guard source.bytes.count <= maximumSourceSize else {
      let diagnostic = Diagnostic(
        code: "too-large", message: "this program has more than 32 million bytes",
        primary: .init(source: source, span: Span(0, 0)),
        help: "keep data in files of its own")
      return (SyntaxUnit(source: source, statements: [], isQuiet: true, comments: []), [diagnostic])
    }
    var lexer = Lexer(source)
    lexer.run()
    var parser = Parser(lexer)
    let statements = parser.parseUnit()
    let unit = SyntaxUnit(source: source, statements: statements, isQuiet: parser.endsQuietly, comments: lexer.comments)
    return (unit, parser.sortedDiagnostics)
  }

  /// Whether a text is a whole entry, as a prompt asks after each line.
  public enum Completeness: Sendable {
    case complete
    /// A bracket, a multi-line string, or an operator waits for more.
    case incomplete
    /// More lines cannot mend it.
    case invalid
  }

  public static func completeness(of text: String) -> Completeness {
    var lexer = Lexer(Source(name: "<input>", text: text))
    lexer.run()
    let lexicalFaults = lexer.diagnostics.count
    var parser = Parser(lexer)
    _ = parser.parseUnit()
    if lexer.endsInsideString { return lexicalFaults <= 1 ? .incomplete : .invalid }
    if parser.diagnostics.isEmpty { return .complete }
    return lexicalFaults == 0 && parser.endsEarly ? .incomplete : .invalid
  }

  init(_ lexer: Lexer) {
    source = lexer.source
    tokens = lexer.tokens
    texts = lexer.texts
    documentation = lexer.documentation
    diagnostics = lexer.diagnostics
    (partners, isClosed) = Parser.matchBrackets(lexer.tokens)
  }

  private static func matchBrackets(_ tokens: [Token]) -> (partners: [Int], isClosed: [Bool]) {
    var open: [(symbol: Symbol, index: Int)] = []
    var partners = [Int](repeating: 0, count: tokens.count)
    var isClosed = [Bool](repeating: false, count: tokens.count)
    for (index, token) in tokens.enumerated() {
      guard case .symbol(let symbol) = token.kind else { continue }
      if symbol.isOpening {
        open.append((symbol, index))
      } else if symbol.isClosing, let last = open.last, last.symbol.closing == symbol {
        open.removeLast()
        if symbol == .rightParenthesis { partners[last.index] = index }
        isClosed[last.index] = true
      }
    }
    return (partners, isClosed)
  }

  /// Whether a `;` ends the last statement.
  private var endsQuietly: Bool {
    tokens.count > 1 && tokens[tokens.count - 2].kind == .symbol(.semicolon)
  }

  /// Diagnostics in the order of the text: the lexer's and the parser's are found in two passes.
  private var sortedDiagnostics: [Diagnostic] {
    let keyed = diagnostics.enumerated().map { (start: $1.primary?.span.start ?? 0, index: $0, diagnostic: $1) }
    let sorted = keyed.sorted { ($0.start, $0.index) < ($1.start, $1.index) }.map(\.diagnostic)
    guard sorted.count > Self.maximumErrors + 1 else { return sorted }
    // The lexer reports every fault that it meets; nobody reads more of them than of the parser's.
    let tooMany = SyntaxError.tooManyErrors.rawValue
    let told = sorted.filter { $0.code != tooMany }.prefix(Self.maximumErrors)
    return told + [sorted.first { $0.code == tooMany } ?? tooManyErrors(at: told.last?.primary?.span ?? Span(0, 0))]
  }

  // MARK: Tokens

  var token: Token { tokens[position] }

  /// The present token as an expression sees it: a line break where that ends a statement.
  var kind: Token.Kind { endsLine ? .lineBreak : tokens[position].kind }

  /// The present token where an operator may stand: a line that begins with `|>`, `>>` or `.` goes on.
  var operatorKind: Token.Kind {
    let token = tokens[position]
    switch token.kind {
    case .symbol(.pipe), .symbol(.compose), .symbol(.dot): return token.kind
    default: return endsLine ? .lineBreak : token.kind
    }
  }

  var endsLine: Bool { lineBreaksMatter && tokens[position].followsLineBreak }

  /// The span of the token just read.
  var previousSpan: Span { position > 0 ? tokens[position - 1].span : Span(0, 0) }

  func kind(at offset: Int) -> Token.Kind {
    let index = position + offset
    return index < tokens.count ? tokens[index].kind : .end
  }

  func at(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }
  func at(_ keyword: Keyword) -> Bool { kind == .keyword(keyword) }

  /// Whether the present token is a word with a text, on the same line: `as`, `from`.
  func at(word: String) -> Bool { kind == .name && source.text(of: token.span) == word }

  mutating func advance() {
    if position < tokens.count - 1 { position += 1 }
  }

  /// Passes the symbol if it is next.
  mutating func take(_ symbol: Symbol) -> Bool {
    guard at(symbol) else { return false }
    advance()
    return true
  }

  func text(of token: Token) -> String { source.text(of: token.span) }

  /// The span from a start to the end of the token just read.
  func span(from start: Int) -> Span { Span(start, max(start, previousSpan.end)) }

  // MARK: Depth

  /// Counts one level of nesting; `leave` ends it.
  mutating func enter() throws(Abandon) {
    nesting += 1
    if nesting > Parser.maximumNesting { throw abortTooDeep() }
  }

  mutating func leave() { nesting -= 1 }

  /// Counts one level of the tree on top of what was read.
  mutating func grow() throws(Abandon) {
    height += 1
    if height > Parser.maximumHeight { throw abortTooDeep() }
  }
}
