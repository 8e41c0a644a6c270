extension Tensor {
  /// Dropout: each element becomes 0 with probability `rate`, and the others are divided by 1 - rate, so that the
  /// expectation stays. Gradient: `g` where an element stayed, divided likewise.
  ///
  /// Source: Srivastava et al., "Dropout" (2014).
  ///
  /// - Parameters:
  ///   - rate: from 0 up to, but not including, 1. At 0 nothing is drawn and nothing happens.
  ///   - source: where the mask is drawn from.
  /// - Throws: `bad-argument` for a rate out of range.
  public func droppedOut(rate: Double, source: RandomSource) throws -> Tensor {
    guard rate >= 0, rate < 1 else {
      throw TensorError(
        .badArgument, "dropout's rate is from 0 up to 1, and 1 would leave nothing",
        operands: [.init(.named("rate"), "rate is \(rate)")])
    }
    let x = try inFloats()
    if rate == 0 { return x }
    return try x.multiplied(by: try source.dropoutFactors(x.shape, rate: rate, dtype: x.dtype))
  }
}
