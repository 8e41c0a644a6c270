private enum Sigmoid: FloatFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { L.sigmoid(x) }
}
private enum SigmoidGradient: FloatFunction2 {
  @inline(__always) static func value<L: Lanes>(_ gradient: L, _ y: L) -> L { gradient * (y * (L(number: 1) - y)) }
}
private enum HyperbolicTangent: FloatFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { L.tanh(x) }
}
private enum HyperbolicTangentGradient: FloatFunction2 {
  @inline(__always) static func value<L: Lanes>(_ gradient: L, _ y: L) -> L { gradient * (L(number: 1) - y * y) }
}
private enum Softplus: FloatFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { L.softplus(x) }
}
private enum Rectifier: FloatFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { L.choose(L.less(x, L(number: 0)), L(number: 0), x) }
}
private enum RectifierGradient: FloatFunction2 {
  @inline(__always) static func value<L: Lanes>(_ gradient: L, _ y: L) -> L {
    L.choose(L.less(L(number: 0), y), gradient, L(number: 0))
  }
}

extension Tensor {
  /// `1 / (1 + e⁻ˣ)`. Gradient: `g y (1 - y)`.
  public func sigmoid() throws -> Tensor {
    let x = try inFloats()
    let output = try x.mapFloats(Sigmoid.self)
    return record("sigmoid", output, from: x, { gradient in
      if !Tape.isRecording { return try gradient.mapFloats(SigmoidGradient.self, with: output) }
      return try gradient.multiplied(by: try output.subtracting(try output.square()))
    })
  }

  /// Gradient: `g (1 - y²)`.
  public func tanh() throws -> Tensor {
    let x = try inFloats()
    let output = try x.mapFloats(HyperbolicTangent.self)
    return record("tanh", output, from: x, { gradient in
      if !Tape.isRecording { return try gradient.mapFloats(HyperbolicTangentGradient.self, with: output) }
      return try gradient.subtracting(try gradient.multiplied(by: try output.square()))
    })
  }

  /// `max(x, 0)`; NaN stays. Gradient: `g` where `x > 0`, else 0.
  public func relu() throws -> Tensor {
    guard dtype.isFloat else { return try maximum(0) }
    let output = try mapFloats(Rectifier.self)
    return record("relu", output, from: self, { gradient in
      if !Tape.isRecording { return try gradient.mapFloats(RectifierGradient.self, with: output) }
      return try gradient.multiplied(by: try output.greater(0).converted(to: gradient.dtype))
    })
  }

  /// `log(1 + eˣ)`, a smooth `relu`. Gradient: `g sigmoid(x)`.
  public func softplus() throws -> Tensor {
    let x = try inFloats()
    return record("softplus", try x.mapFloats(Softplus.self), from: x, { gradient in
      try gradient.multiplied(by: try x.sigmoid())
    })
  }

  /// `x sigmoid(x)`, also known as swish. Gradient: `g s (1 + x (1 - s))`, with `s = sigmoid(x)`.
  ///
  /// Source: Elfwing, Uchibe, Doya, "Sigmoid-weighted linear units" (2017).
  public func silu() throws -> Tensor {
    let x = try inFloats()
    return record("silu", try x.mapFloats(SigmoidLinear.self), from: x, { gradient in
      if !Tape.isRecording { return try gradient.mapFloats(SigmoidLinearGradient.self, with: x) }
      let s = try x.sigmoid()
      let slope = try s.adding(try x.multiplied(by: s).multiplied(by: try s.negated().adding(1)))
      return try gradient.multiplied(by: slope)
    })
  }
}

private enum SigmoidLinear: FloatFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { x * L.sigmoid(x) }
}
private enum SigmoidLinearGradient: FloatFunction2 {
  @inline(__always) static func value<L: Lanes>(_ gradient: L, _ x: L) -> L {
    let s = L.sigmoid(x)
    return gradient * (s + x * s * (L(number: 1) - s))
  }
}
