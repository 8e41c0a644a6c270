import LimnLanguage
import LimnTensor

/// A tensor as a value of the language: an immutable block of numbers.
///
/// Its methods are in the binding table; how it takes part in operators is in `TensorOperators`, and what its subscripts mean
/// in `TensorSubscript`.
public final class TensorObject: HostObject {
  public let tensor: Tensor

  public init(_ tensor: Tensor) {
    self.tensor = tensor
    super.init()
  }

  override public var type: HostType { Types.tensor }

  override public func describe(nested: Bool, in interpreter: Interpreter) throws -> String {
    tensor.description
  }

  override public var memberNames: [String] { ["shape", "dtype"] }

  override public func member(_ name: String, in interpreter: Interpreter) throws -> Value? {
    switch name {
    case "shape": .list(tensor.shape.map { .int($0) })
    case "dtype": .string(tensor.dtype.name)
    default: nil
    }
  }

  override public func counterpart(of name: String) -> String? { Self.counterparts[name] }

  // MARK: Operators and subscripts

  override public class func binary(
    _ operation: BinaryOperator, _ left: Value, _ right: Value, in interpreter: Interpreter
  ) throws -> Value? {
    try TensorOperators.binary(operation, left, right).map { .tensor($0) }
  }

  override public func unary(_ operation: UnaryOperator, in interpreter: Interpreter) throws -> Value? {
    try TensorOperators.unary(operation, tensor).map { .tensor($0) }
  }

  override public func subscripted(_ items: [SubscriptValue], in interpreter: Interpreter) throws -> Value? {
    .tensor(try tensor.indexed(TensorSubscript.indices(items, of: tensor)))
  }

  override public func settingSubscript(
    _ items: [SubscriptValue], to value: Value, in interpreter: Interpreter
  ) throws -> Value? {
    guard let operand = try value.tensorOperand(like: tensor) else {
      throw Fault(
        "type-mismatch", "elements of a tensor are numbers, not \(value.typeName)",
        labels: [.init(.whole, "this is set to \(value.described)")])
    }
    return .tensor(try tensor.setting(TensorSubscript.indices(items, of: tensor), to: operand))
  }

  // MARK: Conversions: one element serves as a bool, int, or float

  override public func asBool() throws -> Bool? { tensor.count == 1 ? try tensor.item().double != 0 : nil }

  override public func asInt() throws -> Int? {
    guard tensor.count == 1, case .int(let value) = try tensor.item() else { return nil }
    return Int(value)
  }

  override public func asFloat() throws -> Double? { tensor.count == 1 ? try tensor.item().double : nil }

  // MARK: Sequences

  override public func length(in interpreter: Interpreter) throws -> Int? {
    guard let length = tensor.shape.first else { throw Self.isSingle("has no length") }
    return length
  }

  override public func makeIterator(in interpreter: Interpreter) throws -> HostIterator? {
    guard tensor.rank > 0 else { throw Self.isSingle("cannot be looped over") }
    return RowIterator(tensor)
  }

  private static func isSingle(_ predicate: String) -> Fault {
    Fault(
      "shape-mismatch", "a tensor of a single number \(predicate)", labels: [.init(.argument(0), "this has shape []")])
  }

  override public func contains(_ value: Value, in interpreter: Interpreter) throws -> Bool? {
    guard let number = value.scalar else { return nil }
    return try tensor.equal(number).any().item().double != 0
  }

  override public func isEqual(to other: Value, in interpreter: Interpreter) throws -> Bool {
    guard let other = other.asTensor else { return false }
    return try tensor.isEqual(to: other)
  }
}

/// Goes along a tensor's first axis.
private final class RowIterator: HostIterator {
  private let tensor: Tensor
  private var row = 0

  init(_ tensor: Tensor) { self.tensor = tensor }

  func next(in interpreter: Interpreter) throws -> Value? {
    guard row < tensor.shape[0] else { return nil }
    defer { row += 1 }
    return .tensor(try tensor.indexed([.at(row)]))
  }
}
