import LimnTensor

/// Dropout: in training mode each element is zero with probability `rate`, and the others are multiplied by 1 / (1 −
/// rate), so that the expected value stays. Elsewhere nothing changes.
///
/// Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", 2014. The masks come from
/// the layer's own random key and the number of calls so far, which a checkpoint keeps.
public final class Dropout: Layer {
  public let rate: Double
  public let stream: LayerStream?
  private let draws: LayerStream

  /// - Throws: `bad-argument` for a rate outside [0, 1).
  public init(_ rate: Double, random: RandomSource) throws {
    try requireFraction("rate", rate)
    self.rate = rate
    draws = LayerStream(random)
    stream = draws
  }

  private init(_ original: Dropout) {
    rate = original.rate
    draws = original.draws.copy()
    stream = draws
  }

  public func copied(by copier: Copier) -> Dropout { Dropout(self) }

  public var name: String { "dropout" }
  public var arguments: [Argument] { [Argument(nil, rate)] }

  public func callAsFunction(_ x: Tensor) throws -> Tensor {
    guard TrainingMode.current, rate > 0 else { return x }
    return try x.droppedOut(rate: rate, source: draws.next())
  }
}
