/// Transforms images for ``ToomConvolution`` and ``ToomWeightGradient``: each tile's window becomes its points.
///
/// A *strip* is one row of tiles of one image, and strips are counted over all images. The result is, for each block of
/// strips, `[depth block][point][row][depth in the block]`, a row being one tile.
struct ToomSource {
  let rows: ToomAxis
  let columns: ToomAxis
  let channels: Int
  /// Depth that lies side by side.
  let depthBlock: Int
  /// Strips in a block.
  let strips: Int

  /// The widest depth block that divides a depth.
  static func depthBlock(of depth: Int) -> Int { [64, 48, 32].first { depth % $0 == 0 } ?? 16 }

  private var points: Int { rows.points * columns.points }
  private var depth: Int { rows.sourcePhases * columns.sourcePhases * channels }

  /// Floats of one point in a depth block, for a block of strips. Rows are filled up to whole slivers, and points
  /// padded so that they do not share cache sets.
  var pointFloats: Int {
    ((strips * columns.tiles - 1) / MicroKernel.rows + 1) * MicroKernel.rows * depthBlock + LineTransform.channels
  }
  /// Floats of a depth block.
  var blockFloats: Int { points * pointFloats }
  /// Floats of a block of strips.
  var floats: Int { depth / depthBlock * blockFloats }

  /// Transforms some strips, the first of which begins a block.
  func transform(
    _ source: UnsafePointer<Float>, _ range: Range<Int>, into transformed: UnsafeMutablePointer<Float>
  ) throws {
    let imageFloats = rows.sourceLength * columns.sourceLength * channels
    let parts = depth / depthBlock
    try ThreadPool.shared.run(range.count * parts) { part in
      let (index, block) = part.quotientAndRemainder(dividingBy: parts)
      let (image, rowTile) = (range.lowerBound + index).quotientAndRemainder(dividingBy: rows.tiles)
      try transform(
        source + image * imageFloats, rowTile, depthBlock: block,
        into: transformed + index / strips * floats + block * blockFloats
          + index % strips * columns.tiles * depthBlock)
    }
  }

  private func transform(
    _ image: UnsafePointer<Float>, _ rowTile: Int, depthBlock block: Int,
    into transformed: UnsafeMutablePointer<Float>
  ) throws {
    let width = columns.sourceLength * channels
    let target = LineTransform.Layout(row: columns.points * pointFloats, column: pointFloats)
    try Scratch.withFloats(LineTransform.scratchFloats) { scratch in
      for columnTile in 0..<columns.tiles {
        let to = transformed + columnTile * depthBlock
        for lane in stride(from: 0, to: depthBlock, by: LineTransform.channels) {
          let (phase, channel) = (block * depthBlock + lane).quotientAndRemainder(dividingBy: channels)
          let rowSpan = rows.source(tile: rowTile, phase: phase / columns.sourcePhases)
          let columnSpan = columns.source(tile: columnTile, phase: phase % columns.sourcePhases)
          rows.window.withPart(rows: 0..<rows.points, columns: rowSpan.places) { vertical in
            columns.window.withPart(rows: 0..<columns.points, columns: columnSpan.places) { horizontal in
              LineTransform.apply(
                vertical, horizontal, image + rowSpan.start * width + columnSpan.start * channels + channel,
                .init(row: rowSpan.step * width, column: columnSpan.step * channels), to: to + lane, target,
                scratch: scratch)
            }
          }
        }
      }
    }
  }
}
