private enum Negative: FloatFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { -x }
}
private enum Magnitude: FloatFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { L.choose(L.less(x, L(number: 0)), -x, x + L(number: 0)) }
}
private enum Sign: FloatFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L {
    let zero = L(number: 0)
    return L.choose(L.less(x, zero), L(number: -1), L.choose(L.less(zero, x), L(number: 1), x))
  }
}
/// A difference from zero: the operand is the second.
private enum Opposite: CheckedFunction {
  @inline(__always) static func value<N: Number>(_ a: N, _ b: N) -> N { N.difference(a, b) }
  @inline(__always) static func valueWithDoubts<N: IntegerNumber>(_ a: N, _ b: N) -> (N, N) {
    N.differenceWithDoubts(a, b)
  }
  static func overflows<N: IntegerNumber>(_ a: N, _ b: N) -> Bool { a.subtractingReportingOverflow(b).overflow }
  static func text<N: IntegerNumber>(_ a: N, _ b: N) -> String { b < 0 ? "-(\(b))" : "-\(b)" }
}

extension Tensor {
  /// `-x`. Gradient: `-g`.
  ///
  /// - Throws: `integer-overflow` for the least number of a signed type, and for all but 0 of an unsigned one.
  public func negated() throws -> Tensor {
    if dtype == .bool { return try converted(to: .int64).negated() }
    guard dtype.isFloat else {
      let label = TensorError.Operand(.index(0), "this is \(shape) \(dtype)")
      return try checkedArithmetic(Opposite.self, "negate", try operand(0), self, operands: [label])
    }
    return record("negate", try mapFloats(Negative.self), from: self, { gradient in try gradient.negated() })
  }

  /// `|x|`. Gradient: `g sign(x)`, 0 at 0.
  ///
  /// - Throws: `integer-overflow` for the least number of a signed type, which has no opposite.
  public func absolute() throws -> Tensor {
    if dtype == .uint8 { return self }
    guard dtype.isFloat else { return try maximum(try negated()) }
    return record("abs", try mapFloats(Magnitude.self), from: self, { gradient in
      try gradient.multiplied(by: try self.sign())
    })
  }

  /// -1, 0 or 1. Gradient: none, it is flat.
  public func sign() throws -> Tensor {
    guard dtype.isFloat else { return try minimum(1).maximum(dtype == .uint8 ? 0 : -1) }
    return try mapFloats(Sign.self)
  }

  public static prefix func - (x: Tensor) throws -> Tensor { try x.negated() }
}
