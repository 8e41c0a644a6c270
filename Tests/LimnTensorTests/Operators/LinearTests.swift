import Testing

@testable import LimnTensor

@Suite("A linear map with its bias")
struct LinearTests {
  /// Rows, features and units: of one row and of few, of units that fill no panel, and deeper than one block.
  static let shapes: [[Int]] = [
    [1, 5, 7], [2, 9, 40], [5, 3, 1], [6, 4, 16], [13, 300, 33], [70, 520, 35], [100, 17, 5000],
  ]

  @Test("is what the product and the sum give one after the other", arguments: shapes)
  func agreement(_ shape: [Int]) throws {
    let inputs = [
      try numbers([shape[0], shape[1]]), try numbers([shape[1], shape[2]], seed: 2), try numbers([shape[2]], seed: 3),
    ]
    try checkSinglePrecision(inputs, tolerance: 1e-3, second: shape[0] < 6) { try $0[0].linear($0[1], bias: $0[2]) }
    let single = try inputs.map { try $0.converted(to: .float32) }
    let exact = try inputs[0].matrixProduct(inputs[1]).adding(inputs[2])
    let tolerance = 1e-6 * Double(shape[1])
    try expectClose(try single[0].linear(single[1], bias: single[2]).doubles(), try exact.doubles(), tolerance)
    // Operands that lie otherwise in memory.
    let turned = [try single[0].transposed().copied().transposed(), try single[1].transposed().copied().transposed()]
    try expectClose(try turned[0].linear(turned[1], bias: single[2]).doubles(), try exact.doubles(), tolerance)
  }

  @Test("is applied to the last axis of any number of axes, and of none is what the bias says")
  func axes() throws {
    let (weight, bias) = (try Tensor([1, 2, 3, 4, 5, 6] as [Float]).reshaped([2, 3]), try Tensor([10, 20, 30] as [Float]))
    #expect(try Tensor([1, 1] as [Float]).linear(weight, bias: bias).doubles() == [15, 27, 39])
    let x = try Tensor([Float](repeating: 1, count: 8)).reshaped([2, 1, 2, 2])
    let y = try x.linear(weight, bias: bias)
    #expect(y.shape == [2, 1, 2, 3])
    #expect(try y.doubles() == [15, 27, 39, 15, 27, 39, 15, 27, 39, 15, 27, 39])
    #expect(try Tensor.zeros([0, 2]).linear(weight, bias: bias).shape == [0, 3])
    let empty = try Tensor.zeros([2, 0]).linear(try Tensor.zeros([0, 3]), bias: bias)
    #expect(try empty.doubles() == [10, 20, 30, 10, 20, 30])
    #expect(Tensor.code { try x.linear(try Tensor.ones([3, 3]), bias: bias) } == "shape-mismatch")
    #expect(Tensor.code { try x.linear(weight, bias: try Tensor.ones([2])) } == "shape-mismatch")
  }

  @Test(
    "is followed by an activation in one pass, with its gradients", arguments: shapes,
    [FusedActivation.relu, .tanh, .sigmoid, .gelu, .leakyRelu(0.2)])
  func activations(_ shape: [Int], _ activation: FusedActivation) throws {
    // Small weights: a sum of hundreds of terms should stay where an activation bends.
    let inputs = [
      try numbers([shape[0], shape[1]]),
      try numbers([shape[1], shape[2]], seed: 2).multiplied(by: .float(1 / Double(shape[1]).squareRoot())),
      try numbers([shape[2]], seed: 3),
    ]
    try checkSinglePrecision(inputs, tolerance: 1e-3, second: shape[0] < 6 && shape[2] < 100) {
      try $0[0].linear($0[1], bias: $0[2], activation)
    }
    let single = try inputs.map { try $0.converted(to: .float32) }
    let exact = try activation(inputs[0].matrixProduct(inputs[1]).adding(inputs[2]))
    let result = try single[0].linear(single[1], bias: single[2], activation)
    try expectClose(result.doubles(), try exact.doubles(), 1e-5)
    // Whether anybody wants gradients changes no bit.
    let recorded = try valueAndGradients(at: [single[1]]) {
      try single[0].linear($0[0], bias: single[2], activation).sum()
    }
    #expect(try recorded.value.isEqual(to: result.sum()))
  }

  @Test("gives the same bits on any number of threads, activation and gradients included")
  func threads() throws {
    let x = try [[200, 96], [96, 130], [130]].map { try numbers($0).converted(to: .float32) }
    func all() throws -> [Tensor] {
      let found = try valueAndGradients(at: x) { try $0[0].linear($0[1], bias: $0[2], .gelu).square().sum() }
      return [found.value] + found.gradients
    }
    let expected = try withThreads(1) { try all() }
    for threads in [2, 5] {
      for (a, b) in zip(try withThreads(threads) { try all() }, expected) { #expect(try a.isEqual(to: b)) }
    }
  }
}
