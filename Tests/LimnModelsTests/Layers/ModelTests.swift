import LimnTensor
import Testing

@testable import LimnModels

@Suite("A model")
struct ModelTests {
  private let random = RandomSource(seed: 6)

  /// A layer that uses one dense layer twice, and holds a weight of its own.
  private final class Tied: Layer {
    let first: Dense
    let again: Dense
    let scale: Weight

    init(first: Dense, again: Dense, scale: Weight) { (self.first, self.again, self.scale) = (first, again, scale) }

    var name: String { "tied" }
    var ownWeights: [(name: String, weight: Weight)] { [("scale", scale)] }
    var children: [(name: String, layer: any Layer)] { [("first", first), ("again", again)] }
    func callAsFunction(_ x: Tensor) throws -> Tensor { try again(first(x)) * scale.tensor }
    func copied(by copier: Copier) -> Tied {
      Tied(first: copier.copy(first), again: copier.copy(again), scale: copier.copy(scale))
    }
  }

  private func tied() throws -> Tied {
    let dense = try Dense(2, random: random)
    return Tied(first: dense, again: dense, scale: Weight(try Tensor(Float(3))))
  }

  @Test("lists its weights by path, in order, each once")
  func paths() throws {
    let model = try tied() >>> (Dense(1, bias: false, random: random) >>> BatchNorm())
    #expect(
      model.contents.weights.map(\.path) == [
        "0.scale", "0.first.kernel", "0.first.bias", "1.kernel", "2.gain", "2.bias",
      ])
    #expect(model.contents.statistics.map(\.path) == ["2.running_mean", "2.running_variance"])
    #expect(model.contents.layers.map(\.path) == ["", "0", "0.first", "1", "2"])
  }

  @Test("prints as the chain that made it")
  func printing() throws {
    let model = try Conv2D(64, kernel: 5, stride: 2, random: random) >>> Activation.leakyRelu(0.2).layer
      >>> Dropout(0.3, random: random) >>> FunctionLayer.flatten() >>> FunctionLayer.reshape([-1, 4])
      >>> (Dense(1, activation: .relu, bias: false, random: random) >>> BatchNorm(epsilon: 1e-5))
    #expect(
      model.description == """
        conv2d(64, kernel: 5, stride: 2) >> leaky_relu(0.2) >> dropout(0.3) >> flatten >> reshape(-1, 4) >> \
        dense(1, activation: "relu", bias: false) >> batch_norm(epsilon: 1e-05)
        """)
    let convolution = try Conv2D(
      8, kernel: WindowSize(rows: 1, columns: 3), padding: .explicit(before: 0, after: 2), dilation: 2,
      activation: .leakyRelu(0.1), random: random)
    #expect(
      convolution.description
        == "conv2d(8, kernel: [1, 3], padding: [0, 2], dilation: 2, activation: leaky_relu(0.1))")
    #expect(try Embedding(10, 4, random: random).description == "embedding(10, 4)")
    #expect(Sequential([]).description == "sequential()")
  }

  @Test("applies its layers in order")
  func sequential() throws {
    let double = FunctionLayer("double") { try $0 * 2 }
    let addOne = FunctionLayer("add_one") { try $0 + 1 }
    let x = try Tensor([1.0, 2.0])
    try expectEqual(try (double >>> addOne)(x), try Tensor([3.0, 5.0]))
    try expectEqual(try (addOne >>> double)(x), try Tensor([4.0, 6.0]))
    try expectEqual(try Sequential([])(x), x)
  }

  @Test("is copied deeply: what is shared stays shared, and nothing with the original")
  func copying() throws {
    let model = try tied() >>> BatchNorm() >>> Dropout(0.5, random: random)
    let x = try Tensor.ones([4, 2])
    _ = try TrainingMode.with(true) { try model(x) }
    let copy = model.copy()
    try expectEqual(try copy(x), try model(x))
    let originals = model.contents
    let copies = copy.contents
    #expect(originals.weights.map(\.path) == copies.weights.map(\.path))
    for (a, b) in zip(originals.weights, copies.weights) {
      #expect(a.weight !== b.weight)
      b.weight.value = try Tensor.zeros(b.weight.value.shape)
    }
    for (a, b) in zip(originals.statistics, copies.statistics) {
      #expect(a.statistic !== b.statistic)
      try expectEqual(a.statistic.value, b.statistic.value)
      b.statistic.value = nil
    }
    #expect(originals.weights.map(\.weight.value.count) == [1, 4, 2, 2, 2])
    #expect(try originals.weights[1].weight.value.norm().item().double > 0)
    #expect(originals.statistics.allSatisfy { $0.statistic.value != nil })
    let inner = try #require(copy.layers[0] as? Tied)
    #expect(inner.first === inner.again)
    // Dropout goes on from the same count, each for itself.
    _ = try TrainingMode.with(true) { try model.layers[2](x) }
    #expect(model.layers[2].stream?.state.position == 2)
    #expect(copy.layers[2].stream?.state.position == 1)
  }

  @Test("that has not been called is copied with its key, and gets the same weights")
  func copyingBeforeShape() throws {
    let layer = try Dense(3, random: random)
    let copy = layer.copy()
    let x = try Tensor.ones([1, 2])
    try expectEqual(try copy(x), try layer(x))
    #expect(layer.kernel !== copy.kernel)
  }

  @Test("can tie an embedding to an output layer")
  func tying() throws {
    let embed = try Embedding(7, 3, random: random)
    let loss = { try embed(Tensor([1, 2])).matrixProduct(embed.weight.tensor.transposed()).square().mean() }
    let optimizer = try Optimizer.sgd(embed, learningRate: 0.5)
    let first = try minimize([optimizer]) { [try loss()] }.losses[0]
    for _ in 0..<5 { _ = try minimize([optimizer]) { [try loss()] } }
    #expect(try loss().item().double < first)
  }

  @Test("finds an activation by its name, and suggests one for a misspelt name")
  func activations() throws {
    for activation in Activation.named {
      try expectEqual(
        try Activation(named: activation.name)(Tensor([-1.0, 0.5])), try activation(Tensor([-1.0, 0.5])))
    }
    let error = failure { try Activation(named: "leaky_rellu") }
    #expect(error?.code == .unknownName)
    #expect(error?.message == "there is no activation \"leaky_rellu\"")
    #expect(error?.help == "did you mean \"leaky_relu\"?")
    #expect(failure { try Activation(named: "quux") }?.help == nil)
  }

  @Test("uses each activation's formula")
  func formulas() throws {
    // Closed forms at -1 and 2.
    let expected: [(Activation, Double, Double)] = [
      (.relu, 0, 2), (.leakyRelu(0.2), -0.2, 2), (.elu(), -0.6321205588285577, 2),
      (.gelu(), -0.15865525393145707, 1.9544997361036416), (.silu, -0.2689414213699951, 1.7615941559557649),
      (.softplus, 0.3132616875182228, 2.1269280110429727), (.tanh, -0.7615941559557649, 0.9640275800758169),
      (.sigmoid, 0.2689414213699951, 0.8807970779778823), (.softmax(), 0.04742587317756678, 0.9525741268224333),
    ]
    for (activation, low, high) in expected {
      try expectClose(try activation.layer(Tensor([-1.0, 2.0])), try Tensor([low, high]), 1e-7)
    }
  }
}
