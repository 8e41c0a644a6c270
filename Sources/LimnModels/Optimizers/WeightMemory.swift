import LimnTensor

/// What an optimizer remembers of one weight.
final class WeightMemory {
  /// Held, so that its identity cannot pass to another weight.
  let weight: Weight
  /// One for each of the rule's moments. They are boxes like weights, so that they too can be updated in place.
  var moments: [Weight]
  /// How often the weight has been updated.
  var step: Int

  init(_ weight: Weight, moments: [Weight], step: Int = 0) {
    self.weight = weight
    self.moments = moments
    self.step = step
  }

  /// The memory of a weight that has never been updated.
  static func fresh(for weight: Weight, _ rule: any UpdateRule) throws -> WeightMemory {
    let value = weight.value
    let zeros = try Tensor.zeros(value.shape, value.dtype)
    return WeightMemory(weight, moments: noGradient { rule.moments.map { _ in Weight(zeros) } })
  }

  /// Sees to it that the weight and its moments have memory that nobody else looks into, without changing a number.
  func makeWritable() throws {
    for box in [weight] + moments {
      switch box.value.dtype {
      case .float64: try box.update(Double.self) { _ in }
      default: try box.update(Float.self) { _ in }
      }
    }
  }
}
