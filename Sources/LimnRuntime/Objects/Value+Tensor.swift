import LimnLanguage
import LimnTensor

/// Tensors and numbers as values of the language, and back.
extension Value {
  static func tensor(_ tensor: Tensor) -> Value { .object(TensorObject(tensor)) }

  /// An int for an integer, a float for a float, a bool for a bool.
  static func number(_ scalar: Scalar) -> Value {
    switch scalar {
    case .bool(let value): .bool(value)
    case .int(let value): .int(Int(value))
    case .float(let value): .float(value)
    }
  }

  /// The tensor that a tensor or a weight stands for; nil for anything else.
  var asTensor: Tensor? {
    guard case .object(let object) = self, object.kind == .host else { return nil }
    if let tensor = object as? TensorObject { return tensor.tensor }
    return (object as? WeightObject)?.weight.tensor
  }

  /// A bool, int, or float as an operand beside a tensor.
  var scalar: Scalar? {
    switch self {
    case .bool(let value): .bool(value)
    case .int(let value): .int(Int64(value))
    case .float(let value): .float(value)
    default: nil
    }
  }

  /// A tensor, or a number as a tensor of the type that arithmetic with `other` would give it; nil for anything else.
  func tensorOperand(like other: Tensor) throws -> Tensor? {
    if let tensor = asTensor { return tensor }
    return try scalar.map { try other.operand($0) }
  }
}

extension Call {
  /// A tensor, or the present value of a weight.
  func tensor(_ index: Int) throws -> Tensor {
    guard let tensor = self[index].asTensor else {
      throw Fault.wrongArgument(index, self[index], expected: .tensor)
    }
    return tensor
  }

  func optionalTensor(_ index: Int) throws -> Tensor? { isGiven(index) ? try tensor(index) : nil }

  /// A tensor, or a number as a tensor: an int64, a float32, or a bool without axes.
  func tensorOrNumber(_ index: Int) throws -> Tensor {
    if let scalar = self[index].scalar { return try Tensor.scalar(scalar, scalar.promoted(with: .bool)) }
    return try tensor(index)
  }

  /// Axes: an int, a list of ints, or nil for all.
  func axes(_ index: Int) throws -> [Int]? {
    guard isGiven(index) else { return nil }
    if let list = self[index].asList { return try list.map { try int(in: $0, argument: index) } }
    return [try int(index)]
  }

  /// A shape that is given as ints, or as one list of them, in a variadic argument.
  func shape(_ index: Int) throws -> Shape { try Shape(ints(index)) }

  /// The element type of that name; nil when none is given.
  func dtype(_ index: Int) throws -> DType? {
    guard let name = try optionalString(index) else { return nil }
    guard let dtype = DType(name: name) else {
      let known = DType.allCases.map(\.name)
      throw Fault(
        "unknown-dtype", "there is no element type \(name)",
        labels: [.init(.argument(index), "not a type of elements")],
        notes: ["element types are \(known.joined(separator: ", "))"],
        help: Suggestion.closest(to: name, among: known).map { "did you mean \"\($0)\"?" })
    }
    return dtype
  }

  private func int(in value: Value, argument index: Int) throws -> Int {
    guard let int = value.asInt else { throw Fault.wrongArgument(index, self[index], expected: .int) }
    return int
  }
}

extension Scalar {
  /// The type of a tensor that holds this number alone.
  var dtype: DType { promoted(with: .bool) }
}

extension Call {
  /// One of a few words that an argument may be.
  ///
  /// - Parameter what: what the words are called: `mode`.
  func choice<Choice: CaseIterable & RawRepresentable>(
    _ index: Int, _ what: String, _ type: Choice.Type
  ) throws -> Choice where Choice.RawValue == String {
    let name = try string(index)
    if let choice = Choice(rawValue: name) { return choice }
    let known = Choice.allCases.map(\.rawValue)
    let quoted = known.map { "\"\($0)\"" }
    throw Fault(
      "bad-argument", "there is no \(what) \"\(name)\"", labels: [.init(.argument(index), "not a \(what)")],
      help: Suggestion.closest(to: name, among: known).map { "did you mean \"\($0)\"?" }
        ?? "a \(what) is \(quoted.dropLast().joined(separator: ", ")), or \(quoted.last ?? "")")
  }
}
