extension Loss {
  /// Binary cross entropy of logits: `-t log σ(x) - (1 - t) log(1 - σ(x))`, where σ is the sigmoid.
  ///
  /// It is computed as `t · softplus(-x) + (1 - t) · softplus(x)`, which neither overflows nor loses small losses. The
  /// gradient for x is `σ(x) - t`.
  ///
  /// - Parameters:
  ///   - logits: numbers before the sigmoid, of any shape.
  ///   - target: probabilities, of the same shape, or one for all.
  /// - Throws: `shape-mismatch` when the shapes differ.
  public static func binaryCrossEntropy(
    _ logits: Tensor, _ target: Target, reduction: Reduction = .mean
  ) throws -> Tensor {
    if case .number(let number) = target, number == 0 || number == 1 {
      let x = try logits.inFloats()
      return try reduce(try (number == 1 ? x.negated() : x).softplus(), reduction)
    }
    let (x, t) = try matched("bce", logits, target)
    let positive = try x.negated().softplus().multiplied(by: t)
    let negative = try x.softplus().multiplied(by: try t.negated().adding(1))
    return try reduce(try positive.adding(negative), reduction)
  }
}
