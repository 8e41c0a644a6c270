import LimnTensor
import Testing

@testable import LimnModels

@Suite("Initializers")
struct InitializerTests {
  private func draw(
    _ initializer: Initializer, _ shape: Shape, _ fans: Fans? = nil, dtype: DType = .float64
  ) throws -> Tensor {
    try initializer(shape, fans: fans ?? Fans(of: shape), dtype: dtype, random: RandomSource(seed: 11))
  }

  /// Mean and variance over 100,000 draws stay within five standard errors: σ / √n, and for the variance
  /// σ² √((κ − 1) / n), where the kurtosis κ is 3 for a normal and 1.8 for a uniform distribution.
  private func check(_ values: [Double], mean: Double = 0, variance: Double, kurtosis: Double) {
    let count = Double(values.count)
    let sampleMean = values.reduce(0, +) / count
    let sampleVariance = values.reduce(0) { $0 + ($1 - sampleMean) * ($1 - sampleMean) } / count
    #expect(abs(sampleMean - mean) < 5 * (variance / count).squareRoot())
    #expect(abs(sampleVariance - variance) < 5 * variance * ((kurtosis - 1) / count).squareRoot())
  }

  @Test("of constants give them")
  func constants() throws {
    try expectEqual(try draw(.zeros, [2, 3]), try Tensor.zeros([2, 3], .float64))
    try expectEqual(try draw(.ones, [4]), try Tensor.ones([4], .float64))
    try expectEqual(try draw(.constant(0.25), [2], dtype: .float32), try Tensor([Float(0.25), 0.25]))
  }

  @Test("count a convolution's window among the fans")
  func fans() {
    #expect(Fans(of: [7, 3]) == Fans(input: 7, output: 3))
    #expect(Fans(of: [5, 4, 3, 8]) == Fans(input: 60, output: 160))
    #expect(Fans(of: [9]) == Fans(input: 9, output: 9))
    #expect(Fans(of: []) == Fans(input: 1, output: 1))
  }

  @Test("after Glorot have variance 2 / (fan in + fan out)")
  func glorot() throws {
    let shape: Shape = [5, 5, 40, 100]
    let variance = 2.0 / (25 * 140)
    let uniform = try draw(.glorotUniform, shape).doubles()
    check(uniform, variance: variance, kurtosis: 1.8)
    let bound = (3 * variance).squareRoot()
    #expect(uniform.allSatisfy { abs($0) <= bound })
    #expect(uniform.map(abs).max() ?? 0 > 0.999 * bound)
    check(try draw(.glorotNormal, shape).doubles(), variance: variance, kurtosis: 3)
  }

  @Test("after He have variance 2 / fan in")
  func he() throws {
    let shape: Shape = [5, 5, 40, 100]
    check(try draw(.heUniform, shape).doubles(), variance: 2.0 / 1000, kurtosis: 1.8)
    check(try draw(.heNormal, shape).doubles(), variance: 2.0 / 1000, kurtosis: 3)
  }

  @Test("after LeCun have variance 1 / fan in")
  func lecun() throws {
    let shape: Shape = [5, 5, 40, 100]
    check(try draw(.lecunUniform, shape).doubles(), variance: 1.0 / 1000, kurtosis: 1.8)
    check(try draw(.lecunNormal, shape).doubles(), variance: 1.0 / 1000, kurtosis: 3)
  }

  /// Of a normal distribution between ±2 the variance is 1 - 4 φ(2) / (2 Φ(2) - 1) = 0.7737, the kurtosis below 3.
  @Test("that are truncated have nothing further than two deviations from the mean")
  func truncated() throws {
    let values = try draw(.truncatedNormal(mean: 1, deviation: 0.5), [100, 1000]).doubles()
    check(values, mean: 1, variance: 0.25 * 0.773741, kurtosis: 3)
    #expect(values.allSatisfy { abs($0 - 1) <= 1 })
    #expect(try draw(.truncatedNormal(), [0, 3]).count == 0)
  }

  @Test("with given moments have them")
  func plain() throws {
    check(
      try draw(.normal(mean: 0.5, deviation: 0.2), [100, 1000]).doubles(), mean: 0.5, variance: 0.04, kurtosis: 3)
    let uniform = try draw(.uniform(-1, 3), [100, 1000]).doubles()
    check(uniform, mean: 1, variance: 16.0 / 12, kurtosis: 1.8)
    #expect(uniform.allSatisfy { $0 >= -1 && $0 < 3 })
  }

  @Test(
    "that are orthogonal have orthonormal rows or columns, whichever are fewer",
    arguments: [[40, 40], [12, 50], [50, 12]])
  func orthogonal(_ lengths: [Int]) throws {
    let matrix = try draw(.orthogonal(), try Shape(lengths))
    let transposed = try matrix.transposed()
    let product =
      lengths[0] <= lengths[1] ? try matrix.matrixProduct(transposed) : try transposed.matrixProduct(matrix)
    try expectClose(product, try Tensor.eye(lengths.min() ?? 0, .float64), 1e-13)
  }

  @Test("that are orthogonal take a kernel as a matrix of its last axis, and a gain")
  func orthogonalKernel() throws {
    let kernel = try draw(.orthogonal(gain: 2), [3, 3, 2, 5]).reshaped([18, 5])
    try expectClose(
      try kernel.transposed().matrixProduct(kernel), try Tensor.eye(5, .float64) * 4, 1e-12)
    #expect(try draw(.orthogonal(), [0, 3]).count == 0)
  }

  @Test("of a transposed convolution see the fans from its own side")
  func transposedFans() throws {
    var seen: Fans?
    let spy = Initializer("spy") { shape, fans, dtype, _ in
      seen = fans
      return try Tensor.zeros(shape, dtype)
    }
    let layer = try ConvTranspose2D(8, kernel: 5, kernelInitializer: spy, random: RandomSource(seed: 0))
    _ = try layer(Tensor.zeros([1, 2, 2, 3]))
    #expect(seen == Fans(input: 25 * 3, output: 25 * 8))
  }

  @Test("of one's own must give the right shape")
  func wrongShape() throws {
    let wrong = Initializer("wrong") { _, _, dtype, _ in try Tensor.zeros([1], dtype) }
    let layer = try Dense(2, kernelInitializer: wrong, random: RandomSource(seed: 0))
    let error = failure { try layer(Tensor.ones([1, 3])) }
    #expect(error?.message == "the initializer wrong gave [1] for a weight of [3, 2]")
  }
}
