import LimnLanguage

/// What an expression gives, where that can be told without running anything.
enum StaticType {
  /// An instance of a declared type.
  case instance(TypeDeclaration, in: Source)
  /// A declared type itself.
  case type(TypeDeclaration, in: Source)
  case module(ModuleObject)
  /// A value of a built-in type.
  case value(ValueType)
}

/// What a call calls.
enum Callable {
  /// A function, method, or type of a text.
  case declared(Declaration)
  /// Built-in functions of one name; of a method its receiver is the first parameter.
  case builtin([Binding], isMethod: Bool)
}

extension DocumentAnalysis {
  /// - Parameter type: The type in whose body the expression stands, for `self`.
  func staticType(
    of expression: Expression, in unit: UnitAnalysis, within type: TypeDeclaration?, depth: Int = 0
  ) -> StaticType? {
    guard depth < 12 else { return nil }
    switch expression.kind {
    case .string: return .value(.string)
    case .list: return .value(.list)
    case .map: return .value(.map)
    case .range: return .value(.range)
    case .int, .float: return .value(.number)
    case .parenthesized(let inner): return staticType(of: inner, in: unit, within: type, depth: depth + 1)
    case .name(let name):
      if name == "self" { return type.map { .instance($0, in: unit.source) } }
      return staticType(ofNameAt: expression.span, in: unit, within: type, depth: depth)
    case .member(let object, let name):
      guard let owner = staticType(of: object, in: unit, within: type, depth: depth + 1) else { return nil }
      return memberType(name.text, of: owner, depth: depth)
    case .call(let callee, _):
      if case .type(let type, let source)? = staticType(of: callee, in: unit, within: type, depth: depth + 1) {
        return .instance(type, in: source)
      }
      if case .builtin(let bindings, _)? = callable(callee, in: unit, within: type, depth: depth + 1) {
        return resultType(of: bindings)
      }
      return nil
    default: return nil
    }
  }

  private func staticType(
    ofNameAt span: Span, in unit: UnitAnalysis, within type: TypeDeclaration?, depth: Int
  ) -> StaticType? {
    switch unit.resolution.references[span.start] {
    case .variable(let variable)?:
      if let module = variable.module { return .module(module) }
      guard let declaration = declaration(of: variable) else {
        guard variable.declaration == nil, let value = interpreter.global(variable.name) else { return nil }
        return value.asMap == nil ? nil : .value(.map)
      }
      return staticType(of: declaration, depth: depth)
    case .field?:
      guard let place = unit.resolution.fields[span.start] else { return nil }
      return declaration(in: unit.source, at: place.start).flatMap { staticType(of: $0, depth: depth) }
    case nil: return nil
    }
  }

  private func staticType(of declaration: Declaration, depth: Int) -> StaticType? {
    switch declaration.kind {
    case .type: return declaration.type.map { .type($0, in: declaration.source) }
    case .module:
      guard let module = declaration.module else { return nil }
      return interpreter.module(named: module.text, importedFrom: declaration.source).map(StaticType.module)
    case .importedName:
      guard let original = original(of: declaration)?.place else { return nil }
      return self.declaration(in: original.source, at: original.span.start).flatMap {
        $0.kind == .importedName ? nil : staticType(of: $0, depth: depth + 1)
      }
    case .constant, .variable, .field:
      guard let value = declaration.value, let unit = unit(declaration.source) else { return nil }
      return staticType(
        of: value, in: unit, within: declaration.kind == .field ? declaration.type : nil, depth: depth + 1)
    case .function, .method, .parameter, .loopName, .caughtError: return nil
    }
  }

  private func memberType(_ name: String, of owner: StaticType, depth: Int) -> StaticType? {
    switch owner {
    case .instance(let type, let source):
      return member(name, of: type, in: source).flatMap { staticType(of: $0, depth: depth + 1) }
    case .module(let module):
      guard let variable = module.variable(name) else { return nil }
      return declaration(of: variable).flatMap { staticType(of: $0, depth: depth + 1) }
    case .type, .value: return nil
    }
  }

