/// A convolution's gradient for its weights by a ``CookToom`` algorithm.
///
/// Both images are transformed, the input's windows as ``ToomSource`` does, the output gradient's tiles as
/// `[panel of 16][point][row][16]`. Each point's products are sums over rows, that is over tiles and images. For
/// a block of input channels and a panel of output channels all points are multiplied into a buffer in the second-level
/// cache, and transformed back from there into the weights.
struct ToomWeightGradient {
  /// Floats of both transformed images that are in memory at a time.
  private static let transformedFloats = 1 << 22
  /// Rows that are summed before sums go to the cache: longer sums would round more.
  private static let passRows = 64

  private let geometry: ConvolutionGeometry
  private let rows: ToomAxis
  private let columns: ToomAxis
  private let points: Int
  private let depthBlock: Int
  private let depthBlocks: Int
  private let panels: Int

  /// Nil when the shapes have no such way.
  init?(_ geometry: ConvolutionGeometry) {
    guard geometry.inputChannels % LineTransform.channels == 0, geometry.outputChannels % LineTransform.channels == 0,
      let rows = ToomAxis(geometry.rows, isGradient: false),
      let columns = ToomAxis(geometry.columns, isGradient: false)
    else { return nil }
    self.geometry = geometry
    self.rows = rows
    self.columns = columns
    points = rows.points * columns.points
    let depth = rows.sourcePhases * columns.sourcePhases * geometry.inputChannels
    depthBlock = ToomSource.depthBlock(of: depth)
    depthBlocks = depth / depthBlock
    panels = geometry.outputChannels / MicroKernel.columns
  }

  /// The time that this takes, in the direct way's multiplications.
  var cost: Double {
    ToomCost(
      rows: rows, columns: columns, batch: geometry.batch, sourceChannels: geometry.inputChannels,
      destinationChannels: geometry.outputChannels
    ).total
  }

  func run(
    input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>, into weightGradient: UnsafeMutablePointer<Float>
  ) throws {
    let perStrip = points * columns.tiles * (depthBlocks * depthBlock + geometry.outputChannels)
    let all = geometry.batch * rows.tiles
    let strips = min(all, max(1, Self.transformedFloats / perStrip))
    let plan = ToomSource(
      rows: rows, columns: columns, channels: geometry.inputChannels, depthBlock: depthBlock, strips: strips)
    // The last sliver of a block reads some floats beyond it.
    let sourceFloats = plan.floats + MicroKernel.columns
    try Scratch.withFloats(sourceFloats + panels * panelFloats(strips)) { source in
      let gradient = source + sourceFloats
      for first in stride(from: 0, to: all, by: strips) {
        let part = first..<min(all, first + strips)
        try plan.transform(input, part, into: source)
        try transform(outputGradient, part, strips, into: gradient)
        try ThreadPool.shared.run(depthBlocks * panels) { task in
          let (block, panel) = task.quotientAndRemainder(dividingBy: panels)
          try multiply(
            plan, source + block * plan.blockFloats, gradient + panel * panelFloats(strips),
            rowCount: part.count * columns.tiles, block: block, panel: panel, into: weightGradient, adds: first > 0)
        }
      }
    }
  }

  /// Floats of one point of a panel of the output's gradient, padded so that points do not share cache sets.
  private func pointFloats(_ strips: Int) -> Int { (strips * columns.tiles + 1) * MicroKernel.columns }

  private func panelFloats(_ strips: Int) -> Int { points * pointFloats(strips) }

