/// One product, or one block of a large one, by packed operands and ``MicroKernel``.
///
/// The result is cut into tiles for the thread pool. Where there is more than one row *and* more than one column of
/// tiles, both operands are packed first, each part once, for all. Where a single row of tiles covers the result,
/// every part of the right operand belongs to one tile, which packs it on the way, while it is in the cache; the same
/// for the left operand and a single column. A left operand whose rows are contiguous is not packed at all, save a last
/// sliver that is not full.
struct PackedProduct {
  /// The depth that is summed in registers before a tile of results goes to memory: a panel of that depth takes 16 KiB,
  /// half of the first-level cache.
  static let depthBlock = 256
  /// Limits of a block, which bound the packed copies to eight megabytes.
  static let blockRows = 4092
  static let blockColumns = 4096
  /// Multiplications below which one thread is faster than two.
  static let serialWork = 1 << 17

  /// Floats that are packed at a time, unless even one ``depthBlock`` takes more: what the second-level caches hold.
  private static let packedFloats = 1 << 18
  private static let tileSlivers = 16
  private static let tilePanels = 16
  private static let wantedTiles = 16
  /// The most that all tiles share: to ``depthBlock`` these take half of a second-level cache of 512 KiB.
  private static let sharedSlivers = 32
  private static let sharedPanels = 12
  /// Slivers or panels that are packed together where they lie side by side in memory.
  private static let groupedParts = 8
  /// The depth to which a part is packed at a time, before all are multiplied.
  private static let packedDepth = 128

  private let rows: Int
  private let columns: Int
  private let depth: Int
  private let left: MatrixView<Float>
  private let right: MatrixView<Float>
  private let output: UnsafeMutablePointer<Float>
  private let stride: Int
  private let accumulates: Bool
  private let bias: UnsafePointer<Float>?
  private let finish: MatrixProduct.Finish?

  /// Whether whole slivers of the left operand are multiplied where they lie.
  private let readsLeft: Bool
  private let slivers: Int
  private let panels: Int
  private let rowTiles: Int
  private let columnTiles: Int
  private let isSerial: Bool

  init(
    rows: Int, columns: Int, depth: Int, left: MatrixView<Float>, right: MatrixView<Float>,
    output: UnsafeMutablePointer<Float>, stride: Int, accumulates: Bool, bias: UnsafePointer<Float>?,
    finish: MatrixProduct.Finish?
  ) {
    self.rows = rows
    self.columns = columns
    self.depth = depth
    self.left = left
    self.right = right
    self.output = output
    self.stride = stride
    self.accumulates = accumulates
    self.bias = bias
    self.finish = finish
    readsLeft = left.columnStride == 1
    slivers = (rows - 1) / MicroKernel.rows + 1
    panels = (columns - 1) / MicroKernel.columns + 1
    isSerial = rows * columns * depth <= Self.serialWork

    (rowTiles, columnTiles) = Self.tiles(slivers: slivers, panels: panels, packsLeft: !readsLeft, isSerial: isSerial)
  }

  /// Tiles along each side of the result.
  private static func tiles(slivers: Int, panels: Int, packsLeft: Bool, isSerial: Bool) -> (rows: Int, columns: Int) {
    if packsLeft, !isSerial {
      // The shorter operand is packed first and shared. Of the longer one each tile packs its part, and what one processor
      // has packed no other has to fetch.
      if slivers <= sharedSlivers, panels >= wantedTiles / 2, slivers * MicroKernel.rows <= panels * MicroKernel.columns {
        return (1, min(panels, wantedTiles))
      }
      if panels <= sharedPanels, slivers >= wantedTiles / 2 { return (min(slivers, wantedTiles), 1) }
    }
    var rowTiles = (slivers - 1) / tileSlivers + 1
    var columnTiles = (panels - 1) / tilePanels + 1
    while !isSerial, rowTiles * columnTiles < wantedTiles {
      // Cut the side whose tiles are longer, while there is something to cut.
      let tileRows = slivers / rowTiles * MicroKernel.rows
      let tileColumns = panels / columnTiles * MicroKernel.columns
      if tileColumns >= tileRows, columnTiles * 2 <= panels {
        columnTiles *= 2
      } else if rowTiles * 2 <= slivers {
        rowTiles *= 2
      } else if columnTiles * 2 <= panels {
        columnTiles *= 2
      } else {
        break
      }
    }
    return (rowTiles, columnTiles)
  }

