// What tools ask of values without running anything: completion, `?name`, and how a chain prints.

extension Value {
  /// The value's type in words, with an article: `an int`, `a tensor`.
  public var described: String { ValueText.withArticle(typeName) }

  /// The name of a function, built-in, or type; nil for anything else, and for a function without a name.
  public var functionName: String? {
    switch asObject {
    case let function as FunctionObject: function.name
    case let builtin as BuiltinObject: builtin.name
    case let type as TypeObject: type.name
    default: nil
    }
  }

  /// The `##` lines above the declaration of a function, a type, or a module.
  public var documentation: String? {
    switch asObject {
    case let function as FunctionObject: function.documentation
    case let type as TypeObject: type.documentation
    case let module as ModuleObject: module.documentation
    default: nil
    }
  }

  /// The names that a call of this value may use for its arguments.
  public var parameterNames: [String] {
    switch asObject {
    case let function as FunctionObject: function.parameterNames
    case let builtin as BuiltinObject: unique(builtin.overloads.flatMap { $0.parameters.map(\.name) })
    case let type as TypeObject: type.parameterNames
    case let host as HostObject: host.callParameters?.map(\.name) ?? []
    default: []
    }
  }

  private func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}

extension Interpreter {
  /// A field, a map's entry, or a module's name, looked up without running anything; nil when there is none.
  public func storedMember(_ name: String, of value: Value) -> Value? {
    switch value.asObject {
    case let instance as InstanceObject: instance[field: name]
    case let map as MapObject: map[name]
    case let module as ModuleObject: try? machine.member(of: module, name)
    default: nil
    }
  }

  /// What a path of stored members leads to from a top-level or built-in name: `model.head`.
  public func value(at path: some Sequence<String>) -> Value? {
    var names = path.makeIterator()
    guard let first = names.next(), var value = global(first) else { return nil }
    while let name = names.next() {
      guard let next = storedMember(name, of: value) else { return nil }
      value = next
    }
    return value
  }

  /// The names that a call of `value.name(...)` may use for its arguments.
  public func parameterNames(ofMember name: String, of value: Value) -> [String] {
    if let member = storedMember(name, of: value) { return member.parameterNames }
    if let method = value.asInstance?.type.methods[name] { return method.parameterNames }
    let overloads = bindings.filter { $0.name == name && $0.receivers.contains { $0.accepts(value) } }
    var seen: Set<String> = []
    return overloads.flatMap { $0.parameters.dropFirst().map(\.name) }.filter { seen.insert($0).inserted }
  }
}
