extension FunctionCompiler {
  /// `assert condition, message`. Two values that are compared are kept, so that a failure shows both: the sides of a
  /// comparison operator, and the first two arguments of the built-in `equal` and `close`.
  func compileAssertion(_ condition: Expression, _ message: Expression?, _ span: Span) throws {
    try temporaries {
      switch condition.kind {
      case .binary(let operation, let left, let right, _) where operation.isComparison:
        let sides = try compileSides(left, right)
        let outcome = try allocate(condition.span)
        code.mark(condition.span, arguments: [left.span, right.span])
        code.emit(.binary, outcome, sides, sides + 1)
        code.emit(word: operation.number)
        try compileCheck(outcome, message, condition, sides: sides, [left.span, right.span])
      case .call(let callee, let arguments) where comparesFirstTwo(callee, arguments):
        let (left, right) = (arguments[0].value, arguments[1].value)
        let sides = try compileSides(left, right)
        let outcome = try allocate(condition.span)
        try compileCall(callee, sides: sides, arguments, to: outcome, condition.span)
        try compileCheck(outcome, message, condition, sides: sides, [left.span, right.span])
      default:
        try compileCheck(try operand(condition), message, condition, sides: nil, [])
      }
    }
  }

  /// Evaluates two values into neighboring registers and gives the first.
  private func compileSides(_ left: Expression, _ right: Expression) throws -> Int {
    let sides = try allocate(left.span)
    _ = try allocate(right.span)
    try compile(left, to: sides)
    try compile(right, to: sides + 1)
    return sides
  }

  /// Whether a call is one of the built-in `equal` or `close`, with both values by position.
  private func comparesFirstTwo(_ callee: Expression, _ arguments: [Argument]) -> Bool {
    guard case .name(let name) = callee.kind, name == "equal" || name == "close",
      arguments.count >= 2, arguments[0].name == nil, arguments[1].name == nil,
      case .variable(let variable)? = resolution.references[callee.span.start]
    else { return false }
    return variable.declaration == nil
  }

  /// A call whose first two arguments are in registers already.
  private func compileCall(
    _ callee: Expression, sides: Int, _ arguments: [Argument], to target: Int, _ span: Span
  ) throws {
    hasCalls = true
    try temporaries {
      let base = try allocate(span)
      try compile(callee, to: base)
      for side in 0..<2 { code.emit(.move, try allocate(span), sides + side) }
      var names: [String] = []
      var named: [Prototype.NamedArgument] = []
      for argument in arguments.dropFirst(2) {
        try compile(argument.value, to: try allocate(argument.value.span))
        guard let name = argument.name else { continue }
        names.append(name.text)
        named.append(.init(name: name.text, nameSpan: name.span, span: argument.value.span))
      }
      let positions = arguments.filter { $0.name == nil }.map(\.value.span)
      code.mark(span, callee: callee.span, arguments: positions, named: named)
      code.emit(names.isEmpty ? .call : .callNamed, base, nextRegister - base - 1, target)
      if !names.isEmpty { code.emit(word: code.add(names: names)) }
    }
  }

  /// Goes on when the outcome is true, and else fails with the message and both sides.
  private func compileCheck(
    _ outcome: Int, _ message: Expression?, _ condition: Expression, sides: Int?, _ spans: [Span]
  ) throws {
    code.mark(condition.span)
    code.emit(.jumpIfTrue, outcome)
    let success = code.emitDistance()
    let text = try allocate(condition.span)
    if let message { try compile(message, to: text) }
    code.mark(condition.span, arguments: spans)
    code.emit(.failAssertion, sides ?? 0, text, (sides == nil ? 0 : 1) + (message == nil ? 0 : 2))
    code.patch(success)
  }
}
