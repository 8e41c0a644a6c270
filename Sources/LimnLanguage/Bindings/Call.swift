/// What a binding's body, or a host object that is called, sees of one call.
///
/// Arguments are in the order of the parameters, checked against their types and converted, defaults filled in; a
/// variadic parameter is a list. It is valid until the body returns, and must not be kept.
public struct Call {
  public var interpreter: Interpreter { owner._withUnsafeGuaranteedRef { $0 } }
  /// The interpreter runs the call, so it outlives it.
  private let owner: Unmanaged<Interpreter>
  let arguments: UnsafeMutableBufferPointer<Value>

  init(interpreter: Unmanaged<Interpreter>, arguments: UnsafeMutableBufferPointer<Value>) {
    owner = interpreter
    self.arguments = arguments
  }

  public var count: Int { arguments.count }

  /// The argument at a position; nil beyond the last.
  public subscript(_ index: Int) -> Value {
    index >= 0 && index < arguments.count ? arguments[index] : .nil
  }

  /// Whether an optional argument has a value.
  public func isGiven(_ index: Int) -> Bool { !self[index].isNil }

  /// Where the call stands in the user's text, such as for a layer that remembers where it took its shape.
  public var location: CallLocation? { interpreter.currentLocation }
}

/// A place in the user's text.
public struct CallLocation: Sendable {
  public var source: Source
  public var span: Span

  public var line: Int { source.line(at: span.start) }
  /// `cell 2, line 5`.
  public var description: String { source.describe(line: line) }
}

// MARK: Typed arguments

/// Accessors for arguments of the types that the parameters declare. One whose type does not fit throws a `Fault` that
/// marks it.
extension Call {
  public func bool(_ index: Int) throws -> Bool {
    if case .bool(let value) = self[index] { return value }
    return try converted(index, .bool) { $0.asBool }
  }

  public func int(_ index: Int) throws -> Int {
    if case .int(let value) = self[index] { return value }
    return try converted(index, .int) { $0.asInt }
  }

  /// A float; an int is converted.
  public func float(_ index: Int) throws -> Double {
    switch self[index] {
    case .float(let value): return value
    case .int(let value): return Double(value)
    default: return try converted(index, .float) { $0.asFloat }
    }
  }

  public func string(_ index: Int) throws -> String { try converted(index, .string) { $0.asString } }
  public func list(_ index: Int) throws -> ListObject { try converted(index, .list) { $0.asList } }
  public func map(_ index: Int) throws -> MapObject { try converted(index, .map) { $0.asMap } }
  public func range(_ index: Int) throws -> RangeObject { try converted(index, .range) { $0.asRange } }

  /// A host object of a Swift class: `call.host(0, TensorObject.self)`.
  public func host<T: HostObject>(_ index: Int, _ type: T.Type) throws -> T {
    if case .object(let object) = self[index], let host = object as? T { return host }
    throw Fault.wrongArgument(index, self[index], expected: nil)
  }

  // Optional parameters: nil when the argument is nil.

  public func optionalBool(_ index: Int) throws -> Bool? { isGiven(index) ? try bool(index) : nil }
  public func optionalInt(_ index: Int) throws -> Int? { isGiven(index) ? try int(index) : nil }
  public func optionalFloat(_ index: Int) throws -> Double? { isGiven(index) ? try float(index) : nil }
  public func optionalString(_ index: Int) throws -> String? { isGiven(index) ? try string(index) : nil }
  public func optionalList(_ index: Int) throws -> ListObject? { isGiven(index) ? try list(index) : nil }
  public func optionalHost<T: HostObject>(_ index: Int, _ type: T.Type) throws -> T? {
    isGiven(index) ? try host(index, type) : nil
  }

  /// Ints given one by one or as one list, such as a shape: the variadic argument at a position.
  public func ints(_ index: Int) throws -> [Int] {
    var values: any Sequence<Value> = try list(index)
    if let list = self[index].asList, list.count == 1, let inner = list[0].asList { values = inner }
    return try values.map { value in
      guard let int = try ValueType.int.converting(value)?.asInt else {
        throw Fault.wrongArgument(index, value, expected: .int)
      }
      return int
    }
  }

  private func converted<T>(_ index: Int, _ type: ValueType, _ view: (Value) -> T?) throws -> T {
    guard let value = try type.converting(self[index]), let result = view(value) else {
      throw Fault.wrongArgument(index, self[index], expected: type)
    }
    return result
  }
}
