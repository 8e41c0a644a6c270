/// What a tensor is padded with.
public enum PaddingMode: String, Sendable, CaseIterable {
  /// One number.
  case constant
  /// The elements next to the edge, mirrored in it: `[a, b, c]` with two before is `[c, b, a, b, c]`.
  case reflect
  /// The element at the edge: `[a, a, a, b, c]`.
  case replicate
  /// The elements of the other end, as if it went round: `[b, c, a, b, c]`.
  case circular
}

extension Tensor {
  /// This tensor with its own elements around it: `amounts` before and after, for each axis.
  ///
  /// Amounts may exceed an axis's length: reflections are reflected, and circles go on. Gradient: `g`, added up where each
  /// element came from.
  ///
  /// - Throws: `bad-argument` when `amounts` has not one pair for each axis, or one is negative; `shape-mismatch` for an
  ///   axis without elements; `bad-shape` for a result that is too large.
  public func padded(_ amounts: [(before: Int, after: Int)], by mode: PaddingMode) throws -> Tensor {
    if mode == .constant { return try padded(amounts) }
    try requireAmounts(amounts)
    _ = try paddedShape(amounts)
    var result = self
    for (axis, amount) in amounts.enumerated() where amount.before + amount.after > 0 {
      let length = shape[axis]
      guard length > 0 else {
        throw TensorError(
          .shapeMismatch, "axis \(axis) has no elements to pad with", operands: [.init(.index(0), "this is \(shape)")])
      }
      let places = try Tensor.arange(.int(Int64(-amount.before)), .int(Int64(length + amount.after)))
      result = try result.taking(mode.sources(of: places, length), axis: axis)
    }
    return result
  }
}

extension PaddingMode {
  /// The elements of an axis that stand at places, which may lie outside.
  fileprivate func sources(of places: Tensor, _ length: Int) throws -> Tensor {
    switch self {
    case .constant, .replicate: return try places.maximum(0).minimum(.int(Int64(length - 1)))
    case .circular: return try places.modulo(.int(Int64(length)))
    case .reflect:
      guard length > 1 else { return try places.multiplied(by: 0) }
      let period = Scalar.int(Int64(2 * (length - 1)))
      let within = try places.modulo(period)
      return try within.minimum(within.negated().adding(period))
    }
  }
}
