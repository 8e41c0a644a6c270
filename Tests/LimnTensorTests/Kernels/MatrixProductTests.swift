import Testing

@testable import LimnTensor

/// Products are compared with the plain triple loop in double precision.
@Suite("A matrix product")
struct MatrixProductTests {
  /// How an operand lies in memory.
  enum Layout: CaseIterable, Sendable {
    case rows, columns, padded, reversed, strided
  }

  /// Values in [-1, 1) from a fixed sequence, and a view of them as `rows` × `columns`.
  private struct Operand<Element: BinaryFloatingPoint & BitwiseCopyable> {
    var values: [Element]
    var offset = 0
    var rowStride: Int
    var columnStride: Int

    init(_ rows: Int, _ columns: Int, _ layout: Layout, seed: UInt64) {
      switch layout {
      case .rows: (rowStride, columnStride) = (columns, 1)
      case .columns: (rowStride, columnStride) = (1, rows)
      case .padded: (rowStride, columnStride) = (columns + 5, 1)
      case .reversed:
        (rowStride, columnStride) = (-columns, -1)
        offset = max(rows * columns - 1, 0)
      case .strided: (rowStride, columnStride) = (columns * 3 + 1, 3)
      }
      let count = layout == .strided ? rows * (columns * 3 + 1) : rows * (columns + 5)
      var state = seed
      values = (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Element(Int64(bitPattern: state) >> 40) / Element(1 << 23)
      }
    }

    func callAsFunction(_ row: Int, _ column: Int) -> Double {
      Double(values[offset + row * rowStride + column * columnStride])
    }

    func withView<Result>(_ body: (MatrixView<Element>) throws -> Result) rethrows -> Result? {
      try values.withUnsafeBufferPointer { values in
        try values.baseAddress.map {
          try body(MatrixView($0 + offset, rowStride: rowStride, columnStride: columnStride))
        }
      }
    }
  }

  /// The largest error relative to the sum of the products' magnitudes, times 2 to the number of digits.
  private func largestError<Element: BinaryFloatingPoint & BitwiseCopyable>(
    _ rows: Int, _ columns: Int, _ depth: Int, _ left: Layout, _ right: Layout, accumulates: Bool = false,
    _ multiply: (MatrixView<Element>, MatrixView<Element>, UnsafeMutablePointer<Element>, Int) throws -> Void
  ) throws -> Double {
    let a = Operand<Element>(rows, depth, left, seed: 1)
    let b = Operand<Element>(depth, columns, right, seed: 2)
    let stride = columns + 3
    var output = [Element](repeating: 0.5, count: rows * stride + 1)
    try output.withUnsafeMutableBufferPointer { output in
      guard let output = output.baseAddress else { return }
      _ = try a.withView { a in try b.withView { b in try multiply(a, b, output, stride) } }
    }
    var largest = 0.0
    for i in 0..<rows {
      for j in 0..<columns {
        var sum = accumulates ? 0.5 : 0.0
        var size = 1.0
        for k in 0..<depth {
          sum += a(i, k) * b(k, j)
          size += abs(a(i, k) * b(k, j))
        }
        largest = max(largest, abs(Double(output[i * stride + j]) - sum) / size)
      }
      // What lies between rows is not the product's to touch.
      for j in columns..<stride where output[i * stride + j] != 0.5 { return .infinity }
    }
    return largest / Double(Element.ulpOfOne)
  }

  private static let unevenShapes = [
    [1, 1, 1], [6, 16, 8], [7, 17, 9], [5, 3, 4], [64, 64, 64], [13, 40, 300], [97, 35, 257], [200, 260, 30],
    [1, 70, 33], [2, 600, 50], [3, 5, 700], [40, 1, 513], [33, 2, 64], [300, 3, 7], [4100, 4, 3], [5, 4200, 4],
  ]

  @Test("has the right elements, for shapes that fit no tile", arguments: Self.unevenShapes)
  func elements(shape: [Int]) throws {
    let error: Double = try largestError(shape[0], shape[1], shape[2], .rows, .rows) {
      (a: MatrixView<Float>, b, c, stride) in
      try MatrixProduct.multiply(rows: shape[0], columns: shape[1], depth: shape[2], a, b, into: c, stride: stride)
    }
    #expect(error < 4)
  }

  @Test("has the right elements, whatever rows are left for the last sliver", arguments: 4...17)
  func slivers(rows: Int) throws {
    for columns in [4, 15, 16, 17, 48] {
      for (left, depth) in [(Layout.rows, 9), (.rows, 259), (.columns, 9), (.columns, 259)] {
        let error: Double = try largestError(rows, columns, depth, left, .rows) {
          (a: MatrixView<Float>, b, c, stride) in
          try MatrixProduct.multiply(rows: rows, columns: columns, depth: depth, a, b, into: c, stride: stride)
        }
        #expect(error < 4, "\(rows) × \(columns) × \(depth), \(left)")
      }
    }
  }

  @Test(
    "has the right elements, whichever operand its tiles pack for themselves",
    arguments: [[14, 120, 270], [60, 20, 270], [194, 194, 130]])
  func packing(shape: [Int]) throws {
    for (left, right) in [(Layout.columns, Layout.rows), (.columns, .columns), (.strided, .rows)] {
      let error: Double = try largestError(shape[0], shape[1], shape[2], left, right) {
        (a: MatrixView<Float>, b, c, stride) in
        try MatrixProduct.multiply(rows: shape[0], columns: shape[1], depth: shape[2], a, b, into: c, stride: stride)
      }
      #expect(error < 4, "\(left), \(right)")
    }
  }

