import LimnModels
import LimnTensor
import Testing

/// Outputs and gradients come from PyTorch 2.13: see ``Peer``.
@Suite("Layers compute what PyTorch's compute, with the same gradients")
struct LayerPeerTests {
  private let random = RandomSource(seed: 1)

  /// Gives the layer the fixture's weights and compares its output, and the gradients for input and weights.
  private func check(_ layer: some Layer, _ name: String, tolerance: Double = 1e-11) throws {
    for (path, weight) in layer.ownWeights { weight.value = try Peer.tensor("\(name).\(path)") }
    let x = try Peer.tensor("\(name).x")
    let found = try outputAndGradients(of: layer, at: x, weightedBy: try Peer.tensor("\(name).y_gradient"))
    try expectClose(found.y, try Peer.tensor("\(name).y"), tolerance)
    try expectClose(found.x, try Peer.tensor("\(name).x_gradient"), tolerance)
    for (path, gradient) in found.weights {
      try expectClose(gradient, try Peer.tensor("\(name).\(path)_gradient"), tolerance)
    }
    // The same in single precision, through the fused paths.
    for (path, weight) in layer.ownWeights { weight.value = try Peer.tensor("\(name).\(path)").converted(to: .float32) }
    for (_, statistic) in layer.ownStatistics { statistic.value = try statistic.value?.converted(to: .float32) }
    let single = try layer(try x.converted(to: .float32))
    #expect(single.dtype == .float32)
    try expectClose(single, try Peer.tensor("\(name).y"), 1e-4)
  }

  @Test func dense() throws { try check(Dense(3, random: random), "dense") }

  /// Height and width differ, and `same` puts the odd zero at the end.
  @Test func convolution() throws { try check(Conv2D(4, kernel: 5, stride: 2, random: random), "conv2d") }

  @Test func dilatedConvolution() throws {
    try check(Conv2D(4, kernel: 3, dilation: 2, random: random), "conv2d_dilated")
  }

  @Test func transposedConvolution() throws {
    try check(ConvTranspose2D(3, kernel: 5, stride: 2, random: random), "conv_transpose2d")
  }

  @Test func transposedConvolutionWithoutStride() throws {
    try check(ConvTranspose2D(3, kernel: 3, random: random), "conv_transpose2d_stride1")
  }

  @Test func layerNorm() throws { try check(LayerNorm(), "layer_norm") }

  @Test func embedding() throws {
    let layer = try Embedding(5, 2, random: random)
    layer.weight.value = try Peer.tensor("embedding.weight")
    let indices = try Peer.tensor("embedding.indices")
    let weighting = try Peer.tensor("embedding.y_gradient")
    try expectEqual(try layer(indices), try Peer.tensor("embedding.y"))
    #expect(failure { try layer(Tensor([-1])) }?.code == .indexOutOfRange)
    let gradient = try valueAndGradients(for: [layer.weight]) { try (layer(indices) * weighting).sum() }.gradients[0]
    try expectClose(gradient, try Peer.tensor("embedding.weight_gradient"))
  }

  @Test func batchNormInUse() throws {
    let layer = try BatchNorm()
    layer.runningMean.value = try Peer.tensor("batch_norm.inference.running_mean")
    layer.runningVariance.value = try Peer.tensor("batch_norm.inference.running_variance")
    try check(layer, "batch_norm.inference")
    // Nothing but its precision has changed.
    try expectClose(layer.runningMean.value, try Peer.tensor("batch_norm.inference.running_mean"), 1e-6)
  }

  @Test func batchNormInTraining() throws {
    let layer = try BatchNorm()
    try TrainingMode.with(true) { try check(layer, "batch_norm.training") }
  }

  @Test("Batch norm's running statistics move once a call; the variance is the biased one")
  func runningStatistics() throws {
    let layer = try BatchNorm()
    let x = try Peer.tensor("batch_norm.training.x")
    _ = try TrainingMode.with(true) { try layer(x) }
    try expectClose(layer.runningMean.value, try Peer.tensor("batch_norm.training.running_mean"))
    // PyTorch's running variance is unbiased: the batch's part of it is n / (n - 1) times ours, with n = 3 · 2 · 2.
    let unbiased = try Peer.tensor("batch_norm.training.running_variance_unbiased")
    let expected = try (unbiased - 0.99) * .float(11.0 / 12) + 0.99
    try expectClose(layer.runningVariance.value, expected)
  }

  @Test("A small generator learns as it does in PyTorch, loss by loss")
  func network() throws {
    let project = try Dense(3 * 3 * 8, activation: .relu, bias: false, random: random)
    let up = try ConvTranspose2D(4, kernel: 5, stride: 2, bias: false, random: random)
    let norm = try BatchNorm()
    let last = try Conv2D(2, kernel: 3, activation: .tanh, random: random)
    let model = project >>> FunctionLayer.reshape([-1, 3, 3, 8]) >>> up >>> norm
      >>> Activation.leakyRelu(0.2).layer >>> last
    let weights: [(String, Weight?)] = [
      ("project", project.kernel), ("up", up.kernel), ("gain", norm.gain), ("bias", norm.bias),
      ("last", last.kernel), ("last_bias", last.bias),
    ]
    for (name, weight) in weights { weight?.value = try Peer.tensor("network.\(name)_start") }
    let (z, target) = (try Peer.tensor("network.z"), try Peer.tensor("network.target"))
    let optimizer = try Optimizer.adam(model, learningRate: 0.01)
    for loss in try Peer.tensor("network.losses").doubles() {
      let step = try minimize([optimizer]) { [try meanSquaredError(try model(z), target)] }
      #expect(abs(step.losses[0] - loss) < 1e-10)
    }
    for (name, weight) in weights { try expectClose(weight?.value, try Peer.tensor("network.\(name)_end"), 1e-8) }
  }
}