  private var packsLeftFirst: Bool { columnTiles > 1 && !readsLeft }
  private var packsRightFirst: Bool { rowTiles > 1 }

  func run() throws {
    let perDepth = (packsLeftFirst ? slivers * MicroKernel.rows : 0) + (packsRightFirst ? panels * MicroKernel.columns : 0)
    let fitting = Self.packedFloats / max(perDepth, 1) / Self.depthBlock * Self.depthBlock
    let stepDepth = min(depth, max(fitting, Self.depthBlock))
    let leftFloats = packsLeftFirst ? slivers * MicroKernel.rows * stepDepth : 0
    let rightFloats = packsRightFirst ? panels * MicroKernel.columns * stepDepth : 0
    try Scratch.withFloats(leftFloats + rightFloats) { packed in
      for start in Swift.stride(from: 0, to: depth, by: stepDepth) {
        let step = Step(
          start: start, depth: min(stepDepth, depth - start), left: packed, right: packed + leftFloats)
        try pack(step)
        try runTiles(rowTiles * columnTiles) { tile in
          try multiplyTile(step, row: tile / columnTiles, column: tile % columnTiles)
        }
      }
    }
  }

  /// A range of the depth whose packed operands are in memory at once.
  private struct Step {
    var start: Int
    var depth: Int
    /// Slivers of `[depth][6]`, one after another.
    var left: UnsafeMutablePointer<Float>
    /// Panels of `[depth][16]`, one after another.
    var right: UnsafeMutablePointer<Float>
  }

  private func runTiles(_ count: Int, _ body: (Int) throws -> Void) throws {
    if isSerial {
      for index in 0..<count { try body(index) }
    } else {
      try ThreadPool.shared.run(count, body)
    }
  }

  /// Packs both operands in parts so small that no thread waits long for another: some neighbours, a part of their depth.
  private func pack(_ step: Step) throws {
    let leftGroup = left.rowStride == 1 ? Self.groupedParts : 1
    let rightGroup = right.columnStride == 1 ? Self.groupedParts : 1
    let leftParts = packsLeftFirst ? (slivers - 1) / leftGroup + 1 : 0
    let rightParts = packsRightFirst ? (panels - 1) / rightGroup + 1 : 0
    guard leftParts + rightParts > 0 else { return }
    let depthParts = (step.depth - 1) / Self.packedDepth + 1
    try runTiles((leftParts + rightParts) * depthParts) { index in
      let (part, depthPart) = index.quotientAndRemainder(dividingBy: depthParts)
      let k = depthPart * Self.packedDepth
      let depth = min(Self.packedDepth, step.depth - k)
      if part < leftParts {
        let first = part * leftGroup
        packSlivers(
          first..<min(first + leftGroup, slivers), from: step.start + k, depth: depth,
          into: step.left + (first * step.depth + k) * MicroKernel.rows, of: step.depth)
      } else {
        let first = (part - leftParts) * rightGroup
        packPanels(
          first..<min(first + rightGroup, panels), from: step.start + k, depth: depth,
          into: step.right + (first * step.depth + k) * MicroKernel.columns, of: step.depth)
      }
    }
  }

  /// - Parameter whole: the depth of the packed slivers of which this is a part.
  private func packSlivers(
    _ range: Range<Int>, from k: Int, depth: Int, into packed: UnsafeMutablePointer<Float>, of whole: Int
  ) {
    let row = range.lowerBound * MicroKernel.rows
    Packing.slivers(
      left.at(row, k), rowStride: left.rowStride, stride: left.columnStride,
      rows: min(range.count * MicroKernel.rows, rows - row), depth: depth, into: packed,
      sliverStride: MicroKernel.rows * whole)
  }

