extension FunctionCompiler {
  /// `type Name(params) { ... }`: an object with a constructor and methods, each of which has the instance in register
  /// 0.
  func compile(_ declaration: TypeDeclaration, _ statement: Statement) throws {
    let span = declaration.name.span
    guard let variable = resolution.declarations[span.start] else { return }
    let fields =
      declaration.parameters.map {
        TypeObject.Field(name: $0.name.text, isMutable: true, isParameter: true, documentation: nil)
      }
      + declaration.fields.map {
        TypeObject.Field(name: $0.name.text, isMutable: $0.mutable, isParameter: false, documentation: $0.documentation)
      }
    guard fields.count < 256 else { throw tooComplex(span, "a type has at most 255 fields") }
    let register = try allocate(span)
    let isGlobal = if case .global = variable.place { true } else { false }
    if !isGlobal {
      code.emit(.loadNil, register)
      bind(variable, to: register)
    }
    try temporaries {
      let template = Prototype.TypeTemplate(
        name: declaration.name.text, documentation: statement.documentation, fields: fields,
        constructor: try compileConstructor(declaration),
        methods: try declaration.methods.map { try compileMethod($0) })
      let value = try allocate(span)
      code.emit(.makeType, value, wide: code.add(template))
      store(variable, from: value)
    }
    if isGlobal { nextRegister = register }
  }

  private func compileConstructor(_ declaration: TypeDeclaration) throws -> Prototype {
    let compiler = FunctionCompiler(parent: self, source: source, resolution: resolution)
    if let instance = resolution.callees[declaration.name.span.start] { compiler.bind(instance, to: 0) }
    try compiler.compileParameters(declaration.parameters)
    // A parameter that a default captured lies in a cell; the field takes the value.
    for (index, parameter) in declaration.parameters.enumerated() {
      try compiler.temporaries {
        let value = try compiler.allocate(parameter.name.span)
        if let variable = resolution.declarations[parameter.name.span.start] {
          compiler.load(variable, to: value, parameter.name.span)
        }
        compiler.code.emit(.setField, 0, value, index)
      }
    }
    for (index, field) in declaration.fields.enumerated() {
      try compiler.temporaries {
        let value = try compiler.operand(field.value)
        compiler.code.emit(.setField, 0, value, declaration.parameters.count + index)
      }
    }
    compiler.code.emit(.returnValue, 0)
    return compiler.finish(
      FunctionHeader(
        name: declaration.name.text, signature: signature(declaration.name.text, declaration.parameters, prefix: ""),
        documentation: nil, source: source, parameters: shapes(declaration.parameters)))
  }

  private func compileMethod(_ method: MethodDeclaration) throws -> Prototype {
    let literal = method.function
    let compiler = FunctionCompiler(parent: self, source: source, resolution: resolution)
    if let instance = resolution.callees[literal.span.start] { compiler.bind(instance, to: 0) }
    try compiler.compileParameters(literal.parameters)
    switch literal.body {
    case .block(let block): try compiler.compileTail(block)
    case .expression(let value): try compiler.compileTail(value)
    }
    return compiler.finish(
      FunctionHeader(
        name: method.name.text, signature: signature(method.name.text, literal.parameters),
        documentation: method.documentation, source: source, parameters: shapes(literal.parameters)))
  }
}
