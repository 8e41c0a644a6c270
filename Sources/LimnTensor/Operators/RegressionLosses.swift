extension Loss {
  /// Squared error, `(x - t)²`. Gradient for x: `2 (x - t)`.
  ///
  /// - Throws: `shape-mismatch` when the shapes differ.
  public static func squaredError(
    _ prediction: Tensor, _ target: Target, reduction: Reduction = .mean
  ) throws -> Tensor {
    let (x, t) = try matched("mse", prediction, target)
    return try reduce(try x.subtracting(t).square(), reduction)
  }

  /// Absolute error, `|x - t|`. Gradient for x: the sign of `x - t`, and 0 where they are equal.
  ///
  /// - Throws: `shape-mismatch` when the shapes differ.
  public static func absoluteError(
    _ prediction: Tensor, _ target: Target, reduction: Reduction = .mean
  ) throws -> Tensor {
    let (x, t) = try matched("mae", prediction, target)
    return try reduce(try x.subtracting(t).absolute(), reduction)
  }

  /// Huber's loss: with d = |x - t|, `d² / 2` up to `delta`, and `delta (d - delta / 2)` beyond. Gradient for x:
  /// `x - t`, held between `-delta` and `delta`.
  ///
  /// Source: Huber, "Robust estimation of a location parameter" (1964).
  ///
  /// - Throws: `shape-mismatch` when the shapes differ; `bad-argument` for a delta that is not positive.
  public static func huber(
    _ prediction: Tensor, _ target: Target, delta: Double = 1, reduction: Reduction = .mean
  ) throws -> Tensor {
    guard delta > 0 else {
      throw TensorError(
        .badArgument, "huber needs a positive delta", operands: [.init(.named("delta"), "delta is \(delta)")])
    }
    let (x, t) = try matched("huber", prediction, target)
    let distance = try x.subtracting(t).absolute()
    // q = min(d, delta) gives q²/2 + delta (d - q), which is both branches at once.
    let near = try distance.minimum(.float(delta))
    let far = try distance.subtracting(near).multiplied(by: .float(delta))
    return try reduce(try near.square().multiplied(by: 0.5).adding(far), reduction)
  }

  /// The Kullback-Leibler divergence of a distribution from a target: `Σ t (log t - log p)` along the last axis.
  ///
  /// - Parameters:
  ///   - logProbabilities: logarithms of the prediction's probabilities, along the last axis.
  ///   - target: probabilities, of the same shape. Where one is 0, it adds 0.
  ///   - reduction: over what is left after the last axis is summed.
  /// - Throws: `shape-mismatch` when the shapes differ or are single numbers.
  public static func divergence(
    _ logProbabilities: Tensor, _ target: Tensor, reduction: Reduction = .mean
  ) throws -> Tensor {
    try requireSame("kl", logProbabilities, target)
    guard target.rank > 0 else {
      throw TensorError(
        .shapeMismatch, "kl sums over the last axis, and a single number has none",
        operands: [.init(.index(0), "prediction is \(logProbabilities.shape)")])
    }
    let (log, t) = try Tensor.promotedFloats(logProbabilities, target)
    // t log t, with 1 in place of 0 under the logarithm: 0 log 0 counts as 0.
    let isZero = try t.equal(0)
    let entropy = try t.multiplied(by: try Tensor.choose(isZero, try Tensor.ones(t.shape, t.dtype), t).log())
    return try reduce(try entropy.subtracting(try t.multiplied(by: log)).sum(axes: [-1]), reduction)
  }
}
