/// The type that a parameter accepts, as a check and as words for messages.
public indirect enum ValueType: Sendable {
  case any
  case `nil`, bool, int
  /// A float; an int is accepted and converted.
  case float
  /// An int or a float, kept as it is.
  case number
  case string, range, list, map
  /// Whatever can be called: functions, built-ins, types, instances with `call`, callable host objects.
  case callable
  case type, instance, module, error
  case host(HostType)
  case either([ValueType])

  /// `type` or nil.
  public static func optional(_ type: ValueType) -> ValueType { .either([type, .nil]) }

  /// Whether a value is of the type, without conversions other than int to float.
  public func accepts(_ value: Value) -> Bool {
    switch (self, value) {
    case (.any, _): return true
    case (.nil, .nil), (.bool, .bool), (.int, .int), (.float, .float), (.float, .int), (.number, .int),
      (.number, .float):
      return true
    case (.either(let types), _): return types.contains { $0.accepts(value) }
    case (_, .object(let object)): return accepts(object)
    default: return false
    }
  }

  private func accepts(_ object: Object) -> Bool {
    switch (self, object.kind) {
    case (.string, .string), (.range, .range), (.list, .list), (.map, .map), (.type, .type), (.instance, .instance),
      (.module, .module), (.error, .error):
      true
    case (.callable, _): object.isCallable
    case (.host(let type), .host): unsafeDowncast(object, to: HostObject.self).type.isKind(of: type)
    default: false
    }
  }

  /// The value as the type wants it, where a one-element tensor serves as a bool, int, or float; nil when it does not
  /// fit.
  func converting(_ value: Value) throws -> Value? {
    switch (self, value) {
    case (.float, .int(let int)): return .float(Double(int))
    case (.either(let types), _):
      if let type = types.first(where: { $0.accepts(value) }) { return try type.converting(value) }
      for type in types {
        if let converted = try type.converting(value) { return converted }
      }
      return nil
    default: break
    }
    if accepts(value) { return value }
    guard case .object(let object) = value, let host = object as? HostObject else { return nil }
    switch self {
    case .bool: return try host.asBool().map { .bool($0) }
    case .int: return try host.asInt().map { .int($0) }
    case .float: return try host.asFloat().map { .float($0) }
    case .number:
      if let int = try host.asInt() { return .int(int) }
      return try host.asFloat().map { .float($0) }
    default: return nil
    }
  }

  /// In words, with an article: `an int`, `a string or nil`.
  public var described: String {
    switch self {
    case .any: "any value"
    case .nil: "nil"
    case .bool: "a bool"
    case .int: "an int"
    case .float, .number: "a number"
    case .string: "a string"
    case .range: "a range"
    case .list: "a list"
    case .map: "a map"
    case .callable: "a function"
    case .type: "a type"
    case .instance: "an instance"
    case .module: "a module"
    case .error: "an error"
    case .host(let type): ValueText.withArticle(type.name)
    case .either(let types): ValueText.alternatives(types.map(\.described))
    }
  }
}
