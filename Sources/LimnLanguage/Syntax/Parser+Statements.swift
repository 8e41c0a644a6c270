extension Parser {
  /// Reads the whole unit.
  mutating func parseUnit() -> [Statement] {
    var statements: [Statement] = []
    while token.kind != .end {
      parseStatement(into: &statements)
      if token.kind == .symbol(.rightBrace) {
        statementStart = position
        _ = strayBracket(.rightBrace)
        advance()
      }
    }
    return statements
  }

  /// Reads `{ ... }` as a block of statements.
  mutating func parseBlock() throws(Abandon) -> Block {
    let start = token.span.start
    let opening = position
    let outerHeight = height
    height = 0
    try enter()
    let outer = (lineBreaksMatter, allowsTrailingBlock, isTopLevel, statementStart)
    open()
    (lineBreaksMatter, allowsTrailingBlock, isTopLevel) = (true, true, false)
    defer {
      (lineBreaksMatter, allowsTrailingBlock, isTopLevel, statementStart) = outer
      leave()
    }
    var statements: [Statement] = []
    while token.kind != .end, token.kind != .symbol(.rightBrace) { parseStatement(into: &statements) }
    // The end of the text leaves the block open, whoever is asked for.
    if token.kind == .end { throw expected("`}`") }
    checkAlignment(opening: opening, closing: position)
    openBrackets.removeLast()
    advance()
    try grow()
    height = max(outerHeight, height)
    return Block(statements: statements, span: span(from: start))
  }

  /// Reads the block that a head announces.
  mutating func parseBody(after head: String) throws(Abandon) -> Block {
    guard at(.leftBrace) else { throw missingBraces(after: head) }
    return try parseBlock()
  }

  /// Reads one statement and what separates it from the next; on a fault goes on behind it.
  mutating func parseStatement(into statements: inout [Statement]) {
    if token.kind == .symbol(.semicolon) { return advance() }
    statementStart = position
    let start = position
    let brackets = openBrackets.count
    let outer = (lineBreaksMatter, allowsTrailingBlock, isTopLevel, nesting)
    let outerHeight = height
    height = 0
    defer { height = max(outerHeight, height) }
    do throws(Abandon) {
      if skipsColonBlockRest() { return }
      let documentation = documentation[position]
      let begin = token.span.start
      let kind = try parseStatementKind()
      statements.append(Statement(kind: kind, span: span(from: begin), documentation: documentation))
      try endStatement()
    } catch {
      (lineBreaksMatter, allowsTrailingBlock, isTopLevel, nesting) = outer
      statementStart = start
      recover(error, outerBrackets: brackets)
      // Whatever happens, every turn reads something.
      if position == start, token.kind != .symbol(.rightBrace) { advance() }
    }
  }

  private mutating func endStatement() throws(Abandon) {
    if take(.semicolon) { return }
    if endsLine || token.kind == .end || token.kind == .symbol(.rightBrace) { return }
    throw missingLineBreak()
  }

  private mutating func parseStatementKind() throws(Abandon) -> Statement.Kind {
    guard case .keyword(let keyword) = token.kind else { return try parseWordStatement() }
    if callsVariance { return try parseExpressionStatement() }
    switch keyword {
    case .let, .var: return try parseDeclaration(mutable: keyword == .var)
    case .fn where kind(at: 1).isWord: return .function(try parseFunctionDeclaration())
    case .type: return .type(try parseTypeDeclaration())
    case .for: return try parseFor()
    case .while: return try parseWhile()
    case .break:
      advance()
      return .breakLoop
    case .continue:
      advance()
      return .continueLoop
    case .return:
      advance()
      return .returnValue(endsValue ? nil : try parseValues())
    case .throw:
      advance()
      if endsValue {
        throw fault(.missingValue, "`throw` needs an error", at: previousSpan, help: "`throw error(\"message\")`")
      }
      return .throwError(try parseExpression())
    case .assert: return try parseAssertion()
    case .import: return try parseImport()
    case .else, .catch: throw misplacedElse(keyword)
    default: return try parseExpressionStatement()
    }
  }

  /// A statement that begins with a word in its place, `test "..."` or `from ... import`, or with an expression.
  private mutating func parseWordStatement() throws(Abandon) -> Statement.Kind {
    if token.kind == .name {
      if kind(at: 1) == .stringStart, !tokens[position + 1].followsLineBreak, text(of: token) == "test" {
        return try parseTest()
      }
      if kind(at: 1).isWord, kind(at: 2) == .keyword(.import), !tokens[position + 1].followsLineBreak,
        text(of: token) == "from"
      {
        return try parseFromImport()
      }
      if let fault = foreignStatement() { throw fault }
    }
    return try parseExpressionStatement()
  }

  /// Whether no value can follow: the statement ends here.
  private var endsValue: Bool {
    endsLine || token.kind == .end || token.kind == .symbol(.rightBrace) || token.kind == .symbol(.semicolon)
  }

  // MARK: Values and targets

  /// Reads `a` or `a, b`, the latter as a list.
  mutating func parseValues() throws(Abandon) -> Expression {
    let first = try parseExpression()
    guard at(.comma) else { return first }
    var values = [first]
    while take(.comma) { values.append(try parseExpression()) }
    try grow()
    return Expression(kind: .values(values), span: span(from: first.span.start))
  }

  /// Reads what stands after `=`: one value, or several for several targets.
  mutating func parseAssigned(targets: Int) throws(Abandon) -> Expression {
    let value = try parseValues()
    if targets == 1, case .values = value.kind {
      report(
        .listWithoutBrackets, "several values for one name", at: value.span,
        help: "write a list, `[\(source.text(of: value.span).prefix(40))]`, or one statement for each name")
    }
    if at(.assign) { throw chainedAssignment() }
    return value
  }

  /// An expression, or an assignment to what was read as one.
  private mutating func parseExpressionStatement() throws(Abandon) -> Statement.Kind {
    let first = try parseExpression()
    guard at(.comma) || at(.assign) else { return .expression(first) }
    var expressions = [first]
    while take(.comma) { expressions.append(try parseExpression()) }
    guard at(.assign) else {
      throw fault(
        .listWithoutBrackets, "values without brackets make a list only after `return` or several targets",
        at: span(from: first.span.start), help: "write `[\(source.text(of: span(from: first.span.start)).prefix(40))]`")
    }
    var targets: [AssignmentTarget] = []
    for expression in expressions { targets.append(try target(expression)) }
    advance()
    return .assignment(targets: targets, value: try parseAssigned(targets: targets.count))
  }

  private mutating func target(_ expression: Expression) throws(Abandon) -> AssignmentTarget {
    switch expression.kind {
    case .name("_"): return .discard(expression.span)
    case .name(let name): return .name(Identifier(text: name, span: expression.span))
    case .member(let object, let name): return .member(object, name)
    case .subscripted(let object, let items): return .subscripted(object, items, span: expression.span)
    default: throw invalidTarget(expression)
    }
  }

  private mutating func parseAssertion() throws(Abandon) -> Statement.Kind {
    advance()
    if endsValue {
      throw fault(.missingValue, "`assert` needs a condition", at: previousSpan, help: "`assert x > 0, \"message\"`")
    }
    let condition = try parseExpression()
    if at(.assign) { throw assignmentInCondition(condition) }
    return .assertion(condition: condition, message: take(.comma) ? try parseExpression() : nil)
  }

  // MARK: Loops

  private mutating func parseFor() throws(Abandon) -> Statement.Kind {
    advance()
    if at(.leftParenthesis) {
      throw fault(
        .foreignSyntax, "`for` has no parentheses", at: token.span, help: "`for x in xs { ... }`")
    }
    if at(.let) || at(.var) {
      throw fault(
        .foreignSyntax, "the loop's name has no `\(text(of: token))`", at: token.span, help: "`for x in xs { ... }`")
    }
    let key = try parsePattern("the loop's name", help: "`for x in xs { ... }`")
    let value = take(.comma) ? try parsePattern("the loop's second name", help: "`for k, v in m { ... }`") : nil
    guard at(.in) else {
      throw expected("`in`", help: "`for x in xs { ... }`, or `for k, v in m { ... }`")
    }
    advance()
    let sequence = try parseHead()
    return .forLoop(key: key, value: value, sequence: sequence, body: try parseBody(after: "for"))
  }

  private mutating func parseWhile() throws(Abandon) -> Statement.Kind {
    advance()
    let condition = try parseHead()
    return .whileLoop(condition: condition, body: try parseBody(after: "while"))
  }

  /// Reads the expression in the head of an `if`, `while` or `for`: a `{` after it begins the body.
  mutating func parseHead() throws(Abandon) -> Expression {
    let outer = allowsTrailingBlock
    allowsTrailingBlock = false
    let expression = try parseExpression()
    allowsTrailingBlock = outer
    if at(.assign) { throw assignmentInCondition(expression) }
    return expression
  }
}
