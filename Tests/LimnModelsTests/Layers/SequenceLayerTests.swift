import LimnModels
import LimnTensor
import Testing

@Suite("Sequence layers")
struct SequenceLayerTests {
  private let random = RandomSource(seed: 3)
  private func noise(_ shape: Shape, seed: UInt64 = 9) throws -> Tensor { try RandomSource(seed: seed).normal(shape) }

  @Test("a recurrent layer goes a step at a time as it goes all at once", arguments: RecurrentCell.allCases)
  func steps(_ cell: RecurrentCell) throws {
    let layer = try Recurrent(cell, 6, random: random)
    let x = try noise([2, 4, 3])
    let whole = try layer.run(x)
    var state: [Tensor] = []
    for time in 0..<4 {
      let step = try layer.step(x[.all, .at(time)], state: state)
      try expectClose(step.output, try whole.outputs[.all, .at(time)], 1e-6)
      state = step.state
    }
    for (a, b) in zip(state, whole.state) { try expectClose(a, b, 1e-6) }
    try expectEqual(try Recurrent(cell, 6, steps: .last, random: RandomSource(seed: 3))(x), whole.state[0])
  }

  @Test("an LSTM's forget gate begins open")
  func forgetGate() throws {
    let layer = try Recurrent(.lstm, 2, random: random)
    _ = try layer(noise([1, 1, 3]))
    #expect(try layer.bias?.value.doubles() == [0, 0, 1, 1, 0, 0, 0, 0])
  }

  @Test("a bidirectional layer reads from both ends")
  func bidirectional() throws {
    let layer = try Bidirectional(Recurrent(.gru, 3, random: random), random: random)
    let x = try noise([2, 5, 4])
    let y = try layer(x)
    #expect(y.shape == [2, 5, 6])
    let turned = try layer.backward(x.flipped(axes: [1])).flipped(axes: [1])
    try expectEqual(try y[.all, .all, .slice(start: 3)], turned)
  }

  @Test("a cache makes a block's next element cost one step, with the same result", arguments: [false, true])
  func cache(rotary: Bool) throws {
    let places = try PositionalEncoding(random: random)
    let block = try TransformerBlock(8, heads: 2, causal: true, rotary: rotary, random: random)
    let x = try noise([2, 40, 8])
    let whole = try block(places(x))
    let cache = AttentionCache()
    var parts: [Tensor] = []
    for range in [0..<3, 3..<4, 4..<30, 30..<40] {
      let part = try x[.all, .slice(start: range.lowerBound, stop: range.upperBound)]
      let placed = try places(part, context: nil, mask: nil, cache: cache)
      parts.append(try block(placed, context: nil, mask: nil, cache: cache))
    }
    #expect(cache.length == 40)
    try expectClose(try Tensor.concatenated(parts, axis: 1), whole, 1e-5)
  }

  @Test("a decoder's block looks at a context, and keeps its keys in the cache")
  func cross() throws {
    let block = try TransformerBlock(8, heads: 2, causal: true, cross: true, random: random)
    let (x, context) = (try noise([2, 3, 8]), try noise([2, 5, 8], seed: 4))
    let whole = try block(x, context: context, mask: nil, cache: nil)
    let cache = AttentionCache()
    let steps = try (0..<3).map {
      try block(x[.all, .slice(start: $0, stop: $0 + 1)], context: context, mask: nil, cache: cache)
    }
    try expectClose(try Tensor.concatenated(steps, axis: 1), whole, 1e-5)
    #expect(failure { try block(x) }?.code == .badArgument)
  }

  @Test("rotary products depend on distances alone")
  func rotaryDistances() throws {
    let (q, k) = (try noise([1, 1, 1, 8]), try noise([1, 1, 1, 8], seed: 4))
    func product(_ a: Int, _ b: Int) throws -> Double {
      try (rotary(q, offset: a) * rotary(k, offset: b)).sum().item().double
    }
    #expect(abs(try product(3, 7) - product(103, 107)) < 1e-4)
    #expect(failure { try rotary(noise([1, 1, 1, 3])) }?.code == .shapeMismatch)
  }

