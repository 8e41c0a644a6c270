import Testing

@testable import LimnTensor

/// The definition of convolution, written as its seven sums, is what all kernels are compared with.
@Suite("A convolution")
struct ConvolutionTests {
  /// Shapes that reach every way of computing: few and many images, few and many channels, and every edge.
  struct Case: Sendable, CustomTestStringConvertible {
    var batch: Int
    var size: (Int, Int)
    var channels: (Int, Int)
    var kernel: (Int, Int)
    var stride = (1, 1)
    var dilation = (1, 1)
    var padding = ConvolutionPadding.same

    var testDescription: String {
      "\(batch)x\(size) \(channels) kernel \(kernel) stride \(stride) dilation \(dilation) \(padding)"
    }

    var geometry: ConvolutionGeometry? {
      guard
        let rows = ConvolutionAxis(
          input: size.0, kernel: kernel.0, stride: stride.0, dilation: dilation.0, padding: padding),
        let columns = ConvolutionAxis(
          input: size.1, kernel: kernel.1, stride: stride.1, dilation: dilation.1, padding: padding)
      else { return nil }
      return ConvolutionGeometry(
        batch: batch, rows: rows, columns: columns, inputChannels: channels.0, outputChannels: channels.1)
    }
  }

  private static let cases = [
    Case(batch: 1, size: (1, 1), channels: (1, 1), kernel: (1, 1)),
    Case(batch: 6, size: (4, 4), channels: (8, 16), kernel: (5, 5)),
    Case(batch: 13, size: (5, 7), channels: (7, 17), kernel: (3, 3)),
    Case(batch: 10, size: (8, 8), channels: (3, 20), kernel: (5, 5), stride: (2, 2)),
    Case(batch: 12, size: (7, 6), channels: (20, 3), kernel: (5, 4), stride: (2, 3)),
    Case(batch: 9, size: (6, 6), channels: (19, 18), kernel: (3, 3), stride: (2, 2)),
    Case(batch: 2, size: (9, 8), channels: (10, 9), kernel: (3, 5)),
    Case(batch: 1, size: (12, 11), channels: (2, 5), kernel: (4, 4), stride: (3, 2)),
    Case(batch: 7, size: (9, 9), channels: (8, 8), kernel: (3, 2), dilation: (2, 3)),
    Case(batch: 2, size: (9, 9), channels: (3, 4), kernel: (3, 2), dilation: (3, 2), padding: .valid),
    Case(batch: 6, size: (6, 5), channels: (8, 12), kernel: (2, 2), stride: (3, 3), padding: .valid),
    Case(batch: 5, size: (4, 4), channels: (9, 9), kernel: (3, 3), padding: .explicit(before: 3, after: 1)),
    Case(
      batch: 12, size: (4, 4), channels: (9, 9), kernel: (3, 3), stride: (2, 2),
      padding: .explicit(before: 4, after: 5)),
    Case(batch: 6, size: (3, 3), channels: (130, 20), kernel: (3, 3)),
    Case(batch: 6, size: (3, 3), channels: (20, 259), kernel: (2, 2)),
    Case(batch: 70, size: (2, 2), channels: (7, 3), kernel: (2, 2)),
    Case(batch: 11, size: (1, 20), channels: (6, 8), kernel: (1, 4)),
    Case(batch: 3, size: (30, 30), channels: (1, 2), kernel: (1, 1), stride: (2, 2)),
  ]

  /// Calls `body` with every pair of elements that meet: places in input, weights and output.
  private func forEachMeeting(_ g: ConvolutionGeometry, _ body: (Int, Int, Int) -> Void) {
    for b in 0..<g.batch {
      for oy in 0..<g.rows.output {
        for ox in 0..<g.columns.output {
          for u in 0..<g.rows.kernel {
            for v in 0..<g.columns.kernel {
              let y = oy * g.rows.stride + u * g.rows.dilation - g.rows.paddingBefore
              let x = ox * g.columns.stride + v * g.columns.dilation - g.columns.paddingBefore
              guard y >= 0, x >= 0, y < g.rows.input, x < g.columns.input else { continue }
              for i in 0..<g.inputChannels {
                let input = ((b * g.rows.input + y) * g.columns.input + x) * g.inputChannels + i
                let weight = ((u * g.columns.kernel + v) * g.inputChannels + i) * g.outputChannels
                let output = ((b * g.rows.output + oy) * g.columns.output + ox) * g.outputChannels
                for o in 0..<g.outputChannels { body(input, weight + o, output + o) }
              }
            }
          }
        }
      }
    }
  }

