/// How tightly an operator binds; the order is LANGUAGE's table, loosest first.
enum Precedence: Int, Comparable {
  case compose, or, and, not, comparison, range, bitOr, bitAnd, sum, product, unary

  static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }

  /// The next tighter one: what the right side of a left-associative operator may hold.
  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .unary }
}

/// What an operator between two operands makes.
enum InfixOperator {
  case binary(BinaryOperator)
  case logical(LogicalOperator)
  case range(closed: Bool)
  case compose
}

extension Token.Kind {
  /// The operator between two operands that the token is, and how tightly it binds. `**` and `|>` have rules of their
  /// own.
  var infix: (InfixOperator, Precedence)? {
    switch self {
    case .keyword(.or): (.logical(.or), .or)
    case .keyword(.and): (.logical(.and), .and)
    case .keyword(.in): (.binary(.contained), .comparison)
    case .symbol(let symbol): symbol.infix
    default: nil
    }
  }
}

extension Symbol {
  fileprivate var infix: (InfixOperator, Precedence)? {
    switch self {
    case .compose: (.compose, .compose)
    case .equal: (.binary(.equal), .comparison)
    case .notEqual: (.binary(.notEqual), .comparison)
    case .less: (.binary(.less), .comparison)
    case .lessOrEqual: (.binary(.lessOrEqual), .comparison)
    case .greater: (.binary(.greater), .comparison)
    case .greaterOrEqual: (.binary(.greaterOrEqual), .comparison)
    case .halfOpenRange: (.range(closed: false), .range)
    case .ellipsis: (.range(closed: true), .range)
    case .bar: (.binary(.bitOr), .bitOr)
    case .caret: (.binary(.bitXor), .bitOr)
    case .ampersand: (.binary(.bitAnd), .bitAnd)
    case .plus: (.binary(.add), .sum)
    case .minus: (.binary(.subtract), .sum)
    case .star: (.binary(.multiply), .product)
    case .slash: (.binary(.divide), .product)
    case .floorDivide: (.binary(.floorDivide), .product)
    case .percent: (.binary(.modulo), .product)
    case .at: (.binary(.matrixProduct), .product)
    default: nil
    }
  }
}

extension Parser {
  /// Reads a whole expression: a short function, or a pipe of operators.
  mutating func parseExpression() throws(Abandon) -> Expression {
    try enter()
    defer { leave() }
    let outer = height
    height = 0
    let expression: Expression
    if let parameters = try parseArrowHead() {
      expression = try parseArrowBody(parameters)
    } else {
      expression = try parsePipe()
    }
    if at(.arrow) { throw ambiguousArrow(expression) }
    height = max(outer, height)
    return expression
  }

  // MARK: Pipes

  private mutating func parsePipe() throws(Abandon) -> Expression {
    var value = try parseOperators(.compose)
    while operatorKind == .symbol(.pipe) {
      advance()
      let operand = position
      if try parseArrowHead() != nil {
        throw fault(
          .invalidPipe, "a short function on the right of `|>` needs parentheses", at: token.span,
          help: "`x |> (y => y * 2)`")
      }
      let target = try parsePostfix()
      try checkPipeTarget(target, firstToken: operand)
      value = Expression(kind: .pipe(value, target), span: value.span.union(target.span))
      try grow()
      let after = operatorKind
      if after.infix != nil || after == .symbol(.power) { throw operatorAfterPipe(value, target) }
    }
    return value
  }

  private mutating func checkPipeTarget(_ target: Expression, firstToken: Int) throws(Abandon) {
    switch target.kind {
    case .name, .member, .call, .subscripted, .parenthesized, .invalid: return
    default:
      let text = source.text(of: target.span)
      throw fault(
        .invalidPipe, "the right of `|>` is a function: a name, a member, a call, or a subscript", at: target.span,
        help: text.utf8.count <= 40 && !text.contains("\n")
          ? "`x |> f`, `x |> f(a)`, or `x |> (\(text))`" : "`x |> f`, `x |> f(a)`, or any expression in parentheses")
    }
  }

  private mutating func operatorAfterPipe(_ value: Expression, _ target: Expression) -> Abandon {
    let symbol = text(of: token)
    let (whole, function) = (source.text(of: value.span), source.text(of: target.span))
    let isShort = whole.utf8.count <= 40 && !whole.contains("\n")
    return fault(
      .invalidPipe, "only another `|>` may follow the right side of `|>`", at: token.span,
      secondary: [(target.span, "the value is piped to this")],
      help: "put one side into parentheses: `(\(isShort ? whole : "x |> f")) \(symbol) ...` or "
        + "`... |> (\(isShort ? function : "f") \(symbol) ...)`")
  }

  // MARK: Operators between two operands

