import LimnTensor

/// A step is made in two halves. Staging computes everything that can fail and changes nothing; committing puts the results in
/// place and cannot fail. So a step of several optimizers happens as a whole or not at all.
extension Optimizer {
  /// What a step will change.
  struct StagedStep {
    fileprivate var changes: [(memory: WeightMemory, value: Tensor, moments: [Tensor])] = []
  }

  /// Computes a step from gradients.
  ///
  /// - Throws: `shape-mismatch` for a gradient that is not of its weight's shape, and what the learning rate, clipping
  ///   and the rule throw. Nothing has changed.
  func stage(_ gradients: [(path: String, weight: Weight, gradient: Tensor)]) throws -> StagedStep {
    try noGradient {
      for (path, weight, gradient) in gradients where gradient.shape != weight.value.shape {
        throw TensorError(
          .shapeMismatch, "the gradient of \(path) is \(gradient.shape), and the weight is \(weight.value.shape)",
          operands: [.init(.named("gradients"), "\(path) is \(gradient.shape)")])
      }
      let rate = try learningRate.rate(at: step)
      let clipped = try clipping.clip(gradients.map(\.gradient))
      var staged = StagedStep()
      for ((_, weight, _), gradient) in zip(gradients, clipped) {
        let memory = try memories[ObjectIdentifier(weight)] ?? WeightMemory.fresh(for: weight, rule)
        let (value, moments) = try rule.updated(
          weight.value, gradient: gradient.detached(), moments: memory.moments.map(\.value), step: memory.step + 1,
          learningRate: rate)
        staged.changes.append((memory, value, moments))
      }
      return staged
    }
  }

  /// Changes the weights.
  func commit(_ staged: StagedStep) {
    for (memory, value, moments) in staged.changes {
      memory.weight.value = value
      for (box, moment) in zip(memory.moments, moments) { box.value = moment }
      memory.step += 1
      memories[ObjectIdentifier(memory.weight)] = memory
    }
    step += 1
  }
}
