private enum Exponential: FloatFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { L.exp(x) }
}
private enum Logarithm: FloatFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { L.log(x) }
}

extension Tensor {
  /// `eˣ`. Gradient: `g eˣ`.
  public func exp() throws -> Tensor {
    let x = try inFloats()
    let output = try x.mapFloats(Exponential.self)
    return record("exp", output, from: x, { gradient in try gradient.multiplied(by: output) })
  }

  /// The natural logarithm: -inf at 0, NaN below. Gradient: `g / x`.
  public func log() throws -> Tensor {
    let x = try inFloats()
    return record("log", try x.mapFloats(Logarithm.self), from: x, { gradient in try gradient.divided(by: x) })
  }

  /// This tensor for a function of floats: integers and bools become float32.
  @inline(__always)
  func inFloats() throws -> Tensor { dtype.isFloat ? self : try converted(to: .float32) }
}
