import LimnTensor

/// Two recurrent layers over the same sequence, one from its end to its beginning, side by side.
///
/// `[batch, time, features]` becomes `[batch, time, 2 · units]`: output t is what the first has seen up to t, and what the
/// second has seen from the end down to t. With ``RecurrentSteps/last`` it is `[batch, 2 · units]`, each layer's last
/// state. Schuster and Paliwal, "Bidirectional recurrent neural networks", 1997.
public final class Bidirectional: Layer {
  public let forward: Recurrent
  public let backward: Recurrent

  /// - Parameter layer: reads forward; the one that reads backward is made like it, with weights of its own.
  public init(_ layer: Recurrent, random: RandomSource) throws {
    forward = layer
    backward = try layer.sibling(random: random)
  }

  private init(_ original: Bidirectional, _ copier: Copier) {
    forward = copier.copy(original.forward)
    backward = copier.copy(original.backward)
  }

  public func copied(by copier: Copier) -> Bidirectional { Bidirectional(self, copier) }

  public var name: String { "bidirectional" }
  public var arguments: [Argument] { [Argument(nil, forward.description)] }
  public var children: [(name: String, layer: any Layer)] { [("forward", forward), ("backward", backward)] }

  public func callAsFunction(_ x: Tensor) throws -> Tensor {
    try requireAxes(x, ["batch", "time", "features"])
    let ahead = try forward(x)
    let back = try backward(try x.flipped(axes: [1]))
    return try Tensor.concatenated([ahead, forward.steps == .all ? back.flipped(axes: [1]) : back], axis: -1)
  }
}