  /// Functions that make tensors and layers say so by what they are; of the others nothing is known.
  private func resultType(of bindings: [Binding]) -> StaticType? {
    guard let name = bindings.first?.name else { return nil }
    if StaticTypes.makesTensor.contains(name) {
      let tensor = interpreter.bindings.first { $0.name == "reshape" }?.receivers.first
      return tensor.map(StaticType.value)
    }
    if StaticTypes.makesList.contains(name) { return .value(.list) }
    return StaticTypes.makesString.contains(name) ? .value(.string) : nil
  }

  /// A field or method of a declared type.
  func member(_ name: String, of type: TypeDeclaration, in source: Source) -> Declaration? {
    let names = type.parameters.map(\.name) + type.fields.map(\.name) + type.methods.map(\.name)
    return names.first { $0.text == name }.flatMap { declaration(in: source, at: $0.span.start) }
  }

  /// The name of a module that an imported name is, and where it is declared.
  func original(of declaration: Declaration) -> (symbol: Symbol, place: (source: Source, span: Span)?)? {
    guard let name = declaration.module,
      let variable = interpreter.module(named: name.text, importedFrom: declaration.source)?
        .variable(declaration.name.text)
    else { return nil }
    if variable.declaration == nil { return (.builtin(module: name.text, name: declaration.name.text), nil) }
    return (symbol(of: variable), variable.declaration)
  }

  /// What a call calls, where that can be told.
  func callable(
    _ callee: Expression, in unit: UnitAnalysis, within type: TypeDeclaration?, depth: Int = 0
  ) -> Callable? {
    switch callee.kind {
    case .name(let name):
      guard case .variable(let variable)? = unit.resolution.references[callee.span.start] else { return nil }
      guard let declaration = declaration(of: variable) else {
        let found = bindings(module: nil, name)
        return variable.declaration == nil && !found.isEmpty ? .builtin(found, isMethod: false) : nil
      }
      guard declaration.kind == .importedName, let original = original(of: declaration) else {
        return callable(declaration, depth: depth)
      }
      if case .builtin(let module, let name) = original.symbol {
        return .builtin(bindings(module: module, name), isMethod: false)
      }
      return original.place.flatMap { self.declaration(in: $0.source, at: $0.span.start) }
        .flatMap { callable($0, depth: depth) }
    case .member(let object, let name):
      switch staticType(of: object, in: unit, within: type, depth: depth + 1) {
      case .instance(let type, let source)?:
        return member(name.text, of: type, in: source).flatMap { callable($0, depth: depth) }
      case .module(let module)?:
        guard let variable = module.variable(name.text) else { return nil }
        if let declaration = declaration(of: variable) { return callable(declaration, depth: depth) }
        return .builtin(bindings(module: module.name, name.text), isMethod: false)
      case .value?, .type?, nil:
        let found = interpreter.bindings.filter { $0.name == name.text && !$0.receivers.isEmpty }
        return found.isEmpty ? nil : .builtin(found, isMethod: true)
      }
    default: return nil
    }
  }

  private func callable(_ declaration: Declaration, depth: Int) -> Callable? {
    switch declaration.kind {
    case .function, .method, .type: return .declared(declaration)
    case .constant, .field:
      guard case .function(let function)? = declaration.value?.kind else {
        guard case .instance(let type, let source)? = staticType(of: declaration, depth: depth + 1) else { return nil }
        return member("call", of: type, in: source).map(Callable.declared)
      }
      var declaration = declaration
      declaration.parameters = function.parameters
      return .declared(declaration)
    case .variable, .parameter, .module, .importedName, .loopName, .caughtError: return nil
    }
  }
}

/// Built-in functions whose result is always of one type.
private enum StaticTypes {
  static let makesTensor: Set = [
    "tensor", "zeros", "ones", "full", "arange", "linspace", "eye", "rand", "randn", "randint", "permutation",
    "one_hot",
    "concat", "stack",
  ]
  static let makesList: Set = [
    "sorted", "map", "filter", "zip", "enumerate", "keys", "values", "items", "split", "lines",
  ]
  static let makesString: Set = ["str", "repr", "join", "upper", "lower", "trim", "replace"]
}
