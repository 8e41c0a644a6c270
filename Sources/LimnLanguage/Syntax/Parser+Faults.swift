/// Thrown when a statement cannot be read further; the fault has been reported.
struct Abandon: Error {
  /// Whether the present token begins the next statement, so that nothing is skipped.
  var resumesHere = false
}

extension Parser {
  // MARK: Reporting

  /// Reports a fault that does not keep the parser from going on.
  mutating func report(
    _ error: SyntaxError, _ message: String, at span: Span, label: String = "",
    secondary: [(span: Span, label: String)] = [], notes: [String] = [], help: String? = nil
  ) {
    guard !isAborted, !standsOnInvalid else { return }
    if diagnostics.contains(where: { $0.primary?.span.start == span.start }) { return }
    if diagnostics.isEmpty, token.kind == .end, previousIsUnfinished { endsEarly = true }
    diagnostics.append(
      Diagnostic(
        code: error.rawValue, message: message, primary: .init(source: source, span: span, label: label),
        secondary: secondary.map { .init(source: source, span: $0.span, label: $0.label) }, notes: notes, help: help))
    if diagnostics.count >= Parser.maximumErrors {
      diagnostics.append(tooManyErrors(at: span))
      abort()
    }
  }

  /// What stands in for all further faults.
  func tooManyErrors(at span: Span) -> Diagnostic {
    Diagnostic(
      code: SyntaxError.tooManyErrors.rawValue, message: "there are too many errors to go on",
      primary: .init(source: source, span: span), help: "mend the first ones, then try again")
  }

  /// Reports a fault and gives what to throw.
  mutating func fault(
    _ error: SyntaxError, _ message: String, at span: Span, label: String = "",
    secondary: [(span: Span, label: String)] = [], notes: [String] = [], help: String? = nil
  ) -> Abandon {
    report(error, message, at: span, label: label, secondary: secondary, notes: notes, help: help)
    return Abandon()
  }

  /// Whether text that could not be read stands in this statement: what is missed after it is no new fault.
  private var standsOnInvalid: Bool { lastInvalid != nil }

  /// The last unreadable token of the present statement.
  var lastInvalid: Int? {
    guard statementStart <= position else { return nil }
    return tokens[statementStart...position].lastIndex { $0.kind == .invalid || $0.kind == .strangeCharacter }
  }

  /// Whether the text so far could go on in the next line: within brackets, and after an operator, a comma or a point.
  private var previousIsUnfinished: Bool {
    if !openBrackets.isEmpty { return true }
    guard position > 0 else { return false }
    switch tokens[position - 1].kind {
    case .keyword(.and), .keyword(.or), .keyword(.not), .keyword(.in): return true
    case .symbol(let symbol): return !symbol.isClosing && symbol != .semicolon
    default: return false
    }
  }

  /// Stops reading for good.
  mutating func abort() {
    isAborted = true
    position = tokens.count - 1
  }

  mutating func abortTooDeep() -> Abandon {
    report(
      .tooDeep, "this is nested too deeply", at: token.kind == .end ? previousSpan : token.span,
      label: "at most \(Parser.maximumNesting) levels, and \(Parser.maximumHeight) operators in a row",
      help: "give an inner part a name with `let`, or put many values into a list")
    abort()
    return Abandon()
  }

  // MARK: Expectations

  /// How a token is named in a message.
  func describe(_ token: Token) -> String {
    switch token.kind {
    case .end: "the end of the text"
    case .lineBreak: "the end of the line"
    case .stringStart, .stringText, .stringEnd: "a string"
    case .interpolationEnd: "the end of the interpolation"
    case .interpolationFormat: "a format"
    case .interpolationStart, .invalid, .strangeCharacter: "unreadable text"
    case .keyword: "the keyword `\(text(of: token))`"
    case .name, .int, .float, .symbol, .foreign: "`\(text(of: token))`"
    }
  }

  /// What is found at the position, as a message says it.
  var found: String { hasLineEnded && token.kind != .end ? "the end of the line" : describe(token) }

  /// Whether a line break ends the statement before the present token.
  private var hasLineEnded: Bool { endsLine && position > statementStart }

