/// A right operand that is packed once and multiplied many times: the recurrent weights of every step of a sequence, the
/// keys and values of a block of attention.
///
/// Its products run on the calling thread alone; whoever uses it cuts the rows into tiles.
struct PackedOperand {
  let depth: Int
  let columns: Int
  private let packed: UnsafePointer<Float>

  /// Floats that the packed matrix takes.
  static func count(depth: Int, columns: Int) -> Int {
    ((columns - 1) / MicroKernel.columns + 1) * MicroKernel.columns * depth
  }

  /// Floats of scratch that ``multiply(rows:_:scratch:into:stride:accumulates:)`` takes.
  static func scratchCount(depth: Int) -> Int { MicroKernel.rows * depth }

  /// Packs `matrix`, of `depth` × `columns`, into memory that lives as long as this operand.
  init(_ matrix: MatrixView<Float>, depth: Int, columns: Int, into memory: UnsafeMutablePointer<Float>) {
    self.depth = depth
    self.columns = columns
    packed = UnsafePointer(memory)
    for column in stride(from: 0, to: columns, by: MicroKernel.columns) {
      Packing.panel(
        matrix.at(0, column), rowStride: matrix.rowStride, stride: matrix.columnStride,
        columns: min(MicroKernel.columns, columns - column), depth: depth, into: memory + column * depth)
    }
  }

  /// `output (+)= left · matrix`, or with a part of the matrix.
  ///
  /// - Parameters:
  ///   - left: `rows` × `depths.count`; one of its strides should be 1.
  ///   - depths: the matrix's rows that take part; all where it is nil.
  ///   - columns: the columns that are wanted, from the first; all where it is nil.
  ///   - scratch: ``scratchCount(depth:)`` floats.
  func multiply(
    rows: Int, _ left: MatrixView<Float>, over depths: Range<Int>? = nil, columns wanted: Int? = nil,
    scratch: UnsafeMutablePointer<Float>, into output: UnsafeMutablePointer<Float>, stride outputStride: Int,
    accumulates: Bool
  ) {
    let (depths, columns) = (depths ?? 0..<depth, wanted ?? columns)
    let readable = MicroKernel.readableSlivers(rows) * MicroKernel.rows
    if readable < rows {
      Packing.sliver(
        left.at(readable, 0), rowStride: left.rowStride, stride: left.columnStride, rows: rows - readable,
        depth: depths.count, into: scratch)
    }
    var segment = Segment(left: 0, right: 0, depth: Int32(depths.count))
    for column in stride(from: 0, to: columns, by: MicroKernel.columns) {
      for row in stride(from: 0, to: rows, by: MicroKernel.rows) {
        MicroKernel.multiply(
          &segment, count: 1,
          left: row < readable ? left.from(row: row) : MicroKernel.packed(scratch),
          right: packed + column * depth + depths.lowerBound * MicroKernel.columns,
          into: output + row * outputStride + column, stride: outputStride, rows: min(MicroKernel.rows, rows - row),
          columns: min(MicroKernel.columns, columns - column), accumulates: accumulates)
      }
    }
  }
}
