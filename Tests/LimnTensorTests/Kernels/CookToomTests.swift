import Testing

@testable import LimnTensor

/// Convolution in double precision, which is checked against its definition elsewhere, is what fast algorithms are
/// compared with.
@Suite("A Cook-Toom algorithm")
struct CookToomTests {
  /// Numbers from a fixed sequence.
  private struct Draws {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }

    /// Values in [-1, 1).
    mutating func values(_ count: Int) -> [Float] {
      (0..<count).map { _ in Float(below(1 << 24)) / Float(1 << 23) - 1 }
    }
  }

  @Test("gives a correlation's outputs", arguments: 1...7)
  func correlation(outputs: Int) {
    for taps in 1...CookToom.mostPoints + 1 - outputs {
      let algorithm = CookToom.algorithm(outputs: outputs, taps: taps)
      let weights = (0..<taps).map { Double($0 * 7 % 5) - 1.5 }
      let values = (0..<outputs + taps - 1).map { Double($0 * 11 % 7) - 2.5 }
      func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
        matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
      }
      let points = zip(product(algorithm.kernel, weights), product(algorithm.window, values)).map { $0 * $1 }
      let found = product(algorithm.result, points)
      let expected = (0..<outputs).map { o in weights.indices.reduce(0) { $0 + weights[$1] * values[o + $1] } }
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-11 })
    }
  }

  /// A convolution whose channels are multiples of sixteen, with random sides, kernel, strides and padding.
  private func geometry(_ draws: inout Draws) -> ConvolutionGeometry {
    func axis() -> ConvolutionAxis {
      while true {
        let zeros = (draws.below(3), draws.below(4))
        let paddings = [ConvolutionPadding.same, .valid, .explicit(before: zeros.0, after: zeros.1)]
        let axis = ConvolutionAxis(
          input: 1 + draws.below(13), kernel: 1 + draws.below(6), stride: 1 + draws.below(3), dilation: 1,
          padding: paddings[draws.below(3)])
        if let axis { return axis }
      }
    }
    return ConvolutionGeometry(
      batch: 1 + draws.below(9), rows: axis(), columns: axis(), inputChannels: 16 * (1 + draws.below(6)),
      outputChannels: 16 * (1 + draws.below(5)))
  }

  private func output(
    _ count: Int, _ body: (UnsafeMutablePointer<Float>) throws -> Void
  ) throws -> [Float] {
    var output = [Float](repeating: 9, count: count)
    try output.withUnsafeMutableBufferPointer { if let start = $0.baseAddress { try body(start) } }
    return output
  }

  /// All three operators by the fast way; nil for one that it does not have.
  private func fast(_ g: ConvolutionGeometry, _ x: [Float], _ w: [Float], _ d: [Float]) throws -> [[Float]?] {
    [
      try ToomConvolution(g, isGradient: false, weights: w).map { toom in
        try output(g.outputCount) { try toom.run(source: x, destination: $0) }
      },
      try ToomConvolution(g, isGradient: true, weights: w).map { toom in
        try output(g.inputCount) { try toom.run(source: d, destination: $0) }
      },
      try ToomWeightGradient(g).map { toom in
        try output(g.weightCount) { try toom.run(input: x, outputGradient: d, into: $0) }
      },
    ]
  }

  /// The largest difference, relative to the largest value.
  private func error(_ found: [Float], _ expected: [Double]) -> Double {
    let largest = expected.map { abs($0) }.max() ?? 0
    let difference = zip(found, expected).map { abs(Double($0) - $1) }.max() ?? 0
    return largest == 0 ? difference : difference / largest
  }

  private func expectSums(
    _ g: ConvolutionGeometry, _ found: [[Float]?], _ x: [Float], _ w: [Float], _ d: [Float]
  ) throws {
    let (doubleX, doubleW, doubleD) = (x.map { Double($0) }, w.map { Double($0) }, d.map { Double($0) })
    var expected = [
      [Double](repeating: 0, count: g.outputCount), [Double](repeating: 0, count: g.inputCount),
      [Double](repeating: 0, count: g.weightCount),
    ]
    Convolution.forward(g, input: doubleX, weights: doubleW, into: &expected[0])
    Convolution.inputGradient(g, outputGradient: doubleD, weights: doubleW, into: &expected[1])
    Convolution.weightGradient(g, input: doubleX, outputGradient: doubleD, into: &expected[2])
    for (found, expected) in zip(found, expected) {
      if let found { #expect(error(found, expected) < 1e-5) }
    }
  }

  @Test("computes convolutions of any sides, strides and paddings", arguments: 0..<40)
  func shapes(seed: Int) throws {
    var draws = Draws(state: UInt64(seed) &+ 77)
    let g = geometry(&draws)
    let (x, w, d) = (draws.values(g.inputCount), draws.values(g.weightCount), draws.values(g.outputCount))
    try expectSums(g, try fast(g, x, w, d), x, w, d)
  }

  /// The layers of a network that draws 28×28 pixels, and an image with more tiles than are multiplied at a time.
  private static let layers: [ConvolutionGeometry] = [
    (64, 7, 5, 1, 64, 48), (10, 14, 5, 2, 64, 128), (64, 4, 5, 1, 32, 80), (1, 70, 3, 1, 16, 32),
  ].compactMap { batch, side, kernel, stride, inputs, outputs in
    ConvolutionAxis(input: side, kernel: kernel, stride: stride, dilation: 1, padding: .same).map {
      ConvolutionGeometry(batch: batch, rows: $0, columns: $0, inputChannels: inputs, outputChannels: outputs)
    }
  }

  @Test("is exact to 10⁻⁵ of the largest output on layers, and has the same bits for any number of threads")
  func layers() throws {
    #expect(Self.layers.count == 4)
    for g in Self.layers {
      var draws = Draws(state: 5)
      let (x, w, d) = (draws.values(g.inputCount), draws.values(g.weightCount), draws.values(g.outputCount))
      func run(threads: Int) throws -> [[Float]?] {
        let before = ThreadPool.shared.threads
        ThreadPool.shared.threads = threads
        defer { ThreadPool.shared.threads = before }
        return try fast(g, x, w, d)
      }
      let one = try run(threads: 1)
      #expect(!one.contains(nil))
      #expect(try run(threads: 2) == one)
      #expect(try run(threads: 5) == one)
      try expectSums(g, one, x, w, d)
    }
  }

  @Test("is taken where it is faster, and its results are what the operator gives")
  func choice() throws {
    let g = Self.layers[0]
    var draws = Draws(state: 6)
    let (x, w) = (draws.values(g.inputCount), draws.values(g.weightCount))
    let toom = try #require(ToomConvolution(g, isGradient: false, weights: w))
    #expect(toom.cost < g.directCost)
    let byOperator = try output(g.outputCount) { try Convolution.forward(g, input: x, weights: w, into: $0) }
    #expect(try byOperator == output(g.outputCount) { try toom.run(source: x, destination: $0) })
    // A kernel of one tap has nothing to save.
    let axis = try #require(ConvolutionAxis(input: 8, kernel: 1, stride: 1, dilation: 1, padding: .same))
    let single = ConvolutionGeometry(batch: 8, rows: axis, columns: axis, inputChannels: 64, outputChannels: 64)
    if let toom = ToomConvolution(single, isGradient: false, weights: w) { #expect(toom.cost > single.directCost) }
  }
}
