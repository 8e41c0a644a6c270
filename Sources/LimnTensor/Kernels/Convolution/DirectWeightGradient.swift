/// A convolution's gradient for its weights, without im2col.
///
///     weights[t, i, j] = Σ over pairs (x, y) that meet through tap t, over images b,
///                        of input[b, x, i] · outputGradient[b, y, j]
///
/// Each tap's gradient is a sum of matrix products whose depth is the batch: six input channels make a sliver, sixteen
/// output channels a panel, and the pixel pairs are the segments. The input is packed as
/// `[six channels][pixel][image][6]`, the output's gradient as `[panel of 16][pixel][image][16]`.
struct DirectWeightGradient {
  private static let packedFloats = 1 << 22
  /// Floats that one tile reads again and again, tap by tap: they should stay in the second-level cache.
  private static let stripFloats = 1 << 16
  /// Images that are worth packing side by side.
  private static let fewestImages = 8

  private let geometry: ConvolutionGeometry
  private let slivers: Int
  private let panels: Int

  private init(_ geometry: ConvolutionGeometry) {
    self.geometry = geometry
    slivers = (geometry.inputChannels - 1) / MicroKernel.rows + 1
    panels = (geometry.outputChannels - 1) / MicroKernel.columns + 1
  }

  /// Images that are packed at a time.
  private var images: Int {
    let perImage =
      geometry.inputPixels * slivers * MicroKernel.rows + geometry.outputPixels * panels * MicroKernel.columns
    return min(geometry.batch, max(1, Self.packedFloats / perImage))
  }

  /// Whether this is a good way for these shapes: enough images side by side, enough channels to fill a sliver.
  static func suits(_ geometry: ConvolutionGeometry) -> Bool {
    geometry.inputChannels > MicroKernel.rows && DirectWeightGradient(geometry).images >= fewestImages
  }

  static func run(
    _ geometry: ConvolutionGeometry, input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
    into weightGradient: UnsafeMutablePointer<Float>
  ) throws {
    let gradient = DirectWeightGradient(geometry)
    let images = gradient.images
    let inputFloats = geometry.inputPixels * gradient.slivers * MicroKernel.rows * images
    let outputFloats = geometry.outputPixels * gradient.panels * MicroKernel.columns * images
    try Scratch.withFloats(inputFloats + outputFloats) { packed in
      for image in stride(from: 0, to: geometry.batch, by: images) {
        let part = DirectWeightGradient(geometry.withBatch(min(images, geometry.batch - image)))
        part.pack(
          input + image * geometry.inputPixels * geometry.inputChannels,
          outputGradient + image * geometry.outputPixels * geometry.outputChannels,
          into: packed, packed + inputFloats)
        try part.multiply(packed, packed + inputFloats, into: weightGradient, accumulates: image > 0)
      }
    }
  }

  private func pack(
    _ input: UnsafePointer<Float>, _ outputGradient: UnsafePointer<Float>,
    into packedInput: UnsafeMutablePointer<Float>, _ packedOutput: UnsafeMutablePointer<Float>
  ) {
    let geometry = geometry
    let batch = geometry.batch
    let inputPixels = geometry.inputPixels
    let outputPixels = geometry.outputPixels
    ThreadPool.shared.run(inputPixels + outputPixels) { part in
      if part < inputPixels {
        Packing.slivers(
          input + part * geometry.inputChannels, rowStride: 1, stride: inputPixels * geometry.inputChannels,
          rows: geometry.inputChannels, depth: batch, into: packedInput + part * batch * MicroKernel.rows,
          sliverStride: inputPixels * batch * MicroKernel.rows)
      } else {
        let pixel = part - inputPixels
        Packing.panels(
          outputGradient + pixel * geometry.outputChannels, rowStride: outputPixels * geometry.outputChannels, stride: 1,
          columns: geometry.outputChannels, depth: batch, into: packedOutput + pixel * batch * MicroKernel.columns,
          panelStride: outputPixels * batch * MicroKernel.columns)
      }
    }
  }

  private func multiply(
    _ input: UnsafePointer<Float>, _ outputGradient: UnsafePointer<Float>,
    into weightGradient: UnsafeMutablePointer<Float>, accumulates: Bool
  ) throws {
    let geometry = geometry
    let rows = geometry.rows
    let columns = geometry.columns
    let batch = geometry.batch
    let perRow = batch * (columns.output * MicroKernel.columns + rows.stride * columns.input * MicroKernel.rows)
    let stripRows = min(rows.output, max(1, Self.stripFloats / perRow))
    try ThreadPool.shared.run(slivers * panels) { tile in
      let sliver = tile % slivers
      let panel = tile / slivers
      let left = input + sliver * geometry.inputPixels * batch * MicroKernel.rows
      let right = outputGradient + panel * geometry.outputPixels * batch * MicroKernel.columns
      let output = weightGradient + sliver * MicroKernel.rows * geometry.outputChannels + panel * MicroKernel.columns
      try Scratch.withBuffer(of: Segment.self, count: stripRows * columns.output) { segments in
        for strip in stride(from: 0, to: rows.output, by: stripRows) {
          for tap in 0..<geometry.taps {
            let count = pairs(tap: tap, strip..<min(strip + stripRows, rows.output), into: segments)
            MicroKernel.multiply(
              segments, count: count, left: MicroKernel.packed(left), right: right,
              into: output + tap * geometry.inputChannels * geometry.outputChannels,
              stride: geometry.outputChannels,
              rows: min(MicroKernel.rows, geometry.inputChannels - sliver * MicroKernel.rows),
              columns: min(MicroKernel.columns, geometry.outputChannels - panel * MicroKernel.columns),
              accumulates: accumulates || strip > 0)
          }
        }
      }
    }
  }

  /// Lists the pixel pairs that meet through a tap in some rows of the output, and gives their number.
  private func pairs(tap: Int, _ strip: Range<Int>, into segments: UnsafeMutablePointer<Segment>) -> Int {
    let rows = geometry.rows
    let columns = geometry.columns
    let batch = geometry.batch
    let outputColumns = columns.outputs(seenThrough: tap % columns.kernel)
    // With stride one, neighbors on one side are neighbors on the other, and a whole row is one pair.
    let run = columns.stride == 1 ? max(outputColumns.count, 1) : 1
    var count = 0
    for outputRow in rows.outputs(seenThrough: tap / columns.kernel).clamped(to: strip) {
      let inputRow = rows.inputIndex(output: outputRow, tap: tap / columns.kernel)
      for outputColumn in stride(from: outputColumns.lowerBound, to: outputColumns.upperBound, by: run) {
        let inputColumn = columns.inputIndex(output: outputColumn, tap: tap % columns.kernel)
        segments[count] = Segment(
          left: Int32((inputRow * columns.input + inputColumn) * batch * MicroKernel.rows),
          right: Int32((outputRow * columns.output + outputColumn) * batch * MicroKernel.columns),
          depth: Int32(run * batch))
        count += 1
      }
    }
    return count
  }
}
