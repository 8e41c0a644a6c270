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
  if let transposition = Transposition(shape, targetStrides, sourceStrides) {
    return transposition.run(source, target)
  }
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

/// A copy whose target runs along one axis and whose source runs along another: done row by row, every element would
/// touch a cache line of its own. It is done in square tiles, whose lines stay in the cache.
private struct Transposition {
  private static let tile = 32
  /// The target's axis.
  private var rows: (count: Int, sourceStride: Int)
  /// The source's axis.
  private var columns: (count: Int, targetStride: Int)
  /// All other axes.
  private var rest: Walk

  /// Nil when rows are as good.
  init?(_ shape: Shape, _ targetStrides: Shape, _ sourceStrides: Shape) {
    let last = shape.rank - 1
    guard last > 0, targetStrides[last] == 1, sourceStrides[last] != 1, shape[last] >= 8,
      let axis = (0..<last).last(where: { sourceStrides[$0] == 1 && shape[$0] >= 8 })
    else { return nil }
    rows = (shape[last], sourceStrides[last])
    columns = (shape[axis], targetStrides[axis])
    var (lengths, targets, sources) = (shape, targetStrides, sourceStrides)
    for removed in [last, axis] {
      lengths.remove(at: removed)
      targets.remove(at: removed)
      sources.remove(at: removed)
    }
    rest = Walk(lengths, targets, sources)
  }

  func run<Bits>(_ source: UnsafeMutablePointer<Bits>, _ target: UnsafeMutablePointer<Bits>) {
    let strips = (columns.count + Self.tile - 1) / Self.tile
    let work = max(1, rows.count * Self.tile)
    Tensor.chunks(rest.count * strips, grain: max(1, Walk.grain / work)) { range in
      for task in range {
        let (place, strip) = task.quotientAndRemainder(dividingBy: strips)
        rest.rows(place..<(place + 1)) { row in
          copyStrip(source + row.offsets[1], target + row.offsets[0], from: strip * Self.tile)
        }
      }
    }
  }

  private func copyStrip<Bits>(
    _ source: UnsafeMutablePointer<Bits>, _ target: UnsafeMutablePointer<Bits>, from start: Int
  ) {
    let end = min(start + Self.tile, columns.count)
    for first in stride(from: 0, to: rows.count, by: Self.tile) {
      for column in start..<end {
        let (from, to) = (source + column, target + column * columns.targetStride)
        for row in first..<min(first + Self.tile, rows.count) { to[row] = from[row &* rows.sourceStride] }
      }
    }
  }
}
