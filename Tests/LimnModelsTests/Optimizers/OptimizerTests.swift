import LimnTensor
import Testing

@testable import LimnModels

@Suite("An optimizer")
struct OptimizerTests {
  private let random = RandomSource(seed: 3)

  private func contents(_ weights: [String: Weight]) -> ModelContents {
    var contents = ModelContents()
    for (path, weight) in weights.sorted(by: { $0.key < $1.key }) { contents.add(weight, at: path) }
    return contents
  }

  @Test("leaves weights alone that have no gradient, and does not count a step for them")
  func skipsUnreachedWeights() throws {
    let (a, b) = (Weight(try Tensor([1.0, 2.0])), Weight(try Tensor([3.0])))
    let optimizer = Optimizer(try Adam(), learningRate: 0.1) { contents(["a": a, "b": b]) }
    try optimizer.apply(["a": try Tensor([1.0, -1.0])])
    try optimizer.apply(["b": try Tensor([5.0])])
    // Adam's first update of a weight is the learning rate towards minus the gradient's sign, up to ε.
    try expectClose(a.value, try Tensor([0.9, 2.1]), 1e-7)
    try expectClose(b.value, try Tensor([2.9]), 1e-7)
    #expect(optimizer.step == 2)
  }

  @Test("refuses a gradient for a weight that it does not have, suggests the right name, and changes nothing")
  func unknownPath() throws {
    let weight = Weight(try Tensor([1.0]))
    let optimizer = Optimizer(try SGD(), learningRate: 0.1) { contents(["kernel": weight]) }
    let error = failure { try optimizer.apply(["kernal": try Tensor([1.0])]) }
    #expect(error?.code == .unknownName)
    #expect(error?.message == "the optimizer's model has no weight \"kernal\"")
    #expect(error?.help == "did you mean \"kernel\"?")
    #expect(optimizer.step == 0)
    try expectEqual(weight.value, try Tensor([1.0]))
  }

  @Test("refuses a gradient of another shape")
  func mismatchedGradient() throws {
    let weight = Weight(try Tensor([1.0]))
    let optimizer = Optimizer(try SGD(), learningRate: 0.1) { contents(["kernel": weight]) }
    let error = failure { try optimizer.apply(["kernel": try Tensor([1.0, 2.0])]) }
    #expect(error?.code == .shapeMismatch)
    #expect(error?.message == "the gradient of kernel is [2], and the weight is [1]")
  }

  @Test("asks a schedule for each step's rate")
  func schedule() throws {
    let weight = Weight(try Tensor([0.0]))
    let rate = LearningRate.schedule(Schedule("halving") { 1 / Double(1 << $0) })
    let optimizer = Optimizer(try SGD(), learningRate: rate) { contents(["w": weight]) }
    for _ in 0..<3 { try optimizer.apply(["w": try Tensor([1.0])]) }
    try expectEqual(weight.value, try Tensor([-1.75]))
  }

  @Test("refuses a learning rate that is no sensible number", arguments: [-1.0, .nan, .infinity])
  func badRate(_ rate: Double) throws {
    let weight = Weight(try Tensor([1.0]))
    let optimizer = Optimizer(try SGD(), learningRate: .constant(rate)) { contents(["w": weight]) }
    #expect(failure { try optimizer.apply(["w": try Tensor([1.0])]) }?.code == .badArgument)
    try expectEqual(weight.value, try Tensor([1.0]))
  }

  /// By hand from the formula: β₁ = 0.5, β₂ = 0.75, λ = 0.5, η = 0.5.
  @Test("by Lion's rule takes steps of one length along the sign of the mean")
  func lion() throws {
    let weight = Weight(try Tensor([8.0, 8.0]))
    let rule = try Lion(beta1: 0.5, beta2: 0.75, weightDecay: 0.5)
    let optimizer = Optimizer(rule, learningRate: 0.5) { contents(["w": weight]) }
    try optimizer.apply(["w": try Tensor([4.0, -4.0])])
    try expectEqual(weight.value, try Tensor([5.5, 6.5]))
    // The mean is now ±1, and 0.5 · ±1 ∓ 0.5 · 0.5 keeps its sign.
    try optimizer.apply(["w": try Tensor([-0.5, 0.5])])
    try expectEqual(weight.value, try Tensor([3.625, 5.375]))
  }

  @Test("clips elements, and norms only when they exceed the limit")
  func clipping() throws {
    let gradient = try Tensor([3.0, -4.0])
    try expectEqual(try Clipping.value(1).clip([gradient])[0], try Tensor([1.0, -1.0]))
    try expectClose(try Clipping.norm(1).clip([gradient])[0], try Tensor([0.6, -0.8]))
    try expectEqual(try Clipping.norm(5).clip([gradient])[0], gradient)
    #expect(failure { try Clipping.norm(1).clip([Tensor([Double.nan])]) }?.code == .notFinite)
    #expect(failure { try Clipping.norm(0).clip([gradient]) }?.code == .badArgument)
    #expect(failure { try Clipping.value(-1).clip([gradient]) }?.code == .badArgument)
  }

  @Test("checks its hyperparameters")
  func hyperparameters() {
    #expect(failure { try SGD(momentum: 1) }?.code == .badArgument)
    #expect(failure { try SGD(nesterov: true) }?.message == "nesterov needs a momentum")
    #expect(failure { try Adam(beta2: -0.1) }?.code == .badArgument)
    #expect(failure { try Adam(epsilon: .nan) }?.code == .badArgument)
    #expect(failure { try RMSProp(decay: 1.5) }?.message == "decay is at least 0 and less than 1, and 1.5 is not")
  }

  @Test("prints as one would write it, without what is default")
  func printing() throws {
    let layer = try Dense(1, random: random)
    #expect(try Optimizer.adam(layer, learningRate: 1e-4, beta1: 0.5).description == "adam(lr: 0.0001, beta1: 0.5)")
    #expect(try Optimizer.adamw(layer).description == "adamw(lr: 0.001)")
    #expect(
      try Optimizer.sgd(layer, momentum: 0.9, nesterov: true, clipping: .norm(1)).description
        == "sgd(lr: 0.01, momentum: 0.9, nesterov: true, clip_norm: 1.0)")
    let schedule = LearningRate.schedule(try .cosine(from: 0.1, steps: 5))
    #expect(
      try Optimizer.rmsprop(layer, learningRate: schedule).description
        == "rmsprop(lr: cosine(0.1, to: 0.0, steps: 5))")
  }

  @Test("does not touch a tensor that was read from the weight before the step")
  func oldValuesStay() throws {
    let weight = Weight(try Tensor([Float(1), 2]))
    let before = weight.value
    let optimizer = Optimizer(try Adam(), learningRate: 0.5) { contents(["w": weight]) }
    for _ in 0..<3 { try optimizer.apply(["w": try Tensor([Float(1), 1])]) }
    try expectEqual(before, try Tensor([Float(1), 2]))
    #expect(try weight.value.doubles()[0] < 0)
  }
}
