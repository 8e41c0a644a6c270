import Testing

@testable import LimnTensor

/// Values are PyTorch 2.13's (`conv2d`, `conv_transpose2d`), with axes in this project's order; gradients are checked
/// against finite differences. The kernels have tests of their own.
@Suite("Convolution as an operator")
struct Convolution2DTests {
  /// `[1, 5, 5, 2]`: 1 to 25, and the same mirrored and halved.
  private func image() throws -> Tensor {
    let rows = try Tensor.arange(1, 26, dtype: .float64).reshaped([1, 5, 5, 1])
    return try Tensor.concatenated([rows, try rows.flipped(axes: [2]).multiplied(by: 0.5)], axis: 3)
  }

  @Test("gives PyTorch's numbers")
  func forward() throws {
    let kernel = try Tensor.arange(-8, 10, dtype: .float64).multiplied(by: 0.1).reshaped([1, 2, 3, 3])
      .permuted([2, 3, 1, 0])
    let window = ConvolutionWindow(stride: 2, padding: .explicit(before: 1, after: 1))
    let y = try image().convolution2D(kernel, rows: window)
    #expect(y.shape == [1, 3, 3, 1])
    try expectClose(
      try y.doubles(), [8.9, 6.05, -1.3, 8.85, -3.75, -14.55, -18.1, -42.55, -39.1], 1e-12)
  }

  @Test("transposed gives PyTorch's numbers")
  func transposed() throws {
    let kernel = try Tensor.arange(-8, 10, dtype: .float64).multiplied(by: 0.1).reshaped([2, 1, 3, 3])
      .permuted([2, 3, 1, 0])
    let x = try Tensor.arange(1, 9, dtype: .float64).reshaped([1, 2, 2, 2]).permuted([0, 2, 3, 1])
    let y = try x.transposedConvolution2D(kernel, rows: ConvolutionWindow(stride: 2, padding: .valid))
    #expect(y.shape == [1, 5, 5, 1])
    try expectClose(
      try y.doubles(),
      [
        -0.3, 0.3, -0.1, -0.2, 0.6, 1.5, 2.1, 4.1, 2.2, 3, 1.6, 3.2, 6.2, 3.4, 5.4, 1.3, 2.3, 4.5, 2.4, 3.6, 4.3, 5.3,
        11.1, 6, 7.2,
      ], 1e-12)
  }

  @Test("keeps and doubles sizes under same padding, as a GAN's layers do")
  func samePadding() throws {
    let images = try Tensor.zeros([2, 28, 28, 1])
    let down = ConvolutionWindow(stride: 2)
    #expect(try images.convolution2D(try Tensor.zeros([5, 5, 1, 64]), rows: down).shape == [2, 14, 14, 64])
    let latent = try Tensor.zeros([2, 7, 7, 256])
    #expect(try latent.transposedConvolution2D(try Tensor.zeros([5, 5, 128, 256])).shape == [2, 7, 7, 128])
    #expect(try latent.transposedConvolution2D(try Tensor.zeros([5, 5, 64, 256]), rows: down).shape == [2, 14, 14, 64])
  }

  @Test("has right first and second gradients")
  func gradients() throws {
    for window in [
      ConvolutionWindow(), ConvolutionWindow(stride: 2), ConvolutionWindow(stride: 2, padding: .valid),
      ConvolutionWindow(dilation: 2, padding: .explicit(before: 2, after: 1)),
    ] {
      try checkGradients([try numbers([2, 4, 3, 2]), try numbers([3, 2, 2, 3], seed: 2)]) {
        try $0[0].convolution2D($0[1], rows: window, columns: ConvolutionWindow(stride: 1))
      }
      try checkGradients([try numbers([2, 3, 2, 3]), try numbers([3, 2, 2, 3], seed: 2)]) {
        try $0[0].transposedConvolution2D($0[1], rows: window, columns: ConvolutionWindow(stride: 2))
      }
    }
  }

  @Test("has the same gradients in single precision, for many images too")
  func singlePrecision() throws {
    for batch in [2, 12] {
      try checkSinglePrecision([try numbers([batch, 6, 6, 9]), try numbers([3, 3, 9, 10], seed: 2)], tolerance: 1e-4) {
        try $0[0].convolution2D($0[1], rows: ConvolutionWindow(stride: 2))
      }
      try checkSinglePrecision([try numbers([batch, 3, 3, 10]), try numbers([3, 3, 9, 10], seed: 2)], tolerance: 1e-4) {
        try $0[0].transposedConvolution2D($0[1], rows: ConvolutionWindow(stride: 2))
      }
    }
  }

  @Test("reads views and sequences")
  func views() throws {
    let x = try numbers([4, 3, 2, 5])
    let kernel = try numbers([2, 2, 3, 4], seed: 2)
    let view = try x.permuted([2, 3, 0, 1])
    #expect(
      try view.convolution2D(kernel).isClose(to: try view.copied().convolution2D(kernel), relative: 1e-12))
    let sequence = try numbers([2, 6, 3])
    let taps = try numbers([3, 3, 4], seed: 3)
    let expected = try sequence.reshaped([2, 6, 1, 3]).convolution2D(
      try taps.reshaped([3, 1, 3, 4]), rows: ConvolutionWindow(stride: 2))
    let result = try sequence.convolution1D(taps, ConvolutionWindow(stride: 2))
    #expect(result.shape == [2, 3, 4])
    #expect(try result.isClose(to: try expected.reshaped([2, 3, 4])))
    #expect(
      try sequence.transposedConvolution1D(try numbers([3, 4, 3]), ConvolutionWindow(stride: 2)).shape == [2, 12, 4])
  }

  @Test("says what does not fit")
  func errors() throws {
    let images = try Tensor.zeros([64, 28, 28, 3])
    let kernel = try Tensor.zeros([5, 5, 1, 64])
    do {
      _ = try images.convolution2D(kernel)
      Issue.record("three channels went into a kernel for one")
    } catch let error as TensorError {
      #expect(error.code == .shapeMismatch)
      #expect(error.message == "conv2d got 3 channels, but its kernel was made for 1")
      #expect(error.operands.map(\.label) == ["input is [64, 28, 28, 3]", "kernel is [5, 5, 1, 64]"])
    }
    let gray = try Tensor.zeros([2, 4, 4, 1])
    #expect(Tensor.code { try gray.convolution2D(kernel, rows: .init(padding: .valid)) } == "shape-mismatch")
    #expect(Tensor.code { try gray.convolution2D(kernel, rows: .init(stride: 0)) } == "bad-argument")
    #expect(Tensor.code { try gray.convolution2D(kernel, rows: .init(dilation: .max)) } == "shape-mismatch")
    #expect(
      Tensor.code { try gray.convolution2D(kernel, rows: .init(padding: .explicit(before: -1, after: 0))) }
        == "bad-argument")
    #expect(Tensor.code { try gray.reshaped([2, 16, 1]).convolution2D(kernel) } == "shape-mismatch")
    #expect(Tensor.code { try gray.convolution2D(try Tensor.zeros([5, 1, 64])) } == "shape-mismatch")
    #expect(Tensor.code { try gray.transposedConvolution2D(try Tensor.zeros([5, 5, 8, 2])) } == "shape-mismatch")
    #expect(Tensor.code { try gray.convolution1D(try Tensor.zeros([3, 1, 2])) } == "shape-mismatch")
  }

  @Test("of no images is no images")
  func empty() throws {
    #expect(try Tensor.zeros([0, 8, 8, 2]).convolution2D(try Tensor.zeros([3, 3, 2, 4])).shape == [0, 8, 8, 4])
  }
}
