/// A convolution, or its gradient for the input, by a ``CookToom`` algorithm: a half to a quarter of the direct way's
/// multiplications, where there are channels enough to pay for the transforms.
///
/// The weights are transformed once, as `[panel of 16][point][depth][16]`; the depth is the source's phases and
/// channels. Then, for some rows of tiles at a time, the source is transformed as ``ToomSource`` says. For each panel
/// and each few rows, all points are multiplied into a buffer that stays in the second-level cache, and transformed back
/// from there straight into the destination, so that the products of points never go to memory.
struct ToomConvolution {
  /// Rows that are multiplied at a time, so that the products of all points, sixteen channels of them, stay in the
  /// second-level cache.
  private static let blockRows = 72
  /// Floats of transformed source, and of transformed weights, that are in memory at a time.
  private static let sourceFloats = 1 << 21
  private static let weightFloats = 1 << 22

  private let batch: Int
  private let rows: ToomAxis
  private let columns: ToomAxis
  private let sourceChannels: Int
  private let destinationChannels: Int
  /// Weights of a tap as source channels × destination channels.
  private let tapMatrix: MatrixView<Float>

  private let points: Int
  private let sourcePhases: Int
  private let depth: Int
  private let depthBlock: Int
  private let panels: Int
  private let panelsPerPhase: Int

  /// A way of computing a convolution, or its gradient for the input; nil when its shapes have none.
  init?(_ geometry: ConvolutionGeometry, isGradient: Bool, weights: UnsafePointer<Float>) {
    guard geometry.inputChannels % LineTransform.channels == 0, geometry.outputChannels % LineTransform.channels == 0,
      let rows = ToomAxis(geometry.rows, isGradient: isGradient),
      let columns = ToomAxis(geometry.columns, isGradient: isGradient)
    else { return nil }
    batch = geometry.batch
    self.rows = rows
    self.columns = columns
    sourceChannels = isGradient ? geometry.outputChannels : geometry.inputChannels
    destinationChannels = isGradient ? geometry.inputChannels : geometry.outputChannels
    let matrix = MatrixView(weights, rowStride: geometry.outputChannels)
    tapMatrix = isGradient ? matrix.transposed : matrix
    points = rows.points * columns.points
    sourcePhases = rows.sourcePhases * columns.sourcePhases
    depth = sourcePhases * sourceChannels
    depthBlock = ToomSource.depthBlock(of: depth)
    panelsPerPhase = destinationChannels / MicroKernel.columns
    panels = rows.destinationPhases * columns.destinationPhases * panelsPerPhase
  }

  /// The time that this takes, in the direct way's multiplications.
  var cost: Double {
    ToomCost(
      rows: rows, columns: columns, batch: batch, sourceChannels: sourceChannels,
      destinationChannels: destinationChannels
    ).total
  }

  func run(source: UnsafePointer<Float>, destination: UnsafeMutablePointer<Float>) throws {
    let perPanel = points * pointWeights
    let group = max(1, min(panels, Self.weightFloats / perPanel))
    let strips = batch * rows.tiles
    let blocks = min(strips, (strips * columns.tiles - 1) / Self.blockRows + 1)
    let blockStrips = (strips - 1) / blocks + 1
    let plan = ToomSource(
      rows: rows, columns: columns, channels: sourceChannels, depthBlock: depthBlock, strips: blockStrips)
    let blocksAtOnce = max(1, Self.sourceFloats / plan.floats)
    let blockCount = (strips - 1) / blockStrips + 1
    try Scratch.withFloats(perPanel * group + plan.floats * min(blocksAtOnce, blockCount)) { weights in
      let transformed = weights + perPanel * group
      for panel in stride(from: 0, to: panels, by: group) {
        let panelCount = min(group, panels - panel)
        try transformWeights(panel..<panel + panelCount, into: weights)
        for block in stride(from: 0, to: blockCount, by: blocksAtOnce) {
          let blockCount = min(blocksAtOnce, blockCount - block)
          let firstStrip = block * blockStrips
          try plan.transform(source, firstStrip..<min(strips, firstStrip + blockCount * blockStrips), into: transformed)
          try ThreadPool.shared.run(blockCount * panelCount) { task in
            let (part, offset) = task.quotientAndRemainder(dividingBy: panelCount)
            let first = firstStrip + part * blockStrips
            try multiply(
              plan, transformed + part * plan.floats, weights + offset * perPanel, panel: panel + offset,
              first..<min(strips, first + blockStrips), into: destination)
          }
        }
      }
    }
  }

  /// Floats of a point's weights for one panel. They are padded so that points do not share cache sets.
  private var pointWeights: Int { depth * MicroKernel.columns + MicroKernel.columns }

  private func transformWeights(_ group: Range<Int>, into transformed: UnsafeMutablePointer<Float>) throws {
    let blocks = depth / LineTransform.channels
    try ThreadPool.shared.run(group.count * blocks) { part in
      let (offset, block) = part.quotientAndRemainder(dividingBy: blocks)
      try transformWeights(
        panel: group.lowerBound + offset, depth: block * LineTransform.channels,
        into: transformed + offset * points * pointWeights)
    }
  }

