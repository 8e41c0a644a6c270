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

extension Tensor {
  /// `-x`. Gradient: `-g`.
  public func negated() throws -> Tensor {
    guard dtype.isFloat else { return try operand(0).subtracting(self) }
    return record("negate", try mapFloats(Negative.self), from: self, { gradient in try gradient.negated() })
  }

  /// `|x|`. Gradient: `g sign(x)`, 0 at 0.
  public func absolute() throws -> Tensor {
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
