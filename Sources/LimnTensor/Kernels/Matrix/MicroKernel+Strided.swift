extension MicroKernel {
  /// Writes, or adds to, a whole 6×16 tile, reading the left operand where it lies.
  ///
  ///     output[i * stride + j] (+)= Σ over segments s, over k < s.depth,
  ///                                 of left[s.left + rowStride i + depthStride k] · right[s.right + 16 k + j]
  ///
  /// One of the two strides should be 1, so that elements that are read one after another share cache lines.
  @inline(never)
  static func multiply(
    _ segments: UnsafePointer<Segment>, count: Int,
    left: UnsafePointer<Float>, rowStride: Int, depthStride: Int, right: UnsafePointer<Float>,
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
      var a3 = a + 3 * rowStride
      var b = right + Int(segments[index].right)
      for _ in 0..<Int(segments[index].depth) {
        let columns = Row(at: b)
        row0.add(a[0], times: columns)
        row1.add(a[rowStride], times: columns)
        row2.add(a[2 * rowStride], times: columns)
        row3.add(a3[0], times: columns)
        row4.add(a3[rowStride], times: columns)
        row5.add(a3[2 * rowStride], times: columns)
        a += depthStride
        a3 += depthStride
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
}
