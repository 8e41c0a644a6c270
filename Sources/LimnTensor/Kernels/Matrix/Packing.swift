import CProcessor

/// Copies of matrix parts in the order in which ``MicroKernel`` reads them.
///
/// A part that lies the right way in memory is copied, one that lies across is turned over by blocks of 4×4 in
/// registers; elements go one by one only at the edges, and where neither stride is one.
enum Packing {
  /// Rows of the depth that a group of parts is read through together: as many lines as stay in the first-level cache
  /// where the rows lie a power of two apart.
  private static let groupDepth = 8
  /// Rows of the depth between the one that is copied and the one that is asked for: they lie so far apart in memory
  /// that the processor does not foresee the next.
  private static let depthAhead = 16

  /// Packs any number of rows as slivers of six, `sliverStride` floats apart; see ``sliver(_:rowStride:stride:rows:depth:into:)``.
  static func slivers(
    _ source: UnsafePointer<Float>, rowStride: Int, stride: Int, rows: Int, depth: Int,
    into packed: UnsafeMutablePointer<Float>, sliverStride: Int
  ) {
    var row = 0
    if rowStride == 1 {
      let whole = rows / MicroKernel.rows
      inGroups(whole, depth: depth) { sliver, k, depth in
        copySliver(
          source + sliver * MicroKernel.rows + k * stride, stride: stride, depth: depth,
          into: packed + sliver * sliverStride + k * MicroKernel.rows)
      }
      row = whole * MicroKernel.rows
    }
    while row < rows {
      sliver(
        source + row * rowStride, rowStride: rowStride, stride: stride, rows: min(MicroKernel.rows, rows - row),
        depth: depth, into: packed + row / MicroKernel.rows * sliverStride)
      row += MicroKernel.rows
    }
  }

  /// Packs any number of columns as panels of sixteen, `panelStride` floats apart; see ``panel(_:rowStride:stride:columns:depth:into:)``.
  static func panels(
    _ source: UnsafePointer<Float>, rowStride: Int, stride: Int, columns: Int, depth: Int,
    into packed: UnsafeMutablePointer<Float>, panelStride: Int
  ) {
    var column = 0
    if stride == 1 {
      let whole = columns / MicroKernel.columns
      inGroups(whole, depth: depth) { panel, k, depth in
        copyPanel(
          source + panel * MicroKernel.columns + k * rowStride, rowStride: rowStride, depth: depth,
          into: packed + panel * panelStride + k * MicroKernel.columns)
      }
      column = whole * MicroKernel.columns
    }
    while column < columns {
      panel(
        source + column * stride, rowStride: rowStride, stride: stride,
        columns: min(MicroKernel.columns, columns - column), depth: depth,
        into: packed + column / MicroKernel.columns * panelStride)
      column += MicroKernel.columns
    }
  }

  /// Packs a sliver of up to six rows as `[k][6]`; rows that are missing become zeros.
  ///
  /// - Parameters:
  ///   - rowStride: floats from a row to the next.
  ///   - stride: floats from an element of a row to the next.
  @inline(never)
  static func sliver(
    _ source: UnsafePointer<Float>, rowStride: Int, stride: Int, rows: Int, depth: Int,
    into packed: UnsafeMutablePointer<Float>
  ) {
    var done = 0
    if rows == MicroKernel.rows {
      if rowStride == 1 { return copySliver(source, stride: stride, depth: depth, into: packed) }
      if stride == 1 { done = turnSliver(source, rowStride: rowStride, depth: depth, into: packed) }
    }
    var to = packed + done * MicroKernel.rows
    for k in done..<depth {
      let from = source + k * stride
      for row in 0..<MicroKernel.rows { to[row] = row < rows ? from[row * rowStride] : 0 }
      to += MicroKernel.rows
    }
  }

  /// Packs a panel of up to sixteen columns as `[k][16]`; columns that are missing become zeros.
  ///
  /// - Parameters:
  ///   - rowStride: floats from an element of a column to the next.
  ///   - stride: floats from a column to the next.
  @inline(never)
  static func panel(
    _ source: UnsafePointer<Float>, rowStride: Int, stride: Int, columns: Int, depth: Int,
    into packed: UnsafeMutablePointer<Float>
  ) {
    var done = 0
    if columns == MicroKernel.columns {
      if stride == 1 { return copyPanel(source, rowStride: rowStride, depth: depth, into: packed) }
      if rowStride == 1 { done = turnPanel(source, stride: stride, depth: depth, into: packed) }
    }
    var to = packed + done * MicroKernel.columns
    for k in done..<depth {
      let from = source + k * rowStride
      for column in 0..<MicroKernel.columns { to[column] = column < columns ? from[column * stride] : 0 }
      to += MicroKernel.columns
    }
  }

  /// Runs `copy(part, k, depth)` over all parts, a few rows of the depth at a time: what lies side by side in memory is
  /// read side by side.
  @inline(__always)
  private static func inGroups(_ parts: Int, depth: Int, _ copy: (Int, Int, Int) -> Void) {
    for k in Swift.stride(from: 0, to: depth, by: groupDepth) {
      for part in 0..<parts { copy(part, k, min(groupDepth, depth - k)) }
    }
  }

