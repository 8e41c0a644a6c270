import LimnLanguage
import LimnTensor

/// What `tensor(x)` makes of nested lists: one shape, found from the first elements and held against all others.
enum TensorLiteral {
  static func tensor(_ value: Value, dtype: DType?) throws -> Tensor {
    if let tensor = value.asTensor { return try tensor.converted(to: dtype ?? tensor.dtype) }
    if let range = value.asRange {
      let (length, overflows) = range.count.multipliedReportingOverflow(by: range.step)
      let (end, endOverflows) = range.lower.addingReportingOverflow(length)
      guard !overflows, !endOverflows else {
        throw TensorError(.outOfMemory, "a tensor of \(range.count) numbers is too long to hold")
      }
      return try Tensor.arange(Scalar(range.lower), Scalar(end), step: Scalar(range.step))
        .converted(to: dtype ?? .int64)
    }
    let shape = try shape(of: value)
    if containsTensor(value) { return try stacked(value, dtype: dtype, depth: 0) }
    var leaves: [Scalar] = []
    try collect(value, shape[...], into: &leaves)
    let kind = leaves.map(\.dtype).reduce(DType.bool, DType.promote)
    return try make(leaves, Shape(shape), dtype ?? (leaves.isEmpty ? .float32 : kind))
  }

  private static func make(_ leaves: [Scalar], _ shape: Shape, _ dtype: DType) throws -> Tensor {
    switch dtype {
    case .int64, .int32, .uint8:
      if leaves.allSatisfy({ $0.dtype != .float32 }) {
        return try Tensor(leaves.map(\.integer), shape).converted(to: dtype)
      }
      return try Tensor(leaves.map(\.double), shape).converted(to: dtype)
    case .bool: return try Tensor(leaves.map { $0.double != 0 }, shape)
    case .float32: return try Tensor(leaves.map { Float($0.double) }, shape)
    case .float64: return try Tensor(leaves.map(\.double), shape)
    }
  }

  private static func shape(of value: Value) throws -> [Int] {
    var shape: [Int] = []
    var current = value
    while let list = current.asList {
      shape.append(list.count)
      guard shape.count <= Shape.maximumRank else { throw tooDeep() }
      guard let first = list.first else { break }
      current = first
    }
    return shape
  }

  private static func collect(_ value: Value, _ shape: ArraySlice<Int>, into leaves: inout [Scalar]) throws {
    guard let length = shape.first else {
      guard let scalar = value.scalar else {
        if value.asList != nil { throw ragged("a list stands where a number was expected") }
        throw Fault(
          "type-mismatch", "a tensor holds numbers, and there is \(value.described)",
          labels: [.init(.argument(0), "this contains \(value.described)")])
      }
      leaves.append(scalar)
      return
    }
    guard let list = value.asList else { throw ragged("a number stands where a list of \(length) was expected") }
    guard list.count == length else { throw ragged("one list has \(length) elements and another \(list.count)") }
    for element in list { try collect(element, shape.dropFirst(), into: &leaves) }
  }

  private static func tooDeep() -> Fault {
    Fault("bad-shape", "a tensor has at most \(Shape.maximumRank) axes, and these lists nest deeper")
  }

  private static func ragged(_ note: String) -> Fault {
    Fault(
      "shape-mismatch", "the lists of a tensor must all have the same length",
      labels: [.init(.argument(0), "this is ragged")], notes: [note])
  }

  private static func containsTensor(_ value: Value) -> Bool {
    value.asList?.first.map { $0.asTensor != nil || containsTensor($0) } ?? false
  }

  /// Lists of tensors, stacked along new axes. They may be one-element results of a computation, and stay differentiable.
  private static func stacked(_ value: Value, dtype: DType?, depth: Int) throws -> Tensor {
    if let list = value.asList {
      guard depth < Shape.maximumRank else { throw tooDeep() }
      return try Tensor.stacked(list.map { try stacked($0, dtype: dtype, depth: depth + 1) }, axis: 0)
    }
    return try tensor(value, dtype: dtype)
  }
}

extension Scalar {
  /// The number of a bool or an int; not asked of a float.
  fileprivate var integer: Int64 {
    switch self {
    case .bool(let value): value ? 1 : 0
    case .int(let value): value
    case .float: 0
    }
  }
}
