import LimnModels
import LimnTensor
import Testing

@Suite("Layers without weights change the shape of images")
struct PoolingLayerTests {
  /// One image of four by four pixels, 0 to 15, in one channel.
  private func image() throws -> Tensor { try Tensor.arange(0.0, 16.0).reshaped([1, 4, 4, 1]) }

  @Test("Pooling takes each window's largest element, or its mean")
  func pooling() throws {
    let largest = try FunctionLayer.maxPool2D(2)(image())
    try expectEqual(largest, try Tensor([Float(5), 7, 13, 15], [1, 2, 2, 1]))
    let mean = try FunctionLayer.averagePool2D(2)(image())
    try expectEqual(mean, try Tensor([Float(2.5), 4.5, 10.5, 12.5], [1, 2, 2, 1]))
    let rows = try FunctionLayer.maxPool2D(WindowSize(rows: 1, columns: 4), stride: 1)(image())
    try expectEqual(rows, try Tensor([Float(3), 7, 11, 15], [1, 4, 1, 1]))
    #expect(try FunctionLayer.maxPool2D(3, stride: 2, padding: .same)(image()).shape == [1, 2, 2, 1])
  }

  @Test("Up-sampling repeats pixels")
  func upSampling() throws {
    let y = try FunctionLayer.upSample2D(WindowSize(rows: 1, columns: 2))(Tensor([Float(1), 2], [1, 2, 1, 1]))
    try expectEqual(y, try Tensor([Float(1), 1, 2, 2], [1, 2, 2, 1]))
  }

  @Test("Flattening keeps the first axis, even of an empty batch; reshaping may leave one length open")
  func shapes() throws {
    #expect(try FunctionLayer.flatten()(image()).shape == [1, 16])
    #expect(try FunctionLayer.flatten()(Tensor.zeros([0, 3, 4])).shape == [0, 12])
    #expect(try FunctionLayer.flatten()(Tensor.zeros([5])).shape == [5, 1])
    #expect(try FunctionLayer.reshape([2, -1])(image()).shape == [2, 8])
    #expect(failure { try FunctionLayer.reshape([3, -1])(image()) }?.code == .shapeMismatch)
  }

  @Test("They print as one would write them")
  func printing() throws {
    #expect(try FunctionLayer.maxPool2D(2).description == "max_pool2d(2)")
    #expect(
      try FunctionLayer.averagePool2D(3, stride: 2, padding: .same).description
        == "avg_pool2d(3, stride: 2, padding: \"same\")")
    #expect(try FunctionLayer.upSample2D(2).description == "up_sample2d(2)")
  }

  @Test("Sizes that cannot be are refused when they are made")
  func sizes() {
    #expect(failure { try FunctionLayer.maxPool2D(0) }?.code == .badArgument)
    #expect(failure { try FunctionLayer.maxPool2D(2, stride: 0) }?.code == .badArgument)
    #expect(failure { try FunctionLayer.upSample2D(0) }?.code == .badArgument)
    let padding = ConvolutionPadding.explicit(before: 0, after: -1)
    #expect(failure { try FunctionLayer.averagePool2D(2, padding: padding) }?.code == .badArgument)
  }
}
