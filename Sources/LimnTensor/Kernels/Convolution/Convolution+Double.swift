extension Convolution {
  // In double precision convolutions serve to check gradients: plain loops over all pairs that meet, which can be
  // verified by reading.

  static func forward(
    _ geometry: ConvolutionGeometry, input: UnsafePointer<Double>, weights: UnsafePointer<Double>,
    into output: UnsafeMutablePointer<Double>
  ) {
    output.update(repeating: 0, count: geometry.outputCount)
    ThreadPool.shared.run(geometry.batch) { image in
      forEachPair(geometry, image) { x, tap, y in
        for i in 0..<geometry.inputChannels {
          let factor = input[x * geometry.inputChannels + i]
          let row = weights + (tap * geometry.inputChannels + i) * geometry.outputChannels
          let sum = output + y * geometry.outputChannels
          for o in 0..<geometry.outputChannels { sum[o] += factor * row[o] }
        }
      }
    }
  }

  static func inputGradient(
    _ geometry: ConvolutionGeometry, outputGradient: UnsafePointer<Double>, weights: UnsafePointer<Double>,
    into inputGradient: UnsafeMutablePointer<Double>
  ) {
    inputGradient.update(repeating: 0, count: geometry.inputCount)
    ThreadPool.shared.run(geometry.batch) { image in
      forEachPair(geometry, image) { x, tap, y in
        for i in 0..<geometry.inputChannels {
          let row = weights + (tap * geometry.inputChannels + i) * geometry.outputChannels
          let gradient = outputGradient + y * geometry.outputChannels
          var sum = 0.0
          for o in 0..<geometry.outputChannels { sum += gradient[o] * row[o] }
          inputGradient[x * geometry.inputChannels + i] += sum
        }
      }
    }
  }

  static func weightGradient(
    _ geometry: ConvolutionGeometry, input: UnsafePointer<Double>, outputGradient: UnsafePointer<Double>,
    into weightGradient: UnsafeMutablePointer<Double>
  ) {
    weightGradient.update(repeating: 0, count: geometry.weightCount)
    for image in 0..<geometry.batch {
      forEachPair(geometry, image) { x, tap, y in
        for i in 0..<geometry.inputChannels {
          let factor = input[x * geometry.inputChannels + i]
          let sum = weightGradient + (tap * geometry.inputChannels + i) * geometry.outputChannels
          let gradient = outputGradient + y * geometry.outputChannels
          for o in 0..<geometry.outputChannels { sum[o] += factor * gradient[o] }
        }
      }
    }
  }

  /// Calls `body` with every input pixel, tap and output pixel of an image that meet; pixels are counted over all
  /// images.
  @inline(__always)
  private static func forEachPair(
    _ geometry: ConvolutionGeometry, _ image: Int, _ body: (_ input: Int, _ tap: Int, _ output: Int) -> Void
  ) {
    let rows = geometry.rows
    let columns = geometry.columns
    for tapRow in 0..<rows.kernel {
      for tapColumn in 0..<columns.kernel {
        for outputRow in rows.outputs(seenThrough: tapRow) {
          let inputRow = rows.inputIndex(output: outputRow, tap: tapRow)
          for outputColumn in columns.outputs(seenThrough: tapColumn) {
            let inputColumn = columns.inputIndex(output: outputColumn, tap: tapColumn)
            body(
              (image * rows.input + inputRow) * columns.input + inputColumn,
              tapRow * columns.kernel + tapColumn,
              (image * rows.output + outputRow) * columns.output + outputColumn)
          }
        }
      }
    }
  }
}