  /// Values in [-1, 1) from a fixed sequence.
  private func values(_ count: Int, seed: UInt64) -> [Double] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(Int64(bitPattern: state) >> 40) / Double(1 << 23)
    }
  }

  /// Runs a kernel in both precisions and gives its results.
  private func run<Element: BinaryFloatingPoint>(
    _ first: [Double], _ second: [Double], _ count: Int,
    _ kernel: (UnsafePointer<Element>, UnsafePointer<Element>, UnsafeMutablePointer<Element>) throws -> Void
  ) throws -> [Double] {
    var output = [Element](repeating: 9, count: count)
    try output.withUnsafeMutableBufferPointer { output in
      try first.map { Element($0) }.withUnsafeBufferPointer { first in
        try second.map { Element($0) }.withUnsafeBufferPointer { second in
          guard let a = first.baseAddress, let b = second.baseAddress, let c = output.baseAddress else { return }
          try kernel(a, b, c)
        }
      }
    }
    return output.map { Double($0) }
  }

  private func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).map { abs($0 - $1) }.max() ?? 0
  }

  @Test("has the sums of its definition, and so have its gradients", arguments: cases)
  func definition(example: Case) throws {
    let g = try #require(example.geometry)
    let x = values(g.inputCount, seed: 1)
    let w = values(g.weightCount, seed: 2)
    let d = values(g.outputCount, seed: 3)
    var output = [Double](repeating: 0, count: g.outputCount)
    var inputGradient = [Double](repeating: 0, count: g.inputCount)
    var weightGradient = [Double](repeating: 0, count: g.weightCount)
    forEachMeeting(g) { i, j, k in
      output[k] += x[i] * w[j]
      inputGradient[i] += d[k] * w[j]
      weightGradient[j] += x[i] * d[k]
    }
    let doubleOutput = try run(x, w, g.outputCount) { (x: UnsafePointer<Double>, w, y) in
      Convolution.forward(g, input: x, weights: w, into: y)
    }
    let doubleInput = try run(d, w, g.inputCount) { (d: UnsafePointer<Double>, w, x) in
      Convolution.inputGradient(g, outputGradient: d, weights: w, into: x)
    }
    let doubleWeight = try run(x, d, g.weightCount) { (x: UnsafePointer<Double>, d, w) in
      Convolution.weightGradient(g, input: x, outputGradient: d, into: w)
    }
    #expect(largestDifference(doubleOutput, output) < 1e-11)
    #expect(largestDifference(doubleInput, inputGradient) < 1e-11)
    #expect(largestDifference(doubleWeight, weightGradient) < 1e-11)

    // Sums of up to some thousand products of numbers below one, in single precision.
    let singleOutput = try run(x, w, g.outputCount) { (x: UnsafePointer<Float>, w, y) in
      try Convolution.forward(g, input: x, weights: w, into: y)
    }
    let singleInput = try run(d, w, g.inputCount) { (d: UnsafePointer<Float>, w, x) in
      try Convolution.inputGradient(g, outputGradient: d, weights: w, into: x)
    }
    let singleWeight = try run(x, d, g.weightCount) { (x: UnsafePointer<Float>, d, w) in
      try Convolution.weightGradient(g, input: x, outputGradient: d, into: w)
    }
    #expect(largestDifference(singleOutput, output) < 2e-5)
    #expect(largestDifference(singleInput, inputGradient) < 2e-5)
    #expect(largestDifference(singleWeight, weightGradient) < 2e-5)
  }

  @Test("has the same bits for any number of threads", arguments: [cases[2], cases[3], cases[4], cases[6], cases[13]])
  func threads(example: Case) throws {
    let g = try #require(example.geometry)
    let x = values(g.inputCount, seed: 1)
    let w = values(g.weightCount, seed: 2)
    let d = values(g.outputCount, seed: 3)
    func all(threads: Int) throws -> [[Double]] {
      let before = ThreadPool.shared.threads
      ThreadPool.shared.threads = threads
      defer { ThreadPool.shared.threads = before }
      return [
        try run(x, w, g.outputCount) { (x: UnsafePointer<Float>, w, y) in
          try Convolution.forward(g, input: x, weights: w, into: y)
        },
        try run(d, w, g.inputCount) { (d: UnsafePointer<Float>, w, x) in
          try Convolution.inputGradient(g, outputGradient: d, weights: w, into: x)
        },
        try run(x, d, g.weightCount) { (x: UnsafePointer<Float>, d, w) in
          try Convolution.weightGradient(g, input: x, outputGradient: d, into: w)
        },
      ]
    }
    let one = try all(threads: 1)
    #expect(try all(threads: 2) == one)
    #expect(try all(threads: 5) == one)
  }

  @Test("gives zeros where nothing meets")
  func empty() throws {
    let noImages = try #require(Case(batch: 0, size: (4, 4), channels: (3, 3), kernel: (3, 3)).geometry)
    let weights = try run([1], [1], noImages.weightCount) { (x: UnsafePointer<Float>, d, w) in
      try Convolution.weightGradient(noImages, input: x, outputGradient: d, into: w)
    }
    #expect(weights.allSatisfy { $0 == 0 })
    // Through a stride wider than the kernel some inputs are never seen.
    let sparse = try #require(
      Case(batch: 6, size: (5, 5), channels: (9, 9), kernel: (1, 1), stride: (3, 3)).geometry)
    let (g, w) = (values(sparse.outputCount, seed: 1), values(sparse.weightCount, seed: 2))
    let gradient = try run(g, w, sparse.inputCount) {
      (d: UnsafePointer<Float>, w, x) in
      try Convolution.inputGradient(sparse, outputGradient: d, weights: w, into: x)
    }
    #expect(gradient[9..<27].allSatisfy { $0 == 0 })
    #expect(gradient[0..<9].allSatisfy { $0 != 0 })
  }
}