  /// Transforms the output's gradient in some strips.
  private func transform(
    _ outputGradient: UnsafePointer<Float>, _ range: Range<Int>, _ strips: Int,
    into transformed: UnsafeMutablePointer<Float>
  ) throws {
    let channels = geometry.outputChannels
    let width = geometry.columns.output * channels
    let pointFloats = pointFloats(strips)
    let target = LineTransform.Layout(row: columns.points * pointFloats, column: pointFloats)
    try ThreadPool.shared.run(range.count) { index in
      let (image, rowTile) = (range.lowerBound + index).quotientAndRemainder(dividingBy: rows.tiles)
      let rowSpan = rows.destination(tile: rowTile, phase: 0)
      let from = outputGradient + (image * geometry.rows.output + rowSpan.start) * width
      try Scratch.withFloats(LineTransform.scratchFloats) { scratch in
        rows.output.withPart(rows: 0..<rows.points, columns: rowSpan.places) { vertical in
          for tile in 0..<columns.tiles {
            let columnSpan = columns.destination(tile: tile, phase: 0)
            columns.output.withPart(rows: 0..<columns.points, columns: columnSpan.places) { horizontal in
              for panel in 0..<panels {
                LineTransform.apply(
                  vertical, horizontal, from + columnSpan.start * channels + panel * MicroKernel.columns,
                  .init(row: width, column: channels),
                  to: transformed + panel * points * pointFloats + (index * columns.tiles + tile) * MicroKernel.columns,
                  target, scratch: scratch)
              }
            }
          }
        }
      }
    }
  }

  /// Multiplies a block of input channels with a panel of output channels, and transforms the products back.
  private func multiply(
    _ plan: ToomSource, _ source: UnsafePointer<Float>, _ gradient: UnsafePointer<Float>, rowCount: Int,
    block: Int, panel: Int, into weightGradient: UnsafeMutablePointer<Float>, adds: Bool
  ) throws {
    let slivers = (depthBlock - 1) / MicroKernel.rows + 1
    let sliverFloats = MicroKernel.rows * MicroKernel.columns
    let productFloats = slivers * sliverFloats + MicroKernel.columns
    let gradientFloats = pointFloats(plan.strips)
    try Scratch.withFloats(points * productFloats + LineTransform.scratchFloats) { products in
      for point in 0..<points {
        for first in stride(from: 0, to: rowCount, by: Self.passRows) {
          var segment = Segment(left: 0, right: 0, depth: Int32(min(Self.passRows, rowCount - first)))
          for sliver in 0..<slivers {
            MicroKernel.multiply(
              SixRows.self, &segment, count: 1,
              left: MatrixView(
                source + point * plan.pointFloats + first * depthBlock + sliver * MicroKernel.rows, rowStride: 1,
                columnStride: depthBlock),
              right: gradient + point * gradientFloats + first * MicroKernel.columns,
              into: products + point * productFloats + sliver * sliverFloats, stride: MicroKernel.columns,
              accumulates: first > 0)
          }
        }
      }
      transformBack(products, productFloats, block: block, panel: panel, into: weightGradient, adds: adds)
    }
  }

  private func transformBack(
    _ products: UnsafeMutablePointer<Float>, _ productFloats: Int, block: Int, panel: Int,
    into weightGradient: UnsafeMutablePointer<Float>, adds: Bool
  ) {
    let scratch = products + points * productFloats
    let tapFloats = geometry.inputChannels * geometry.outputChannels
    for lane in stride(from: 0, to: depthBlock, by: LineTransform.channels) {
      let (phase, channel) = (block * depthBlock + lane).quotientAndRemainder(dividingBy: geometry.inputChannels)
      let rowTaps = rows.taps(phase: phase / columns.sourcePhases)
      let columnTaps = columns.taps(phase: phase % columns.sourcePhases)
      let to =
        weightGradient + (rowTaps.first * geometry.columns.kernel + columnTaps.first) * tapFloats
        + channel * geometry.outputChannels + panel * MicroKernel.columns
      rows.taps.withPart(rows: rowTaps.places, columns: 0..<rows.points) { vertical in
        columns.taps.withPart(rows: columnTaps.places, columns: 0..<columns.points) { horizontal in
          for index in 0..<LineTransform.channels {
            LineTransform.apply(
              vertical, horizontal, products + (lane + index) * MicroKernel.columns,
              .init(row: columns.points * productFloats, column: productFloats),
              to: to + index * geometry.outputChannels,
              .init(row: rowTaps.step * geometry.columns.kernel * tapFloats, column: columnTaps.step * tapFloats),
              adds: adds, scratch: scratch)
          }
        }
      }
    }
  }
}
