/// Places of one pair of packed panels, in floats from the start of each operand, and their depth.
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
/// one: 12 fused multiply-adds for 8 loads, which keeps both of the processor's multipliers busy. Operands are packed
/// so that both are read from front to back: the left one as `[k][6]`, the right one as `[k][16]`.
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

  /// Writes, or adds to, a whole 6×16 tile.
  ///
  ///     output[i * stride + j] (+)= Σ over segments s, over k < s.depth,
  ///                                 of left[s.left + 6 k + i] · right[s.right + 16 k + j]
  @inline(never)
  static func multiply(
    _ segments: UnsafePointer<Segment>, count: Int,
    left: UnsafePointer<Float>, right: UnsafePointer<Float>,
    into output: UnsafeMutablePointer<Float>, stride: Int, accumulates: Bool
  ) {
    var row0 = Row()
    var row1 = Row()
    var row2 = Row()
    var row3 = Row()
    var row4 = Row()
    var row5 = Row()
    for index in 0..<count {
      var a = left + Int(segments[index].left)
      var b = right + Int(segments[index].right)
      for _ in 0..<Int(segments[index].depth) {
        let columns = Row(at: b)
        row0.add(a[0], times: columns)
        row1.add(a[1], times: columns)
        row2.add(a[2], times: columns)
        row3.add(a[3], times: columns)
        row4.add(a[4], times: columns)
        row5.add(a[5], times: columns)
        a += 6
        b += 16
      }
    }
    if accumulates {
      row0.add(Row(at: output))
      row1.add(Row(at: output + stride))
      row2.add(Row(at: output + 2 * stride))
      row3.add(Row(at: output + 3 * stride))
      row4.add(Row(at: output + 4 * stride))
      row5.add(Row(at: output + 5 * stride))
    }
    row0.store(to: output)
    row1.store(to: output + stride)
    row2.store(to: output + 2 * stride)
    row3.store(to: output + 3 * stride)
    row4.store(to: output + 4 * stride)
    row5.store(to: output + 5 * stride)
  }

  /// Writes, or adds to, the first `rows` rows and `columns` columns of a tile at the edge of the result.
  @inline(never)
  static func multiplyEdge(
    _ segments: UnsafePointer<Segment>, count: Int,
    left: UnsafePointer<Float>, right: UnsafePointer<Float>,
    into output: UnsafeMutablePointer<Float>, stride: Int, rows: Int, columns: Int, accumulates: Bool
  ) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.rows * Self.columns) { tile in
      guard let tile = tile.baseAddress else { return }
      multiply(
        segments, count: count, left: left, right: right,
        into: tile, stride: Self.columns, accumulates: false)
      for row in 0..<rows {
        let from = tile + row * Self.columns
        let to = output + row * stride
        if accumulates {
          for column in 0..<columns { to[column] += from[column] }
        } else {
          for column in 0..<columns { to[column] = from[column] }
        }
      }
    }
  }

  /// A tile of any size up to 6×16.
  @inline(__always)
  static func multiply(
    _ segments: UnsafePointer<Segment>, count: Int,
    left: UnsafePointer<Float>, right: UnsafePointer<Float>,
    into output: UnsafeMutablePointer<Float>, stride: Int, rows: Int, columns: Int, accumulates: Bool
  ) {
    if rows == Self.rows && columns == Self.columns {
      multiply(
        segments, count: count, left: left, right: right,
        into: output, stride: stride, accumulates: accumulates)
    } else {
      multiplyEdge(
        segments, count: count, left: left, right: right,
        into: output, stride: stride, rows: rows, columns: columns, accumulates: accumulates)
    }
  }
}
