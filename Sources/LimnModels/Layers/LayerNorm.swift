import LimnTensor

/// Layer normalization: each vector along the last axis is brought to mean 0 and variance 1, then scaled and moved.
///
///     y = (x − mean(x)) / √(var(x) + ε) · gain + bias
///
/// The variance is the biased one. Shapes stay; gain and bias are `[features]`. Ba, Kiros and Hinton, arXiv:1607.06450.
public final class LayerNorm: Layer {
  public let epsilon: Double
  /// `[features]`, beginning as ones; nil for a layer without.
  public let gain: Weight?
  /// `[features]`, beginning as zeros; nil for a layer without.
  public let bias: Weight?
  public var shapeOrigin: String?

  /// - Throws: `bad-argument` for a negative ε.
  public init(epsilon: Double = 1e-5, gain: Bool = true, bias: Bool = true) throws {
    try requireNotNegative("epsilon", epsilon)
    self.epsilon = epsilon
    self.gain = gain ? Weight() : nil
    self.bias = bias ? Weight() : nil
  }

  private init(_ original: LayerNorm, _ copier: Copier) {
    epsilon = original.epsilon
    gain = original.gain.map { copier.copy($0) }
    bias = original.bias.map { copier.copy($0) }
    shapeOrigin = original.shapeOrigin
  }

  public func copied(by copier: Copier) -> LayerNorm { LayerNorm(self, copier) }

  public var name: String { "layer_norm" }

  public var arguments: [Argument] {
    var arguments: [Argument] = []
    if epsilon != 1e-5 { arguments.append(Argument("epsilon", epsilon)) }
    if gain == nil { arguments.append(Argument("gain", false)) }
    if bias == nil { arguments.append(Argument("bias", false)) }
    return arguments
  }

  public var ownWeights: [(name: String, weight: Weight)] {
    (gain.map { [("gain", $0)] } ?? []) + (bias.map { [("bias", $0)] } ?? [])
  }

  public func shapePatterns(beside shapes: [String: Shape]) -> [String: ShapePattern] {
    let features = (shapes["gain"] ?? shapes["bias"])?.first
    return ["gain": [features], "bias": [features]]
  }

  public func callAsFunction(_ x: Tensor) throws -> Tensor {
    guard let features = x.shape.last else {
      throw TensorError(
        .shapeMismatch, "layer_norm wants [..., features], and got a single number",
        operands: [.init(.index(0), "input is \(x.shape)")])
    }
    let dtype = Self.weightType(for: x)
    if let gain { try makeWeight(gain, try Tensor.ones([features], dtype)) }
    if let bias { try makeWeight(bias, try Tensor.zeros([features], dtype)) }
    for (name, weight) in ownWeights {
      let shape = weight.value.shape
      try requireSize(x, shape.count == 1 ? shape[0] : nil, "features", of: (name, weight.value))
    }
    return try x.layerNormalized(
      scale: gain?.tensor ?? Tensor.ones([features], dtype), offset: bias?.tensor ?? Tensor.zeros([features], dtype),
      epsilon: epsilon)
  }
}
