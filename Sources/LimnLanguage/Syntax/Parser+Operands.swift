extension Parser {
  /// Reads an operand: a literal, a name, something in brackets, a function, or an expression that has blocks.
  mutating func parsePrimary() throws(Abandon) -> Expression {
    let span = token.span
    switch token.kind {
    case .int(let magnitude): return try parseInt(magnitude)
    case .float(let value): return literal(.float(value))
    case .stringStart: return try parseString()
    case .name:
      advance()
      return Expression(kind: .name(source.text(of: span)), span: span)
    case .symbol(.leftParenthesis): return try parseParenthesized()
    case .symbol(.leftBracket): return try parseList()
    case .symbol(.leftBrace): return try parseMap()
    case .keyword(let keyword): return try parseKeywordOperand(keyword)
    case .invalid: return literal(.invalid)
    default: throw expectedOperand()
    }
  }

  private mutating func parseKeywordOperand(_ keyword: Keyword) throws(Abandon) -> Expression {
    switch keyword {
    case .nil: return literal(.nilLiteral)
    case .true: return literal(.bool(true))
    case .false: return literal(.bool(false))
    case .var where callsVariance: return literal(.name("var"))
    case .if: return try parseConditional()
    case .try: return try parseAttempt()
    case .fn:
      let start = token.span.start
      advance()
      if kind.isWord {
        throw fault(
          .unexpectedToken, "a function within an expression has no name", at: token.span,
          help: "write `fn(...) { ... }`, or declare it in a statement of its own")
      }
      let function = try parseFunction(from: start)
      return Expression(kind: .function(function), span: function.span)
    case .not:
      throw fault(
        .unexpectedToken, "`not` binds looser than the operator before it", at: token.span,
        help: "put it into parentheses: `a == (not b)`")
    default: throw expectedOperand()
    }
  }

  /// `var(x)`, the variance: the one word that is a keyword and the name of a function. A declaration has a blank.
  var callsVariance: Bool {
    token.kind == .keyword(.var) && kind(at: 1) == .symbol(.leftParenthesis)
      && token.span.end == tokens[position + 1].span.start
  }

  private mutating func literal(_ kind: Expression.Kind) -> Expression {
    let span = token.span
    advance()
    return Expression(kind: kind, span: span)
  }

  private mutating func parseInt(_ magnitude: UInt64) throws(Abandon) -> Expression {
    guard let value = Int(exactly: magnitude) else {
      report(
        .numberTooLarge, "this int does not fit into 64 bits", at: token.span,
        label: "the largest is 9223372036854775807",
        help: "write a float: `1e20`")
      return literal(.invalid)
    }
    return literal(.int(value))
  }

  // MARK: Parentheses and short functions

  private mutating func parseParenthesized() throws(Abandon) -> Expression {
    let start = token.span.start
    let opening = position
    let outer = (lineBreaksMatter, allowsTrailingBlock)
    open()
    (lineBreaksMatter, allowsTrailingBlock) = (false, true)
    if at(.rightParenthesis) {
      throw fault(
        .expectedExpression, "parentheses hold one expression", at: Span(start, token.span.end),
        help: "an empty list is `[]`, a function without parameters `() => e`")
    }
    let inner = try parseExpression()
    if at(.comma) {
      let partner = partners[opening]
      if partner > 0, tokens[partner + 1].kind == .symbol(.arrow) {
        throw fault(
          .ambiguousArrow, "`=>` stands on the line of its parameters", at: tokens[partner + 1].span,
          help: "`(a, b) => a + b`")
      }
      throw fault(
        .listWithoutBrackets, "parentheses hold one expression", at: token.span, help: "a list is written `[a, b]`")
    }
    if at(.assign) { throw assignmentInCondition(inner) }
    try close(.rightParenthesis, expecting: "`)`")
    (lineBreaksMatter, allowsTrailingBlock) = outer
    try grow()
    return Expression(kind: .parenthesized(inner), span: span(from: start))
  }

  /// Reads `x =>` or `(a, b) =>` when that is next; nil, having read nothing, otherwise.
  mutating func parseArrowHead() throws(Abandon) -> (start: Int, parameters: [ParameterSyntax])? {
    let start = token.span.start
    if token.kind == .name, isArrow(position + 1) {
      let name = Identifier(text: text(of: token), span: token.span)
      advance()
      advance()
      return (start, [ParameterSyntax(name: name, defaultValue: nil, isRest: false)])
    }
    guard token.kind == .symbol(.leftParenthesis), partners[position] > 0, isArrow(partners[position] + 1) else {
      return nil
    }
    let parameters = try parseParameters()
    for parameter in parameters where parameter.defaultValue != nil || parameter.isRest {
      report(
        .invalidParameter, "a short function's parameters are names alone", at: parameter.name.span,
        help: "write `fn(a, b = 2, ...rest) { ... }`")
    }
    advance()
    return (start, parameters)
  }

  private func isArrow(_ index: Int) -> Bool {
    guard index < tokens.count, tokens[index].kind == .symbol(.arrow) else { return false }
    return !(lineBreaksMatter && tokens[index].followsLineBreak)
  }

  mutating func parseArrowBody(_ head: (start: Int, parameters: [ParameterSyntax])) throws(Abandon) -> Expression {
    arrowBody = position
    let body = try parseExpression()
    try grow()
    let function = FunctionLiteral(
      form: .arrow, parameters: head.parameters, body: .expression(body), span: span(from: head.start))
    return Expression(kind: .function(function), span: function.span)
  }

  // MARK: Expressions with blocks

  private mutating func parseConditional() throws(Abandon) -> Expression {
    let start = token.span.start
    var branches: [ConditionalBranch] = []
    var otherwise: Block?
    repeat {
      advance()
      let condition = try parseHead()
      branches.append(ConditionalBranch(condition: condition, body: try parseBody(after: "if")))
      guard takesUp(.else) else { break }
      advance()
      if !at(.if) { otherwise = try parseBody(after: "else") }
    } while otherwise == nil
    return Expression(kind: .conditional(branches, otherwise: otherwise), span: span(from: start))
  }

  private mutating func parseAttempt() throws(Abandon) -> Expression {
    let start = token.span.start
    advance()
    let body = try parseBody(after: "try")
    guard takesUp(.catch) else {
      throw expected("`catch` after the `}` of `try`", help: "`try { ... } catch e { ... }`")
    }
    advance()
    let name: Pattern? =
      at(.leftBrace) ? nil : try parsePattern("the error's name", help: "`try { ... } catch e { ... }`")
    let handler = try parseBody(after: "catch")
    return Expression(kind: .attempt(body: body, name: name, handler: handler), span: span(from: start))
  }

  /// Whether `else` or `catch` goes on after a block. On the next line it is a fault, but read as what it was meant
  /// to be.
  private mutating func takesUp(_ keyword: Keyword) -> Bool {
    guard token.kind == .keyword(keyword) else { return false }
    if endsLine {
      report(
        .misplacedElse, "`\(keyword.rawValue)` stands on the line of the `}` before it", at: token.span,
        help: keyword == .else ? "`} else {`" : "`} catch e {`")
    }
    return true
  }
}
