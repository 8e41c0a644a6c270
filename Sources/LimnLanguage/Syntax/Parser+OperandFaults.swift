// Faults where an operand should stand, and where a statement should end.

extension Parser {
  /// No operand begins at the position.
  mutating func expectedOperand() -> Abandon {
    if let foreign = foreignFault() { return foreign }
    let span = token.span
    switch token.kind {
    case .symbol(let symbol) where symbol.isClosing && position == statementStart: return strayBracket(symbol)
    case .symbol(.floorDivide) where position == statementStart || token.followsLineBreak,
      .symbol(.slash) where kind(at: 1) == .symbol(.star):
      return fault(.foreignSyntax, "a comment begins with `#`", at: span, help: "`# a comment to the end of the line`")
    case .symbol(.plus):
      return fault(
        .expectedExpression, "`+` stands between two operands", at: span, help: "a positive number has no sign")
    case .symbol(.arrow):
      return fault(
        .ambiguousArrow, "`=>` follows a name, or names in parentheses", at: span,
        help: "`x => x * 2`, `(a, b) => a + b`")
    case .symbol(.at) where position == statementStart:
      return fault(.foreignSyntax, "there are no decorators", at: span, help: "`let f = decorate(f)`")
    case .symbol(.ellipsis):
      return fault(
        .expectedExpression, "`...` needs a start", at: span, help: "a range is `a...b`; a slice's open end is `x[:n]`")
    case .symbol(.halfOpenRange):
      return fault(
        .expectedExpression, "`..<` needs a start", at: span, help: "a range is `0..<n`; a slice's open end is `x[:n]`")
    default: break
    }
    if let unclosed = unclosedOrMismatched() { return unclosed }
    return fault(.expectedExpression, "expected an expression, but found \(found)", at: foundSpan, help: operandHelp)
  }

  mutating func unclosedOrMismatched() -> Abandon? {
    guard !openBrackets.isEmpty else { return nil }
    let before = diagnostics.count
    let abandon = expected("an expression")
    guard diagnostics.count > before, let last = diagnostics.last else { return abandon }
    if last.code == SyntaxError.unexpectedToken.rawValue {
      diagnostics.removeLast()
      return nil
    }
    return abandon
  }

  private var operandHelp: String? {
    if case .keyword(.in) = token.kind { return "`for x in xs { ... }`" }
    guard case .symbol(let symbol) = position > 0 ? tokens[position - 1].kind : .end, symbol.infixText else {
      return nil
    }
    return "`\(symbol.rawValue)` needs a value on its right"
  }

  // MARK: Between statements

  /// A closing bracket that no open one waits for.
  mutating func strayBracket(_ symbol: Symbol) -> Abandon {
    // The one that it closes may have gone with text that could not be read.
    if let index = lostBrackets.lastIndex(where: { $0.closing == symbol }) {
      lostBrackets.removeSubrange(index...)
      return Abandon()
    }
    return fault(
      .unmatchedBracket, "`\(symbol.rawValue)` closes nothing", at: token.span,
      help: "delete it, or add the bracket that it should close")
  }

  /// Two statements stand on one line.
  mutating func missingLineBreak() -> Abandon {
    if let foreign = foreignContinuation() { return foreign }
    let previous = tokens[position - 1]
    switch token.kind {
    case .symbol(let symbol) where symbol.isClosing && symbol != .rightBrace: return strayBracket(symbol)
    case .symbol(.colon): return colonFault()
    case .symbol(.arrow):
      return fault(
        .ambiguousArrow, "`=>` follows a name, or names in parentheses", at: token.span,
        help: "`x => x * 2`, `(a, b) => a + b`")
    case .symbol(.assign):
      return fault(
        .invalidTarget, "`=` cannot stand here", at: token.span, help: "`==` compares, `let x = e` makes a name")
    case .keyword(let keyword) where keyword == .else || keyword == .catch: return misplacedElse(keyword)
    case .symbol(.leftBrace):
      return fault(
        .unexpectedToken, "a block cannot stand here", at: token.span,
        help: "a block follows `if`, `for`, `while`, `try`, `fn(...)`, or a call on the same line")
    default: break
    }
    if let misspelt = misspeltKeyword() { return misspelt }
    let word = text(of: previous)
    if previous.kind == .name, position - 1 == statementStart, beginsOperand(token.kind),
      ["print", "show", "exit", "echo"].contains(word)
    {
      return fault(.missingLineBreak, "a call has parentheses", at: token.span, help: "`\(word)(...)`")
    }
    let hasSlashes = tokens[statementStart..<position].contains {
      $0.kind == .symbol(.floorDivide) && source.line(at: $0.span.start) == source.line(at: token.span.start)
    }
    return fault(
      .missingLineBreak, "expected the end of the statement, but found \(found)", at: token.span,
      help: hasSlashes
        ? "a comment begins with `#`; `//` divides and rounds down"
        : beginsOperand(token.kind)
          ? "begin a new line, or add the operator, comma or parentheses that are missing" : nil)
  }

  /// The word where an operator should stand may be one.
  var misspeltOperatorHelp: String? {
    guard token.kind == .name, !endsLine else { return nil }
    return Suggestion.keyword(for: text(of: token), among: ["and", "or", "in"]).map { "did you mean `\($0)`?" }
  }

  /// What cannot go on here may be a misspelt keyword: the statement's first word, or the present one.
  private mutating func misspeltKeyword() -> Abandon? {
    var word = tokens[statementStart]
    var keywords = [
      "let", "var", "fn", "type", "for", "while", "if", "try", "return", "throw", "assert", "import", "from",
    ]
    if word.kind != .name || position != statementStart + 1 {
      word = token
      keywords = ["and", "or", "in", "else", "catch", "not"]
    }
    guard word.kind == .name, let keyword = Suggestion.keyword(for: text(of: word), among: keywords) else { return nil }
    if word.span == tokens[statementStart].span { misspeltStart = statementStart }
    return fault(
      .unexpectedToken, "`\(text(of: word))` is not a keyword", at: word.span, help: "did you mean `\(keyword)`?")
  }

  func beginsOperand(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .name, .int, .float, .stringStart, .keyword(.nil), .keyword(.true), .keyword(.false), .keyword(.fn): true
    default: false
    }
  }
}

extension Symbol {
  /// Whether the symbol is an operator that needs an operand on its right.
  fileprivate var infixText: Bool {
    Token.Kind.symbol(self).infix != nil || [.pipe, .power, .tilde, .assign, .arrow].contains(self)
  }
}
