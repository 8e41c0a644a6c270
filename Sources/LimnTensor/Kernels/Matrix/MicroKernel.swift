import CProcessor

/// Places of a sliver and a panel that are multiplied, in floats from the start of each operand, and their depth.
///
/// 32 bits each, on purpose: two whole words would be loaded as a vector, for which the kernel has no register left.
struct Segment {
  var left: Int32
  var right: Int32
  var depth: Int32
}

/// The product of a sliver of six rows and a panel of sixteen columns: the innermost loops of every matrix product
/// and convolution here.
///
/// Twelve registers hold the 6×16 results, one holds a broadcast element of the left operand, two a row of the right
/// one: 12 fused multiply-adds for 8 loads, which keeps both of the processor's multipliers busy. The right operand is
/// packed as `[k][16]`, so that it is read from front to back. The left one is packed as `[k][6]`, or is read where it
/// lies: a sliver is used by one panel after another, and stays in the cache meanwhile.
///
/// A last sliver of up to four rows takes a kernel of 4×16, so that a matrix of 32 rows costs little more than its share.
///
/// The sum runs over a *list* of panel pairs. A matrix product has one; a convolution has one for each tap
/// of its kernel that falls inside the image, and all are summed before anything goes to memory.
enum MicroKernel {
  static let rows = 6
  static let columns = 16

  /// One row of the results.
  struct Row {
    var low = Vector()
    var high = Vector()

    init() {}

    @inline(__always)
    init(at pointer: UnsafePointer<Float>) {
      low = Vector(at: pointer)
      high = Vector(at: pointer + 8)
    }

    @inline(__always)
    mutating func add(_ element: Float, times right: Row) {
      let element = Vector(repeating: element)
      low.addProduct(element, right.low)
      high.addProduct(element, right.high)
    }

    @inline(__always)
    mutating func add(_ other: Row) {
      low += other.low
      high += other.high
    }

    @inline(__always)
    func store(to pointer: UnsafeMutablePointer<Float>) {
      low.store(to: pointer)
      high.store(to: pointer + 8)
    }
  }

  /// A sliver that is packed as `[k][6]`.
  @inline(__always)
  static func packed(_ sliver: UnsafePointer<Float>) -> MatrixView<Float> {
    MatrixView(sliver, rowStride: 1, columnStride: rows)
  }

  /// Slivers of so many rows, from the first, that are multiplied where they lie; at most one more has to be packed, to
  /// fill up its rows.
  @inline(__always)
  static func readableSlivers(_ rows: Int) -> Int {
    rows / SixRows.rows + (rows % SixRows.rows == FourRows.rows ? 1 : 0)
  }

  /// Writes, or adds to, a tile of ``TileHeight/rows`` by sixteen.
  ///
  ///     output[i * stride + j] (+)= Σ over segments s, over k < s.depth, of left[i, k] · right[s.right + 16 k + j]
  ///
  /// with `left` moved on by `s.left` floats; sums begin at `start[j]`, or at zero. One of the left operand's strides should
  /// be 1, so that elements that are read one after another share cache lines.
  @inline(never)
  static func multiply<Height: TileHeight>(
    _ height: Height.Type, _ segments: UnsafePointer<Segment>, count: Int, left: MatrixView<Float>,
    right: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>, stride: Int, accumulates: Bool,
    start: UnsafePointer<Float>? = nil
  ) {
    let (rowStride, depthStride) = (left.rowStride, left.columnStride)
    // The results' lines are on their way while the sums are made: stores that miss the cache wait for one another. The end
    // of a row, since what lies before came with the tile to the left.
    for row in 0..<Height.rows { limn_prefetch_for_writing(output + row * stride + Self.columns - 1) }
    // Variables, and no array or structure: they stay in registers.
    var row0 = start.map { Row(at: $0) } ?? Row()
    var row1 = row0
    var row2 = row0
    var row3 = row0
    var row4 = row0
    var row5 = row0
    for index in 0..<count {
      var a = left.start + Int(segments[index].left)
      var a3 = a + 3 * rowStride
      var b = right + Int(segments[index].right)
      for _ in 0..<Int(segments[index].depth) {
        let columns = Row(at: b)
        row0.add(a[0], times: columns)
        row1.add(a[rowStride], times: columns)
        row2.add(a[2 * rowStride], times: columns)
        row3.add(a3[0], times: columns)
        if Height.isSix {
          row4.add(a3[rowStride], times: columns)
          row5.add(a3[2 * rowStride], times: columns)
        }
        a += depthStride
        a3 += depthStride
        b += Self.columns
      }
    }
    if accumulates {
      row0.add(Row(at: output))
      row1.add(Row(at: output + stride))
      row2.add(Row(at: output + 2 * stride))
      row3.add(Row(at: output + 3 * stride))
      if Height.isSix {
        row4.add(Row(at: output + 4 * stride))
        row5.add(Row(at: output + 5 * stride))
      }
    }
    row0.store(to: output)
    row1.store(to: output + stride)
    row2.store(to: output + 2 * stride)
    row3.store(to: output + 3 * stride)
    if Height.isSix {
      row4.store(to: output + 4 * stride)
      row5.store(to: output + 5 * stride)
    }
  }

