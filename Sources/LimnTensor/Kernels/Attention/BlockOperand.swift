/// The right operand of the products of a block of queries: packed, unless so few of them share it that reading it once is
/// all there is to do.
struct BlockOperand {
  private let matrix: MatrixView<Float>
  private let columns: Int
  private let depth: Int
  private let packed: PackedOperand?

  /// Floats that it takes when it is packed.
  static func count(depth: Int, columns: Int) -> Int { PackedOperand.count(depth: depth, columns: columns) }

  /// - Parameters:
  ///   - users: rows that it will be multiplied with.
  ///   - memory: ``count(depth:columns:)`` floats that live as long as this operand.
  init(_ matrix: MatrixView<Float>, depth: Int, columns: Int, users: Int, into memory: UnsafeMutablePointer<Float>) {
    self.matrix = matrix
    self.columns = columns
    self.depth = depth
    packed =
      users > ThinProduct.limit ? PackedOperand(matrix, depth: depth, columns: columns, into: memory) : nil
  }

  /// As ``PackedOperand/multiply(rows:_:over:columns:scratch:into:stride:accumulates:)``.
  func multiply(
    rows: Int, _ left: MatrixView<Float>, over depths: Range<Int>? = nil, columns wanted: Int? = nil,
    scratch: UnsafeMutablePointer<Float>, into output: UnsafeMutablePointer<Float>, stride: Int, accumulates: Bool
  ) throws {
    if let packed {
      return packed.multiply(
        rows: rows, left, over: depths, columns: wanted, scratch: scratch, into: output, stride: stride,
        accumulates: accumulates)
    }
    let depths = depths ?? 0..<depth
    try MatrixProduct.multiply(
      rows: rows, columns: wanted ?? columns, depth: depths.count, left,
      matrix.from(row: depths.lowerBound),
      into: output, stride: stride, accumulates: accumulates)
  }
}
