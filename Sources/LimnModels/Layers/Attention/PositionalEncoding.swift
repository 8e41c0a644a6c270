import Glibc
import LimnTensor

/// Adds to each element of a sequence a vector that tells its position: `[batch, time, features]` stays.
///
/// *Sinusoidal*: feature 2i of position p is sin(p / 10000^(2i / features)), feature 2i + 1 the cosine (Vaswani et al.,
/// 2017, section 3.5). *Learned*: a table of weights, `[length, features]`, which begins as normal numbers of
/// deviation 0.02 (Radford et al., GPT-2, 2019).
public final class PositionalEncoding: ContextLayer {
  public enum Kind: String, Sendable, CaseIterable {
    case sinusoidal, learned
  }

  public let kind: Kind
  /// How long a sequence may be, of a learned table.
  public let length: Int
  /// `[length, features]`; nil unless it is learned.
  public let weight: Weight?
  public let stream: LayerStream?
  public var shapeOrigin: String?
  private var table: Tensor?

  /// - Throws: `bad-argument` when the length is less than 1.
  public init(_ kind: Kind = .sinusoidal, length: Int = 1024, random: RandomSource) throws {
    try requireCount("length", length)
    self.kind = kind
    self.length = length
    weight = kind == .learned ? Weight() : nil
    stream = kind == .learned ? LayerStream(random) : nil
  }

  private init(_ original: PositionalEncoding, _ copier: Copier) {
    kind = original.kind
    length = original.length
    weight = original.weight.map { copier.copy($0) }
    stream = original.stream?.copy()
    shapeOrigin = original.shapeOrigin
  }

  public func copied(by copier: Copier) -> PositionalEncoding { PositionalEncoding(self, copier) }

  public var name: String { "positions" }

  public var arguments: [Argument] {
    kind == .learned ? [Argument(nil, "\"learned\""), Argument("length", length)] : []
  }

  public var ownWeights: [(name: String, weight: Weight)] { weight.map { [("weight", $0)] } ?? [] }

  public func shapePatterns(beside shapes: [String: Shape]) -> [String: ShapePattern] { ["weight": [length, nil]] }

  public func callAsFunction(_ x: Tensor, context: Tensor?, mask: Tensor?, cache: AttentionCache?) throws -> Tensor {
    try requireAxes(x, ["batch", "time", "features"])
    let first = cache?.length(of: self) ?? 0
    let end = first + x.shape[1]
    cache?.advance(self, by: x.shape[1])
    let dtype = Self.weightType(for: x)
    guard let weight else { return try x + sinusoids(end, x.shape[2], dtype)[.slice(start: first, stop: end)] }
    guard end <= length else {
      throw TensorError(
        .shapeMismatch, "a sequence of \(end) is longer than the \(length) positions that were made",
        operands: [.init(.index(0), "input is \(x.shape)")], help: "make positions(\"learned\", length: \(end))")
    }
    let shape = try Shape([length, x.shape[2]])
    try makeWeight(weight, shape, Fans(of: shape), dtype, .normal(deviation: 0.02), purpose: 0)
    let width = weight.value.shape
    try requireSize(x, width.count == 2 ? width[1] : nil, "features", of: ("weight", weight.value))
    return try x + weight.tensor[.slice(start: first, stop: end)]
  }

  /// The table of at least so many positions, which is kept for the next call.
  private func sinusoids(_ count: Int, _ features: Int, _ dtype: DType) throws -> Tensor {
    if let table, table.shape[0] >= count, table.shape[1] == features, table.dtype == dtype { return table }
    let rows = max(count, 64, 2 * (table?.shape[0] ?? 0))
    var elements: [Double] = []
    elements.reserveCapacity(rows * features)
    for position in 0..<rows {
      for feature in 0..<features {
        let angle = Double(position) / pow(10_000, Double(feature - feature % 2) / Double(features))
        elements.append(feature % 2 == 0 ? sin(angle) : cos(angle))
      }
    }
    let made = try Tensor(elements, [rows, features]).converted(to: dtype)
    table = made
    return made
  }
}
