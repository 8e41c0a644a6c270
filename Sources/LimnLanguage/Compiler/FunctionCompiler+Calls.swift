extension FunctionCompiler {
  /// `callee(arguments)`.
  func compileCall(_ callee: Expression, _ arguments: [Argument], to target: Int, _ span: Span) throws {
    try compileCall(callee, piped: nil, arguments, to: target, span)
  }

  /// `value |> destination`: a call that is not in parentheses gets the value as its first argument; anything else is
  /// called with it.
  func compilePipe(_ value: Expression, _ destination: Expression, to target: Int, _ span: Span) throws {
    if case .call(let callee, let arguments) = destination.kind {
      try compileCall(callee, piped: value, arguments, to: target, span)
    } else {
      try compileCall(destination, piped: value, [], to: target, span)
    }
  }

  /// Lays out a call's window: the callee or the method's receiver, then the arguments. Evaluation runs from left to
  /// right, so a piped value comes first.
  private func compileCall(
    _ callee: Expression, piped: Expression?, _ arguments: [Argument], to target: Int, _ span: Span
  ) throws {
    hasCalls = true
    try temporaries {
      let base = try allocateWindow(span)
      var spans: [Span] = []
      if let piped {
        spans.append(piped.span)
        try compileArgument(piped)
      }
      var method: Identifier?
      // What a variable holds is called where it is, unless an argument may change the variable first.
      var variable: (opcode: Opcode, place: Int)?
      if case .member(let object, let name) = callee.kind {
        method = name
        try compile(object, to: base)
        spans.insert(object.span, at: 0)
      } else {
        variable = borrowed(callee, arguments)
        if variable == nil { try compile(callee, to: base) }
      }
      var names: [String] = []
      var named: [Prototype.NamedArgument] = []
      for argument in arguments {
        try compileArgument(argument.value)
        if let name = argument.name {
          names.append(name.text)
          named.append(.init(name: name.text, nameSpan: name.span, span: argument.value.span))
        } else {
          spans.append(argument.value.span)
        }
      }
      let count = nextRegister - base - 1
      code.mark(span, callee: method?.span ?? callee.span, arguments: spans, named: named)
      if let method {
        emitMember(.callMethod, base, count, method.text, target)
        code.emit(word: names.isEmpty ? 0 : code.add(names: names) + 1)
      } else if let variable {
        code.emit(variable.opcode, base, count, target)
        code.emit(word: variable.place)
      } else if names.isEmpty {
        code.emit(.call, base, count, target)
      } else {
        code.emit(.callNamed, base, count, target)
        code.emit(word: code.add(names: names))
      }
    }
  }

  private func compileArgument(_ expression: Expression) throws {
    let register = try allocateWindow(expression.span)
    try compile(expression, to: register)
  }

  /// The instruction that calls a variable's value without taking it into the window, and where that value is.
  ///
  /// A callee is evaluated before its arguments: a variable that they may change is not called so.
  private func borrowed(_ callee: Expression, _ arguments: [Argument]) -> (opcode: Opcode, place: Int)? {
    let name = callee.withoutParentheses
    guard case .name = name.kind, case .variable(let variable)? = resolution.references[name.span.start],
      arguments.allSatisfy({ $0.name == nil })
    else { return nil }
    switch location(of: variable) {
    case .register(let register) where register > 0:
      return arguments.contains { $0.value.mayChangeLocals } ? nil : (.callLocal, register)
    case .capture(let index): return (.callCapture, index)
    case .global(let slot):
      if variable.isMutable, arguments.contains(where: { $0.value.mayHaveEffects }) { return nil }
      return (.callGlobal, slot)
    default: return nil
    }
  }
}
