import LimnTensor

/// RMSprop: the gradient over the root of a running mean of its square.
///
///     s ← ρ s + (1 − ρ) g²
///     u = g / (√s + ε)
///     v ← momentum · v + u
///     w ← w − η v
///
/// Tieleman and Hinton, "Lecture 6.5: RMSprop" (2012). As in PyTorch, ε stands outside of the root.
public struct RMSProp: UpdateRule, Sendable {
  public let decay: Double
  public let momentum: Double
  public let epsilon: Double
  public let weightDecay: Double

  /// - Parameters:
  ///   - decay: ρ.
  ///   - weightDecay: a multiple of the weight that is added to its gradient.
  /// - Throws: `bad-argument` for a decay or momentum outside [0, 1), a negative ε or weight decay.
  public init(
    decay: Double = 0.99, momentum: Double = 0, epsilon: Double = 1e-8, weightDecay: Double = 0
  ) throws {
    try requireFraction("decay", decay)
    try requireFraction("momentum", momentum)
    try requireNotNegative("epsilon", epsilon)
    try requireNotNegative("weight_decay", weightDecay)
    self.decay = decay
    self.momentum = momentum
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  public var name: String { "rmsprop" }

  public var arguments: [Argument] {
    var arguments: [Argument] = []
    if decay != 0.99 { arguments.append(Argument("decay", decay)) }
    if momentum != 0 { arguments.append(Argument("momentum", momentum)) }
    if epsilon != 1e-8 { arguments.append(Argument("epsilon", epsilon)) }
    if weightDecay != 0 { arguments.append(Argument("weight_decay", weightDecay)) }
    return arguments
  }

  public var moments: [String] { momentum == 0 ? ["mean_square"] : ["mean_square", "velocity"] }

  public func updated(
    _ value: Tensor, gradient: Tensor, moments: [Tensor], step: Int, learningRate: Double
  ) throws -> (value: Tensor, moments: [Tensor]) {
    var gradient = gradient
    if weightDecay != 0 { gradient = try gradient + value * .float(weightDecay) }
    let meanSquare = try moments[0] * .float(decay) + gradient.square() * .float(1 - decay)
    let direction = try gradient / (meanSquare.sqrt() + .float(epsilon))
    guard momentum != 0 else { return (try value - direction * .float(learningRate), [meanSquare]) }
    let velocity = try moments[1] * .float(momentum) + direction
    return (try value - velocity * .float(learningRate), [meanSquare, velocity])
  }
}
