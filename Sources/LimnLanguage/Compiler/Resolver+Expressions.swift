extension Resolver {
  func resolve(_ expression: Expression) {
    switch expression.kind {
    case .nilLiteral, .bool, .int, .float, .invalid: break
    case .string(let parts):
      for case .interpolation(let value, _) in parts { resolve(value) }
    case .name(let name):
      if let reference = lookUp(name, at: expression.span) { resolution.references[expression.span.start] = reference }
    case .list(let elements), .values(let elements):
      for element in elements { resolve(element) }
    case .map(let entries):
      for entry in entries {
        if case .expression(let key) = entry.key { resolve(key) }
        resolve(entry.value)
      }
    case .unary(_, let operand), .parenthesized(let operand): resolve(operand)
    case .binary(_, let left, let right, _), .logical(_, let left, let right, _), .range(let left, let right, _),
      .pipe(let left, let right), .compose(let left, let right):
      resolve(left)
      resolve(right)
    case .call(let callee, let arguments):
      resolve(callee)
      for argument in arguments { resolve(argument.value) }
    case .member(let object, let name):
      resolve(object)
      checkModuleMember(object, name)
    case .subscripted(let object, let items):
      resolve(object)
      resolve(items)
    case .function(let literal): resolve(literal, form: literal.form == .trailingBlock ? .trailingBlock : .function)
    case .conditional(let branches, let otherwise):
      for branch in branches {
        resolve(branch.condition)
        resolve(branch.body)
      }
      if let otherwise { resolve(otherwise) }
    case .attempt(let body, let name, let handler):
      resolve(body)
      inScope {
        if let name { declare(name, isMutable: false, kind: .caught) }
        resolve(handler)
      }
    }
  }

  func resolve(_ items: [SubscriptItem]) {
    for item in items {
      switch item {
      case .index(let value): resolve(value)
      case .slice(let lower, let upper, let step, _):
        for part in [lower, upper, step] { if let part { resolve(part) } }
      case .ellipsis: break
      }
    }
  }

  private func checkModuleMember(_ object: Expression, _ name: Identifier) {
    guard case .name = object.kind, case .variable(let variable)? = resolution.references[object.span.start],
      let module = variable.module, module.scope[name.text] == nil
    else { return }
    reportMissing(name, in: module)
  }

  /// A function's parameters and body. A local function may use its own name, which is its register 0.
  func resolve(_ literal: FunctionLiteral, form: FunctionScope.Form, ownName: Identifier? = nil) {
    inFunction(form) {
      if let ownName {
        let callee = Variable(
          name: ownName.text, place: .callee(function), isMutable: false, declaration: (source, ownName.span))
        scope.variables[ownName.text] = callee
        resolution.callees[literal.span.start] = callee
      }
      inScope { resolveParametersAndBody(literal) }
    }
  }

  func resolveParametersAndBody(_ literal: FunctionLiteral) {
    for parameter in literal.parameters {
      if let value = parameter.defaultValue { resolve(value) }
      declare(parameter.name, isMutable: true)
    }
    switch literal.body {
    case .block(let block): resolve(block)
    case .expression(let value): resolve(value)
    }
  }
}
