import LimnTensor

/// Group normalization, `[batch, ..., channels]`: in each example the channels of a group, over all positions, are brought
/// to mean 0 and variance 1; then each channel is scaled and moved.
///
///     y = (x − mean) / √(variance + ε) · gain + bias
///
/// Nothing depends on the rest of the batch. Without a number of groups it is *instance* normalization, each channel by
/// itself. Wu and He, arXiv:1803.08494; Ulyanov, Vedaldi and Lempitsky, arXiv:1607.08022.
public final class GroupNorm: Layer {
  /// Nil for as many as there are channels.
  public let groups: Int?
  public let epsilon: Double
  /// `[channels]`, beginning as ones.
  public let gain: Weight
  /// `[channels]`, beginning as zeros.
  public let bias: Weight
  public var shapeOrigin: String?

  /// - Throws: `bad-argument` for less than one group or a negative ε.
  public init(_ groups: Int?, epsilon: Double = 1e-5) throws {
    if let groups { try requireCount("groups", groups) }
    try requireNotNegative("epsilon", epsilon)
    self.groups = groups
    self.epsilon = epsilon
    gain = Weight()
    bias = Weight()
  }

  private init(_ original: GroupNorm, _ copier: Copier) {
    groups = original.groups
    epsilon = original.epsilon
    gain = copier.copy(original.gain)
    bias = copier.copy(original.bias)
    shapeOrigin = original.shapeOrigin
  }

  public func copied(by copier: Copier) -> GroupNorm { GroupNorm(self, copier) }

  public var name: String { groups == nil ? "instance_norm" : "group_norm" }

  public var arguments: [Argument] {
    (groups.map { [Argument(nil, $0)] } ?? []) + (epsilon == 1e-5 ? [] : [Argument("epsilon", epsilon)])
  }

  public var ownWeights: [(name: String, weight: Weight)] { [("gain", gain), ("bias", bias)] }

  public func shapePatterns(beside shapes: [String: Shape]) -> [String: ShapePattern] {
    let channels = shapes["gain"]?.first
    return ["gain": [channels], "bias": [channels]]
  }

  public func callAsFunction(_ x: Tensor) throws -> Tensor {
    guard x.rank >= 2, let channels = x.shape.last else {
      throw TensorError(
        .shapeMismatch, "\(name) wants [batch, ..., channels], and got \(x.rank) axes",
        operands: [.init(.index(0), "input is \(x.shape)")])
    }
    let dtype = Self.weightType(for: x)
    try makeWeight(gain, try Tensor.ones([channels], dtype))
    try makeWeight(bias, try Tensor.zeros([channels], dtype))
    let shape = gain.value.shape
    try requireSize(x, shape.count == 1 ? shape[0] : nil, "channels", of: ("gain", gain.value))
    return try x.groupNormalized(groups: groups ?? channels, scale: gain.tensor, offset: bias.tensor, epsilon: epsilon)
  }
}
