extension Parser {
  // MARK: Lists

  mutating func parseList() throws(Abandon) -> Expression {
    let start = token.span.start
    let outer = (lineBreaksMatter, allowsTrailingBlock)
    open()
    (lineBreaksMatter, allowsTrailingBlock) = (false, true)
    var elements: [Expression] = []
    while !at(.rightBracket) {
      elements.append(try parseExpression())
      if at(.for) {
        throw fault(
          .foreignSyntax, "a list is not built by a `for` in it", at: token.span,
          help: "`xs.map(x => x * 2)`, `xs.filter(x => x > 0)`")
      }
      if at(.colon) {
        throw fault(.unexpectedToken, "a list has no keys", at: token.span, help: "a map is written `{key: value}`")
      }
      guard take(.comma) else { break }
    }
    try close(.rightBracket, expecting: "`,` or `]`")
    (lineBreaksMatter, allowsTrailingBlock) = outer
    try grow()
    return Expression(kind: .list(elements), span: span(from: start))
  }

  // MARK: Maps

  mutating func parseMap() throws(Abandon) -> Expression {
    let start = token.span.start
    let opening = position
    let outer = (lineBreaksMatter, allowsTrailingBlock)
    open()
    (lineBreaksMatter, allowsTrailingBlock) = (false, true)
    var entries: [MapEntry] = []
    var seen: [LiteralKey: Span] = [:]
    while !at(.rightBrace) {
      entries.append(try parseMapEntry(of: opening, isFirst: entries.isEmpty, seen: &seen))
      guard take(.comma) else { break }
    }
    try close(.rightBrace, expecting: "`,` or `}`")
    (lineBreaksMatter, allowsTrailingBlock) = outer
    try grow()
    return Expression(kind: .map(entries), span: span(from: start))
  }

  /// A key that is known before the program runs.
  private enum LiteralKey: Hashable {
    case string(String)
    case int(Int)
    case bool(Bool)
  }

  private mutating func parseMapEntry(
    of opening: Int, isFirst: Bool, seen: inout [LiteralKey: Span]
  ) throws(Abandon) -> MapEntry {
    if isFirst, looksLikeBlock { throw mapNotBlock(opening) }
    let key = try parseKey(of: opening, isFirst: isFirst)
    if let (literal, span) = literalKey(key) {
      if let first = seen[literal] {
        report(
          .duplicateKey, "the key `\(source.text(of: span))` stands in this map twice", at: span,
          secondary: [(first, "the first")], help: "delete one")
      }
      seen[literal] = span
    }
    if at(.assign) {
      throw fault(.foreignSyntax, "a map's key is followed by `:`", at: token.span, help: "`{key: value}`")
    }
    guard take(.colon) else {
      if isFirst, !at(.comma), !at(.rightBrace) || arrowBody == opening || opening == statementStart {
        if token.kind != .end { throw mapNotBlock(opening) }
      }
      throw expected("`:` and the key's value", help: "`{key: value}`; a key in a variable is written `{(key): value}`")
    }
    return MapEntry(key: key, value: try parseExpression())
  }

  /// Whether what follows a map's `{` is a statement.
  private var looksLikeBlock: Bool {
    guard case .keyword(let keyword) = token.kind, kind(at: 1) != .symbol(.colon) else { return false }
    return keyword.onlyBeginsStatement || keyword == .if || keyword == .try || keyword == .fn || keyword == .not
  }

