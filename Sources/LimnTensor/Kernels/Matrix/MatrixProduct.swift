/// Products of matrices in memory, on all threads.
///
///     output[i, j] = Σ over k of left[i, k] · right[k, j]     (added to what is there, if asked)
///
/// Operands may have any strides. Each element's sum runs over k in blocks of a fixed depth, in order, so its bits
/// depend neither on the number of threads nor on how the result was cut into tiles.
enum MatrixProduct {
  /// What is done with some rows and columns of a product that is complete there.
  typealias Finish = (_ rows: Range<Int>, _ columns: Range<Int>) -> Void

  /// Multiplies float32 matrices.
  ///
  /// Products with one, two or three rows or columns read each element of the large operand once and are left to
  /// ``ThinProduct``; the others are packed and go to ``MicroKernel``.
  ///
  /// - Parameters:
  ///   - left: `rows` × `depth`.
  ///   - right: `depth` × `columns`.
  ///   - output: `rows` × `columns`, rows `stride` floats apart, columns side by side. It overlaps neither operand.
  ///   - accumulates: whether to add to the output instead of replacing it.
  ///   - bias: a number for each column, which is added to its sums; for an output that is replaced.
  ///   - finish: is given each part of the output once, when it is complete and still in a cache, on the thread that
  ///     made it.
  static func multiply(
    rows: Int, columns: Int, depth: Int, _ left: MatrixView<Float>, _ right: MatrixView<Float>,
    into output: UnsafeMutablePointer<Float>, stride: Int, accumulates: Bool = false,
    bias: UnsafePointer<Float>? = nil, finish: Finish? = nil
  ) throws {
    guard rows > 0, columns > 0 else { return }
    guard depth > 0 else {
      if !accumulates { clear(output, rows: rows, columns: columns, stride: stride) }
      if let bias { add(bias, to: output, rows: rows, columns: columns, stride: stride) }
      finish?(0..<rows, 0..<columns)
      return
    }
    if rows <= ThinProduct.limit || columns <= ThinProduct.limit {
      let isDone = try ThinProduct.multiply(
        rows: rows, columns: columns, depth: depth, left, right, into: output, stride: stride,
        accumulates: accumulates)
      if isDone {
        if let bias { add(bias, to: output, rows: rows, columns: columns, stride: stride) }
        finish?(0..<rows, 0..<columns)
        return
      }
    }
    for row in Swift.stride(from: 0, to: rows, by: PackedProduct.blockRows) {
      for column in Swift.stride(from: 0, to: columns, by: PackedProduct.blockColumns) {
        try PackedProduct(
          rows: min(PackedProduct.blockRows, rows - row), columns: min(PackedProduct.blockColumns, columns - column),
          depth: depth,
          left: left.from(row: row),
          right: MatrixView(right.at(0, column), rowStride: right.rowStride, columnStride: right.columnStride),
          output: output + row * stride + column, stride: stride, accumulates: accumulates,
          bias: bias.map { $0 + column },
          finish: finish.map { finish in
            { rows, columns in
              let columns = column + columns.lowerBound..<column + columns.upperBound
              finish(row + rows.lowerBound..<row + rows.upperBound, columns)
            }
          }
        ).run()
      }
    }
  }

  /// Runs `count` products, `multiply(index)` being one: side by side when each is small, else one after another, each
  /// on all threads.
  ///
  /// - Parameter work: multiplications in one product, `rows * columns * depth`.
  static func batch(_ count: Int, work: Int, multiply: (Int) throws -> Void) throws {
    if count > 1, work < 1 << 24 {
      let grain = max(1, PackedProduct.serialWork / max(work, 1))
      try ThreadPool.shared.run(elements: count, grain: grain) { range in
        for index in range { try multiply(index) }
      }
    } else {
      for index in 0..<count { try multiply(index) }
    }
  }

  private static func add(
    _ bias: UnsafePointer<Float>, to output: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int
  ) {
    for row in 0..<rows {
      let sums = output + row * stride
      for column in 0..<columns { sums[column] += bias[column] }
    }
  }

  static func clear<Element: BitwiseCopyable & Numeric>(
    _ output: UnsafeMutablePointer<Element>, rows: Int, columns: Int, stride: Int
  ) {
    for row in 0..<rows { (output + row * stride).update(repeating: 0, count: columns) }
  }
}
