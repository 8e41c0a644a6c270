/// Convolution by columns: patches are copied out, one a row, and multiplied at once (im2col), or made by a product and
/// added where they overlap (col2im).
///
/// It serves where ``DirectConvolution`` and ``DirectWeightGradient`` have too little to put side by side: few images,
/// or so few channels that a whole patch is small. Patches are made in chunks that stay in the cache. A row of columns
/// is `[kernel row][kernel column][input channel]`, in which order the weights lie too.
struct ColumnConvolution {
  /// Floats of columns that are in memory at a time, when all threads share them.
  private static let chunkFloats = 1 << 20
  /// The same for one tile's own columns.
  private static let tileFloats = 1 << 16
  /// Parts that a weight gradient's sum is cut into.
  private static let sumParts = 8

  private let geometry: ConvolutionGeometry
  private let patch: Int

  init(_ geometry: ConvolutionGeometry) {
    self.geometry = geometry
    patch = geometry.taps * geometry.inputChannels
  }

  /// Pixels whose columns take up to `floats`, at least six.
  private func pixels(in floats: Int) -> Int { max(MicroKernel.rows, floats / patch) }

  /// The convolution itself.
  func forward(
    input: UnsafePointer<Float>, weights: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>
  ) throws {
    let channels = geometry.outputChannels
    let pixels = geometry.batch * geometry.outputPixels
    let chunk = min(pixels, self.pixels(in: Self.chunkFloats))
    try Scratch.withFloats(chunk * patch) { columns in
      for start in stride(from: 0, to: pixels, by: chunk) {
        let count = min(chunk, pixels - start)
        copyPatches(input, start..<start + count, into: columns)
        try MatrixProduct.multiply(
          rows: count, columns: channels, depth: patch,
          MatrixView(columns, rowStride: patch), MatrixView(weights, rowStride: channels),
          into: output + start * channels, stride: channels)
      }
    }
  }

  /// The gradient for the input: a product gives each output pixel's patch, and patches are added up.
  func inputGradient(
    outputGradient: UnsafePointer<Float>, weights: UnsafePointer<Float>, into inputGradient: UnsafeMutablePointer<Float>
  ) throws {
    let imageFloats = geometry.outputPixels * patch
    let group = max(1, min(Self.tileFloats / max(imageFloats, 1), geometry.batch / Self.sumParts))
    let groups = (geometry.batch - 1) / group + 1
    let addGroup = { (index: Int) in
      let image = index * group
      try addPatches(
        of: geometry.withBatch(min(group, geometry.batch - image)),
        outputGradient + image * geometry.outputPixels * geometry.outputChannels, weights,
        into: inputGradient + image * geometry.inputPixels * geometry.inputChannels)
    }
    if groups >= Self.sumParts, imageFloats <= Self.chunkFloats {
      try ThreadPool.shared.run(groups, addGroup)
    } else {
      // Few images: each goes to all threads.
      for index in 0..<groups { try addGroup(index) }
    }
  }

  /// The gradient for the input of some images, a strip of output rows at a time.
  private func addPatches(
    of geometry: ConvolutionGeometry, _ outputGradient: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
    into inputGradient: UnsafeMutablePointer<Float>
  ) throws {
    let channels = geometry.outputChannels
    let width = geometry.columns.output
    let inputRow = geometry.columns.input * geometry.inputChannels
    let outputRows = geometry.batch * geometry.rows.output
    let stripRows = min(outputRows, max(1, Self.chunkFloats / (width * patch)))
    let rowTaps = AxisTaps.forInputs(of: geometry.rows)
    inputGradient.update(repeating: 0, count: geometry.inputCount)
    try Scratch.withFloats(stripRows * width * patch) { columns in
      for start in stride(from: 0, to: outputRows, by: stripRows) {
        let strip = start..<min(start + stripRows, outputRows)
        try MatrixProduct.multiply(
          rows: strip.count * width, columns: patch, depth: channels,
          MatrixView(outputGradient + start * width * channels, rowStride: channels),
          MatrixView(weights, rowStride: channels).transposed, into: columns, stride: patch)
        let firstImage = start / geometry.rows.output
        let images = firstImage...(strip.upperBound - 1) / geometry.rows.output
        ThreadPool.shared.run(images.count * geometry.rows.input) { index in
          let image = firstImage + index / geometry.rows.input
          let row = index % geometry.rows.input
          rowTaps.withRuns(row) { runs in
            for run in runs {
              let outputRow = image * geometry.rows.output + Int(run.source)
              guard strip.contains(outputRow) else { continue }
              addRow(
                columns + (outputRow - start) * width * patch, tapRow: Int(run.tap),
                to: inputGradient + (image * geometry.rows.input + row) * inputRow)
            }
          }
        }
      }
    }
  }

  /// Adds one kernel row of each patch of an output row to an input row.
  private func addRow(_ columns: UnsafePointer<Float>, tapRow: Int, to inputRow: UnsafeMutablePointer<Float>) {
    let axis = geometry.columns
    let channels = geometry.inputChannels
    for output in 0..<axis.output {
      let from = columns + output * patch + tapRow * axis.kernel * channels
      let first = axis.inputIndex(output: output, tap: 0)
      if axis.dilation == 1 {
        let low = max(0, -first)
        let high = min(axis.kernel, axis.input - first)
        guard low < high else { continue }
        let to = inputRow + (first + low) * channels
        let run = from + low * channels
        for element in 0..<(high - low) * channels { to[element] += run[element] }
      } else {
        for tap in 0..<axis.kernel {
          let input = first + tap * axis.dilation
          guard input >= 0, input < axis.input else { continue }
          for channel in 0..<channels { inputRow[input * channels + channel] += from[tap * channels + channel] }
        }
      }
    }
  }

