import Testing

@testable import LimnTensor

/// Values are those of PyTorch 2.13's `Adam` and `AdamW` on the loss w₁² + w₂²/2 + 2 w₃².
@Suite("A step of Adam")
struct AdamUpdateTests {
  private func threeSteps(_ dtype: DType, decay: Double) throws -> [Double] {
    let start = try Tensor([1.0, -2, 3]).converted(to: dtype)
    let weight = Weight(start)
    let (first, second) = (Weight(try Tensor.zeros([3], dtype)), Weight(try Tensor.zeros([3], dtype)))
    let slopes = try Tensor([2.0, 1, 4]).converted(to: dtype)
    let update = AdamUpdate(learningRate: 0.1, weightDecay: decay)
    for step in 1...3 {
      let gradient = try weight.value.multiplied(by: slopes)
      try update([.init(weight, gradient: gradient, firstMoment: first, secondMoment: second, step: step)])
    }
    #expect(try start.doubles() == [1, -2, 3])
    return try weight.value.doubles()
  }

  @Test("takes PyTorch's steps, with weight decay and without", arguments: [DType.float32, .float64])
  func peer(dtype: DType) throws {
    let tolerance = dtype == .float32 ? 1e-6 : 1e-12
    try expectClose(
      try threeSteps(dtype, decay: 0), [0.7015862729460302, -1.7006233928121137, 2.700381523197209], tolerance)
    try expectClose(
      try threeSteps(dtype, decay: 0.1), [0.6751012216400697, -1.6443686843220089, 2.6144056170289565], tolerance)
  }

  @Test("changes every element of a long weight alike, at the end of a vector too")
  func longWeights() throws {
    for count in [1, 7, 8, 9, 40_003] {
      let weight = Weight(try Tensor.ones([count]))
      let (first, second) = (Weight(try Tensor.zeros([count])), Weight(try Tensor.zeros([count])))
      try AdamUpdate(learningRate: 0.5)([
        .init(weight, gradient: try Tensor.ones([count]), firstMoment: first, secondMoment: second, step: 1)
      ])
      #expect(try weight.value.elements(Float.self).allSatisfy { abs($0 - 0.5) < 1e-6 })
    }
  }

  @Test("changes many weights at once as it changes each alone, wherever tiles cut them")
  func manyWeights() throws {
    let counts = [3, 1, 4090, 0, 5, 8192, 1, 1, 20_001, 7]
    func changes(_ dtype: DType) throws -> [AdamUpdate.Change] {
      try counts.enumerated().map { index, count in
        let values = try Tensor((0..<count).map { Double($0 % 13) - 6.5 }).converted(to: dtype)
        return AdamUpdate.Change(
          Weight(values), gradient: try values.multiplied(by: .float(Double(index) + 1)),
          firstMoment: Weight(try Tensor.ones([count], dtype)), secondMoment: Weight(try Tensor.ones([count], dtype)),
          step: index + 1)
      }
    }
    let update = AdamUpdate(learningRate: 0.1, weightDecay: 0.1)
    let (together, alone) = (try changes(.float32) + changes(.float64), try changes(.float32) + changes(.float64))
    try update(together)
    for change in alone { try update([change]) }
    for (one, other) in zip(together, alone) {
      #expect(try one.weight.value.doubles() == other.weight.value.doubles())
      #expect(try one.firstMoment.value.doubles() == other.firstMoment.value.doubles())
      #expect(try one.secondMoment.value.doubles() == other.secondMoment.value.doubles())
      #expect(try one.firstMoment.value.doubles().allSatisfy { $0 != 1 })
    }
  }

  @Test("refuses what does not fit, and then changes nothing")
  func errors() throws {
    let (weight, other) = (Weight(try Tensor.ones([3])), Weight(try Tensor.ones([3])))
    let (first, second) = (Weight(try Tensor.zeros([3])), Weight(try Tensor.zeros([3])))
    let update = AdamUpdate(learningRate: 0.1)
    #expect(
      Tensor.code {
        try update([.init(weight, gradient: try Tensor.ones([2]), firstMoment: first, secondMoment: second, step: 1)])
      } == "shape-mismatch")
    #expect(
      Tensor.code {
        try update([
          .init(weight, gradient: try Tensor.ones([3]), firstMoment: first, secondMoment: second, step: 1),
          .init(other, gradient: try Tensor.ones([3], .float64), firstMoment: first, secondMoment: second, step: 1),
        ])
      } == "dtype-mismatch")
    #expect(try weight.value.doubles() == [1, 1, 1])
    #expect(try first.value.doubles() == [0, 0, 0])
  }
}
