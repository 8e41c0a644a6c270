extension RandomSource {
  /// The numbers 0 to `count - 1` in random order, all orders equally likely (Fisher and Yates).
  ///
  /// - Throws: `bad-argument` for a negative count.
  public func permutation(_ count: Int) throws -> Tensor {
    guard count >= 0 else { throw TensorError(.badArgument, "there is no permutation of \(count) things") }
    let tensor = try Tensor.uninitialized([count], .int64)
    // 63 random bits for each index decide with which one before it, or itself, it changes places.
    let fractions = try integers([count], from: 0, to: .max)
    withExtendedLifetime((tensor, fractions)) {
      let (order, fraction) = (tensor.pointer(Int.self), fractions.pointer(Int.self))
      for index in 0..<count { order[index] = index }
      for index in stride(from: count - 1, to: 0, by: -1) {
        let other = Int(UInt64(fraction[index]).multipliedFullWidth(by: UInt64(index + 1) << 1).high)
        (order[index], order[other]) = (order[other], order[index])
      }
    }
    return tensor
  }

  /// Class numbers drawn from the distributions whose unnormalized log probabilities are the rows of `logits`.
  ///
  /// `[..., classes]` gives `[...]`, or `[..., samples]` when `samples` is given. By Gumbel's trick: the largest of
  /// logits plus independent Gumbel noise.
  ///
  /// - Throws: `shape-mismatch` for logits without a class; `bad-argument` for a negative number of samples.
  public func categorical(_ logits: Tensor, samples: Int? = nil) throws -> Tensor {
    guard logits.rank > 0, logits.shape[logits.rank - 1] > 0 else {
      throw TensorError(
        .shapeMismatch, "categorical needs at least one class on the last axis",
        operands: [.init(.index(0), "logits are \(logits.shape)")])
    }
    guard samples ?? 0 >= 0 else { throw TensorError(.badArgument, "categorical cannot draw \(samples ?? 0) samples") }
    var shape = logits.shape
    var scores = try logits.detached().inFloats()
    if let samples {
      scores = try scores.unsqueezed(-2)
      shape.insert(samples, at: shape.rank - 1)
      _ = try shape.checkedCount()
    }
    let noise = try uniform(shape, dtype: .float64)
    // -log(-log(1 - u)), with 1 - u above zero.
    let gumbel = try noise.negated().adding(1).log().negated().log().negated()
    return try scores.adding(gumbel).argmax(axis: -1)
  }
}
