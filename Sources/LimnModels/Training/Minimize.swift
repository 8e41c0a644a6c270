import LimnTensor

/// What a training step gave.
public struct TrainingStep {
  /// The loss of each optimizer, before the step.
  public let losses: [Double]
  /// What else the block gave, as constants.
  public let rest: [Tensor]
}

/// One training step: runs `body` once in training mode, differentiates loss *i* for the weights of optimizer *i*
/// alone, and then lets the optimizers step, in order.
///
/// All gradients are taken before any weight changes. If anything throws, nothing has changed: weights, moments,
/// running statistics, and shapes that layers took in `body` are what they were.
///
/// - Parameter body: gives a loss for each optimizer, in order, and then anything else.
/// - Throws: `bad-argument` for no optimizers, a weight in two of them, or too few losses; `no-gradient` for a loss
///   that is not one float or depends on none of its optimizer's weights; `not-finite` for a loss that is NaN or
///   infinite; and what `body` throws.
public func minimize(_ optimizers: [Optimizer], _ body: () throws -> [Tensor]) throws -> TrainingStep {
  guard !optimizers.isEmpty else {
    throw TensorError(.badArgument, "minimize needs an optimizer", help: "minimize(adam(model)) { ... }")
  }
  return try UndoLog.undoingOnFailure {
    var found: [[(path: String, weight: Weight)]] = []
    let losses = try minimize(
      groups: {
        found = try optimizers.map { try $0.weights() }
        return found.map { $0.map(\.weight) }
      },
      { try TrainingMode.with(true, body) })
    let staged = try optimizers.indices.map { index in
      try optimizers[index].stage(
        zip(found[index], losses.gradients[index]).compactMap { named, gradient in
          gradient.map { (named.path, named.weight, $0) }
        })
    }
    let count = optimizers.count
    let step = TrainingStep(
      losses: try losses.values.prefix(count).map { try $0.item().double }, rest: Array(losses.values.dropFirst(count)))
    for (optimizer, step) in zip(optimizers, staged) { try optimizer.commit(step) }
    return step
  }
}
