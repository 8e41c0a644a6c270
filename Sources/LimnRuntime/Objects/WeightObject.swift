import LimnLanguage
import LimnTensor

/// A weight as a value of the language: a reference to a tensor, read as its present value wherever a tensor is wanted.
public final class WeightObject: HostObject {
  public let weight: Weight

  public init(_ weight: Weight) {
    self.weight = weight
    super.init()
  }

  override public var type: HostType { Types.weight }

  override public func describe(nested: Bool, in interpreter: Interpreter) throws -> String {
    "weight " + weight.value.description
  }

  private var present: TensorObject { TensorObject(weight.tensor) }

  override public var memberNames: [String] { ["value"] + present.memberNames }

  override public func counterpart(of name: String) -> String? { present.counterpart(of: name) }

  override public func member(_ name: String, in interpreter: Interpreter) throws -> Value? {
    name == "value" ? .tensor(weight.tensor) : try present.member(name, in: interpreter)
  }

  override public func setMember(_ name: String, to value: Value, in interpreter: Interpreter) throws -> Bool {
    guard name == "value" else { return false }
    guard let tensor = try value.tensorOperand(like: weight.value) else {
      throw Fault(
        "type-mismatch", "a weight's value is a tensor, not \(value.typeName)",
        labels: [.init(.argument(1), "this is not a tensor")])
    }
    guard tensor.shape == weight.value.shape || !weight.isShaped else {
      throw Fault(
        "shape-mismatch", "a weight of shape \(weight.value.shape) cannot take a value of shape \(tensor.shape)",
        labels: [.init(.argument(1), "value is \(tensor.shape)")])
    }
    weight.value = tensor
    return true
  }

  // A weight stands for its tensor in everything else.

  override public func subscripted(_ items: [SubscriptValue], in interpreter: Interpreter) throws -> Value? {
    try present.subscripted(items, in: interpreter)
  }
  override public func length(in interpreter: Interpreter) throws -> Int? { try present.length(in: interpreter) }
  override public func makeIterator(in interpreter: Interpreter) throws -> HostIterator? {
    try present.makeIterator(in: interpreter)
  }
  override public func contains(_ value: Value, in interpreter: Interpreter) throws -> Bool? {
    try present.contains(value, in: interpreter)
  }
  override public class func binary(
    _ operation: BinaryOperator, _ left: Value, _ right: Value, in interpreter: Interpreter
  ) throws -> Value? {
    try TensorObject.binary(operation, left, right, in: interpreter)
  }
  override public func unary(_ operation: UnaryOperator, in interpreter: Interpreter) throws -> Value? {
    try present.unary(operation, in: interpreter)
  }
  override public func isEqual(to other: Value, in interpreter: Interpreter) throws -> Bool {
    try present.isEqual(to: other, in: interpreter)
  }
  override public func asBool() throws -> Bool? { try present.asBool() }
  override public func asInt() throws -> Int? { try present.asInt() }
  override public func asFloat() throws -> Double? { try present.asFloat() }

  /// A copy is a weight of its own with the same value.
  override public func copied(_ copyValue: (Value) throws -> Value) throws -> HostObject {
    WeightObject(weight.isShaped ? Weight(weight.value) : Weight())
  }
}
