import Testing

@testable import LimnTensor

/// Tiles depend on shapes and never on threads: a promise of every kernel, forward and backward.
@Suite("On any number of threads the same bits come", .serialized)
struct ThreadPropertyTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let shapes: [Shape]
    let function: @Sendable ([Tensor]) throws -> Tensor
    var testDescription: String { name }

    init(_ name: String, _ shapes: [Shape], _ function: @escaping @Sendable ([Tensor]) throws -> Tensor) {
      (self.name, self.shapes, self.function) = (name, shapes, function)
    }
  }

  /// Each is large enough for several tiles.
  static let cases: [Case] = elementwise + matrices + convolutions + rows + recurrent

  private static let elementwise: [Case] = [
    Case("exp", [[301, 1003]]) { try $0[0].exp() },
    Case("gelu", [[301, 1003]]) { try $0[0].gelu() },
    Case("product with a row", [[301, 1003], [1003]]) { try $0[0] * $0[1] },
    Case("quotient of a transposed one", [[301, 1003], [1003, 301]]) { try $0[0] / ($0[1].transposed().exp()) },
    Case("sum of rows", [[301, 1003]]) { try $0[0].sum(axes: [1]) },
    Case("sum of columns", [[301, 1003]]) { try $0[0].sum(axes: [0]) },
    Case("sum", [[301, 1003]]) { try $0[0].sum() },
    Case("variance", [[301, 1003]]) { try $0[0].variance(axes: [0]) },
    Case("norm", [[301, 1003]]) { try $0[0].norm(axes: [1]) },
    Case("max", [[301, 1003]]) { try $0[0].max(axes: [1]) },
    Case("logsumexp", [[301, 1003]]) { try $0[0].logSumExp(axes: [0]) },
    Case("cumsum", [[301, 1003]]) { try $0[0].cumulativeSum(axis: 1) },
    Case("sort", [[301, 1003]]) { try $0[0].sorted() },
    Case("concat", [[301, 503], [301, 501]]) { try Tensor.concatenated([$0[0], $0[1]], axis: 1) },
    Case("take", [[301, 103]]) { try $0[0].taking(try Tensor((0..<3001).map { $0 * 7 % 301 })) },
    Case("gather", [[301, 103]]) {
      try $0[0].gathered(try Tensor((0..<301 * 50).map { $0 * 7 % 103 }, [301, 50]), axis: 1)
    },
    Case("dropout", [[301, 1003]]) { try $0[0].droppedOut(rate: 0.3, source: RandomSource(seed: 5)) },
    Case("padding", [[3, 101, 103, 5]]) { try $0[0].padded([(0, 0), (2, 3), (4, 1), (0, 0)], by: .reflect) },
  ]

  private static let matrices: [Case] = [
    Case("matmul", [[203, 301], [301, 157]]) { try $0[0].matrixProduct($0[1]) },
    Case("deep matmul", [[9, 4099], [4099, 17]]) { try $0[0].matrixProduct($0[1]) },
    Case("thin matmul", [[1, 1031], [1031, 1537]]) { try $0[0].matrixProduct($0[1]) },
    Case("matmul with a transposed one", [[203, 301], [157, 301]]) { try $0[0].matrixProduct($0[1].transposed()) },
    Case("matmul of a batch", [[13, 67, 31], [13, 31, 45]]) { try $0[0].matrixProduct($0[1]) },
    Case("matmul in float64", [[203, 151], [151, 157]]) {
      try $0[0].converted(to: .float64).matrixProduct($0[1].converted(to: .float64))
    },
    Case("solve", [[7, 23, 23], [7, 23, 3]]) {
      try $0[0].adding(Tensor.eye(23).multiplied(by: 9)).solved($0[1])
    },
    Case("svd", [[5, 13, 9]]) { try $0[0].svd().s },
  ]

  private static let convolutions: [Case] = [
    Case("conv2d", [[9, 17, 19, 23], [3, 3, 23, 37]]) { try $0[0].convolution2D($0[1]) },
    Case("conv2d 5x5 with a stride", [[9, 17, 19, 23], [5, 5, 23, 37]]) {
      try $0[0].convolution2D($0[1], rows: ConvolutionWindow(stride: 2))
    },
    Case("conv2d of few channels", [[17, 28, 28, 1], [5, 5, 1, 64]]) {
      try $0[0].convolution2D($0[1], rows: ConvolutionWindow(stride: 2))
    },
    Case("conv2d with dilation", [[5, 17, 19, 9], [3, 3, 9, 13]]) {
      try $0[0].convolution2D($0[1], rows: ConvolutionWindow(dilation: 2))
    },
    Case("conv2d of points", [[5, 17, 19, 33], [1, 1, 33, 65]]) { try $0[0].convolution2D($0[1]) },
    Case("conv_transpose2d", [[9, 7, 9, 37], [5, 5, 23, 37]]) {
      try $0[0].transposedConvolution2D($0[1], rows: ConvolutionWindow(stride: 2))
    },
    Case("conv1d", [[9, 203, 23], [4, 23, 37]]) { try $0[0].convolution1D($0[1]) },
    Case("conv3d", [[3, 7, 9, 11, 5], [3, 3, 3, 5, 9]]) { try $0[0].convolution3D($0[1]) },
    Case("depthwise_conv2d", [[9, 17, 19, 33], [3, 3, 33, 2]]) { try $0[0].depthwiseConvolution2D($0[1]) },
    Case("max_pool2d", [[9, 31, 33, 17]]) {
      try $0[0].maxPooled2D(rows: PoolingWindow(size: 3, stride: 2), columns: PoolingWindow(size: 2))
    },
    Case("avg_pool3d", [[3, 7, 31, 33, 7]]) {
      let window = PoolingWindow(size: 3, stride: 2, padding: .same)
      return try $0[0].averagePooled3D(depth: window, rows: window, columns: window)
    },
    Case("up_sample2d", [[5, 31, 33, 7]]) { try $0[0].upSampled([2, 3], .linear) },
  ]

  private static let rows: [Case] = [
    Case("batch_norm", [[9, 17, 19, 33], [33], [33]]) {
      try $0[0].batchNormalized(scale: $0[1], offset: $0[2]).output
    },
    Case("layer_norm", [[503, 137], [137], [137]]) { try $0[0].layerNormalized(scale: $0[1], offset: $0[2]) },
    Case("rms_norm", [[503, 137], [137]]) { try $0[0].rootMeanSquareNormalized(scale: $0[1]) },
    Case("group_norm", [[9, 17, 19, 36], [36], [36]]) {
      try $0[0].groupNormalized(groups: 4, scale: $0[1], offset: $0[2])
    },
    Case("softmax", [[503, 137]]) { try $0[0].softmax() },
    Case("log_softmax along columns", [[503, 137]]) { try $0[0].logSoftmax(axis: 0) },
    Case("cross_entropy", [[1003, 137]]) {
      try Loss.crossEntropy($0[0], labels: try Tensor((0..<1003).map { $0 * 7 % 137 }), smoothing: 0.1)
    },
    Case("bce", [[1003, 137], [1003, 137]]) { try Loss.binaryCrossEntropy($0[0], .tensor($0[1].sigmoid())) },
    Case("bias and relu", [[1003, 137], [137]]) { try $0[0].activated(bias: $0[1], .relu) },
    Case("bias and gelu", [[1003, 137], [137]]) { try $0[0].activated(bias: $0[1], .gelu) },
    Case("attention", [[3, 129, 3, 17], [3, 301, 3, 17], [3, 301, 3, 9]]) {
      try Tensor.attention(query: $0[0], key: $0[1], value: $0[2])
    },
    Case("causal attention", [[3, 129, 3, 16], [3, 129, 3, 16], [3, 129, 3, 16]]) {
      try Tensor.attention(query: $0[0], key: $0[1], value: $0[2], isCausal: true)
    },
  ]

  private static let recurrent: [Case] = RecurrentCell.allCases.map { cell in
    let (units, width) = (27, 27 * cell.gates)
    let shapes: [Shape] = [[5, 41, 19], [19, width], [units, width], [width]] + (cell == .gru ? [[units]] : [])
    return Case(cell.rawValue, shapes) {
      let weights = RecurrentWeights(
        kernel: $0[1], recurrentKernel: $0[2], bias: $0[3], candidateBias: cell == .gru ? $0[4] : nil)
      return try $0[0].recurrent(cell, weights).outputs
    }
  }

  @Test(arguments: cases)
  func sameBits(_ test: Case) throws {
    let inputs = try test.shapes.enumerated().map {
      try numbers($1, seed: UInt64($0) + 1, from: -0.7, to: 0.7).converted(to: .float32)
    }
    func all() throws -> [Tensor] {
      var output: Tensor?
      let found = try valueAndGradients(at: inputs) {
        let y = try test.function($0)
        output = y
        return try y.square().mean()
      }
      return try [#require(output), found.value] + found.gradients
    }
    let expected = try withThreads(1) { try all() }
    for threads in [2, 3, 5] {
      for (index, (a, b)) in zip(try withThreads(threads) { try all() }, expected).enumerated() {
        #expect(try a.isEqual(to: b), "\(test.name): part \(index) on \(threads) threads")
      }
    }
  }
}
