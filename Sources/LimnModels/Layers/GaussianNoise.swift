import LimnTensor

/// Gaussian noise: in training mode normal numbers are added to each element; elsewhere nothing changes.
///
/// Bishop, "Training with noise is equivalent to Tikhonov regularization", 1995.
public final class GaussianNoise: NoiseLayer {
  /// The noise's standard deviation.
  public let strength: Double
  public let draws: LayerStream

  /// - Throws: `bad-argument` for a negative deviation.
  public convenience init(_ deviation: Double, random: RandomSource) throws {
    try requireNotNegative("std", deviation)
    self.init(strength: deviation, draws: LayerStream(random))
  }

  public init(strength: Double, draws: LayerStream) {
    self.strength = strength
    self.draws = draws
  }

  public var name: String { "gaussian_noise" }

  public func disturbed(_ x: Tensor, _ source: RandomSource) throws -> Tensor {
    try x + source.normal(x.shape, deviation: strength, dtype: Self.weightType(for: x))
  }
}
