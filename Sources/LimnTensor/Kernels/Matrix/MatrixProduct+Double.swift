import COpenBLAS

extension MatrixProduct {
  /// Multiplies float64 matrices, with the meaning of the float32 product.
  ///
  /// Tiles of the result go to OpenBLAS, which has one thread. A tile's rows and columns are set by the shapes alone.
  static func multiply(
    rows: Int, columns: Int, depth: Int, _ left: MatrixView<Double>, _ right: MatrixView<Double>,
    into output: UnsafeMutablePointer<Double>, stride: Int, accumulates: Bool = false, by library: OpenBLAS
  ) throws {
    guard rows > 0, columns > 0 else { return }
    guard depth > 0 else {
      if !accumulates { clear(output, rows: rows, columns: columns, stride: stride) }
      return
    }
    try withBLASOperand(left, rows: rows, columns: depth) { left in
      try withBLASOperand(right, rows: depth, columns: columns) { right in
        // BLAS counts in 32 bits: where rows lie further apart, each is a tile by itself, and their distance unused.
        let tileRows = stride <= Int32.max ? 96 : 1
        let tileColumns = 256
        let columnTiles = (columns - 1) / tileColumns + 1
        let rowTiles = (rows - 1) / tileRows + 1
        ThreadPool.shared.run(rowTiles * columnTiles) { tile in
          let row = tile / columnTiles * tileRows
          let column = tile % columnTiles * tileColumns
          multiplyTile(
            rows: min(tileRows, rows - row), columns: min(tileColumns, columns - column), depth: depth,
            left, left.at(row, 0), right, right.at(0, column),
            into: output + row * stride + column, stride: stride, accumulates: accumulates, by: library)
        }
      }
    }
  }

  private static func multiplyTile(
    rows: Int, columns: Int, depth: Int,
    _ left: MatrixView<Double>, _ leftStart: UnsafePointer<Double>,
    _ right: MatrixView<Double>, _ rightStart: UnsafePointer<Double>,
    into output: UnsafeMutablePointer<Double>, stride: Int, accumulates: Bool, by library: OpenBLAS
  ) {
    // Deep products are summed in parts, for the same reason.
    let part = 1 << 30
    for k in Swift.stride(from: 0, to: depth, by: part) {
      library.dgemm(
        Int32(limn_row_major), Int32(left.columnStride == 1 ? limn_plain : limn_transposed),
        Int32(right.columnStride == 1 ? limn_plain : limn_transposed),
        Int32(rows), Int32(columns), Int32(min(part, depth - k)), 1,
        leftStart + k * left.columnStride, leadingDimension(left),
        rightStart + k * right.rowStride, leadingDimension(right),
        accumulates || k > 0 ? 1 : 0, output, Int32(clamping: stride))
    }
  }

  private static func leadingDimension(_ view: MatrixView<Double>) -> Int32 {
    Int32(clamping: view.columnStride == 1 ? view.rowStride : view.columnStride)
  }

  /// Gives `body` the matrix as it is when BLAS can read it (rows or columns contiguous, the others at a positive
  /// distance), else a copy.
  private static func withBLASOperand(
    _ view: MatrixView<Double>, rows: Int, columns: Int, _ body: (MatrixView<Double>) throws -> Void
  ) throws {
    let isReadable =
      (view.columnStride == 1 && view.rowStride >= max(columns, 1) && view.rowStride <= Int32.max)
      || (view.rowStride == 1 && view.columnStride >= max(rows, 1) && view.columnStride <= Int32.max
        && view.columnStride > 1)
    if isReadable { return try body(view) }
    try Scratch.withBuffer(of: Double.self, count: rows * columns) { copy in
      for row in 0..<rows {
        for column in 0..<columns { copy[row * columns + column] = view.at(row, column).pointee }
      }
      try body(MatrixView(copy, rowStride: columns))
    }
  }
}
