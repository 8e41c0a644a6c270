private enum Equal: NumberComparison {
  @inline(__always) static func value<N: Comparable>(_ a: N, _ b: N) -> Bool { a == b }
}
private enum Less: NumberComparison {
  @inline(__always) static func value<N: Comparable>(_ a: N, _ b: N) -> Bool { a < b }
}
private enum LessOrEqual: NumberComparison {
  @inline(__always) static func value<N: Comparable>(_ a: N, _ b: N) -> Bool { a <= b }
}
private enum NotEqual: NumberComparison {
  @inline(__always) static func value<N: Comparable>(_ a: N, _ b: N) -> Bool { a != b }
}

/// Elementwise comparisons. They give bool tensors, broadcast, and compare in the operands' common type. A comparison
/// with NaN is false, save for `notEqual`.
extension Tensor {
  public func equal(_ other: Tensor) throws -> Tensor { try compare(Equal.self, other) }
  public func notEqual(_ other: Tensor) throws -> Tensor { try compare(NotEqual.self, other) }
  public func less(_ other: Tensor) throws -> Tensor { try compare(Less.self, other) }
  public func lessOrEqual(_ other: Tensor) throws -> Tensor { try compare(LessOrEqual.self, other) }
  public func greater(_ other: Tensor) throws -> Tensor { try other.compare(Less.self, self) }
  public func greaterOrEqual(_ other: Tensor) throws -> Tensor { try other.compare(LessOrEqual.self, self) }

  public func equal(_ number: Scalar) throws -> Tensor { try equal(comparable(number)) }
  public func notEqual(_ number: Scalar) throws -> Tensor { try notEqual(comparable(number)) }
  public func less(_ number: Scalar) throws -> Tensor { try less(comparable(number)) }
  public func lessOrEqual(_ number: Scalar) throws -> Tensor { try lessOrEqual(comparable(number)) }
  public func greater(_ number: Scalar) throws -> Tensor { try greater(comparable(number)) }
  public func greaterOrEqual(_ number: Scalar) throws -> Tensor { try greaterOrEqual(comparable(number)) }

  /// A number to compare with: one that this tensor's integer type cannot hold is not an error, only never equal.
  private func comparable(_ number: Scalar) throws -> Tensor {
    if dtype.kind == .int, number.kind == .int { return try Tensor.scalar(number, .int64) }
    return try operand(number)
  }

  private func compare<F: NumberComparison>(_ function: F.Type, _ other: Tensor) throws -> Tensor {
    let common = DType.promote(dtype, other.dtype)
    let (a, b) = (try promoted(to: common), try other.promoted(to: common))
    let shape = try Shape.broadcast(a.shape, b.shape, for: "comparison")
    switch common {
    case .bool, .uint8: return try mapPairs(Comparison<F, UInt8>.self, a, b, shape)
    case .int32: return try mapPairs(Comparison<F, Int32>.self, a, b, shape)
    case .int64: return try mapPairs(Comparison<F, Int64>.self, a, b, shape)
    case .float32: return try mapPairs(Comparison<F, Float>.self, a, b, shape)
    case .float64: return try mapPairs(Comparison<F, Double>.self, a, b, shape)
    }
  }
}

/// Whole tensors compared.
extension Tensor {
  /// Whether shapes and all elements are the same. Element types may differ; NaN equals nothing.
  public func isEqual(to other: Tensor) throws -> Bool {
    guard shape == other.shape else { return false }
    return try equal(other).all().isTrue
  }

  /// Whether shapes are the same and all elements near: `|a - b| <= absolute + relative |b|`. Equal infinities are
  /// near, NaN is near nothing.
  public func isClose(to other: Tensor, relative: Double = 1e-5, absolute: Double = 1e-8) throws -> Bool {
    guard shape == other.shape else { return false }
    let (a, b) = (try detached().converted(to: .float64), try other.detached().converted(to: .float64))
    let bound = try b.absolute().multiplied(by: .float(relative)).adding(.float(absolute))
    let isNear = try a.subtracting(b).absolute().lessOrEqual(bound)
    let isFinite = try b.isInfinite().logicalNot()
    return try isNear.and(isFinite).or(try a.equal(b)).all().isTrue
  }

  /// Whether the only element is not zero. Other shapes are false.
  var isTrue: Bool { count == 1 && element(at: 0).double != 0 }
}
