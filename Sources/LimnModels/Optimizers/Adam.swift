import Glibc
import LimnTensor

/// Adam: a running mean of the gradient over the root of a running mean of its square, both corrected for their start
/// at zero.
///
///     m ← β₁ m + (1 − β₁) g            m̂ = m / (1 − β₁ᵗ)
///     v ← β₂ v + (1 − β₂) g²           v̂ = v / (1 − β₂ᵗ)
///     w ← w − η m̂ / (√v̂ + ε)
///
/// Kingma and Ba, arXiv:1412.6980, algorithm 1; ε stands outside of the corrected root, as in PyTorch. With a decoupled
/// decay it is AdamW (Loshchilov and Hutter, arXiv:1711.05101, algorithm 2), which begins with w ← w − η λ w.
///
/// t counts the updates of the weight itself: one that a loss does not reach is not touched, and its count stands
/// still.
public struct Adam: InPlaceUpdateRule, Sendable {
  public let beta1: Double
  public let beta2: Double
  public let epsilon: Double
  public let weightDecay: Double
  /// Whether the decay shrinks the weight itself (AdamW) or is added to the gradient.
  public let isDecoupled: Bool

  /// - Throws: `bad-argument` for a β outside [0, 1), a negative ε or decay.
  public init(
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0,
    decoupled isDecoupled: Bool = false
  ) throws {
    try requireFraction("beta1", beta1)
    try requireFraction("beta2", beta2)
    try requireNotNegative("epsilon", epsilon)
    try requireNotNegative("weight_decay", weightDecay)
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.isDecoupled = isDecoupled
  }

  public var name: String { isDecoupled ? "adamw" : "adam" }

  public var arguments: [Argument] {
    var arguments: [Argument] = []
    if beta1 != 0.9 { arguments.append(Argument("beta1", beta1)) }
    if beta2 != 0.999 { arguments.append(Argument("beta2", beta2)) }
    if epsilon != 1e-8 { arguments.append(Argument("epsilon", epsilon)) }
    if weightDecay != (isDecoupled ? 0.01 : 0) { arguments.append(Argument("weight_decay", weightDecay)) }
    return arguments
  }

  public var moments: [String] { ["mean", "mean_square"] }

  public func updated(
    _ value: Tensor, gradient: Tensor, moments: [Tensor], step: Int, learningRate: Double
  ) throws -> (value: Tensor, moments: [Tensor]) {
    var value = value
    var gradient = gradient
    if weightDecay != 0 {
      if isDecoupled {
        value = try value * .float(1 - learningRate * weightDecay)
      } else {
        gradient = try gradient + value * .float(weightDecay)
      }
    }
    let mean = try moments[0] * .float(beta1) + gradient * .float(1 - beta1)
    let meanSquare = try moments[1] * .float(beta2) + gradient.square() * .float(1 - beta2)
    let root = try (meanSquare * .float(1 / (1 - pow(beta2, Double(step))))).sqrt()
    let stride = learningRate / (1 - pow(beta1, Double(step)))
    return (try value - mean * .float(stride) / (root + .float(epsilon)), [mean, meanSquare])
  }

  public func update(_ changes: [InPlaceChange], learningRate: Double) throws {
    let isCoupled = weightDecay != 0 && !isDecoupled
    let update = AdamUpdate(
      learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon,
      weightDecay: isDecoupled ? weightDecay : 0)
    try update(
      changes.map { change in
        AdamUpdate.Change(
          change.weight,
          gradient: isCoupled ? try change.gradient + change.weight.value * .float(weightDecay) : change.gradient,
          firstMoment: change.moments[0], secondMoment: change.moments[1], step: change.step)
      })
  }
}
