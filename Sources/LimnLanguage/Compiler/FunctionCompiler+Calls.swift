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
      let base = try allocate(span)
      var spans: [Span] = []
      if let piped {
        spans.append(piped.span)
        _ = try stableOperand(piped)
      }
      var method: Identifier?
      if case .member(let object, let name) = callee.kind {
        method = name
        try compile(object, to: base)
        spans.insert(object.span, at: 0)
      } else {
        try compile(callee, to: base)
      }
      var names: [String] = []
      var named: [Prototype.NamedArgument] = []
      for argument in arguments {
        _ = try stableOperand(argument.value)
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
      } else if names.isEmpty {
        code.emit(.call, base, count, target)
      } else {
        code.emit(.callNamed, base, count, target)
        code.emit(word: code.add(names: names))
      }
    }
  }
}
