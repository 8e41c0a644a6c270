import LimnTensor

/// A running mean of a model's weights, which often does better than the weights themselves.
///
///     average ← decay · average + (1 − decay) · weight
///
/// It holds a copy of the model, whose weights are the averages; statistics are copied as they are. Polyak and Juditsky,
/// "Acceleration of stochastic approximation by averaging", 1992; with a decay that begins low,
/// min(decay, (1 + n) / (10 + n)) at update n, when `isWarm`.
public final class WeightAverage {
  public let decay: Double
  public let isWarm: Bool
  /// How often the averages have been moved.
  public private(set) var updates = 0
  private let source: () throws -> ModelContents
  private let target: () throws -> ModelContents

  /// - Parameters:
  ///   - source: what the model holds now.
  ///   - target: what its copy holds.
  /// - Throws: `bad-argument` for a decay outside [0, 1).
  public init(
    decay: Double = 0.999, warm isWarm: Bool = true, source: @escaping () throws -> ModelContents,
    target: @escaping () throws -> ModelContents
  ) throws {
    try requireFraction("decay", decay)
    self.decay = decay
    self.isWarm = isWarm
    self.source = source
    self.target = target
  }

  /// Moves the averages towards the weights as they are now.
  ///
  /// - Throws: `shape-mismatch` when the model has come to hold other weights than its copy.
  public func update() throws {
    let (from, to) = (try source(), try target())
    let rate = isWarm ? min(decay, Double(1 + updates) / Double(10 + updates)) : decay
    guard from.weights.map(\.path) == to.weights.map(\.path) else {
      throw TensorError(
        .shapeMismatch, "the model's weights are not those of its average any more",
        notes: ["it has \(from.weights.count) weights, and the average \(to.weights.count)"],
        help: "make the average anew")
    }
    try noGradient {
      for (weight, average) in zip(from.weights, to.weights) where weight.weight.isShaped {
        let value = weight.weight.value
        if average.weight.isShaped, updates > 0 {
          average.weight.value = try average.weight.value * .float(rate) + value * .float(1 - rate)
        } else {
          average.weight.value = value
        }
      }
      for (statistic, copy) in zip(from.statistics, to.statistics) {
        copy.statistic.value = statistic.statistic.value
      }
    }
    updates += 1
  }
}
