private enum Gelu: FloatFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { L.geluAndSlope(x).value }
}
private enum GeluGradient: FloatFunction2 {
  @inline(__always) static func value<L: Lanes>(_ gradient: L, _ x: L) -> L {
    gradient * L.geluAndSlope(x).slope
  }
}
private enum NormalCumulative: FloatFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { L.normalCumulative(x) }
}

extension Tensor {
  /// `x Φ(x)`, with the normal distribution's cumulative function Φ. Gradient: `g (Φ(x) + x φ(x))`.
  ///
  /// Source: Hendrycks, Gimpel, "Gaussian error linear units" (2016).
  public func gelu() throws -> Tensor {
    let x = try inFloats()
    return record("gelu", try x.mapFloats(Gelu.self), from: x, { gradient in
      if !Tape.isRecording { return try gradient.mapFloats(GeluGradient.self, with: x) }
      let slope = try x.normalCumulative().adding(try x.multiplied(by: try x.normalDensity()))
      return try gradient.multiplied(by: slope)
    })
  }

  /// `x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2`: the approximation of ``gelu()`` that GPT-2 and T5 use.
  public func geluTanh() throws -> Tensor {
    let x = try inFloats()
    let inner = try x.square().multiplied(by: 0.044715).adding(1).multiplied(by: x)
    let bend = try inner.multiplied(by: .float((2 / Double.pi).squareRoot())).tanh().adding(1)
    return try x.multiplied(by: bend).multiplied(by: 0.5)
  }

  /// The normal distribution's cumulative function. Gradient: `g φ(x)`.
  public func normalCumulative() throws -> Tensor {
    let x = try inFloats()
    return record("normal_cumulative", try x.mapFloats(NormalCumulative.self), from: x, { gradient in
      try gradient.multiplied(by: try x.normalDensity())
    })
  }

  /// The normal distribution's density, `e^(-x²/2) / √(2π)`.
  public func normalDensity() throws -> Tensor {
    try square().multiplied(by: -0.5).exp().multiplied(by: .float(1 / (2 * Double.pi).squareRoot()))
  }
}