  /// Writes, or adds to, the first `rows` rows and `columns` columns of a tile at the edge of the result.
  @inline(never)
  static func multiplyEdge(
    _ segments: UnsafePointer<Segment>, count: Int, left: MatrixView<Float>, right: UnsafePointer<Float>,
    into output: UnsafeMutablePointer<Float>, stride: Int, rows: Int, columns: Int, accumulates: Bool,
    start: UnsafePointer<Float>?
  ) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.rows * Self.columns) { tile in
      guard let tile = tile.baseAddress else { return }
      multiply(
        segments, count: count, left: left, right: right, into: tile, stride: Self.columns,
        rows: rows <= FourRows.rows ? FourRows.rows : SixRows.rows, columns: Self.columns, accumulates: false)
      for row in 0..<rows {
        let from = tile + row * Self.columns
        let to = output + row * stride
        if accumulates {
          for column in 0..<columns { to[column] += from[column] }
        } else if let start {
          for column in 0..<columns { to[column] = start[column] + from[column] }
        } else {
          for column in 0..<columns { to[column] = from[column] }
        }
      }
    }
  }

  /// A tile of any size up to 6×16. Where it has neither six rows nor four, `left` holds as many all the same.
  ///
  /// - Parameter start: as many numbers as columns, for sums that are not added to the output.
  @inline(__always)
  static func multiply(
    _ segments: UnsafePointer<Segment>, count: Int, left: MatrixView<Float>, right: UnsafePointer<Float>,
    into output: UnsafeMutablePointer<Float>, stride: Int, rows: Int, columns: Int, accumulates: Bool,
    start: UnsafePointer<Float>? = nil
  ) {
    switch (rows, columns) {
    case (SixRows.rows, Self.columns):
      multiply(
        SixRows.self, segments, count: count, left: left, right: right, into: output, stride: stride,
        accumulates: accumulates, start: start)
    case (FourRows.rows, Self.columns):
      multiply(
        FourRows.self, segments, count: count, left: left, right: right, into: output, stride: stride,
        accumulates: accumulates, start: start)
    default:
      multiplyEdge(
        segments, count: count, left: left, right: right, into: output, stride: stride, rows: rows, columns: columns,
        accumulates: accumulates, start: start)
    }
  }
}

/// The rows of a tile, known when the kernel is compiled.
protocol TileHeight {
  static var isSix: Bool { get }
}

extension TileHeight {
  /// Six or four.
  static var rows: Int { isSix ? MicroKernel.rows : 4 }
}

enum SixRows: TileHeight {
  static var isSix: Bool { true }
}

enum FourRows: TileHeight {
  static var isSix: Bool { false }
}