  /// The gradient for the weights: columns, transposed, times the output's gradient.
  ///
  /// The sum over pixels is cut into parts by the shapes; each part is summed by one tile, and the parts are added
  /// in their order. Large weights are not cut: there the product itself has tiles enough.
  func weightGradient(
    input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>, into weightGradient: UnsafeMutablePointer<Float>
  ) throws {
    let weights = geometry.weightCount
    let pixels = geometry.batch * geometry.outputPixels
    let parts = weights <= Self.tileFloats ? min(Self.sumParts, (pixels - 1) / MicroKernel.rows + 1) : 1
    guard parts > 1 else {
      return try addProducts(
        input, outputGradient, 0..<pixels, chunk: self.pixels(in: Self.chunkFloats), into: weightGradient)
    }
    try Scratch.withFloats((parts - 1) * weights) { partial in
      try ThreadPool.shared.run(parts) { part in
        try addProducts(
          input, outputGradient, pixels * part / parts..<pixels * (part + 1) / parts,
          chunk: self.pixels(in: Self.tileFloats), into: part == 0 ? weightGradient : partial + (part - 1) * weights)
      }
      ThreadPool.shared.run(elements: weights, grain: Self.tileFloats / 8) { range in
        for part in 0..<parts - 1 {
          let from = partial + part * weights
          for element in range { weightGradient[element] += from[element] }
        }
      }
    }
  }

  private func addProducts(
    _ input: UnsafePointer<Float>, _ outputGradient: UnsafePointer<Float>, _ pixels: Range<Int>, chunk: Int,
    into weightGradient: UnsafeMutablePointer<Float>
  ) throws {
    let channels = geometry.outputChannels
    let chunk = min(chunk, pixels.count)
    try Scratch.withFloats(chunk * patch) { columns in
      for start in stride(from: pixels.lowerBound, to: pixels.upperBound, by: chunk) {
        let count = min(chunk, pixels.upperBound - start)
        copyPatches(input, start..<start + count, into: columns)
        try MatrixProduct.multiply(
          rows: patch, columns: channels, depth: count,
          MatrixView(columns, rowStride: patch).transposed,
          MatrixView(outputGradient + start * channels, rowStride: channels),
          into: weightGradient, stride: channels, accumulates: start > pixels.lowerBound)
      }
    }
  }

  /// Copies the patches of some output pixels, counted over all images, on all threads.
  private func copyPatches(
    _ input: UnsafePointer<Float>, _ pixels: Range<Int>, into columns: UnsafeMutablePointer<Float>
  ) {
    ThreadPool.shared.run(elements: pixels.count, grain: max(1, Self.tileFloats / 4 / patch)) { range in
      let part = pixels.lowerBound + range.lowerBound..<pixels.lowerBound + range.upperBound
      copyPatchesInTurn(input, part, into: columns + range.lowerBound * patch)
    }
  }

  /// Copies patches, with zeros beyond the edges.
  private func copyPatchesInTurn(
    _ input: UnsafePointer<Float>, _ pixels: Range<Int>, into columns: UnsafeMutablePointer<Float>
  ) {
    let rows = geometry.rows
    let axis = geometry.columns
    let channels = geometry.inputChannels
    let width = axis.kernel * channels
    var to = columns
    for pixel in pixels {
      let image = pixel / geometry.outputPixels
      let place = pixel % geometry.outputPixels
      let firstColumn = axis.inputIndex(output: place % axis.output, tap: 0)
      for tap in 0..<rows.kernel {
        let row = rows.inputIndex(output: place / axis.output, tap: tap)
        if row < 0 || row >= rows.input {
          to.update(repeating: 0, count: width)
        } else {
          let from = input + (image * rows.input + row) * axis.input * channels
          if axis.dilation == 1 {
            copyRun(from, first: firstColumn, into: to)
          } else {
            copyApart(from, first: firstColumn, into: to)
          }
        }
        to += width
      }
    }
  }

  /// One kernel row of a patch, whose taps are neighbors.
  @inline(__always)
  private func copyRun(_ inputRow: UnsafePointer<Float>, first: Int, into to: UnsafeMutablePointer<Float>) {
    let axis = geometry.columns
    let channels = geometry.inputChannels
    let low = min(max(0, -first), axis.kernel) * channels
    let high = max(min(axis.kernel, axis.input - first) * channels, low)
    let from = inputRow + first * channels
    for element in 0..<low { to[element] = 0 }
    for element in low..<high { to[element] = from[element] }
    for element in high..<max(axis.kernel * channels, high) { to[element] = 0 }
  }

  /// One kernel row of a patch, whose taps lie apart.
  private func copyApart(_ inputRow: UnsafePointer<Float>, first: Int, into to: UnsafeMutablePointer<Float>) {
    let axis = geometry.columns
    let channels = geometry.inputChannels
    for tap in 0..<axis.kernel {
      let input = first + tap * axis.dilation
      let isInside = input >= 0 && input < axis.input
      for channel in 0..<channels {
        to[tap * channels + channel] = isInside ? inputRow[input * channels + channel] : 0
      }
    }
  }
}
