/// A matrix in memory that someone else owns, with any strides: a transposed one has them swapped, a broadcast one
/// has zeros.
struct MatrixView<Element: BitwiseCopyable> {
  var start: UnsafePointer<Element>
  /// Elements from a row to the next.
  var rowStride: Int
  /// Elements from a column to the next.
  var columnStride: Int

  init(_ start: UnsafePointer<Element>, rowStride: Int, columnStride: Int = 1) {
    self.start = start
    self.rowStride = rowStride
    self.columnStride = columnStride
  }

  /// The same memory with rows for columns.
  var transposed: MatrixView { MatrixView(start, rowStride: columnStride, columnStride: rowStride) }

  /// The same without its first rows.
  func from(row: Int) -> MatrixView { MatrixView(at(row, 0), rowStride: rowStride, columnStride: columnStride) }

  @inline(__always)
  func at(_ row: Int, _ column: Int) -> UnsafePointer<Element> {
    start + (row * rowStride + column * columnStride)
  }
}