  /// Sixteen of the depth's channels and sixteen destination channels, for all taps and points.
  private func transformWeights(panel: Int, depth start: Int, into panelWeights: UnsafeMutablePointer<Float>) throws {
    let (sourcePhase, sourceChannel) = start.quotientAndRemainder(dividingBy: sourceChannels)
    let (destinationPhase, destinationPanel) = panel.quotientAndRemainder(dividingBy: panelsPerPhase)
    let phase = max(sourcePhase, destinationPhase)
    let phaseColumns = max(columns.sourcePhases, columns.destinationPhases)
    let rowTaps = rows.taps(phase: phase / phaseColumns)
    let columnTaps = columns.taps(phase: phase % phaseColumns)
    let tapWidth = columns.kernelLength
    let tapStride = sourceChannels * destinationChannels
    let matrix = tapMatrix.at(sourceChannel, destinationPanel * MicroKernel.columns)
    let side = LineTransform.channels
    try Scratch.withFloats(rowTaps.places.count * columnTaps.places.count * side * side + LineTransform.scratchFloats) {
      copy in
      let scratch = copy + rowTaps.places.count * columnTaps.places.count * side * side
      var place = copy
      for rowTap in 0..<rowTaps.places.count {
        for columnTap in 0..<columnTaps.places.count {
          let tap =
            (rowTaps.first + rowTap * rowTaps.step) * tapWidth + columnTaps.first + columnTap * columnTaps.step
          Packing.panel(
            matrix + tap * tapStride, rowStride: tapMatrix.rowStride, stride: tapMatrix.columnStride, columns: side,
            depth: side, into: place)
          place += side * side
        }
      }
      rows.kernel.withPart(rows: 0..<rows.points, columns: rowTaps.places) { vertical in
        columns.kernel.withPart(rows: 0..<columns.points, columns: columnTaps.places) { horizontal in
          for channel in 0..<side {
            LineTransform.apply(
              vertical, horizontal, copy + channel * side,
              .init(row: columnTaps.places.count * side * side, column: side * side),
              to: panelWeights + (start + channel) * MicroKernel.columns,
              .init(row: columns.points * pointWeights, column: pointWeights), scratch: scratch)
          }
        }
      }
    }
  }

  /// Multiplies a panel for some strips, and transforms the products back.
  private func multiply(
    _ plan: ToomSource, _ source: UnsafePointer<Float>, _ weights: UnsafePointer<Float>, panel: Int,
    _ strips: Range<Int>, into destination: UnsafeMutablePointer<Float>
  ) throws {
    let slivers = (strips.count * columns.tiles - 1) / MicroKernel.rows + 1
    let sliverFloats = MicroKernel.rows * MicroKernel.columns
    let pointFloats = slivers * sliverFloats + MicroKernel.columns
    let blocks = depth / depthBlock
    try Scratch.withFloats(points * pointFloats + LineTransform.scratchFloats) { products in
      // Depth blocks are summed one by one: long sums in one go would round more.
      var segment = Segment(left: 0, right: 0, depth: Int32(depthBlock))
      for point in 0..<points {
        for sliver in 0..<slivers {
          for block in 0..<blocks {
            MicroKernel.multiply(
              SixRows.self, &segment, count: 1,
              left: MatrixView(
                source + block * plan.blockFloats + point * plan.pointFloats + sliver * MicroKernel.rows * depthBlock,
                rowStride: depthBlock),
              right: weights + point * pointWeights + block * depthBlock * MicroKernel.columns,
              into: products + point * pointFloats + sliver * sliverFloats, stride: MicroKernel.columns,
              accumulates: block > 0)
          }
        }
      }
      transformBack(products, pointFloats, panel: panel, strips, into: destination)
    }
  }

  private func transformBack(
    _ products: UnsafeMutablePointer<Float>, _ pointFloats: Int, panel: Int, _ strips: Range<Int>,
    into destination: UnsafeMutablePointer<Float>
  ) {
    let scratch = products + points * pointFloats
    let (phase, destinationPanel) = panel.quotientAndRemainder(dividingBy: panelsPerPhase)
    let rowFloats = columns.destinationLength * destinationChannels
    for (index, strip) in strips.enumerated() {
      let (image, rowTile) = strip.quotientAndRemainder(dividingBy: rows.tiles)
      let rowSpan = rows.destination(tile: rowTile, phase: phase / columns.destinationPhases)
      let to =
        destination + (image * rows.destinationLength + rowSpan.start) * rowFloats
        + destinationPanel * MicroKernel.columns
      rows.result.withPart(rows: rowSpan.places, columns: 0..<rows.points) { vertical in
        for columnTile in 0..<columns.tiles {
          let columnSpan = columns.destination(tile: columnTile, phase: phase % columns.destinationPhases)
          columns.result.withPart(rows: columnSpan.places, columns: 0..<columns.points) { horizontal in
            LineTransform.apply(
              vertical, horizontal, products + (index * columns.tiles + columnTile) * MicroKernel.columns,
              .init(row: columns.points * pointFloats, column: pointFloats),
              to: to + columnSpan.start * destinationChannels,
              .init(row: rowSpan.step * rowFloats, column: columnSpan.step * destinationChannels), scratch: scratch)
          }
        }
      }
    }
  }
}
