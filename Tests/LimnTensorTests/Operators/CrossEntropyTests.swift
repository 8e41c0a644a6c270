import Testing

@testable import LimnTensor

/// Values are PyTorch 2.13's; gradients are checked against finite differences.
@Suite("Cross entropy")
struct CrossEntropyTests {
  private let logits: [Double] = [1, 2, -1, 0.5, -0.5, 3]

  @Test("of labels gives PyTorch's numbers in both float types, smoothed or not")
  func labels() throws {
    let labels = try Tensor([0, 2])
    for dtype in [DType.float32, .float64] {
      let tolerance = dtype == .float32 ? 1e-6 : 1e-13
      let x = try Tensor(logits, [2, 3]).converted(to: dtype)
      try expectClose(try Loss.crossEntropy(x, labels: labels).doubles(), [0.7277131605240711], tolerance)
      try expectClose(
        try Loss.crossEntropy(x, labels: labels, smoothing: 0.1).doubles(), [0.8443798271907378], tolerance)
      try expectClose(
        try Loss.crossEntropy(x, labels: labels, reduction: .none).doubles(), [1.3490122167681864, 0.1064141042799557],
        tolerance)
      try expectClose(
        try Loss.crossEntropy(x, labels: try Tensor([0, -100]), smoothing: 0.1, ignored: -100).doubles(),
        [1.3823455501015198], tolerance)
    }
  }

  @Test("of probabilities gives PyTorch's numbers")
  func probabilities() throws {
    let x = try Tensor(logits, [2, 3])
    let t = try Tensor([0.2, 0.3, 0.5, 1, 0, 0], [2, 3])
    try expectClose(try Loss.crossEntropy(x, probabilities: t).doubles(), [2.327713160524071], 1e-13)
    try expectClose(
      try Loss.crossEntropy(x, probabilities: t, smoothing: 0.1).doubles(), [2.2843798271907376], 1e-13)
  }

  @Test("has right first and second gradients")
  func gradients() throws {
    let x = try numbers([2, 2, 5])
    let labels = try Tensor([0, 4, 2, 1], [2, 2])
    try checkGradients([x]) { try Loss.crossEntropy($0[0], labels: labels, smoothing: 0.2) }
    try checkGradients([x]) { try Loss.crossEntropy($0[0], labels: labels, ignored: 4, reduction: .none) }
    try checkGradients([x, try numbers([2, 2, 5], seed: 2)]) {
      try Loss.crossEntropy($0[0], probabilities: try $0[1].softmax())
    }
  }

  @Test("agrees with double precision where its fused kernel runs", arguments: [1, 5, 8, 19, 64])
  func fused(classes: Int) throws {
    let labels = try Tensor((0..<6).map { $0 * 7 % classes }, [2, 3])
    try checkSinglePrecision([try numbers([2, 3, classes], from: -9, to: 9)]) {
      try Loss.crossEntropy($0[0], labels: labels, smoothing: 0.1, ignored: 1, reduction: .none)
    }
  }

  @Test("does not overflow")
  func extremes() throws {
    let x = try Tensor([Float(1e30), 0, -1e30, 500, 501, 502], [2, 3])
    let losses = try Loss.crossEntropy(x, labels: try Tensor([0, 0]), reduction: .none).doubles()
    #expect(losses[0] == 0)
    #expect(abs(losses[1] - 2.4076059644443806) < 1e-4)
    #expect(try Loss.crossEntropy(x, labels: try Tensor([7, 7]), ignored: 7).item().double.isNaN)
  }

  @Test("says what does not fit")
  func errors() throws {
    let x = try Tensor(logits, [2, 3])
    #expect(Tensor.code { try Loss.crossEntropy(x, labels: try Tensor([0, 3])) } == "index-out-of-range")
    #expect(Tensor.code { try Loss.crossEntropy(x, labels: try Tensor([0, -1])) } == "index-out-of-range")
    #expect(Tensor.code { try Loss.crossEntropy(x, labels: try Tensor([0, 1, 2])) } == "shape-mismatch")
    #expect(Tensor.code { try Loss.crossEntropy(x, labels: try Tensor([0.0, 1])) } == "dtype-mismatch")
    #expect(Tensor.code { try Loss.crossEntropy(x, labels: try Tensor([0, 1]), smoothing: 2) } == "bad-argument")
    #expect(Tensor.code { try Loss.crossEntropy(try Tensor(1.0), labels: try Tensor(1)) } == "shape-mismatch")
    #expect(Tensor.code { try Loss.crossEntropy(x, probabilities: try Tensor.zeros([3, 2])) } == "shape-mismatch")
  }
}