  /// Reads operands and the operators between them that bind at least so tightly.
  private mutating func parseOperators(_ minimum: Precedence) throws(Abandon) -> Expression {
    let outer = height
    height = 0
    var left: Expression
    if case .keyword(.not) = token.kind, minimum <= .not {
      left = try parseNot()
    } else {
      left = try parseUnary()
    }
    while let (operation, precedence) = operatorKind.infix, precedence >= minimum {
      let operatorSpan = token.span
      advance()
      let right = try parseOperators(precedence.tighter)
      left = combine(operation, left, right, operatorSpan)
      try grow()
      try checkChain(left, precedence, operatorSpan)
    }
    height = max(outer, height)
    return left
  }

  private mutating func parseNot() throws(Abandon) -> Expression {
    try enter()
    defer { leave() }
    let start = token.span.start
    advance()
    let operand = try parseOperators(.not)
    try grow()
    return Expression(kind: .unary(.not, operand), span: span(from: start))
  }

  private func combine(
    _ operation: InfixOperator, _ left: Expression, _ right: Expression, _ operatorSpan: Span
  ) -> Expression {
    let kind: Expression.Kind =
      switch operation {
      case .binary(let binary): .binary(binary, left, right, operatorSpan: operatorSpan)
      case .logical(let logical): .logical(logical, left, right, operatorSpan: operatorSpan)
      case .range(let closed): .range(left, right, closed: closed)
      case .compose: .compose(left, right)
      }
    return Expression(kind: kind, span: left.span.union(right.span))
  }

  /// Comparisons and ranges do not chain.
  private mutating func checkChain(_ left: Expression, _ precedence: Precedence, _ first: Span) throws(Abandon) {
    guard let (_, next) = operatorKind.infix, next == precedence else { return }
    if precedence == .comparison { throw chainedComparison(left, first) }
    if precedence == .range {
      throw fault(
        .chainedComparison, "ranges do not chain", at: token.span, secondary: [(first, "the first range")],
        help: "steps are taken with `.step(by)`: `(0..<10).step(2)`")
    }
  }

  private mutating func chainedComparison(_ left: Expression, _ first: Span) -> Abandon {
    let second = token.span
    advance()
    let start = token.span.start
    var help = "`a < b and b < c`"
    // Read on quietly, to show the user's own text.
    let count = diagnostics.count
    if case .binary(_, let a, let b, _) = left.kind, let right = try? parseOperators(.range) {
      if case .binary(let mask, let b1, let b2, _) = b.kind, [.bitAnd, .bitOr, .bitXor].contains(mask) {
        diagnostics.removeSubrange(min(count, diagnostics.count)...)
        let comparisons = [(a, first, b1), (b2, second, right)].map { left, operation, right in
          "(\([left.span, operation, right.span].map(source.text).joined(separator: " ")))"
        }
        return fault(
          .chainedComparison, "comparisons do not chain", at: second, secondary: [(first, "the first comparison")],
          notes: ["`\(mask.rawValue)` binds tighter than a comparison"],
          help: "`\(comparisons.joined(separator: " \(mask.rawValue) "))`")
      }
      let middle = source.text(of: b.span)
      let text =
        "\(source.text(of: a.span)) \(source.text(of: first)) \(middle) and \(middle) \(source.text(of: second)) "
        + source.text(of: Span(start, right.span.end))
      if text.utf8.count <= 60, !text.contains("\n") { help = "`\(text)`" }
    }
    diagnostics.removeSubrange(min(count, diagnostics.count)...)
    return fault(
      .chainedComparison, "comparisons do not chain", at: second, secondary: [(first, "the first comparison")],
      help: help)
  }

  // MARK: Operators before one operand

  /// Reads `-x`, `~x`, and powers, which bind tighter than a minus on their left.
  mutating func parseUnary() throws(Abandon) -> Expression {
    let operation: UnaryOperator
    switch token.kind {
    case .symbol(.minus): operation = .negate
    case .symbol(.tilde): operation = .invert
    default: return try parsePower()
    }
    let start = token.span.start
    try enter()
    defer { leave() }
    advance()
    // 2^63 is an int only with its minus.
    if operation == .negate, token.kind == .int(1 << 63), kind(at: 1) != .symbol(.power) {
      advance()
      try grow()
      return Expression(kind: .int(.min), span: span(from: start))
    }
    let operand = try parseUnary()
    try grow()
    return Expression(kind: .unary(operation, operand), span: span(from: start))
  }

  private mutating func parsePower() throws(Abandon) -> Expression {
    let base = try parsePostfix()
    guard at(.power) else { return base }
    let operatorSpan = token.span
    let outer = height
    height = 0
    try enter()
    defer { leave() }
    advance()
    let exponent = try parseUnary()
    height = max(outer, height)
    try grow()
    return Expression(
      kind: .binary(.power, base, exponent, operatorSpan: operatorSpan), span: base.span.union(exponent.span))
  }
}
