/// A right operand that is packed once and multiplied many times: the recurrent weights of every step of a sequence.
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

  /// Floats that the packing of so many rows takes.
  static func leftCount(rows: Int, depth: Int) -> Int {
    ((rows - 1) / MicroKernel.rows + 1) * MicroKernel.rows * depth
  }

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

  /// `output (+)= left · matrix`.
  ///
  /// - Parameters:
  ///   - left: `rows` × `depth`.
  ///   - scratch: room for the packed rows, ``leftCount(rows:depth:)`` floats.
  func multiply(
    rows: Int, _ left: MatrixView<Float>, scratch: UnsafeMutablePointer<Float>,
    into output: UnsafeMutablePointer<Float>, stride outputStride: Int, accumulates: Bool
  ) {
    for row in stride(from: 0, to: rows, by: MicroKernel.rows) {
      Packing.sliver(
        left.at(row, 0), rowStride: left.rowStride, stride: left.columnStride, rows: min(MicroKernel.rows, rows - row),
        depth: depth, into: scratch + row * depth)
    }
    var segment = Segment(left: 0, right: 0, depth: Int32(depth))
    for column in stride(from: 0, to: columns, by: MicroKernel.columns) {
      for row in stride(from: 0, to: rows, by: MicroKernel.rows) {
        MicroKernel.multiply(
          &segment, count: 1, left: scratch + row * depth, right: packed + column * depth,
          into: output + row * outputStride + column, stride: outputStride, rows: min(MicroKernel.rows, rows - row),
          columns: min(MicroKernel.columns, columns - column), accumulates: accumulates)
      }
    }
  }
}
