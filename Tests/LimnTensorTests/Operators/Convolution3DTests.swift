import Testing

@testable import LimnTensor

/// Values follow from the definition's sums; gradients are checked against finite differences.
@Suite("Convolution of volumes")
struct Convolution3DTests {
  @Test("has the sums of its definition")
  func definition() throws {
    let x = try numbers([2, 5, 4, 3, 2])
    let kernel = try numbers([3, 2, 2, 2, 3], seed: 2)
    let window = ConvolutionWindow(stride: 2, padding: .valid)
    let y = try x.convolution3D(kernel, depth: window, rows: window, columns: ConvolutionWindow(padding: .valid))
    #expect(y.shape == [2, 2, 2, 2, 3])
    let (input, taps, output) = (try x.doubles(), try kernel.doubles(), try y.doubles())
    for b in 0..<2 {
      for d in 0..<2 {
        for i in 0..<2 {
          for j in 0..<2 {
            for o in 0..<3 {
              var sum = 0.0
              for t in 0..<3 {
                for u in 0..<2 {
                  for v in 0..<2 {
                    for c in 0..<2 {
                      let place = (((b * 5 + 2 * d + t) * 4 + 2 * i + u) * 3 + j + v) * 2 + c
                      sum += input[place] * taps[(((t * 2 + u) * 2 + v) * 2 + c) * 3 + o]
                    }
                  }
                }
              }
              #expect(abs(output[(((b * 2 + d) * 2 + i) * 2 + j) * 3 + o] - sum) < 1e-12)
            }
          }
        }
      }
    }
  }

  @Test("transposed is its gradient for the input")
  func transposed() throws {
    for padding in [ConvolutionPadding.same, .valid] {
      let window = ConvolutionWindow(stride: 2, padding: padding)
      let kernel = try numbers([3, 3, 2, 2, 3], seed: 2)
      let g = try numbers([1, 2, 2, 3, 3], seed: 3)
      let y = try g.transposedConvolution3D(kernel, depth: window)
      let slope = try gradient(at: try numbers(y.shape, seed: 4)) {
        try $0.convolution3D(kernel, depth: window).multiplied(by: g).sum()
      }
      #expect(try y.isClose(to: slope, relative: 1e-10))
    }
  }

  @Test("has right first and second gradients")
  func gradients() throws {
    for window in [ConvolutionWindow(stride: 2), ConvolutionWindow(dilation: 2)] {
      try checkGradients([try numbers([1, 3, 3, 2, 2]), try numbers([2, 2, 2, 2, 1], seed: 2)]) {
        try $0[0].convolution3D($0[1], depth: window, rows: ConvolutionWindow())
      }
      try checkGradients([try numbers([1, 2, 2, 2, 1]), try numbers([3, 2, 2, 2, 1], seed: 2)]) {
        try $0[0].transposedConvolution3D($0[1], depth: window, rows: ConvolutionWindow())
      }
    }
  }

  @Test("says what does not fit, and takes an empty batch")
  func edges() throws {
    let x = try Tensor.zeros([2, 4, 4, 4, 3])
    #expect(Tensor.code { try x.convolution3D(try Tensor.zeros([3, 3, 3, 1, 2])) } == "shape-mismatch")
    #expect(Tensor.code { try x.convolution3D(try Tensor.zeros([3, 3, 3, 2])) } == "shape-mismatch")
    #expect(
      Tensor.code { try x.convolution3D(try Tensor.zeros([5, 3, 3, 3, 2]), depth: .init(padding: .valid)) }
        == "shape-mismatch")
    #expect(
      Tensor.code { try x.convolution3D(try Tensor.zeros([3, 3, 3, 3, 2]), depth: .init(stride: 0)) }
        == "bad-argument")
    #expect(
      try Tensor.zeros([0, 4, 4, 4, 3]).convolution3D(try Tensor.zeros([3, 3, 3, 3, 2])).shape == [0, 4, 4, 4, 2])
  }
}
