import Testing

@testable import LimnTensor

/// Values are PyTorch 2.13's; gradients are checked against finite differences.
@Suite("Batch normalization")
struct BatchNormTests {
  /// `[6, 4]` of i^1.5 / 10, as in the peer's run.
  private func batch() throws -> Tensor {
    try Tensor.arange(0, 24, dtype: .float64).power(1.5).multiplied(by: 0.1).reshaped([6, 4])
  }

  @Test("gives PyTorch's numbers in both float types")
  func values() throws {
    let scale = try Tensor([1.0, 2, 3, 4])
    let offset = try Tensor([0.1, 0.2, 0.3, 0.4])
    let expected = [-1.0977299410894676, -2.274199935146386, -3.4911544298761874, -4.7360350246047975]
    let double = try batch().batchNormalized(scale: scale, offset: offset)
    try expectClose(Array(try double.output.doubles().prefix(4)), expected, 1e-12)
    let single = try batch().converted(to: .float32).batchNormalized(scale: scale, offset: offset)
    #expect(single.output.dtype == .float32)
    try expectClose(Array(try single.output.doubles().prefix(4)), expected, 1e-5)
    try expectClose(try single.mean.doubles(), try double.mean.doubles(), 1e-6)
    try expectClose(try single.variance.doubles(), try double.variance.doubles(), 1e-6)
  }

  @Test("has right first and second gradients")
  func gradients() throws {
    let inputs = [try numbers([2, 3, 3]), try numbers([3], seed: 2), try numbers([3], seed: 3)]
    try checkGradients(inputs, tolerance: 1e-5) {
      try $0[0].batchNormalized(scale: $0[1], offset: $0[2]).output
    }
  }

  @Test("agrees with double precision where its fused kernels run", arguments: [1, 3, 8, 16, 20, 67])
  func fused(channels: Int) throws {
    for rows in [2, 5, 300] {
      try checkSinglePrecision(
        [try numbers([rows, channels]), try numbers([channels], seed: 2), try numbers([channels], seed: 3)],
        tolerance: 3e-4, second: rows < 10 && channels < 10
      ) {
        try $0[0].batchNormalized(scale: $0[1], offset: $0[2], epsilon: 0.1).output
      }
    }
  }

  @Test("keeps its precision far from zero")
  func largeMean() throws {
    let x = try numbers([1000, 2]).adding(10_000)
    let one = try Tensor.ones([2])
    let single = try x.converted(to: .float32).batchNormalized(scale: one, offset: try Tensor.zeros([2]))
    let expected = try x.converted(to: .float32).converted(to: .float64).variance(axes: [0]).doubles()
    // The data themselves are rounded to a thousandth; the variance of what is left is exact to single precision.
    try expectClose(try single.variance.doubles(), expected, 1e-5)
  }

  @Test("in use normalizes by the statistics that it is given")
  func inference() throws {
    let x = try numbers([3, 2])
    let y = try x.normalized(
      mean: try Tensor([0.5, -1]), variance: try Tensor([4.0, 0.25]), scale: try Tensor([2.0, 3]),
      offset: try Tensor([1.0, -1]), epsilon: 0)
    let expected = try x.doubles().enumerated().map { index, value in
      index % 2 == 0 ? (value - 0.5) / 2 * 2 + 1 : (value + 1) / 0.5 * 3 - 1
    }
    try expectClose(try y.doubles(), expected, 1e-12)
  }

  @Test("has the same bits for any number of threads")
  func threads() throws {
    let x = try numbers([3000, 20]).converted(to: .float32)
    let (scale, offset) = (try numbers([20]).converted(to: .float32), try Tensor.zeros([20]))
    func run(_ threads: Int) throws -> [Float] {
      let before = ThreadPool.shared.threads
      ThreadPool.shared.threads = threads
      defer { ThreadPool.shared.threads = before }
      let gradients = try valueAndGradients(at: [x, scale]) {
        try $0[0].batchNormalized(scale: $0[1], offset: offset).output.square().multiplied(by: $0[0]).sum()
      }
      return try gradients.gradients.flatMap { try $0.elements(Float.self) }
    }
    let one = try run(1)
    #expect(try run(2) == one)
    #expect(try run(5) == one)
  }

  @Test("says what does not fit")
  func errors() throws {
    let x = try Tensor.zeros([4, 3])
    let three = try Tensor.ones([3])
    let four = try Tensor.ones([4])
    #expect(Tensor.code { try x.batchNormalized(scale: four, offset: four) } == "shape-mismatch")
    #expect(Tensor.code { try x.batchNormalized(scale: three, offset: four) } == "shape-mismatch")
    #expect(Tensor.code { try Tensor.zeros([0, 3]).batchNormalized(scale: three, offset: three) } == "shape-mismatch")
    #expect(Tensor.code { try Tensor(1.0).batchNormalized(scale: three, offset: three) } == "shape-mismatch")
  }
}
