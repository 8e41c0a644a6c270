import LimnTensor

/// Gaussian noise: in training mode normal numbers are added to each element; elsewhere nothing changes.
///
/// Bishop, "Training with noise is equivalent to Tikhonov regularization", 1995.
public final class GaussianNoise: Layer {
  /// The noise's standard deviation.
  public let deviation: Double
  public let stream: LayerStream?
  private let draws: LayerStream

  /// - Throws: `bad-argument` for a negative deviation.
  public init(_ deviation: Double, random: RandomSource) throws {
    try requireNotNegative("std", deviation)
    self.deviation = deviation
    draws = LayerStream(random)
    stream = draws
  }

  private init(_ original: GaussianNoise) {
    deviation = original.deviation
    draws = original.draws.copy()
    stream = draws
  }

  public func copied(by copier: Copier) -> GaussianNoise { GaussianNoise(self) }

  public var name: String { "gaussian_noise" }
  public var arguments: [Argument] { [Argument(nil, deviation)] }

  public func callAsFunction(_ x: Tensor) throws -> Tensor {
    guard TrainingMode.current, deviation > 0 else { return x }
    let dtype = Self.weightType(for: x)
    return try x + draws.next().normal(x.shape, deviation: deviation, dtype: dtype)
  }
}