  @Test("sinusoidal positions are the paper's, and learned ones have an end")
  func positions() throws {
    let y = try PositionalEncoding(random: random)(Tensor.zeros([1, 3, 4]))
    let expected = [0.8414709848, 0.5403023059, 0.0099998333, 0.9999500004]
    try expectClose(try y[.at(0), .at(1)], try Tensor(expected).converted(to: .float32), 1e-6)
    let learned = try PositionalEncoding(.learned, length: 2, random: random)
    #expect(failure { try learned(Tensor.zeros([1, 3, 4])) }?.code == .shapeMismatch)
  }

  @Test("spectral norm divides by the largest singular value")
  func spectralNorm() throws {
    let layer = try SpectralNorm(Dense(4, bias: false, random: random), random: random)
    let x = try noise([5, 3])
    _ = try layer(x)
    for _ in 0..<40 { _ = try TrainingMode.with(true) { try layer(x) } }
    let kernel = try #require(layer.contents.weights.first?.weight.value)
    let largest = try kernel.svd().s.max().item().double
    try expectClose(try layer(x), try x.matrixProduct(kernel) * .float(1 / largest), 1e-4)
  }

  @Test("a graph convolution takes the mean of neighbors, and a graph attention looks at them alone")
  func graphs() throws {
    // 0 - 1, and 2 by itself.
    let adjacency = try Tensor([0, 1, 0, 1, 0, 0, 0, 0, 0].map(Float.init)).reshaped([3, 3])
    let x = try noise([3, 2])
    let gcn = try GraphConvolution(2, bias: false, random: random)
    _ = try gcn(x, adjacency: adjacency)
    gcn.linear.kernel.value = try Tensor.eye(2)
    let mean = try (x[.at(0)] + x[.at(1)]) * 0.5
    try expectClose(try gcn(x, adjacency: adjacency), try Tensor.stacked([mean, mean, x[.at(2)]]), 1e-6)
    let gat = try GraphAttention(3, heads: 2, random: random)
    let y = try gat(x, adjacency: adjacency)
    let moved = try x.setting([.at(2)], to: Tensor([Float(9), 9]))
    try expectEqual(try gat(moved, adjacency: adjacency)[.slice(stop: 2)], try y[.slice(stop: 2)])
    #expect(failure { try gat(x) }?.code == .badArgument)
  }

  @Test("an average follows the weights")
  func average() throws {
    let model = try Dense(1, bias: false, random: random)
    model.kernel.value = try Tensor.full([1, 1], 1)
    let copy = model.copy()
    let mean = try WeightAverage(decay: 0.75, warm: false, source: { model.contents }, target: { copy.contents })
    try mean.update()
    model.kernel.value = try Tensor.full([1, 1], 5)
    try mean.update()
    #expect(try copy.kernel.value.item().double == 2)
    #expect(try model.kernel.value.item().double == 5)
  }

  @Test("layers copy deeply and print as they are written")
  func copies() throws {
    let layers: [any Layer] = [
      try Recurrent(.lstm, 4, steps: .last, random: random), try MultiHeadAttention(2, causal: true, random: random),
      try TransformerBlock(8, heads: 2, random: random), try GroupNorm(2), try RMSNorm(),
      try ConvolutionLayer(.conv1D, 3, kernel: [2], causal: true, random: random),
    ]
    let texts = [
      "lstm(4, steps: \"last\")", "attention(2, causal: true)", "transformer_block(8, 2)", "group_norm(2)",
      "rms_norm()", "conv1d(3, kernel: 2, padding: \"causal\")",
    ]
    #expect(layers.map(\.description) == texts)
    let x = try noise([2, 3, 8])
    for layer in layers {
      let y = try layer(x)
      let copy = layer.copy()
      for (_, weight) in layer.contents.weights { weight.value = try weight.value * 2 }
      try expectEqual(try copy(x), y)
    }
  }
}
