private enum Sine: FloatFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { L.sin(x) }
}
private enum Cosine: FloatFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { L.cos(x) }
}
private enum Tangent: FloatFunction {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { L.sin(x) / L.cos(x) }
}

/// Angles are in radians.
extension Tensor {
  /// Gradient: `g cos x`.
  public func sin() throws -> Tensor {
    let x = try inFloats()
    return record("sin", try x.mapFloats(Sine.self), from: x, { gradient in try gradient.multiplied(by: try x.cos()) })
  }

  /// Gradient: `-g sin x`.
  public func cos() throws -> Tensor {
    let x = try inFloats()
    return record("cos", try x.mapFloats(Cosine.self), from: x, { gradient in
      try gradient.multiplied(by: try x.sin()).negated()
    })
  }

  /// Gradient: `g (1 + tan² x)`.
  public func tan() throws -> Tensor {
    let x = try inFloats()
    let output = try x.mapFloats(Tangent.self)
    return record("tan", output, from: x, { gradient in
      try gradient.multiplied(by: try output.square().adding(1))
    })
  }
}
