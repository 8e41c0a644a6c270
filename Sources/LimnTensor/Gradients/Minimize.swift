/// Losses and their gradients, from one run of a block.
public struct Losses {
  /// Everything that the block gave, as constants: a loss for each group, then the rest.
  public let values: [Tensor]
  /// The weights of each group, those among them that were made in the block.
  public let weights: [[Weight]]
  /// For each group, the gradients of its loss for its weights; nil where the loss does not depend on one.
  public let gradients: [[Tensor?]]
}

/// Runs `body` once and differentiates loss *i* for the weights of group *i* alone.
///
/// This is what one training step of one or several optimizers rests on: take all gradients from here, then change
/// weights. Nothing changes if it throws.
///
/// - Parameters:
///   - groups: gives each group's weights. It is called twice: before `body`, and after it, to find the weights that
///     layers have made on their first call.
///   - body: gives at least one loss for each group, in order.
/// - Throws: `bad-argument` for a weight in two groups or too few losses; `no-gradient` for a loss that is not one
///   float or depends on none of its group's weights; `not-finite` for a loss that is NaN or infinite, naming the first
///   operator that made one; and what `body` throws.
public func minimize(
  groups: () throws -> [[Weight]], _ body: () throws -> [Tensor]
) throws -> Losses {
  let before = try groups()
  try requireDisjoint(before)
  return try Recording.run(groups: before, adoptsNewWeights: true) { recording in
    let losses = try body()
    guard losses.count >= before.count else {
      throw TensorError(
        .badArgument, "\(before.count) optimizers need \(before.count) losses, and the block gave \(losses.count)",
        help: "return one loss for each optimizer, in the same order")
    }
    let weights = try groups()
    try requireDisjoint(weights)
    for (group, loss) in losses.prefix(before.count).enumerated() {
      try recording.requireFinite(loss, position: group)
    }
    var gradients: [[Tensor?]] = []
    for (group, members) in weights.enumerated() {
      let found = try recording.gradients(of: losses[group], for: members, group: group)
      guard found.contains(where: { $0 != nil }) else { throw unreached(group, of: before.count) }
      gradients.append(found)
    }
    return Losses(values: losses.map { $0.detached() }, weights: weights, gradients: gradients)
  }
}

private func requireDisjoint(_ groups: [[Weight]]) throws {
  var owners: [ObjectIdentifier: Int] = [:]
  for (group, weights) in groups.enumerated() {
    for weight in weights {
      if let owner = owners.updateValue(group, forKey: ObjectIdentifier(weight)), owner != group {
        throw TensorError(
          .badArgument, "optimizers \(owner + 1) and \(group + 1) share a weight",
          notes: ["each would change it without knowing of the other"],
          help: "give each optimizer models of its own")
      }
    }
  }
}

private func unreached(_ group: Int, of count: Int) -> TensorError {
  let loss = count == 1 ? "the loss" : "loss \(group + 1)"
  let owner = count == 1 ? "the optimizer's weights" : "the weights of optimizer \(group + 1)"
  return TensorError(
    .noGradient, "\(loss) does not depend on any of \(owner)",
    help: "compute it from the model's output, outside of no_grad")
}
