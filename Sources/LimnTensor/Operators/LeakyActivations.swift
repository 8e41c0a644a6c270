private enum LeakyRectifier: FloatParameterFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L, _ slope: L) -> L {
    L.choose(L.less(x, L(number: 0)), x * slope, x)
  }
}
private enum LeakyRectifierGradient: FloatParameterFunction2 {
  @inline(__always) static func value<L: Lanes>(_ gradient: L, _ x: L, _ slope: L) -> L {
    L.choose(L.less(L(number: 0), x), gradient, gradient * slope)
  }
}
private enum ExponentialLinear: FloatParameterFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L, _ alpha: L) -> L {
    L.choose(L.less(x, L(number: 0)), alpha * L.expMinusOne(x), x)
  }
}
private enum ExponentialLinearGradient: FloatParameterFunction2 {
  @inline(__always) static func value<L: Lanes>(_ gradient: L, _ x: L, _ alpha: L) -> L {
    L.choose(L.less(L(number: 0), x), gradient, gradient * (alpha * L.exp(x)))
  }
}
private enum Step: FloatParameterFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L, _ slope: L) -> L {
    L.choose(L.less(L(number: 0), x), L(number: 1), slope)
  }
}

extension Tensor {
  /// `x` above 0, `slope x` below. Gradient: `g` where `x > 0`, else `slope g`.
  public func leakyRelu(slope: Double = 0.01) throws -> Tensor {
    let x = try inFloats()
    return record("leaky_relu", try x.mapFloats(LeakyRectifier.self, slope), from: x, { gradient in
      if !Tape.isRecording { return try gradient.mapFloats(LeakyRectifierGradient.self, with: x, slope) }
      return try gradient.multiplied(by: try x.mapFloats(Step.self, slope))
    })
  }

  /// `x` above 0, `alpha (eˣ - 1)` below. Gradient: `g` where `x > 0`, else `g alpha eˣ`.
  ///
  /// Source: Clevert, Unterthiner, Hochreiter, "Exponential linear units" (2015).
  public func elu(alpha: Double = 1) throws -> Tensor {
    let x = try inFloats()
    return record("elu", try x.mapFloats(ExponentialLinear.self, alpha), from: x, { gradient in
      if !Tape.isRecording { return try gradient.mapFloats(ExponentialLinearGradient.self, with: x, alpha) }
      let isAbove = try x.greater(0)
      let below = try x.minimum(0).exp().multiplied(by: .float(alpha))
      return try gradient.multiplied(by: try Tensor.choose(isAbove, try Tensor.ones(x.shape, x.dtype), below))
    })
  }
}