  @Test("reads operands of any strides", arguments: Layout.allCases, Layout.allCases)
  func layouts(left: Layout, right: Layout) throws {
    let library = try OpenBLAS.shared
    for (rows, columns, depth) in [(20, 24, 40), (2, 40, 40), (30, 3, 40), (1, 1, 40), (70, 300, 45)] {
      let single: Double = try largestError(rows, columns, depth, left, right) { (a: MatrixView<Float>, b, c, stride) in
        try MatrixProduct.multiply(rows: rows, columns: columns, depth: depth, a, b, into: c, stride: stride)
      }
      #expect(single < 4)
      let double: Double = try largestError(rows, columns, depth, left, right) {
        (a: MatrixView<Double>, b, c, stride) in
        try MatrixProduct.multiply(
          rows: rows, columns: columns, depth: depth, a, b, into: c, stride: stride, by: library)
      }
      #expect(double < 8)
    }
  }

  @Test("adds to its output when asked", arguments: [[30, 40, 600], [2, 300, 40], [60, 1, 300], [4, 4, 0]])
  func accumulation(shape: [Int]) throws {
    let library = try OpenBLAS.shared
    let single: Double = try largestError(shape[0], shape[1], shape[2], .rows, .rows, accumulates: true) {
      (a: MatrixView<Float>, b, c, stride) in
      try MatrixProduct.multiply(
        rows: shape[0], columns: shape[1], depth: shape[2], a, b, into: c, stride: stride, accumulates: true)
    }
    #expect(single < 4)
    let double: Double = try largestError(shape[0], shape[1], shape[2], .rows, .rows, accumulates: true) {
      (a: MatrixView<Double>, b, c, stride) in
      try MatrixProduct.multiply(
        rows: shape[0], columns: shape[1], depth: shape[2], a, b, into: c, stride: stride, accumulates: true,
        by: library)
    }
    #expect(double < 8)
  }

  @Test(
    "adds a bias to each row of sums",
    arguments: [[30, 40, 600], [2, 300, 40], [60, 1, 300], [5, 19, 7], [4, 4, 0]])
  func biases(shape: [Int]) throws {
    let bias = (0..<shape[1]).map { Float($0 % 7) - 3 }
    func product(biased: Bool) throws -> [Float] {
      let a = Operand<Float>(shape[0], shape[2], .rows, seed: 1)
      let b = Operand<Float>(shape[2], shape[1], .rows, seed: 2)
      var output = [Float](repeating: 9, count: shape[0] * shape[1])
      try output.withUnsafeMutableBufferPointer { output in
        let start = try #require(output.baseAddress)
        _ = try a.withView { a in
          try b.withView { b in
            try MatrixProduct.multiply(
              rows: shape[0], columns: shape[1], depth: shape[2], a, b, into: start, stride: shape[1],
              bias: biased ? bias : nil)
          }
        }
      }
      return output
    }
    let (with, without) = (try product(biased: true), try product(biased: false))
    for place in with.indices {
      #expect(abs(with[place] - without[place] - bias[place % shape[1]]) < 1e-6 * Float(max(shape[2], 8)))
    }
  }

  @Test("is zero when there is nothing to sum")
  func empty() throws {
    let error: Double = try largestError(3, 4, 0, .rows, .rows) { (a: MatrixView<Float>, b, c, stride) in
      try MatrixProduct.multiply(rows: 3, columns: 4, depth: 0, a, b, into: c, stride: stride)
    }
    #expect(error == 0)
  }

  @Test("has the same bits for any number of threads", arguments: [[130, 270, 600], [2, 5000, 64], [5000, 1, 64]])
  func threads(shape: [Int]) throws {
    let a = Operand<Float>(shape[0], shape[2], .rows, seed: 3)
    let b = Operand<Float>(shape[2], shape[1], .rows, seed: 4)
    func product(threads: Int) throws -> [Float] {
      let before = ThreadPool.shared.threads
      ThreadPool.shared.threads = threads
      defer { ThreadPool.shared.threads = before }
      var output = [Float](repeating: 0, count: shape[0] * shape[1])
      try output.withUnsafeMutableBufferPointer { output in
        guard let output = output.baseAddress else { return }
        _ = try a.withView { a in
          try b.withView { b in
            try MatrixProduct.multiply(
              rows: shape[0], columns: shape[1], depth: shape[2], a, b, into: output, stride: shape[1])
          }
        }
      }
      return output
    }
    let one = try product(threads: 1)
    for threads in [2, 3, 7] { #expect(try product(threads: threads) == one) }
  }

  @Test("carries a NaN and an infinity to the elements that they belong to, and no further")
  func notFinite() throws {
    var left = [Float](repeating: 1, count: 8 * 20)
    left[2 * 20 + 5] = .nan
    left[7 * 20 + 1] = .infinity
    let right = [Float](repeating: 1, count: 20 * 18)
    var output = [Float](repeating: 0, count: 8 * 18)
    try output.withUnsafeMutableBufferPointer { output in
      try left.withUnsafeBufferPointer { left in
        try right.withUnsafeBufferPointer { right in
          guard let a = left.baseAddress, let b = right.baseAddress, let c = output.baseAddress else { return }
          try MatrixProduct.multiply(
            rows: 8, columns: 18, depth: 20, MatrixView(a, rowStride: 20), MatrixView(b, rowStride: 18),
            into: c, stride: 18)
        }
      }
    }
    for row in 0..<8 {
      for value in output[row * 18..<(row + 1) * 18] {
        switch row {
        case 2: #expect(value.isNaN)
        case 7: #expect(value == .infinity)
        default: #expect(value == 20)
        }
      }
    }
  }
}