  private mutating func parseKey(of opening: Int, isFirst: Bool) throws(Abandon) -> MapEntry.Key {
    let span = token.span
    switch token.kind {
    case .keyword(.true), .keyword(.false), .int, .stringStart:
      return .expression(try parsePrimary())
    case .name, .keyword:
      advance()
      return .name(Identifier(text: source.text(of: span), span: span))
    case .symbol(.leftParenthesis):
      return .expression(try parsePrimary())
    case .symbol(.minus):
      if case .int = kind(at: 1) { return .expression(try parseUnary()) }
    case .float:
      throw fault(.invalidKey, "a float cannot be a key", at: span, label: "keys are strings, ints and bools")
    case .symbol(.ellipsis):
      throw fault(.foreignSyntax, "a map is not spread into another", at: span, help: "`a.merge(b)`")
    case .symbol(.leftBracket):
      throw fault(
        .invalidKey, "a computed key stands in parentheses", at: span,
        help: "`{(key): value}`; keys are strings, ints and bools")
    default: break
    }
    throw expected("a key or `}`", help: "`{key: value}`")
  }

  private func literalKey(_ key: MapEntry.Key) -> (LiteralKey, Span)? {
    switch key {
    case .name(let name): return (.string(name.text), name.span)
    case .expression(let expression):
      switch expression.kind {
      case .int(let value): return (.int(value), expression.span)
      case .bool(let value): return (.bool(value), expression.span)
      case .unary(.negate, let operand):
        guard case .int(let value) = operand.kind else { return nil }
        return (.int(0 &- value), expression.span)
      case .string(let parts):
        if parts.isEmpty { return (.string(""), expression.span) }
        guard parts.count == 1, case .text(let text) = parts[0] else { return nil }
        return (.string(text), expression.span)
      default: return nil
      }
    }
  }

  /// A `{` that opens a map was meant as a block.
  private mutating func mapNotBlock(_ opening: Int) -> Abandon {
    let span = tokens[opening].span
    if arrowBody == opening {
      return fault(
        .mapNotBlock, "`{` after `=>` opens a map, not a block", at: span,
        secondary: [(token.span, "this is not a map's entry")],
        help: "a function with statements is written `fn(x) { ... }`")
    }
    return fault(
      .mapNotBlock, "`{` opens a map here, not a block", at: span,
      secondary: [(token.span, "this is not a map's entry")],
      help: "a block follows `if`, `for`, `while`, `try`, `fn(...)`, or a call on the same line")
  }

  // MARK: Strings

  /// Reads a string's texts and interpolations.
  mutating func parseString() throws(Abandon) -> Expression {
    let start = token.span.start
    advance()
    var parts: [StringPart] = []
    while true {
      switch token.kind {
      case .stringText(let index):
        if !texts[index].isEmpty { parts.append(.text(texts[index])) }
        advance()
      case .interpolationStart:
        parts.append(try parseInterpolation())
      case .stringEnd:
        advance()
        try grow()
        return Expression(kind: .string(parts), span: span(from: start))
      default:
        throw expected("the string's end")
      }
    }
  }

  private mutating func parseInterpolation() throws(Abandon) -> StringPart {
    let start = token.span
    let outer = (lineBreaksMatter, allowsTrailingBlock)
    open()
    (lineBreaksMatter, allowsTrailingBlock) = (false, true)
    if token.kind == .interpolationEnd || token.kind == .interpolationFormat {
      throw fault(
        .invalidInterpolation, "this interpolation is empty", at: start.union(token.span),
        help: "write `\\(value)` or `\\(value:format)`")
    }
    let value = try parseExpression()
    var format: FormatSyntax?
    if token.kind == .interpolationFormat {
      format = FormatSyntax(text: text(of: token), span: token.span)
      checkFormat(token.span)
      advance()
    }
    guard token.kind == .interpolationEnd else { throw expected("`)` or `:` and a format") }
    openBrackets.removeLast()
    advance()
    (lineBreaksMatter, allowsTrailingBlock) = outer
    return .interpolation(value, format: format)
  }

  private mutating func checkFormat(_ span: Span) {
    guard FormatSpecification(source.text(of: span)) == nil else { return }
    report(
      .invalidFormat, "`\(source.text(of: span))` is not a format", at: span,
      notes: ["a format is `[<>^][0][width][.precision][d|f|e|g|x|%]`"],
      help: "`\\(x:.3f)` has three decimals, `\\(n:>8)` is right-aligned in eight columns")
  }
}
