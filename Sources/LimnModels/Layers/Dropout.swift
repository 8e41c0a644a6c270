import LimnTensor

/// Dropout: in training mode each element is zero with probability `rate`, and the others are multiplied by 1 / (1 −
/// rate), so that the expected value stays. Elsewhere nothing changes.
///
/// Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", 2014.
public final class Dropout: NoiseLayer {
  /// How likely an element is dropped.
  public let strength: Double
  public let draws: LayerStream

  /// - Throws: `bad-argument` for a rate outside [0, 1).
  public convenience init(_ rate: Double, random: RandomSource) throws {
    try requireFraction("rate", rate)
    self.init(strength: rate, draws: LayerStream(random))
  }

  public init(strength: Double, draws: LayerStream) {
    self.strength = strength
    self.draws = draws
  }

  public var rate: Double { strength }
  public var name: String { "dropout" }

  public func disturbed(_ x: Tensor, _ source: RandomSource) throws -> Tensor {
    try x.droppedOut(rate: strength, source: source)
  }
}
