import LimnTensor
import Testing

@testable import LimnModels

@Suite("A layer takes its shape on its first call")
struct ShapingTests {
  private let random = RandomSource(seed: 5)

  @Test("and makes its weights then")
  func firstCall() throws {
    let layer = try Conv2D(6, kernel: WindowSize(rows: 3, columns: 5), stride: 2, random: random)
    #expect(layer.contents.weights.map(\.path) == ["kernel", "bias"])
    #expect(!layer.kernel.isShaped)
    let y = try layer(Tensor.zeros([2, 9, 8, 4]))
    #expect(y.shape == [2, 5, 4, 6])
    #expect(layer.kernel.value.shape == [3, 5, 4, 6])
    #expect(layer.bias?.value.shape == [6])
    #expect(layer.contents.parameterCount == 3 * 5 * 4 * 6 + 6)
  }

  @Test("from its own key: the order of first calls does not matter")
  func orderOfCalls() throws {
    func values(firstCalled first: Int) throws -> [Tensor] {
      let random = RandomSource(seed: 8)
      let layers = try (0..<3).map { _ in try Dense(4, random: random) }
      let x = try Tensor.ones([1, 5])
      _ = try layers[first](x)
      for layer in layers { _ = try layer(x) }
      return layers.map { $0.kernel.value }
    }
    let (forward, backward) = (try values(firstCalled: 0), try values(firstCalled: 2))
    for (a, b) in zip(forward, backward) { try expectEqual(a, b) }
    #expect(try !forward[0].isEqual(to: forward[1]))
  }

  @Test("and its weights' element type: that of the input, or float32 for integers")
  func elementTypes() throws {
    func type(for dtype: DType) throws -> DType {
      let layer = try Dense(2, random: random)
      _ = try layer(Tensor.ones([1, 3], dtype))
      return layer.kernel.value.dtype
    }
    #expect(try type(for: .float32) == .float32)
    #expect(try type(for: .float64) == .float64)
    #expect(try type(for: .uint8) == .float32)
  }

  @Test("An input with other channels is an error that says where the shape came from")
  func otherChannels() throws {
    let layer = try Conv2D(64, kernel: 5, random: random)
    try CallSite.with({ "cell 2, line 5" }) { _ = try layer(Tensor.zeros([1, 6, 6, 1])) }
    let error = try #require(failure { try layer(Tensor.zeros([64, 28, 28, 3])) })
    #expect(
      error.description == """
        error[shape-mismatch]: conv2d got 3 channels, but its kernel was made for 1
          input is [64, 28, 28, 3]
          = the kernel took its shape on the first call, cell 2, line 5: [5, 5, 1, 64]
        help: make a new conv2d for inputs of 3 channels
        """)
  }

  @Test("The same error comes from every layer with a size")
  func otherSizes() throws {
    let layers: [(any Layer, Shape, Shape, String)] = [
      (try Dense(2, random: random), [1, 3], [1, 1], "dense got 1 feature, but its kernel was made for 3"),
      (
        try ConvTranspose2D(2, kernel: 3, random: random), [1, 2, 2, 3], [1, 2, 2, 4],
        "conv_transpose2d got 4 channels, but its kernel was made for 3"
      ),
      (try BatchNorm(), [2, 3], [2, 5], "batch_norm got 5 channels, but its running mean was made for 3"),
      (try LayerNorm(), [2, 3], [2, 5], "layer_norm got 5 features, but its gain was made for 3"),
    ]
    for (layer, first, second, message) in layers {
      _ = try layer(Tensor.ones(first))
      let error = failure { try layer(Tensor.ones(second)) }
      #expect(error?.code == .shapeMismatch)
      #expect(error?.message == message)
    }
  }

  @Test("A wrong number of axes is an error that names them")
  func axes() throws {
    let error = failure { try Conv2D(1, kernel: 3, random: random)(Tensor.zeros([28, 28, 1])) }
    #expect(error?.message == "conv2d wants 4 axes, and got 3")
    #expect(error?.notes == ["the axes are [batch, height, width, channels]"])
    #expect(error?.help == "a batch of one is x[nil]")
    #expect(failure { try Dense(1, random: random)(Tensor(1.0)) }?.code == .shapeMismatch)
    #expect(failure { try BatchNorm()(Tensor([1.0])) }?.code == .shapeMismatch)
    #expect(failure { try LayerNorm()(Tensor(1.0)) }?.code == .shapeMismatch)
    #expect(failure { try FunctionLayer.flatten()(Tensor(1.0)) }?.code == .shapeMismatch)
  }

  @Test("A weight that was given a value of a wrong shape is an error, not a crash")
  func spoiledWeights() throws {
    let dense = try Dense(2, random: random)
    dense.kernel.value = try Tensor([1.0])
    #expect(failure { try dense(Tensor.ones([1, 3])) }?.message == "the kernel of dense cannot be [1]")
    let convolution = try Conv2D(2, kernel: 3, random: random)
    convolution.kernel.value = try Tensor(1.0)
    #expect(failure { try convolution(Tensor.ones([1, 3, 3, 1])) }?.code == .shapeMismatch)
    let norm = try BatchNorm()
    norm.runningMean.value = try Tensor(1.0)
    norm.runningVariance.value = try Tensor(1.0)
    #expect(failure { try norm(Tensor.ones([2, 3])) }?.code == .shapeMismatch)
  }

  @Test("Sizes that cannot be are refused when a layer is made")
  func sizes() {
    #expect(failure { try Dense(0, random: random) }?.message == "units is at least 1, and 0 is not")
    #expect(failure { try Dense(.max, random: random) }?.message == "units cannot be \(Int.max)")
    #expect(failure { try Conv2D(1, kernel: 0, random: random) }?.code == .badArgument)
    #expect(failure { try Conv2D(1, kernel: 3, stride: 0, random: random) }?.code == .badArgument)
    let padding = ConvolutionPadding.explicit(before: -1, after: 0)
    let padded = failure { try Conv2D(1, kernel: 3, padding: padding, random: random) }
    #expect(padded?.message == "padding cannot be negative")
    #expect(failure { try Embedding(3, 0, random: random) }?.code == .badArgument)
    #expect(failure { try Embedding(1 << 30, 1 << 30, random: random) }?.code != nil)
    #expect(failure { try Dropout(1, random: random) }?.code == .badArgument)
    #expect(failure { try BatchNorm(momentum: 2) }?.code == .badArgument)
    #expect(failure { try LayerNorm(epsilon: -1) }?.code == .badArgument)
  }

  @Test("A layer too large for memory is an error at its first call")
  func tooLarge() throws {
    let layer = try Dense(1 << 30, random: random)
    let error = failure { try layer(Tensor.zeros([1, 1 << 30])) }
    #expect(error?.code == .badShape || error?.code == .outOfMemory)
    #expect(!layer.kernel.isShaped)
  }
}