  /// A whole sliver whose rows lie side by side.
  @inline(__always)
  private static func copySliver(
    _ source: UnsafePointer<Float>, stride: Int, depth: Int, into packed: UnsafeMutablePointer<Float>
  ) {
    var (from, to) = (source, packed)
    for _ in 0..<depth {
      limn_prefetch_for_reading(from + depthAhead * stride)
      SIMD4(at: from).store(to: to)
      SIMD2(at: from + 4).store(to: to + 4)
      from += stride
      to += MicroKernel.rows
    }
  }

  /// A whole panel whose columns lie side by side.
  @inline(__always)
  private static func copyPanel(
    _ source: UnsafePointer<Float>, rowStride: Int, depth: Int, into packed: UnsafeMutablePointer<Float>
  ) {
    var (from, to) = (source, packed)
    for _ in 0..<depth {
      limn_prefetch_for_reading(from + depthAhead * rowStride)
      Vector(at: from).store(to: to)
      Vector(at: from + 8).store(to: to + 8)
      from += rowStride
      to += MicroKernel.columns
    }
  }

  /// The largest part of a whole sliver, of rows whose elements lie side by side, that is a multiple of four deep.
  ///
  /// - Returns: its depth.
  @inline(__always)
  private static func turnSliver(
    _ source: UnsafePointer<Float>, rowStride: Int, depth: Int, into packed: UnsafeMutablePointer<Float>
  ) -> Int {
    var (from, to) = (source, packed)
    for _ in 0..<depth / 4 {
      let block = Block(at: from, stride: rowStride).turned
      let fourth = SIMD4(at: from + 4 * rowStride)
      let fifth = SIMD4(at: from + 5 * rowStride)
      block.row0.store(to: to)
      SIMD2(fourth[0], fifth[0]).store(to: to + 4)
      block.row1.store(to: to + 6)
      SIMD2(fourth[1], fifth[1]).store(to: to + 10)
      block.row2.store(to: to + 12)
      SIMD2(fourth[2], fifth[2]).store(to: to + 16)
      block.row3.store(to: to + 18)
      SIMD2(fourth[3], fifth[3]).store(to: to + 22)
      from += 4
      to += 4 * MicroKernel.rows
    }
    return depth & ~3
  }

  /// The largest part of a whole panel, of columns whose elements lie side by side, that is a multiple of four deep.
  ///
  /// - Returns: its depth.
  @inline(__always)
  private static func turnPanel(
    _ source: UnsafePointer<Float>, stride: Int, depth: Int, into packed: UnsafeMutablePointer<Float>
  ) -> Int {
    for k in Swift.stride(from: 0, to: depth & ~3, by: 4) {
      var (from, to) = (source + k, packed + k * MicroKernel.columns)
      for _ in 0..<4 {
        let block = Block(at: from, stride: stride).turned
        block.row0.store(to: to)
        block.row1.store(to: to + MicroKernel.columns)
        block.row2.store(to: to + 2 * MicroKernel.columns)
        block.row3.store(to: to + 3 * MicroKernel.columns)
        from += 4 * stride
        to += 4
      }
    }
    return depth & ~3
  }

  /// Four by four floats in registers.
  private struct Block {
    var row0: SIMD4<Float>
    var row1: SIMD4<Float>
    var row2: SIMD4<Float>
    var row3: SIMD4<Float>

    @inline(__always)
    init(_ row0: SIMD4<Float>, _ row1: SIMD4<Float>, _ row2: SIMD4<Float>, _ row3: SIMD4<Float>) {
      self.row0 = row0
      self.row1 = row1
      self.row2 = row2
      self.row3 = row3
    }

    @inline(__always)
    init(at pointer: UnsafePointer<Float>, stride: Int) {
      self.init(
        SIMD4(at: pointer), SIMD4(at: pointer + stride), SIMD4(at: pointer + 2 * stride),
        SIMD4(at: pointer + 3 * stride))
    }

    /// The same block with rows as columns, by pairs.
    @inline(__always)
    var turned: Block {
      let low = SIMD4(row0[0], row1[0], row0[1], row1[1])
      let high = SIMD4(row0[2], row1[2], row0[3], row1[3])
      let otherLow = SIMD4(row2[0], row3[0], row2[1], row3[1])
      let otherHigh = SIMD4(row2[2], row3[2], row2[3], row3[3])
      return Block(
        SIMD4(lowHalf: low.lowHalf, highHalf: otherLow.lowHalf),
        SIMD4(lowHalf: low.highHalf, highHalf: otherLow.highHalf),
        SIMD4(lowHalf: high.lowHalf, highHalf: otherHigh.lowHalf),
        SIMD4(lowHalf: high.highHalf, highHalf: otherHigh.highHalf))
    }
  }
}

extension SIMD where Scalar == Float {
  /// Loads as many floats from any address.
  @inline(__always)
  fileprivate init(at pointer: UnsafePointer<Float>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: Self.self)
  }

  /// Stores as many floats at any address.
  @inline(__always)
  fileprivate func store(to pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Self.self)
  }
}
