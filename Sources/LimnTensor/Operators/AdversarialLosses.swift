extension Loss {
  /// The negative log likelihood of targets under normal distributions, without its constant:
  /// `(log v + (t - m)² / v) / 2`, where v is held at `epsilon` or more.
  ///
  /// Source: Nix, Weigend, "Estimating the mean and variance of the target probability distribution" (1994).
  ///
  /// - Parameters:
  ///   - mean: m, of any shape.
  ///   - variance: v, of the same shape.
  /// - Throws: `shape-mismatch` when the shapes differ.
  public static func gaussianNegativeLogLikelihood(
    _ mean: Tensor, _ target: Target, variance: Tensor, epsilon: Double = 1e-6, reduction: Reduction = .mean
  ) throws -> Tensor {
    let (m, t) = try matched("gaussian_nll", mean, target)
    try requireSame("gaussian_nll", m, variance)
    let v = try variance.inFloats().maximum(.float(epsilon))
    let losses = try v.log().adding(try m.subtracting(t).square().divided(by: v)).multiplied(by: 0.5)
    return try reduce(losses, reduction)
  }

  /// The hinge loss: `max(0, margin - t x)`, for targets of 1 and -1.
  ///
  /// Source: Vapnik, "The nature of statistical learning theory" (1995).
  ///
  /// - Throws: `shape-mismatch` when the shapes differ.
  public static func hinge(
    _ scores: Tensor, _ target: Target, margin: Double = 1, reduction: Reduction = .mean
  ) throws -> Tensor {
    let (x, t) = try matched("hinge", scores, target)
    return try reduce(try x.multiplied(by: t).negated().adding(.float(margin)).relu(), reduction)
  }

  /// The critic's loss of a Wasserstein GAN: `-t x`, for targets of 1 (real) and -1 (made).
  ///
  /// Source: Arjovsky, Chintala, Bottou, "Wasserstein GAN" (2017).
  ///
  /// - Throws: `shape-mismatch` when the shapes differ.
  public static func wasserstein(_ scores: Tensor, _ target: Target, reduction: Reduction = .mean) throws -> Tensor {
    let (x, t) = try matched("wasserstein", scores, target)
    return try reduce(try x.multiplied(by: t).negated(), reduction)
  }

  /// The Kullback-Leibler divergence of normal distributions from the standard one, summed over the last axis:
  /// `-½ Σ (1 + log v - m² - v)`.
  ///
  /// Source: Kingma, Welling, "Auto-encoding variational Bayes" (2013), appendix B.
  ///
  /// - Parameters:
  ///   - mean: m.
  ///   - logVariance: log v, of the same shape.
  ///   - reduction: over what is left after the last axis is summed.
  /// - Throws: `shape-mismatch` when the shapes differ or are single numbers.
  public static func normalDivergence(
    _ mean: Tensor, logVariance: Tensor, reduction: Reduction = .mean
  ) throws -> Tensor {
    try requireSame("normal_kl", mean, logVariance)
    guard mean.rank > 0 else {
      throw TensorError(
        .shapeMismatch, "normal_kl sums over the last axis, and a single number has none",
        operands: [.init(.index(0), "mean is \(mean.shape)")])
    }
    let (m, l) = try Tensor.promotedFloats(mean, logVariance)
    let parts = try m.square().adding(try l.exp()).subtracting(l).subtracting(1)
    return try reduce(try parts.sum(axes: [-1]).multiplied(by: 0.5), reduction)
  }
}
