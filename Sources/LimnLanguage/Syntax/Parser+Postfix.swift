extension Parser {
  /// Reads an operand and the calls, subscripts and members after it.
  mutating func parsePostfix() throws(Abandon) -> Expression {
    let outer = height
    height = 0
    var expression = try parsePrimary()
    loop: while true {
      switch operatorKind {
      case .symbol(.leftParenthesis):
        expression = try parseCall(expression)
      case .symbol(.leftBracket):
        expression = try parseSubscript(expression)
      case .symbol(.dot):
        expression = try parseMember(expression)
      case .symbol(.leftBrace) where allowsTrailingBlock && takesTrailingBlock(expression):
        expression = try parseTrailingBlock(expression)
      default:
        break loop
      }
      try grow()
    }
    height = max(outer, height)
    return expression
  }

  private mutating func parseMember(_ object: Expression) throws(Abandon) -> Expression {
    advance()
    guard token.kind.isWord else {
      if case .int = token.kind {
        throw fault(
          .unexpectedToken, "a member is a name, not a number", at: token.span, help: "write `[\(text(of: token))]`")
      }
      throw expected("a member's name after `.`")
    }
    let name = Identifier(text: text(of: token), span: token.span)
    advance()
    return Expression(kind: .member(object, name), span: object.span.union(name.span))
  }

  // MARK: Calls

  private mutating func parseCall(_ callee: Expression) throws(Abandon) -> Expression {
    let outer = (lineBreaksMatter, allowsTrailingBlock)
    open()
    (lineBreaksMatter, allowsTrailingBlock) = (false, true)
    var arguments: [Argument] = []
    while !at(.rightParenthesis) {
      arguments.append(try parseArgument(after: arguments))
      guard take(.comma) else { break }
    }
    try close(.rightParenthesis, expecting: "`,` or `)`")
    (lineBreaksMatter, allowsTrailingBlock) = outer
    return Expression(kind: .call(callee, arguments), span: span(from: callee.span.start))
  }

  private mutating func parseArgument(after others: [Argument]) throws(Abandon) -> Argument {
    if token.kind.isWord, kind(at: 1) == .symbol(.colon) {
      let name = Identifier(text: text(of: token), span: token.span)
      advance()
      advance()
      if let twin = others.first(where: { $0.name?.text == name.text }), let first = twin.name {
        report(
          .duplicateArgument, "`\(name.text):` is given twice", at: name.span, secondary: [(first.span, "the first")],
          help: "delete one")
      }
      return Argument(name: name, value: try parseExpression())
    }
    if at(.ellipsis) || at(.star) || at(.power) {
      throw fault(
        .foreignSyntax, "a list is not spread over arguments", at: token.span, help: "give the arguments one by one")
    }
    let value = try parseExpression()
    if at(.assign) { throw assignmentInArgument(value) }
    if let named = others.last?.name {
      report(
        .argumentOrder, "an argument without a name comes after one with a name", at: value.span,
        secondary: [(named.span, "this one has a name")], help: "move it to the front, or give its name")
    }
    return Argument(name: nil, value: value)
  }

  /// Whether `{` after an expression is a trailing block: after what can be called, and once.
  private func takesTrailingBlock(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .name, .member, .subscripted, .parenthesized: return true
    case .call(_, let arguments):
      return !arguments.contains { argument in
        if case .function(let function) = argument.value.kind { function.form == .trailingBlock } else { false }
      }
    default: return false
    }
  }

  private mutating func parseTrailingBlock(_ callee: Expression) throws(Abandon) -> Expression {
    let start = token.span.start
    let block = try parseBlock()
    let literal = FunctionLiteral(form: .trailingBlock, parameters: [], body: .block(block), span: span(from: start))
    let function = Argument(name: nil, value: Expression(kind: .function(literal), span: literal.span))
    let whole = span(from: callee.span.start)
    guard case .call(let inner, var arguments) = callee.kind else {
      return Expression(kind: .call(callee, [function]), span: whole)
    }
    arguments.insert(function, at: arguments.firstIndex { $0.name != nil } ?? arguments.count)
    return Expression(kind: .call(inner, arguments), span: whole)
  }

  // MARK: Subscripts

  private mutating func parseSubscript(_ object: Expression) throws(Abandon) -> Expression {
    let outer = (lineBreaksMatter, allowsTrailingBlock)
    open()
    (lineBreaksMatter, allowsTrailingBlock) = (false, true)
    if at(.rightBracket) {
      throw fault(
        .expectedExpression, "a subscript needs an index", at: previousSpan.union(token.span),
        help: "`x[0]`, or `x[:]` for all")
    }
    var items: [SubscriptItem] = []
    while !at(.rightBracket) {
      items.append(try parseSubscriptItem())
      guard take(.comma) else { break }
    }
    try close(.rightBracket, expecting: "`,`, `:` or `]`")
    (lineBreaksMatter, allowsTrailingBlock) = outer
    return Expression(kind: .subscripted(object, items), span: span(from: object.span.start))
  }

  private mutating func parseSubscriptItem() throws(Abandon) -> SubscriptItem {
    let start = token.span.start
    if at(.ellipsis), endsSubscriptItem(kind(at: 1)) {
      advance()
      return .ellipsis(previousSpan)
    }
    let lower = at(.colon) ? nil : try parseExpression()
    guard take(.colon) else {
      guard let lower else { throw expected("an index") }
      return .index(lower)
    }
    let upper = at(.colon) || endsSubscriptItem(kind) ? nil : try parseExpression()
    let step = take(.colon) && !endsSubscriptItem(kind) ? try parseExpression() : nil
    return .slice(lower: lower, upper: upper, step: step, span: span(from: start))
  }

  private func endsSubscriptItem(_ kind: Token.Kind) -> Bool {
    kind == .symbol(.comma) || kind == .symbol(.rightBracket)
  }
}
