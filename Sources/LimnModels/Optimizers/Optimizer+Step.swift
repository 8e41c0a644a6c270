import LimnTensor

/// A step is made in two halves. Staging checks and prepares whatever can fail and changes nothing; committing changes
/// the weights. So a step of several optimizers happens as a whole or not at all.
extension Optimizer {
  /// What a step will change.
  struct StagedStep {
    fileprivate var memories: [WeightMemory] = []
    /// New values of some, computed already.
    fileprivate var replacements: [(memory: WeightMemory, value: Tensor, moments: [Tensor])] = []
    /// Others, to be computed where the weight and its moments are, all of which are ready to be written.
    fileprivate var inPlace: [InPlaceChange] = []
    fileprivate var learningRate = 0.0
  }

  /// Prepares a step from gradients.
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
      var staged = StagedStep()
      staged.learningRate = try learningRate.rate(at: step)
      let clipped = try clipping.clip(gradients.map { try $0.gradient.detached().converted(to: $0.weight.value.dtype) })
      for ((path, weight, _), gradient) in zip(gradients, clipped) {
        let memory = try memory(of: weight, at: path) ?? .fresh(for: weight, rule)
        staged.memories.append(memory)
        if rule is any InPlaceUpdateRule, gradient.dtype.isFloat {
          try memory.makeWritable()
          staged.inPlace.append(
            InPlaceChange(
              weight: memory.weight, gradient: try gradient.contiguous(), moments: memory.moments,
              step: memory.step + 1))
        } else {
          let (value, moments) = try rule.updated(
            memory.weight.value, gradient: gradient, moments: memory.moments.map(\.value), step: memory.step + 1,
            learningRate: staged.learningRate)
          staged.replacements.append((memory, value, moments))
        }
      }
      return staged
    }
  }

  /// Changes the weights.
  func commit(_ staged: StagedStep) throws {
    try noGradient {
      if let rule = rule as? any InPlaceUpdateRule {
        try rule.update(staged.inPlace, learningRate: staged.learningRate)
      }
      for (memory, value, moments) in staged.replacements {
        memory.weight.value = value
        for (box, moment) in zip(memory.moments, moments) { box.value = moment }
      }
      for memory in staged.memories {
        memory.step += 1
        memories[ObjectIdentifier(memory.weight)] = memory
      }
      step += 1
    }
  }
}
