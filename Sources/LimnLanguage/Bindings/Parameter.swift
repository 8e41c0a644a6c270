/// A parameter of a binding.
public struct Parameter {
  /// What a call that leaves the parameter out means.
  public enum Default {
    /// The caller must give it.
    case none
    /// Filled in when the caller gives none.
    case value(Value)
    /// The body sees `nil`; help shows the text, which says what then holds.
    case described(String)
  }

  public var name: String
  public var type: ValueType
  public var defaultValue: Default
  /// Gathers the remaining positions in a list. At most one, after the positional ones; what follows is by name only.
  public var isVariadic: Bool
  /// Only by name: `sort(by:)`.
  public var isNamedOnly: Bool

  public init(
    name: String, type: ValueType, defaultValue: Default = .none, isVariadic: Bool = false, isNamedOnly: Bool = false
  ) {
    self.name = name
    self.type = type
    self.defaultValue = defaultValue
    self.isVariadic = isVariadic
    self.isNamedOnly = isNamedOnly
  }

  /// A parameter that the caller must give.
  public static func required(_ name: String, _ type: ValueType, namedOnly: Bool = false) -> Parameter {
    Parameter(name: name, type: type, isNamedOnly: namedOnly)
  }

  /// A parameter with a default. `.nil` as the default is accepted from a caller too.
  public static func optional(
    _ name: String, _ type: ValueType, _ value: Value, namedOnly: Bool = false
  ) -> Parameter {
    Parameter(name: name, type: type, defaultValue: .value(value), isNamedOnly: namedOnly)
  }

  /// A parameter that may be left out, in which case the body sees `nil`; the text says in help what then holds.
  public static func optional(
    _ name: String, _ type: ValueType, describedAs text: String, namedOnly: Bool = false
  ) -> Parameter {
    Parameter(name: name, type: type, defaultValue: .described(text), isNamedOnly: namedOnly)
  }

  /// What is left of the positions, as a list.
  public static func variadic(_ name: String, _ type: ValueType = .any) -> Parameter {
    Parameter(name: name, type: type, isVariadic: true)
  }

  /// `size`, `lr = 0.001`, `...shape`, as a signature shows it.
  public var signature: String {
    if isVariadic { return "...\(name)" }
    switch defaultValue {
    case .none: return name
    case .value(let value): return "\(name) = \(ValueText.literal(value))"
    case .described(let text): return "\(name) = \(text)"
    }
  }

  /// Whether a call may leave it out.
  public var isOptional: Bool {
    if case .none = defaultValue { return isVariadic }
    return true
  }
}
