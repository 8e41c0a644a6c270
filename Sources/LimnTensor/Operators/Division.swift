private enum Quotient: PairFunctionOfFloats {
  @inline(__always) static func value<N: Number & BinaryFloatingPoint>(_ a: N, _ b: N) -> N { a / b }
}
private enum FlooredQuotient: CheckedFunction {
  @inline(__always) static func value<N: Number>(_ a: N, _ b: N) -> N { N.flooredQuotient(a, b) }
  @inline(__always) static func valueWithDoubts<N: IntegerNumber>(_ a: N, _ b: N) -> (N, N) {
    (N.flooredQuotient(a, b), overflows(a, b) ? 1 : 0)
  }
  /// One quotient alone: the least number's by minus one.
  @inline(__always) static func overflows<N: IntegerNumber>(_ a: N, _ b: N) -> Bool {
    N.isSigned && a == .min && b == 0 &- 1
  }
  static func text<N: IntegerNumber>(_ a: N, _ b: N) -> String { "\(a) // \(b)" }
}
private enum Modulus: NumberFunction {
  @inline(__always) static func value<N: Number>(_ a: N, _ b: N) -> N { N.modulus(a, b) }
}

/// A function of two floats that integers have no part in.
private protocol PairFunctionOfFloats {
  static func value<N: Number & BinaryFloatingPoint>(_ a: N, _ b: N) -> N
}
private enum FloatPair<F: PairFunctionOfFloats, N: Number & BinaryFloatingPoint>: PairFunction {
  @inline(__always) static func value(_ a: N, _ b: N) -> N { F.value(a, b) }
}

extension Tensor {
  /// The elementwise quotient, by IEEE's rules. Integers give float32.
  ///
  /// Tensors broadcast; gradients: `g / b` and `-g a / b²`.
  public func divided(by other: Tensor) throws -> Tensor {
    let common = DType.promote(dtype, other.dtype)
    let dtype = common.isFloat ? common : .float32
    let (a, b) = (try promoted(to: dtype), try other.promoted(to: dtype))
    let shape = try Shape.broadcast(a.shape, b.shape, for: "divide")
    let output =
      dtype == .float32
      ? try mapPairs(FloatPair<Quotient, Float>.self, a, b, shape)
      : try mapPairs(FloatPair<Quotient, Double>.self, a, b, shape)
    return record("divide", output, from: a, b, { gradient, needs in
      let quotient = try gradient.divided(by: b)
      return (
        needs(0) ? try quotient.summed(to: a.shape) : nil,
        needs(1) ? try quotient.multiplied(by: output).negated().summed(to: b.shape) : nil
      )
    })
  }

  /// The quotient rounded down. Gradient: none, it is flat.
  ///
  /// - Throws: `division-by-zero` for an integer zero in `other`; `integer-overflow` for the least number by -1.
  public func flooredDivided(by other: Tensor) throws -> Tensor {
    let (a, b) = try Tensor.promoted(self, other)
    try b.requireDivisor()
    return try checkedArithmetic(FlooredQuotient.self, "floor division", a, b)
  }

  /// The remainder, with the divisor's sign: `a - b floor(a / b)`.
  ///
  /// Tensors broadcast; gradients: `g` and `-g floor(a / b)`.
  ///
  /// - Throws: `division-by-zero` for an integer zero in `other`.
  public func modulo(_ other: Tensor) throws -> Tensor {
    let (a, b) = try Tensor.promoted(self, other)
    try b.requireDivisor()
    let output = try arithmetic(Modulus.self, "modulo", a, b)
    return record("modulo", output, from: a, b, { gradient, needs in
      (
        needs(0) ? try gradient.summed(to: a.shape) : nil,
        needs(1) ? try gradient.multiplied(by: try a.flooredDivided(by: b)).negated().summed(to: b.shape) : nil
      )
    })
  }

  private func requireDivisor() throws {
    guard dtype.kind == .int, try equal(0).any().isTrue else { return }
    throw TensorError(
      .divisionByZero, "integer division by zero", operands: [.init(.index(1), "this holds a 0")],
      help: "divide with /, which gives floats, or replace the zeros")
  }

  public func divided(by number: Scalar) throws -> Tensor { try divided(by: try operand(number)) }
  public func flooredDivided(by number: Scalar) throws -> Tensor { try flooredDivided(by: try operand(number)) }
  public func modulo(_ number: Scalar) throws -> Tensor { try modulo(try operand(number)) }

  public static func / (a: Tensor, b: Tensor) throws -> Tensor { try a.divided(by: b) }
  public static func / (a: Tensor, b: Scalar) throws -> Tensor { try a.divided(by: b) }
  public static func / (a: Scalar, b: Tensor) throws -> Tensor { try b.operand(a).divided(by: b) }
}
