/// A type that a host program brings into the language: `tensor`, `layer`, `optimizer`.
///
/// Compared by identity. Bindings name it as a parameter's type or as a method's receiver.
public final class HostType: Sendable {
  /// The name in messages and from `type_of`.
  public let name: String
  /// One sentence for `?name`.
  public let documentation: String
  /// Types whose methods and parameters accept this type as well: every `conv2d` layer is a `layer`.
  public let parent: HostType?

  public init(_ name: String, parent: HostType? = nil, documentation: String = "") {
    self.name = name
    self.parent = parent
    self.documentation = documentation
  }

  /// What a host object has that does not say its type.
  public static let plain = HostType("object")

  /// Whether this is the other type, or descends from it.
  public func isKind(of other: HostType) -> Bool {
    var type: HostType? = self
    while let current = type {
      if current === other { return true }
      type = current.parent
    }
    return false
  }
}

/// An object of a host program: how it prints, calls, indexes, and takes part in operators.
///
/// Every hook has a default that says "this type does not do that"; a subclass overrides what it does. Methods that are
/// functions (`x.mean()`) are not here but in the binding table, with the type as receiver; `member` is for properties
/// (`x.shape`). Any hook may throw a `Fault`, or an error that is `FaultConvertible`.
open class HostObject: Object {
  public init() { super.init(kind: .host) }

  /// The type, by which bindings find the object. Overridden by every subclass.
  open var type: HostType { HostType.plain }

  // MARK: Printing

  /// The text of `print(x)` and of a result. `nested` inside a list, map, or instance.
  open func describe(nested: Bool, in interpreter: Interpreter) throws -> String { "<\(type.name)>" }

  // MARK: Calling and members

  // `isCallable` is overridden by an object for which `x(...)` means something.

  /// Parameters for checking and help when the object is called; nil takes anything by position.
  open var callParameters: [Parameter]? { nil }
  /// The call itself: arguments as `callParameters` orders and checks them.
  open func call(_ call: Call) throws -> Value { throw Fault.notCallable(.object(self)) }

  /// A property, or nil when there is none of that name.
  open func member(_ name: String, in interpreter: Interpreter) throws -> Value? { nil }
  /// Names that `member` knows, for completion and *did you mean*.
  open var memberNames: [String] { [] }
  /// What Limn writes, of a value `x`, for a member that such values have elsewhere and here have not.
  open func counterpart(of name: String) -> String? { nil }
  /// Sets a property; false when there is none of that name that can be set.
  open func setMember(_ name: String, to value: Value, in interpreter: Interpreter) throws -> Bool { false }

  // MARK: Subscripts

  /// `x[...]`; nil when the type has no subscripts.
  open func subscripted(_ items: [SubscriptValue], in interpreter: Interpreter) throws -> Value? { nil }
  /// `x[...] = v`: true when the object changed in place (a container).
  open func setSubscript(_ items: [SubscriptValue], to value: Value, in interpreter: Interpreter) throws -> Bool {
    false
  }
  /// `x[...] = v` for an immutable value: the changed copy that the target is then bound to, or nil.
  open func settingSubscript(
    _ items: [SubscriptValue], to value: Value, in interpreter: Interpreter
  ) throws -> Value? { nil }

  // MARK: Sequences

  /// `len(x)`; nil when the type has no length.
  open func length(in interpreter: Interpreter) throws -> Int? { nil }
  /// What `for` goes through; nil when the type does not iterate.
  open func makeIterator(in interpreter: Interpreter) throws -> HostIterator? { nil }
  /// `e in x`; nil for the default, which iterates and compares.
  open func contains(_ value: Value, in interpreter: Interpreter) throws -> Bool? { nil }

  // MARK: Operators

  /// An operator with this object on at least one side; nil when it does not take part with that partner.
  open class func binary(
    _ operation: BinaryOperator, _ left: Value, _ right: Value, in interpreter: Interpreter
  ) throws -> Value? { nil }
  /// `left >> right` with this object on at least one side; nil for plain composition, which calls one after the other.
  open class func compose(_ left: Value, _ right: Value, in interpreter: Interpreter) throws -> Value? { nil }
  /// A prefix operator; nil when the type has none.
  open func unary(_ operation: UnaryOperator, in interpreter: Interpreter) throws -> Value? { nil }
  /// Deep equality, as `in`, `index_of` and `==` on a container of such objects use it. The default is identity.
  open func isEqual(to other: Value, in interpreter: Interpreter) throws -> Bool {
    if case .object(let object) = other { return object === self }
    return false
  }

  // MARK: Conversions: a one-element tensor serves where a bool, int, or float is wanted

  /// The object as a condition; nil when it has no truth.
  open func asBool() throws -> Bool? { nil }
  /// The object where an int is wanted; nil when it is not one.
  open func asInt() throws -> Int? { nil }
  /// The object where a float is wanted; nil when it is not one.
  open func asFloat() throws -> Double? { nil }

  // MARK: Containers

  // `visitReferences` is overridden by an object that keeps values: called with each value that the object stores, and
  // with no other. The cycle finder follows them.

  /// What `copy(x)` makes; the default is the object itself, right for an immutable value. `copyValue` copies what it
  /// keeps, keeping sharing within.
  open func copied(_ copyValue: (Value) throws -> Value) throws -> HostObject { self }
}

/// What `for` draws values from.
public protocol HostIterator: AnyObject {
  /// The next value, or nil at the end.
  func next(in interpreter: Interpreter) throws -> Value?
  /// Called once when the loop is left, by its end, `break`, `return`, or an error.
  func finish(in interpreter: Interpreter)
}

extension HostIterator {
  public func finish(in interpreter: Interpreter) {}
}

/// One evaluated place between the brackets of `x[...]`.
public enum SubscriptValue {
  /// `x[i]`; also `x[nil]`, a range, a mask, a list.
  case index(Value)
  case slice(lower: Int?, upper: Int?, step: Int?)
  case ellipsis
}
