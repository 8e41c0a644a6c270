private enum And: BitFunction {
  @inline(__always) static func value<N: FixedWidthInteger>(_ a: N, _ b: N) -> N { a & b }
}
private enum Or: BitFunction {
  @inline(__always) static func value<N: FixedWidthInteger>(_ a: N, _ b: N) -> N { a | b }
}
private enum ExclusiveOr: BitFunction {
  @inline(__always) static func value<N: FixedWidthInteger>(_ a: N, _ b: N) -> N { a ^ b }
}

private protocol BitFunction {
  static func value<N: FixedWidthInteger>(_ a: N, _ b: N) -> N
}
private enum BitPair<F: BitFunction, N: Number & FixedWidthInteger>: PairFunction {
  @inline(__always) static func value(_ a: N, _ b: N) -> N { F.value(a, b) }
}

/// Bitwise operators on integers, which are logical ones on masks. They broadcast and have no gradient.
extension Tensor {
  public func and(_ other: Tensor) throws -> Tensor { try bits(And.self, "&", other) }
  public func or(_ other: Tensor) throws -> Tensor { try bits(Or.self, "|", other) }
  public func xor(_ other: Tensor) throws -> Tensor { try bits(ExclusiveOr.self, "^", other) }

  public func and(_ number: Scalar) throws -> Tensor { try and(try operand(number)) }
  public func or(_ number: Scalar) throws -> Tensor { try or(try operand(number)) }
  public func xor(_ number: Scalar) throws -> Tensor { try xor(try operand(number)) }

  /// Every bit flipped; on a mask, the opposite mask.
  ///
  /// - Throws: `dtype-mismatch` for floats.
  public func complement() throws -> Tensor {
    try requireBits("~")
    return dtype == .bool ? try logicalNot() : try xor(dtype == .uint8 ? 255 : -1)
  }

  /// Whether each element is zero.
  public func logicalNot() throws -> Tensor { try equal(try Tensor.scalar(0, dtype)) }

  private func bits<F: BitFunction>(_ function: F.Type, _ name: StaticString, _ other: Tensor) throws -> Tensor {
    try requireBits(name)
    try other.requireBits(name)
    let common = DType.promote(dtype, other.dtype)
    let (a, b) = (try promoted(to: common), try other.promoted(to: common))
    let shape = try Shape.broadcast(a.shape, b.shape, for: name)
    switch common {
    case .int64: return try mapPairs(BitPair<F, Int64>.self, a, b, shape)
    case .int32: return try mapPairs(BitPair<F, Int32>.self, a, b, shape)
    case .uint8: return try mapPairs(BitPair<F, UInt8>.self, a, b, shape)
    default: return try mapPairs(BitPair<F, UInt8>.self, a, b, shape).reinterpreted(as: .bool)
    }
  }

  private func requireBits(_ name: StaticString) throws {
    guard dtype.isFloat else { return }
    throw TensorError(
      .dtypeMismatch, "\(name) works on masks and integers, not on \(dtype)",
      operands: [.init(.index(0), "this is \(shape) \(dtype)")], help: "compare first, as in x > 0")
  }

  /// The same bytes as another type of the same size.
  private func reinterpreted(as dtype: DType) -> Tensor {
    Tensor(
      storage: storage, offset: offset, shape: shape, strides: strides, count: count, dtype: dtype,
      isContiguous: isContiguous)
  }
}
