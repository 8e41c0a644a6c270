import LimnTensor
import Testing

@testable import LimnModels

/// Values come from torch.optim in PyTorch 2.13: see ``Peer``.
@Suite("Optimizers step as PyTorch's do")
struct OptimizerPeerTests {
  /// Applies the fixture's five gradients and compares the weight after each.
  private func check(
    _ name: String, _ rule: some UpdateRule, learningRate: LearningRate, dtype: DType = .float64,
    tolerance: Double = 1e-12
  ) throws {
    let weight = Weight(try Peer.tensor("optimizer.start").converted(to: dtype))
    let optimizer = Optimizer(rule, learningRate: learningRate) {
      var contents = ModelContents()
      contents.add(weight, at: "w")
      return contents
    }
    let gradients = try Peer.tensor("optimizer.gradients")
    let expected = try Peer.tensor("optimizer.\(name)")
    for step in 0..<5 {
      try optimizer.apply(["w": try row(step, of: gradients).converted(to: dtype)])
      try expectClose(weight.value, try row(step, of: expected), tolerance)
      #expect(weight.value.dtype == dtype)
    }
    #expect(optimizer.step == 5)
  }

  private func row(_ index: Int, of tensor: Tensor) throws -> Tensor {
    try tensor.taking(Tensor([index])).squeezed([0])
  }

  @Test func gradientDescent() throws { try check("sgd", SGD(), learningRate: 0.1) }

  @Test func momentum() throws { try check("sgd_momentum", SGD(momentum: 0.9), learningRate: 0.1) }

  @Test func nesterovMomentumAndDecay() throws {
    try check("sgd_nesterov", SGD(momentum: 0.9, nesterov: true, weightDecay: 0.05), learningRate: 0.1)
  }

  @Test func rmsprop() throws { try check("rmsprop", RMSProp(), learningRate: 0.01) }

  @Test func rmspropWithMomentumAndDecay() throws {
    try check("rmsprop_momentum", RMSProp(decay: 0.9, momentum: 0.8, weightDecay: 0.1), learningRate: 0.01)
  }

  @Test func adam() throws { try check("adam", Adam(), learningRate: 0.01) }

  @Test func adamInSinglePrecision() throws {
    try check("adam", Adam(), learningRate: 0.01, dtype: .float32, tolerance: 1e-6)
  }

  @Test func adamWithDecayInTheGradient() throws {
    let rule = try Adam(beta1: 0.5, beta2: 0.9, epsilon: 1e-3, weightDecay: 0.1)
    try check("adam_decay", rule, learningRate: 0.01)
    try check("adam_decay", rule, learningRate: 0.01, dtype: .float32, tolerance: 1e-6)
  }

  @Test func adamw() throws {
    let rule = try Adam(weightDecay: 0.2, decoupled: true)
    try check("adamw", rule, learningRate: 0.01)
    try check("adamw", rule, learningRate: 0.01, dtype: .float32, tolerance: 1e-6)
  }

  @Test func adagrad() throws { try check("adagrad", Adagrad(), learningRate: 0.1) }

  @Test func clippingByNormSpansAllWeights() throws {
    let gradients = try [Peer.tensor("clipping.first"), Peer.tensor("clipping.second")]
    let clipped = try Clipping.norm(0.5).clip(gradients)
    // PyTorch adds 1e-6 to the norm before it divides.
    try expectClose(clipped[0], try Peer.tensor("clipping.first_clipped"), 1e-6)
    try expectClose(clipped[1], try Peer.tensor("clipping.second_clipped"), 1e-6)
    #expect(abs(try Clipping.norm(of: clipped) - 0.5) < 1e-12)
  }
}
