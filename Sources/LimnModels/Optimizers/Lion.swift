import LimnTensor

/// Lion: steps of one length, in the direction of the sign of a mean of gradients.
///
///     w ← w − η (sign(β₁ m + (1 − β₁) g) + λ w)
///     m ← β₂ m + (1 − β₂) g
///
/// Chen et al., "Symbolic discovery of optimization algorithms", arXiv:2302.06675, algorithm 2.
public struct Lion: UpdateRule, Sendable {
  public let beta1: Double
  public let beta2: Double
  /// λ.
  public let weightDecay: Double

  /// - Throws: `bad-argument` for a β outside [0, 1) or a negative decay.
  public init(beta1: Double = 0.9, beta2: Double = 0.99, weightDecay: Double = 0) throws {
    try requireFraction("beta1", beta1)
    try requireFraction("beta2", beta2)
    try requireNotNegative("weight_decay", weightDecay)
    self.beta1 = beta1
    self.beta2 = beta2
    self.weightDecay = weightDecay
  }

  public var name: String { "lion" }

  public var arguments: [Argument] {
    var arguments: [Argument] = []
    if beta1 != 0.9 { arguments.append(Argument("beta1", beta1)) }
    if beta2 != 0.99 { arguments.append(Argument("beta2", beta2)) }
    if weightDecay != 0 { arguments.append(Argument("weight_decay", weightDecay)) }
    return arguments
  }

  public var moments: [String] { ["mean"] }

  public func updated(
    _ value: Tensor, gradient: Tensor, moments: [Tensor], step: Int, learningRate: Double
  ) throws -> (value: Tensor, moments: [Tensor]) {
    let direction = try (moments[0] * .float(beta1) + gradient * .float(1 - beta1)).sign()
    let mean = try moments[0] * .float(beta2) + gradient * .float(1 - beta2)
    return (try value * .float(1 - learningRate * weightDecay) - direction * .float(learningRate), [mean])
  }
}
