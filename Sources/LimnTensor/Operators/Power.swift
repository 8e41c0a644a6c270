private enum SquareRoot: FloatFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { L.sqrt(x) }
}
private enum SquareRootGradient: FloatFunction2 {
  @inline(__always) static func value<L: Lanes>(_ gradient: L, _ root: L) -> L {
    L.choose(L.same(root, L(number: 0)), L(number: 0), gradient * L(number: 0.5) / root)
  }
}
private enum Reciprocal: FloatFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { L(number: 1) / x }
}
private enum Square: FloatFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { x * x }
}
private enum Power: CheckedFunction {
  @inline(__always) static func value<N: Number>(_ a: N, _ b: N) -> N { N.power(a, b) }
  static func valueWithDoubts<N: IntegerNumber>(_ a: N, _ b: N) -> (N, N) {
    let (result, overflow) = N.powerReportingOverflow(a, b)
    return (result, overflow ? 1 : 0)
  }
  static func overflows<N: IntegerNumber>(_ a: N, _ b: N) -> Bool { N.powerReportingOverflow(a, b).overflow }
  static func text<N: IntegerNumber>(_ a: N, _ b: N) -> String { "\(a) ** \(b)" }
}

extension Tensor {
  /// `x²`. Gradient: `2 x g`.
  public func square() throws -> Tensor {
    guard dtype.isFloat else { return try multiplied(by: self) }
    return record("square", try mapFloats(Square.self), from: self, { gradient in
      try gradient.multiplied(by: self).multiplied(by: 2)
    })
  }

  /// The square root: NaN below 0. Gradient: `g / (2 √x)`, and 0 at 0, where it has none.
  public func sqrt() throws -> Tensor {
    let x = try inFloats()
    let output = try x.mapFloats(SquareRoot.self)
    return record("sqrt", output, from: x, { gradient in
      if !Tape.isRecording { return try gradient.mapFloats(SquareRootGradient.self, with: output) }
      let isZero = try output.equal(0)
      let safe = try Tensor.choose(isZero, try Tensor.ones(x.shape, x.dtype), output)
      let slope = try gradient.divided(by: safe).multiplied(by: 0.5)
      return try Tensor.choose(isZero, try Tensor.zeros(x.shape, x.dtype), slope)
    })
  }

  /// `1 / x`. Gradient: `-g / x²`.
  public func reciprocal() throws -> Tensor {
    let x = try inFloats()
    let output = try x.mapFloats(Reciprocal.self)
    return record("reciprocal", output, from: x, { gradient in
      try gradient.multiplied(by: try output.square()).negated()
    })
  }

  /// Each element raised to the power of another's. Tensors broadcast.
  ///
  /// Gradients: `g b aᵇ⁻¹` and `g aᵇ log a`, the latter 0 where `a` is 0.
  ///
  /// - Throws: `bad-argument` for a negative exponent among integers; `integer-overflow`.
  public func power(_ other: Tensor) throws -> Tensor {
    let (a, b) = try Tensor.promoted(self, other)
    if !a.dtype.isFloat, a.dtype != .uint8, try b.less(0).any().isTrue {
      throw TensorError(
        .badArgument, "an integer to a negative power is no integer",
        operands: [.init(.index(1), "this holds a negative exponent")],
        help: "convert the base to a float type first, with to(\"float32\")")
    }
    let output = try checkedArithmetic(Power.self, "power", a, b)
    return record("power", output, from: a, b, { gradient, needs in
      let base =
        needs(0)
        ? try gradient.multiplied(by: try b.multiplied(by: try a.power(try b.subtracting(1)))).summed(to: a.shape) : nil
      guard needs(1) else { return (base, nil) }
      let isZero = try a.equal(0)
      let logarithm = try Tensor.choose(isZero, try Tensor.ones(a.shape, a.dtype), a).log()
      return (base, try gradient.multiplied(by: output).multiplied(by: logarithm).summed(to: b.shape))
    })
  }

  /// Each element raised to a power. A float or negative exponent of integers gives float32.
  ///
  /// Gradient: `g b xᵇ⁻¹`.
  public func power(_ exponent: Scalar) throws -> Tensor {
    if !dtype.isFloat {
      guard exponent.double < 0 || exponent.kind == .float else { return try power(try operand(exponent)) }
      return try converted(to: .float32).power(exponent)
    }
    switch exponent.double {
    case 0: return try Tensor.ones(shape, dtype)
    case 1: return try multiplied(by: 1)
    case 2: return try square()
    case 3: return try square().multiplied(by: self)
    case -1: return try reciprocal()
    case 0.5: return try sqrt()
    default: break
    }
    let output = try checkedArithmetic(Power.self, "power", self, try operand(exponent))
    return record("power", output, from: self, { gradient in
      let slope = try self.power(.float(exponent.double - 1)).multiplied(by: .float(exponent.double))
      return try gradient.multiplied(by: slope)
    })
  }
}
