/// Convolution in which each channel has a kernel of its own, or several, and does not mix with others.
///
/// The geometry's output channels are its input channels times a multiplier: output channel c · multiplier + j comes
/// from input channel c. Weights are `[kernel rows, kernel columns, input channels, multiplier]`.
enum DepthwiseConvolution {
  static func forward<Element: BinaryFloatingPoint>(
    _ geometry: ConvolutionGeometry, _ input: UnsafePointer<Element>, _ weights: UnsafePointer<Element>,
    into output: UnsafeMutablePointer<Element>
  ) {
    let (rows, columns) = (geometry.rows, geometry.columns)
    ThreadPool.shared.run(geometry.batch * rows.output) { index in
      let (image, row) = (index / rows.output, index % rows.output)
      let sums = output + index * columns.output * geometry.outputChannels
      sums.update(repeating: 0, count: columns.output * geometry.outputChannels)
      for tap in 0..<geometry.taps {
        let inputRow = rows.inputIndex(output: row, tap: tap / columns.kernel)
        guard inputRow >= 0, inputRow < rows.input else { continue }
        let from = input + (image * rows.input + inputRow) * columns.input * geometry.inputChannels
        let factors = weights + tap * geometry.outputChannels
        for column in columns.outputs(seenThrough: tap % columns.kernel) {
          let inputColumn = columns.inputIndex(output: column, tap: tap % columns.kernel)
          multiply(
            geometry, from + inputColumn * geometry.inputChannels, factors,
            addingTo: sums + column * geometry.outputChannels)
        }
      }
    }
  }

  static func inputGradient<Element: BinaryFloatingPoint>(
    _ geometry: ConvolutionGeometry, _ outputGradient: UnsafePointer<Element>, _ weights: UnsafePointer<Element>,
    into inputGradient: UnsafeMutablePointer<Element>
  ) {
    let (rows, columns) = (geometry.rows, geometry.columns)
    let rowTaps = AxisTaps.forInputs(of: rows)
    let multiplier = geometry.outputChannels / geometry.inputChannels
    ThreadPool.shared.run(geometry.batch * rows.input) { index in
      let (image, row) = (index / rows.input, index % rows.input)
      let sums = inputGradient + index * columns.input * geometry.inputChannels
      sums.update(repeating: 0, count: columns.input * geometry.inputChannels)
      rowTaps.withRuns(row) { runs in
        for run in runs {
          let from =
            outputGradient
            + (image * rows.output + Int(run.source)) * columns.output * geometry.outputChannels
          for tapColumn in 0..<columns.kernel {
            let factors = weights + (Int(run.tap) * columns.kernel + tapColumn) * geometry.outputChannels
            for column in columns.outputs(seenThrough: tapColumn) {
              let sum = sums + columns.inputIndex(output: column, tap: tapColumn) * geometry.inputChannels
              let gradient = from + column * geometry.outputChannels
              if multiplier == 1 {
                for channel in 0..<geometry.inputChannels { sum[channel] += gradient[channel] * factors[channel] }
              } else {
                for channel in 0..<geometry.outputChannels {
                  sum[channel / multiplier] += gradient[channel] * factors[channel]
                }
              }
            }
          }
        }
      }
    }
  }

  /// Rows are summed by themselves, then added to their tap's sum, so that long sums stay accurate.
  static func weightGradient<Element: BinaryFloatingPoint & BitwiseCopyable>(
    _ geometry: ConvolutionGeometry, _ input: UnsafePointer<Element>, _ outputGradient: UnsafePointer<Element>,
    into weightGradient: UnsafeMutablePointer<Element>
  ) throws {
    let (rows, columns) = (geometry.rows, geometry.columns)
    let channels = geometry.outputChannels
    try ThreadPool.shared.run(geometry.taps) { tap in
      let sums = weightGradient + tap * channels
      sums.update(repeating: 0, count: channels)
      try Scratch.withBuffer(of: Element.self, count: channels) { rowSums in
        for image in 0..<geometry.batch {
          for row in rows.outputs(seenThrough: tap / columns.kernel) {
            rowSums.update(repeating: 0, count: channels)
            let inputRow = rows.inputIndex(output: row, tap: tap / columns.kernel)
            let from = input + (image * rows.input + inputRow) * columns.input * geometry.inputChannels
            let gradients = outputGradient + (image * rows.output + row) * columns.output * channels
            for column in columns.outputs(seenThrough: tap % columns.kernel) {
              let inputColumn = columns.inputIndex(output: column, tap: tap % columns.kernel)
              multiply(
                geometry, from + inputColumn * geometry.inputChannels, gradients + column * channels, addingTo: rowSums)
            }
            for channel in 0..<channels { sums[channel] += rowSums[channel] }
          }
        }
      }
    }
  }

  /// `sums[c · multiplier + j] += x[c] · factors[c · multiplier + j]`.
  @inline(__always)
  private static func multiply<Element: BinaryFloatingPoint>(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Element>, _ factors: UnsafePointer<Element>,
    addingTo sums: UnsafeMutablePointer<Element>
  ) {
    if geometry.inputChannels == geometry.outputChannels {
      for channel in 0..<geometry.inputChannels { sums[channel] += x[channel] * factors[channel] }
    } else {
      let multiplier = geometry.outputChannels / geometry.inputChannels
      for channel in 0..<geometry.outputChannels { sums[channel] += x[channel / multiplier] * factors[channel] }
    }
  }
}
