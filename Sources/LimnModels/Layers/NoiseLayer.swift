import LimnTensor

/// A layer that disturbs its input at random in training mode, and is the identity elsewhere.
///
/// Its numbers come from the layer's own random key and the number of calls so far, which a checkpoint keeps.
public protocol NoiseLayer: Layer {
  /// How strong the disturbance is; nothing is drawn at 0.
  var strength: Double { get }
  var draws: LayerStream { get }
  init(strength: Double, draws: LayerStream)
  func disturbed(_ x: Tensor, _ source: RandomSource) throws -> Tensor
}

extension NoiseLayer {
  public var stream: LayerStream? { draws }
  public var arguments: [Argument] { [Argument(nil, strength)] }
  public func copied(by copier: Copier) -> Self { Self(strength: strength, draws: draws.copy()) }

  public func callAsFunction(_ x: Tensor) throws -> Tensor {
    guard TrainingMode.current, strength > 0 else { return x }
    return try disturbed(x, draws.next())
  }
}
