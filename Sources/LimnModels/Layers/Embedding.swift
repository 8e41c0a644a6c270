import LimnTensor

/// A table of vectors: each index becomes its row.
///
/// `[...]` of ints becomes `[..., size]`. The table is a weight `[count, size]`, made at once, so that it can be tied:
/// an output layer may use `embed.weight` transposed.
public final class Embedding: Layer {
  public let count: Int
  public let size: Int
  /// `[count, size]`.
  public let weight: Weight

  /// - Parameters:
  ///   - count: how many indices there are.
  ///   - size: the length of each vector.
  /// - Throws: `bad-argument` when either is less than 1; `out-of-memory`.
  public init(
    _ count: Int, _ size: Int, initializer: Initializer = .uniform(-0.05, 0.05), random: RandomSource
  ) throws {
    try requireCount("count", count)
    try requireCount("size", size)
    self.count = count
    self.size = size
    let stream = LayerStream(random)
    let shape = try Shape([count, size])
    weight = Weight(
      try initializer(shape, fans: Fans(of: shape), dtype: .float32, random: stream.initial(0)))
  }

  private init(_ original: Embedding, _ copier: Copier) {
    count = original.count
    size = original.size
    weight = copier.copy(original.weight)
  }

  public func copied(by copier: Copier) -> Embedding { Embedding(self, copier) }

  public var name: String { "embedding" }
  public var arguments: [Argument] { [Argument(nil, count), Argument(nil, size)] }
  public var ownWeights: [(name: String, weight: Weight)] { [("weight", weight)] }

  public func shapePatterns(beside shapes: [String: Shape]) -> [String: ShapePattern] { ["weight": [count, size]] }

  /// - Throws: `dtype-mismatch` for indices that are not ints; `index-out-of-range`, for a negative one too.
  public func callAsFunction(_ x: Tensor) throws -> Tensor { try weight.tensor.taking(x, countsFromEnd: false) }
}