  /// Where a message about the present token points: the line's end when the line has ended.
  var foundSpan: Span {
    guard hasLineEnded || token.kind == .end else { return token.span }
    let end = previousSpan.end
    return Span(end, end)
  }

  /// The fault that something else was expected here.
  mutating func expected(_ what: String, help: String? = nil) -> Abandon {
    if let foreign = foreignContinuation() { return foreign }
    if let unclosed = unclosedBracketFault() { return unclosed }
    if case .symbol(let symbol) = token.kind, symbol.isClosing, !endsLine, let mismatch = mismatchFault(symbol) {
      return mismatch
    }
    return fault(
      .unexpectedToken, "expected \(what), but found \(found)", at: foundSpan,
      help: help ?? misspeltOperatorHelp
        ?? (what.hasPrefix("`,`") && beginsOperand(token.kind) ? "add the comma that is missing" : nil))
  }

  mutating func expect(_ symbol: Symbol, _ what: String, help: String? = nil) throws(Abandon) {
    guard take(symbol) else { throw expected(what, help: help) }
  }

  // MARK: Brackets

  mutating func open() {
    openBrackets.append(position)
    advance()
  }

  /// Passes the bracket that closes the innermost open one.
  mutating func close(_ symbol: Symbol, expecting what: String, help: String? = nil) throws(Abandon) {
    guard token.kind == .symbol(symbol) else { throw expected(what, help: help) }
    openBrackets.removeLast()
    advance()
  }

  /// The text ended, or the next statement began, with a bracket still open.
  private mutating func unclosedBracketFault() -> Abandon? {
    guard let innermost = openBrackets.last else { return nil }
    let isStatement =
      // In a block statements follow one another.
      if lineBreaksMatter || !token.followsLineBreak {
        false
      } else if case .keyword(let keyword) = token.kind, keyword.onlyBeginsStatement {
        true
      } else {
        // What begins a line where the bracket's end is wanted, and the bracket has none.
        !isClosed[innermost] && beginsOperand(token.kind)
      }
    guard token.kind == .end || isStatement else { return nil }
    if token.kind == .end {
      // Blocks around the innermost are open for the same reason.
      if reportsOpenEnd { return Abandon() }
      reportsOpenEnd = true
    }
    var marks = isStatement ? [(token.span, "a new statement begins here")] : []
    if token.kind == .end, let brace = misalignedBrace, tokens[innermost].kind == .symbol(.leftBrace) {
      marks.append((tokens[brace.opening].span, "this one is closed by a `}` that is indented otherwise"))
      marks.append((tokens[brace.closing].span, "here"))
    }
    report(
      .unclosedBracket, "`\(text(of: tokens[innermost]))` is not closed", at: tokens[innermost].span,
      label: token.kind == .end ? "nothing closes it" : "", secondary: marks, help: closingHelp(innermost))
    return Abandon(resumesHere: isStatement)
  }

  /// Remembers the first `}` that is indented unlike the line of its `{`: where a brace is missing, it is near.
  mutating func checkAlignment(opening: Int, closing: Int) {
    guard misalignedBrace == nil, tokens[closing].followsLineBreak else { return }
    let openingIndent = indentation(ofLineAt: tokens[opening].span.start)
    if openingIndent != indentation(ofLineAt: tokens[closing].span.start) { misalignedBrace = (opening, closing) }
  }

  private func indentation(ofLineAt offset: Int) -> Int {
    source.lineBytes(source.line(at: offset)).prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
  }

  private func closingHelp(_ index: Int) -> String? {
    guard case .symbol(let symbol) = tokens[index].kind, let closing = symbol.closing else { return nil }
    return "close it with `\(closing.rawValue)`"
  }

  /// A closing bracket that does not fit the innermost open one.
  private mutating func mismatchFault(_ symbol: Symbol) -> Abandon? {
    guard let innermost = openBrackets.last, case .symbol(let opening) = tokens[innermost].kind,
      opening.closing != symbol
    else { return nil }
    return fault(
      .unmatchedBracket, "`\(symbol.rawValue)` does not close `\(opening.rawValue)`", at: token.span,
      secondary: [(tokens[innermost].span, "this is still open")], help: closingHelp(innermost))
  }
}
