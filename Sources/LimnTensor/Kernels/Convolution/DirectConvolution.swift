/// A convolution, or its gradient for the input, without im2col: exact, and free of work on padding.
///
///     destination[b, d, :] = Σ over (s, t) that meet at d, of source[b, s, :] · weights[t]
///
/// For each destination pixel this is a sum of matrix products whose rows are the *batch*: six images stand side by
/// side in ``MicroKernel``'s sliver, and the pixel's taps are its segments. Taps that fall outside the image are
/// not in the list, so that a 5×5 kernel on a 4×4 image does less than half the work that a product over padded
/// columns would.
///
/// The source is packed as `[channel block][six images][pixel][channel][6]`, the weights as
/// `[channel block][panel of 16][tap][channel][16]`. Where neighboring pixels meet neighboring taps their segments
/// merge.
struct DirectConvolution {
  /// Channels that are summed before results go to memory.
  private static let channelBlock = 128
  /// Floats of source that are packed at a time: sixteen megabytes.
  private static let packedFloats = 1 << 22
  private static let wantedTiles = 16

  private let batch: Int
  private let sourceWidth: Int
  private let sourcePixels: Int
  private let sourceChannels: Int
  private let destinationWidth: Int
  private let destinationPixels: Int
  private let destinationChannels: Int
  private let rowTaps: AxisTaps
  private let columnTaps: AxisTaps
  private let taps: Int
  private let tapWidth: Int
  /// Weights of a tap as source channels × destination channels.
  private let tapMatrix: MatrixView<Float>
  private let tapStride: Int

  private let blocks: Int
  private let blockDepth: Int
  private let panels: Int

  /// The convolution itself.
  static func forward(
    _ geometry: ConvolutionGeometry, input: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    into output: UnsafeMutablePointer<Float>
  ) throws {
    try DirectConvolution(
      batch: geometry.batch,
      sourceWidth: geometry.columns.input, sourcePixels: geometry.inputPixels, sourceChannels: geometry.inputChannels,
      destinationWidth: geometry.columns.output, destinationPixels: geometry.outputPixels,
      destinationChannels: geometry.outputChannels,
      rowTaps: .forOutputs(of: geometry.rows, merging: false),
      columnTaps: .forOutputs(of: geometry.columns, merging: true),
      taps: geometry.taps, tapWidth: geometry.columns.kernel,
      tapMatrix: MatrixView(weights, rowStride: geometry.outputChannels)
    ).run(source: input, destination: output)
  }

  /// The gradient for the input, which is also the transposed convolution.
  static func inputGradient(
    _ geometry: ConvolutionGeometry, outputGradient: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    into inputGradient: UnsafeMutablePointer<Float>
  ) throws {
    try DirectConvolution(
      batch: geometry.batch,
      sourceWidth: geometry.columns.output, sourcePixels: geometry.outputPixels,
      sourceChannels: geometry.outputChannels,
      destinationWidth: geometry.columns.input, destinationPixels: geometry.inputPixels,
      destinationChannels: geometry.inputChannels,
      rowTaps: .forInputs(of: geometry.rows),
      columnTaps: .forInputs(of: geometry.columns),
      taps: geometry.taps, tapWidth: geometry.columns.kernel,
      tapMatrix: MatrixView(weights, rowStride: geometry.outputChannels).transposed
    ).run(source: outputGradient, destination: inputGradient)
  }

  private init(
    batch: Int, sourceWidth: Int, sourcePixels: Int, sourceChannels: Int,
    destinationWidth: Int, destinationPixels: Int, destinationChannels: Int,
    rowTaps: AxisTaps, columnTaps: AxisTaps, taps: Int, tapWidth: Int, tapMatrix: MatrixView<Float>
  ) {
    self.batch = batch
    self.sourceWidth = sourceWidth
    self.sourcePixels = sourcePixels
    self.sourceChannels = sourceChannels
    self.destinationWidth = destinationWidth
    self.destinationPixels = destinationPixels
    self.destinationChannels = destinationChannels
    self.rowTaps = rowTaps
    self.columnTaps = columnTaps
    self.taps = taps
    self.tapWidth = tapWidth
    self.tapMatrix = tapMatrix
    tapStride = sourceChannels * destinationChannels
    blocks = (sourceChannels - 1) / Self.channelBlock + 1
    blockDepth = (sourceChannels - 1) / blocks + 1
    panels = (destinationChannels - 1) / MicroKernel.columns + 1
  }

  private func run(source: UnsafePointer<Float>, destination: UnsafeMutablePointer<Float>) throws {
    let perImage = sourcePixels * blocks * blockDepth
    let images = max(1, Self.packedFloats / perImage / MicroKernel.rows) * MicroKernel.rows
    let weightFloats = blocks * panels * taps * blockDepth * MicroKernel.columns
    let sourceFloats = perImage * (min(images, batch) + MicroKernel.rows - 1)
    try Scratch.withFloats(weightFloats + sourceFloats) { packedWeights in
      let packedSource = packedWeights + weightFloats
      packWeights(into: packedWeights)
      for image in stride(from: 0, to: batch, by: images) {
        let count = min(images, batch - image)
        packSource(source + image * sourcePixels * sourceChannels, images: count, into: packedSource)
        multiply(
          packedSource, packedWeights, images: count,
          into: destination + image * destinationPixels * destinationChannels)
      }
    }
  }

