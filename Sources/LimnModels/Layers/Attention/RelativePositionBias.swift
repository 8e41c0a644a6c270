import Glibc
import LimnTensor

/// Relative positions: a number for each head and each distance of a key from a query, to be added to attention's scores.
///
///     bias[head, query, key] = weight[bucket(key − query), head]
///
/// Small distances have a bucket each; larger ones share buckets that grow with the distance, up to a largest, beyond which all
/// share the last. Looking both ways, half of the buckets are for keys behind the query; else keys behind it all count as distance 0.
/// Raffel et al., "Exploring the limits of transfer learning with a unified text-to-text transformer" (T5), arXiv:1910.10683,
/// section 2.1.
///
/// The layer takes the sequence that attention takes, `[batch, time, features]`, and looks at its length alone. What it gives,
/// `[heads, queries, keys]`, is attention's `mask`; blocks of a stack may share it. Keys are those of the sequence itself, with
/// what a cache has counted before, or of a `context`. A mask that is given is joined to the bias.
public final class RelativePositionBias: ContextLayer {
  public let heads: Int
  public let buckets: Int
  /// From this distance on all keys share a bucket.
  public let maximumDistance: Int
  public let isBidirectional: Bool
  /// `[buckets, heads]`, beginning as normal numbers of deviation 0.02.
  public let weight: Weight
  public let stream: LayerStream?
  public var shapeOrigin: String?

  /// - Throws: `bad-argument` when a count is less than 1, or the buckets are too few, or too many for the distance.
  public init(
    _ heads: Int, buckets: Int = 32, maximumDistance: Int = 128, isBidirectional: Bool = true, random: RandomSource
  ) throws {
    try requireCount("heads", heads)
    let directions = isBidirectional ? 2 : 1
    guard buckets >= 2 * directions, buckets.isMultiple(of: directions) else {
      throw TensorError(
        .badArgument,
        isBidirectional
          ? "buckets for both directions are an even number from 4 up" : "buckets are a number from 2 up",
        operands: [.init(.named("buckets"), "buckets is \(buckets)")])
    }
    let exact = buckets / directions / 2
    guard maximumDistance > exact else {
      throw TensorError(
        .badArgument, "\(buckets) buckets reach \(exact) elements without sharing any, and max_distance is no further",
        operands: [.init(.named("max_distance"), "max_distance is \(maximumDistance)")],
        help: "make it greater than \(exact)")
    }
    self.heads = heads
    self.buckets = buckets
    self.maximumDistance = maximumDistance
    self.isBidirectional = isBidirectional
    weight = Weight()
    stream = LayerStream(random)
  }

  private init(_ original: RelativePositionBias, _ copier: Copier) {
    heads = original.heads
    buckets = original.buckets
    maximumDistance = original.maximumDistance
    isBidirectional = original.isBidirectional
    weight = copier.copy(original.weight)
    stream = original.stream?.copy()
    shapeOrigin = original.shapeOrigin
  }

  public func copied(by copier: Copier) -> RelativePositionBias { RelativePositionBias(self, copier) }

  public var name: String { "relative_bias" }

  public var arguments: [Argument] {
    var arguments = [Argument(nil, heads)]
    if buckets != 32 { arguments.append(Argument("buckets", buckets)) }
    if maximumDistance != 128 { arguments.append(Argument("max_distance", maximumDistance)) }
    if !isBidirectional { arguments.append(Argument("bidirectional", false)) }
    return arguments
  }

  public var ownWeights: [(name: String, weight: Weight)] { [("weight", weight)] }
  public func shapePatterns(beside shapes: [String: Shape]) -> [String: ShapePattern] { ["weight": [buckets, heads]] }

  public func callAsFunction(_ x: Tensor, context: Tensor?, mask: Tensor?, cache: AttentionCache?) throws -> Tensor {
    try requireAxes(x, ["batch", "time", "features"])
    if let context { try requireAxes(context, ["batch", "time", "features"]) }
    let first = cache?.length(of: self) ?? 0
    cache?.advance(self, by: x.shape[1])
    let dtype = Self.weightType(for: x)
    let shape = try Shape([buckets, heads])
    try makeWeight(weight, shape, Fans(of: shape), dtype, .normal(deviation: 0.02), purpose: 0)
    let places = try bucketTable(
      queries: x.shape[1], first: first, keys: context?.shape[1] ?? first + x.shape[1])
    let bias = try weight.tensor.taking(places).permuted([2, 0, 1])
    guard let mask else { return bias }
    guard mask.dtype == .bool else { return try bias + mask }
    return try Tensor.choose(mask, bias, try Tensor.scalar(.float(-.infinity), dtype))
  }

  /// The bucket of a key at a distance from its query: its position less the query's.
  public func bucket(of distance: Int) -> Int {
    let count = isBidirectional ? buckets / 2 : buckets
    let start = isBidirectional && distance > 0 ? count : 0
    let reach = isBidirectional ? abs(distance) : max(-distance, 0)
    let exact = count / 2
    if reach < exact { return start + reach }
    // In single precision, as the models that use it have been trained.
    let share = Float(log(Float(reach) / Float(exact))) / Float(log(Double(maximumDistance) / Double(exact)))
    return start + min(exact + Int(share * Float(count - exact)), count - 1)
  }

  /// The buckets of all pairs, `[queries, keys]`.
  private func bucketTable(queries: Int, first: Int, keys: Int) throws -> Tensor {
    let lowest = -(first + queries - 1)
    let buckets = (lowest..<max(keys - first, lowest)).map(bucket)
    let places = (first..<(first + queries)).flatMap { query in
      (0..<keys).map { buckets[$0 - query - lowest] }
    }
    return try Tensor(places, [queries, keys])
  }
}
