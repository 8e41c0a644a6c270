/// Copies of matrix parts in the order in which ``MicroKernel`` reads them.
enum Packing {
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
    var to = packed
    if rows == 6 {
      var row0 = source
      var row1 = source + rowStride
      var row2 = source + 2 * rowStride
      var row3 = source + 3 * rowStride
      var row4 = source + 4 * rowStride
      var row5 = source + 5 * rowStride
      for _ in 0..<depth {
        to[0] = row0[0]
        to[1] = row1[0]
        to[2] = row2[0]
        to[3] = row3[0]
        to[4] = row4[0]
        to[5] = row5[0]
        row0 += stride
        row1 += stride
        row2 += stride
        row3 += stride
        row4 += stride
        row5 += stride
        to += 6
      }
    } else {
      for k in 0..<depth {
        for row in 0..<6 { to[row] = row < rows ? source[row * rowStride + k * stride] : 0 }
        to += 6
      }
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
    var to = packed
    var from = source
    if columns == 16 && stride == 1 {
      for _ in 0..<depth {
        Vector(at: from).store(to: to)
        Vector(at: from + 8).store(to: to + 8)
        from += rowStride
        to += 16
      }
    } else if columns == 16 {
      for _ in 0..<depth {
        var element = from
        for column in 0..<16 {
          to[column] = element.pointee
          element += stride
        }
        from += rowStride
        to += 16
      }
    } else {
      for _ in 0..<depth {
        for column in 0..<16 { to[column] = column < columns ? from[column * stride] : 0 }
        from += rowStride
        to += 16
      }
    }
  }
}
