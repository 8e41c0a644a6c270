import Testing

@testable import LimnTensor

/// A depthwise convolution is a convolution whose kernel is zero between different channels: that is what it is
/// compared with. Gradients are checked against finite differences.
@Suite("Depthwise convolution")
struct DepthwiseConvolution2DTests {
  /// The kernel of the full convolution that a depthwise kernel stands for.
  private func full(_ kernel: Tensor) throws -> Tensor {
    let (height, width, channels, multiplier) = (kernel.shape[0], kernel.shape[1], kernel.shape[2], kernel.shape[3])
    let identity = try Tensor.eye(channels, kernel.dtype).reshaped([channels, channels, 1])
    return try kernel.reshaped([height, width, channels, 1, multiplier]).multiplied(by: identity)
      .reshaped([height, width, channels, channels * multiplier])
  }

  @Test("equals the convolution that it stands for", arguments: [1, 3])
  func definition(multiplier: Int) throws {
    let x = try numbers([2, 5, 6, 4])
    let kernel = try numbers([3, 2, 4, multiplier], seed: 2)
    for window in [
      ConvolutionWindow(), ConvolutionWindow(stride: 2), ConvolutionWindow(dilation: 2, padding: .valid),
    ] {
      let y = try x.depthwiseConvolution2D(kernel, rows: window)
      #expect(try y.isClose(to: try x.convolution2D(try full(kernel), rows: window), relative: 1e-10, absolute: 1e-12))
    }
  }

  @Test("has right first and second gradients", arguments: [1, 2])
  func gradients(multiplier: Int) throws {
    try checkGradients([try numbers([2, 4, 3, 3]), try numbers([3, 2, 3, multiplier], seed: 2)]) {
      try $0[0].depthwiseConvolution2D($0[1], rows: ConvolutionWindow(stride: 2), columns: ConvolutionWindow())
    }
  }

  @Test("agrees with double precision")
  func singlePrecision() throws {
    try checkSinglePrecision([try numbers([3, 6, 5, 9]), try numbers([3, 3, 9, 2], seed: 2)], tolerance: 1e-4) {
      try $0[0].depthwiseConvolution2D($0[1])
    }
  }

  @Test("says what does not fit, and takes nothing for nothing")
  func edges() throws {
    let x = try Tensor.zeros([2, 4, 4, 3])
    #expect(Tensor.code { try x.depthwiseConvolution2D(try Tensor.zeros([3, 3, 2, 1])) } == "shape-mismatch")
    #expect(Tensor.code { try x.depthwiseConvolution2D(try Tensor.zeros([3, 3, 3])) } == "shape-mismatch")
    #expect(try x.depthwiseConvolution2D(try Tensor.zeros([3, 3, 3, 0])).shape == [2, 4, 4, 0])
    #expect(
      try Tensor.zeros([0, 4, 4, 3]).depthwiseConvolution2D(try Tensor.zeros([3, 3, 3, 2])).shape == [0, 4, 4, 6])
  }
}
