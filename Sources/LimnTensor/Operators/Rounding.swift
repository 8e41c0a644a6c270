private enum Floor: FloatFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { L.floor(x) }
}
private enum Ceiling: FloatFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { L.ceil(x) }
}
private enum Nearest: FloatFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { L.round(x) }
}

/// Rounding keeps the element type, leaves integers as they are, and has no gradient: it is flat.
extension Tensor {
  /// The largest whole number that is not greater.
  public func floor() throws -> Tensor { dtype.isFloat ? try mapFloats(Floor.self) : self }

  /// The smallest whole number that is not less.
  public func ceil() throws -> Tensor { dtype.isFloat ? try mapFloats(Ceiling.self) : self }

  /// The nearest whole number; a half goes to the even neighbor.
  public func round() throws -> Tensor { dtype.isFloat ? try mapFloats(Nearest.self) : self }
}

extension Tensor {
  /// Whether each element is not a number.
  public func isNaN() throws -> Tensor { try notEqual(self) }

  /// Whether each element is infinite, on either side.
  public func isInfinite() throws -> Tensor {
    try dtype.isFloat ? detached().absolute().equal(.float(.infinity)) : Tensor.zeros(shape, .bool)
  }
}
