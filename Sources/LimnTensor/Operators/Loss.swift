/// Functions that say how far a prediction is from what was wanted.
///
/// Each compares shapes exactly: a loss that silently broadcasts `[64]` against `[64, 1]` compares every example with
/// every other, the field's classic bug. Only a plain number may stand for a whole tensor of targets. Each is
/// differentiable, twice too, in its prediction and in float targets.
public enum Loss {
  /// What becomes of the single examples' losses.
  public enum Reduction: String, Sendable, CaseIterable {
    case mean, sum, none
  }

  /// What a prediction is compared with.
  public enum Target {
    case tensor(Tensor)
    /// A number that stands for a tensor of it.
    case number(Double)
  }

  /// A reduction of losses.
  static func reduce(_ losses: Tensor, _ reduction: Reduction) throws -> Tensor {
    switch reduction {
    case .mean: try losses.mean()
    case .sum: try losses.sum()
    case .none: losses
    }
  }

  /// Prediction and target as floats of one type and shape.
  ///
  /// - Throws: `shape-mismatch` for tensors of different shapes.
  static func matched(_ name: String, _ prediction: Tensor, _ target: Target) throws -> (Tensor, Tensor) {
    switch target {
    case .number(let number):
      let x = try prediction.inFloats()
      return (x, try Tensor.full(x.shape, .float(number), x.dtype))
    case .tensor(let target):
      try requireSame(name, prediction, target)
      return try Tensor.promotedFloats(prediction, target)
    }
  }

  static func requireSame(_ name: String, _ prediction: Tensor, _ target: Tensor) throws {
    guard prediction.shape != target.shape else { return }
    var help: String?
    if prediction.count == target.count {
      help = "bring them to one shape: reshape(target, \(prediction.shape))"
    }
    throw TensorError(
      .shapeMismatch,
      "\(name) compares \(prediction.shape) with \(target.shape): \(difference(prediction.shape, target.shape))",
      operands: [
        .init(.index(0), "prediction is \(prediction.shape)"), .init(.index(1), "target is \(target.shape)"),
      ],
      notes: ["a loss never stretches one of them to fit the other"], help: help)
  }

  private static func difference(_ a: Shape, _ b: Shape) -> String {
    if a.rank != b.rank { return "\(a.rank) and \(b.rank) axes" }
    guard let axis = a.indices.first(where: { a[$0] != b[$0] }) else { return "they differ" }
    return "axis \(axis) is \(a[axis]) and \(b[axis])"
  }
}