  private func packWeights(into packed: UnsafeMutablePointer<Float>) {
    ThreadPool.shared.run(panels * taps) { part in
      let tap = part / panels
      let panel = part % panels
      let column = panel * MicroKernel.columns
      for block in 0..<blocks {
        let channel = block * blockDepth
        let depth = min(blockDepth, sourceChannels - channel)
        let to = packed + ((block * panels + panel) * taps + tap) * blockDepth * MicroKernel.columns
        Packing.panel(
          tapMatrix.at(channel, column) + tap * tapStride,
          rowStride: tapMatrix.rowStride, stride: tapMatrix.columnStride,
          columns: min(MicroKernel.columns, destinationChannels - column), depth: depth, into: to)
        fill(to, from: depth, width: MicroKernel.columns)
      }
    }
  }

  private func packSource(_ source: UnsafePointer<Float>, images: Int, into packed: UnsafeMutablePointer<Float>) {
    let slivers = (images - 1) / MicroKernel.rows + 1
    let imageStride = sourcePixels * sourceChannels
    ThreadPool.shared.run(slivers * blocks) { part in
      let sliver = part / blocks
      let block = part % blocks
      let image = sliver * MicroKernel.rows
      let rows = min(MicroKernel.rows, images - image)
      let to = packed + (block * slivers + sliver) * sourcePixels * blockDepth * MicroKernel.rows
      if blocks == 1 {
        // Pixels follow each other as their channels do.
        return Packing.sliver(
          source + image * imageStride, rowStride: imageStride, stride: 1, rows: rows, depth: imageStride, into: to)
      }
      let channel = block * blockDepth
      let depth = min(blockDepth, sourceChannels - channel)
      for pixel in 0..<sourcePixels {
        let place = to + pixel * blockDepth * MicroKernel.rows
        Packing.sliver(
          source + image * imageStride + pixel * sourceChannels + channel,
          rowStride: imageStride, stride: 1, rows: rows, depth: depth, into: place)
        fill(place, from: depth, width: MicroKernel.rows)
      }
    }
  }

  /// Zeros for the channels that the last block lacks.
  private func fill(_ packed: UnsafeMutablePointer<Float>, from depth: Int, width: Int) {
    if depth < blockDepth { (packed + depth * width).update(repeating: 0, count: (blockDepth - depth) * width) }
  }

  private func multiply(
    _ source: UnsafePointer<Float>, _ weights: UnsafePointer<Float>, images: Int,
    into destination: UnsafeMutablePointer<Float>
  ) {
    let slivers = (images - 1) / MicroKernel.rows + 1
    let parts = min(destinationPixels, (Self.wantedTiles - 1) / (slivers * panels) + 1)
    ThreadPool.shared.run(slivers * panels * parts) { tile in
      let sliver = tile / parts / panels
      let panel = tile / parts % panels
      let part = tile % parts
      let pixels = destinationPixels * part / parts..<destinationPixels * (part + 1) / parts
      for block in 0..<blocks {
        multiplyTile(
          source + (block * slivers + sliver) * sourcePixels * blockDepth * MicroKernel.rows,
          weights + (block * panels + panel) * taps * blockDepth * MicroKernel.columns,
          pixels, rows: min(MicroKernel.rows, images - sliver * MicroKernel.rows),
          columns: min(MicroKernel.columns, destinationChannels - panel * MicroKernel.columns),
          into: destination + sliver * MicroKernel.rows * destinationPixels * destinationChannels
            + panel * MicroKernel.columns,
          accumulates: block > 0)
      }
    }
  }

  /// Six images, sixteen channels, some pixels.
  private func multiplyTile(
    _ source: UnsafePointer<Float>, _ weights: UnsafePointer<Float>, _ pixels: Range<Int>, rows: Int, columns: Int,
    into destination: UnsafeMutablePointer<Float>, accumulates: Bool
  ) {
    let sourceStep = blockDepth * MicroKernel.rows
    let weightStep = blockDepth * MicroKernel.columns
    withUnsafeTemporaryAllocation(of: Segment.self, capacity: taps) { buffer in
      guard let segments = buffer.baseAddress else { return }
      for pixel in pixels {
        var count = 0
        rowTaps.withRuns(pixel / destinationWidth) { rowRuns in
          columnTaps.withRuns(pixel % destinationWidth) { columnRuns in
            for row in rowRuns {
              for column in columnRuns {
                let place = Int(row.source) * sourceWidth + Int(column.source)
                let tap = Int(row.tap) * tapWidth + Int(column.tap)
                segments[count] = Segment(
                  left: Int32(place * sourceStep), right: Int32(tap * weightStep),
                  depth: column.length * Int32(blockDepth))
                count += 1
              }
            }
          }
        }
        MicroKernel.multiply(
          segments, count: count, left: MicroKernel.packed(source), right: weights,
          into: destination + pixel * destinationChannels, stride: destinationPixels * destinationChannels,
          rows: rows, columns: columns, accumulates: accumulates)
      }
    }
  }
}
