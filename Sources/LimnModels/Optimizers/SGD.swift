import LimnTensor

/// Stochastic gradient descent, plain or with momentum.
///
///     g ← g + weightDecay · w
///     v ← momentum · v + g
///     w ← w − η v, or w − η (g + momentum · v) with Nesterov's momentum
///
/// Sutskever, Martens, Dahl and Hinton, "On the importance of initialization and momentum in deep learning" (2013), in
/// the form in which the learning rate stands outside of the velocity, as in PyTorch.
public struct SGD: UpdateRule, Sendable {
  public let momentum: Double
  public let isNesterov: Bool
  public let weightDecay: Double

  /// - Throws: `bad-argument` for a momentum outside [0, 1), a negative decay, or Nesterov's momentum without any.
  public init(momentum: Double = 0, nesterov isNesterov: Bool = false, weightDecay: Double = 0) throws {
    try requireFraction("momentum", momentum)
    try requireNotNegative("weight_decay", weightDecay)
    guard !isNesterov || momentum > 0 else {
      throw TensorError(
        .badArgument, "nesterov needs a momentum", operands: [.init(.named("nesterov"), "momentum is 0")],
        help: "momentum: 0.9")
    }
    self.momentum = momentum
    self.isNesterov = isNesterov
    self.weightDecay = weightDecay
  }

  public var name: String { "sgd" }

  public var arguments: [Argument] {
    var arguments: [Argument] = []
    if momentum != 0 { arguments.append(Argument("momentum", momentum)) }
    if isNesterov { arguments.append(Argument("nesterov", true)) }
    if weightDecay != 0 { arguments.append(Argument("weight_decay", weightDecay)) }
    return arguments
  }

  public var moments: [String] { momentum == 0 ? [] : ["velocity"] }

  public func updated(
    _ value: Tensor, gradient: Tensor, moments: [Tensor], step: Int, learningRate: Double
  ) throws -> (value: Tensor, moments: [Tensor]) {
    var direction = gradient
    if weightDecay != 0 { direction = try direction + value * .float(weightDecay) }
    guard let velocity = moments.first else { return (try value - direction * .float(learningRate), []) }
    let moved = try velocity * .float(momentum) + direction
    direction = isNesterov ? try direction + moved * .float(momentum) : moved
    return (try value - direction * .float(learningRate), [moved])
  }
}
