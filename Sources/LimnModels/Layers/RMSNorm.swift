import LimnTensor

/// Root-mean-square normalization: each vector along the last axis is divided by its root mean square, then scaled.
///
///     y = x / √(mean(x²) + ε) · gain
///
/// Shapes stay; the gain is `[features]`. Zhang and Sennrich, arXiv:1910.07467; T5 and LLaMA use it.
public final class RMSNorm: Layer {
  public let epsilon: Double
  /// `[features]`, beginning as ones.
  public let gain: Weight
  public var shapeOrigin: String?

  /// - Throws: `bad-argument` for a negative ε.
  public init(epsilon: Double = 1e-6) throws {
    try requireNotNegative("epsilon", epsilon)
    self.epsilon = epsilon
    gain = Weight()
  }

  private init(_ original: RMSNorm, _ copier: Copier) {
    epsilon = original.epsilon
    gain = copier.copy(original.gain)
    shapeOrigin = original.shapeOrigin
  }

  public func copied(by copier: Copier) -> RMSNorm { RMSNorm(self, copier) }

  public var name: String { "rms_norm" }
  public var arguments: [Argument] { epsilon == 1e-6 ? [] : [Argument("epsilon", epsilon)] }
  public var ownWeights: [(name: String, weight: Weight)] { [("gain", gain)] }
  public func shapePatterns(beside shapes: [String: Shape]) -> [String: ShapePattern] { ["gain": [nil]] }

  public func callAsFunction(_ x: Tensor) throws -> Tensor {
    guard let features = x.shape.last else {
      throw TensorError(
        .shapeMismatch, "rms_norm wants [..., features], and got a single number",
        operands: [.init(.index(0), "input is \(x.shape)")])
    }
    try makeWeight(gain, try Tensor.ones([features], Self.weightType(for: x)))
    let shape = gain.value.shape
    try requireSize(x, shape.count == 1 ? shape[0] : nil, "features", of: ("gain", gain.value))
    return try x.rootMeanSquareNormalized(scale: gain.tensor, epsilon: epsilon)
  }
}
