/// Copies elements between strided tensors of one shape and element size.
///
/// `target` is memory that is being filled; its strides may be any.
func copyElements(
  from source: UnsafeMutableRawPointer, _ sourceStrides: Shape, to target: UnsafeMutableRawPointer,
  _ targetStrides: Shape, _ shape: Shape, byteCount: Int
) {
  switch byteCount {
  case 1: copy(UInt8.self, source, sourceStrides, target, targetStrides, shape)
  case 4: copy(UInt32.self, source, sourceStrides, target, targetStrides, shape)
  default: copy(UInt64.self, source, sourceStrides, target, targetStrides, shape)
  }
}

@inline(never)
private func copy<Bits>(
  _ type: Bits.Type, _ source: UnsafeMutableRawPointer, _ sourceStrides: Shape, _ target: UnsafeMutableRawPointer,
  _ targetStrides: Shape, _ shape: Shape
) {
  let source = source.assumingMemoryBound(to: Bits.self)
  let target = target.assumingMemoryBound(to: Bits.self)
  let walk = Walk(shape, targetStrides, sourceStrides)
  let (targetStride, sourceStride) = (walk.rowStride(0), walk.rowStride(1))
  walk.rows { row in
    let (from, to) = (source + row.offsets[1], target + row.offsets[0])
    switch (targetStride, sourceStride) {
    case (1, 1): to.update(from: from, count: row.length)
    case (1, 0): to.update(repeating: from.pointee, count: row.length)
    default: for i in 0..<row.length { to[i &* targetStride] = from[i &* sourceStride] }
    }
  }
}
