/// A value of the language.
///
/// Small values are held directly and everything else by reference to an `Object`, so that a register is 16 bytes and
/// copying one costs at most a reference count. See `Machine/` for why that is affordable.
///
/// A value belongs to the interpreter that made it and is used on one thread at a time.
public enum Value {
  case `nil`
  case bool(Bool)
  case int(Int)
  case float(Double)
  case object(Object)
}

// MARK: Making values

extension Value {
  public static func string(_ text: String) -> Value { .object(StringObject(text)) }

  public static func list(_ elements: some Sequence<Value>) -> Value { .object(ListObject(elements)) }

  /// A map with string keys in the order given; a repeated key keeps its first place and its last value.
  public static func map(_ entries: some Sequence<(String, Value)>) -> Value {
    let map = MapObject()
    for (name, value) in entries { map[name] = value }
    return .object(map)
  }

  /// `lower..<upper` or `lower...upper` by `step`, which is not zero.
  public static func range(_ lower: Int, _ upper: Int, closed: Bool = false, step: Int = 1) -> Value {
    .object(RangeObject(lower: lower, upper: upper, isClosed: closed, step: step))
  }

  /// An error as `error(message, kind: kind)` makes it.
  public static func error(_ message: String, kind: String = "error") -> Value {
    .object(ErrorObject(Fault(kind, message)))
  }
}

// MARK: Looking at values

extension Value {
  public var isNil: Bool {
    if case .nil = self { return true }
    return false
  }

  public var asBool: Bool? {
    if case .bool(let value) = self { return value }
    return nil
  }

  public var asInt: Int? {
    if case .int(let value) = self { return value }
    return nil
  }

  /// A float, or an int as a float.
  public var asFloat: Double? {
    switch self {
    case .float(let value): value
    case .int(let value): Double(value)
    default: nil
    }
  }

  public var asString: String? { object(.string, StringObject.self)?.text }
  public var asList: ListObject? { object(.list, ListObject.self) }
  public var asMap: MapObject? { object(.map, MapObject.self) }
  public var asRange: RangeObject? { object(.range, RangeObject.self) }
  public var asInstance: InstanceObject? { object(.instance, InstanceObject.self) }
  public var asError: ErrorObject? { object(.error, ErrorObject.self) }
  public var asHost: HostObject? { object(.host, HostObject.self) }

  /// The object of a kind, of which there is one class: cheaper than a dynamic cast.
  @inline(__always)
  private func object<T: Object>(_ kind: Object.Kind, _ type: T.Type) -> T? {
    if case .object(let object) = self, object.kind == kind { return unsafeDowncast(object, to: type) }
    return nil
  }

  public var asObject: Object? {
    if case .object(let object) = self { return object }
    return nil
  }

  /// Whether both are the same object, or equal small values of one type.
  public func isIdentical(to other: Value) -> Bool {
    switch (self, other) {
    case (.nil, .nil): true
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.float(let left), .float(let right)): left == right
    case (.object(let left), .object(let right)): left === right
    default: false
    }
  }

  /// The name that `type_of` gives: `int`, `list`, `Generator`, `tensor`.
  public var typeName: String {
    switch self {
    case .nil: "nil"
    case .bool: "bool"
    case .int: "int"
    case .float: "float"
    case .object(let object): object.typeName
    }
  }
}

extension Value: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral
{
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(integerLiteral value: Int) { self = .int(value) }
  public init(floatLiteral value: Double) { self = .float(value) }
  public init(stringLiteral value: String) { self = .string(value) }
}
