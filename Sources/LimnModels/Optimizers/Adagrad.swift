import LimnTensor

/// Adagrad: the gradient over the root of the sum of all its squares so far.
///
///     s ← s + g²
///     w ← w − η g / (√s + ε)
///
/// Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic optimization" (2011).
public struct Adagrad: UpdateRule, Sendable {
  public let epsilon: Double
  public let weightDecay: Double

  /// - Parameter weightDecay: a multiple of the weight that is added to its gradient.
  /// - Throws: `bad-argument` for a negative ε or decay.
  public init(epsilon: Double = 1e-10, weightDecay: Double = 0) throws {
    try requireNotNegative("epsilon", epsilon)
    try requireNotNegative("weight_decay", weightDecay)
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  public var name: String { "adagrad" }

  public var arguments: [Argument] {
    var arguments: [Argument] = []
    if epsilon != 1e-10 { arguments.append(Argument("epsilon", epsilon)) }
    if weightDecay != 0 { arguments.append(Argument("weight_decay", weightDecay)) }
    return arguments
  }

  public var moments: [String] { ["sum_of_squares"] }

  public func updated(
    _ value: Tensor, gradient: Tensor, moments: [Tensor], step: Int, learningRate: Double
  ) throws -> (value: Tensor, moments: [Tensor]) {
    let gradient = weightDecay != 0 ? try gradient + value * .float(weightDecay) : gradient
    let sum = try moments[0] + gradient.square()
    return (try value - gradient / (sum.sqrt() + .float(epsilon)) * .float(learningRate), [sum])
  }
}