  /// - Parameter whole: the depth of the packed panels of which this is a part.
  private func packPanels(
    _ range: Range<Int>, from k: Int, depth: Int, into packed: UnsafeMutablePointer<Float>, of whole: Int
  ) {
    let column = range.lowerBound * MicroKernel.columns
    Packing.panels(
      right.at(k, column), rowStride: right.rowStride, stride: right.columnStride,
      columns: min(range.count * MicroKernel.columns, columns - column), depth: depth, into: packed,
      panelStride: MicroKernel.columns * whole)
  }

  private func multiplyTile(_ step: Step, row rowTile: Int, column columnTile: Int) throws {
    let tileSlivers = slivers * rowTile / rowTiles..<slivers * (rowTile + 1) / rowTiles
    let tilePanels = panels * columnTile / columnTiles..<panels * (columnTile + 1) / columnTiles
    let ownSlivers = readsLeft ? 1 : packsLeftFirst ? 0 : tileSlivers.count
    let ownLeft = ownSlivers * MicroKernel.rows * Self.depthBlock
    let ownRight = packsRightFirst ? 0 : Self.groupedParts * MicroKernel.columns * Self.depthBlock
    guard ownLeft + ownRight > 0 else {
      return multiplyTile(step, slivers: tileSlivers, panels: tilePanels, ownLeft: step.left, ownRight: step.right)
    }
    try Scratch.withFloats(ownLeft + ownRight) { own in
      multiplyTile(step, slivers: tileSlivers, panels: tilePanels, ownLeft: own, ownRight: own + ownLeft)
    }
  }

  /// Multiplies a tile, packing into `ownLeft` and `ownRight` what was not packed before.
  private func multiplyTile(
    _ step: Step, slivers tileSlivers: Range<Int>, panels tilePanels: Range<Int>,
    ownLeft: UnsafeMutablePointer<Float>, ownRight: UnsafeMutablePointer<Float>
  ) {
    var k = 0
    while k < step.depth {
      let depth = min(Self.depthBlock, step.depth - k)
      var segment = Segment(left: 0, right: 0, depth: Int32(depth))
      // Slivers before `read` are multiplied where they lie, the others where they were packed.
      let read = readsLeft ? min(tileSlivers.upperBound, MicroKernel.readableSlivers(rows)) : tileSlivers.lowerBound
      var sliverStride = depth * MicroKernel.rows
      var packedStart = UnsafePointer(ownLeft)
      if packsLeftFirst {
        sliverStride = step.depth * MicroKernel.rows
        packedStart = UnsafePointer(step.left + (tileSlivers.lowerBound * step.depth + k) * MicroKernel.rows)
      } else if read < tileSlivers.upperBound {
        packSlivers(read..<tileSlivers.upperBound, from: step.start + k, depth: depth, into: ownLeft, of: depth)
      }
      let adds = accumulates || step.start + k > 0
      for panel in tilePanels {
        var rightPart = step.right + (panel * step.depth + k) * MicroKernel.columns
        if !packsRightFirst {
          let place = (panel - tilePanels.lowerBound) % Self.groupedParts
          if place == 0 {
            let group = panel..<min(panel + Self.groupedParts, tilePanels.upperBound)
            packPanels(group, from: step.start + k, depth: depth, into: ownRight, of: depth)
          }
          rightPart = ownRight + place * depth * MicroKernel.columns
        }
        let column = panel * MicroKernel.columns
        for sliver in tileSlivers {
          let row = sliver * MicroKernel.rows
          MicroKernel.multiply(
            &segment, count: 1,
            left: sliver < read
              ? MatrixView(left.at(row, step.start + k), rowStride: left.rowStride)
              : MicroKernel.packed(packedStart + (sliver - read) * sliverStride),
            right: rightPart, into: output + row * stride + column, stride: stride,
            rows: min(MicroKernel.rows, rows - row), columns: min(MicroKernel.columns, columns - column),
            accumulates: adds, start: adds ? nil : bias.map { $0 + column })
        }
        if let finish, step.start + k + depth == self.depth {
          finish(
            tileSlivers.lowerBound * MicroKernel.rows..<min(tileSlivers.upperBound * MicroKernel.rows, rows),
            column..<min(column + MicroKernel.columns, columns))
        }
      }
      k += depth
    }
  }
}
