/// Pooling of images, channels last, over windows that a ``ConvolutionGeometry`` describes: its channels are equal,
/// and it has no weights. A window at an edge has the pixels that lie inside the image.
enum PoolingKernels {
  /// The largest of each window, and its place: the input pixel of the image that it comes from.
  ///
  /// A NaN counts as larger than any number. A window without pixels gives -∞, and place -1.
  static func maximum<Element: BinaryFloatingPoint>(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Element>, into y: UnsafeMutablePointer<Element>,
    places: UnsafeMutablePointer<Int32>
  ) {
    let channels = geometry.inputChannels
    forEachOutputRow(geometry) { image, row in
      for column in 0..<geometry.columns.output {
        let output = ((image * geometry.rows.output + row) * geometry.columns.output + column) * channels
        let (largest, place) = (y + output, places + output)
        largest.update(repeating: -.infinity, count: channels)
        place.update(repeating: -1, count: channels)
        forEachPixel(geometry, row, column) { pixel in
          let from = x + (image * geometry.inputPixels + pixel) * channels
          let number = Int32(truncatingIfNeeded: pixel)
          for channel in 0..<channels {
            let (old, new) = (largest[channel], from[channel])
            // The first pixel counts whatever it is, and the first NaN stays.
            guard place[channel] < 0 || (old == old && (new > old || new != new)) else { continue }
            largest[channel] = new
            place[channel] = number
          }
        }
      }
    }
  }

  /// Takes from each output's place: the maximum's derivative in a direction `x`.
  static func take<Element: BinaryFloatingPoint>(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Element>, places: UnsafePointer<Int32>,
    into y: UnsafeMutablePointer<Element>
  ) {
    let channels = geometry.inputChannels
    forEachOutputRow(geometry) { image, row in
      let width = geometry.columns.output * channels
      let start = (image * geometry.rows.output + row) * width
      for element in start..<start + width {
        let place = Int(places[element])
        y[element] =
          place < 0 ? 0 : x[(image * geometry.inputPixels + place) * channels + (element - start) % channels]
      }
    }
  }

  /// Adds each output's gradient at its place: the maximum's gradient.
  static func scatter<Element: BinaryFloatingPoint>(
    _ geometry: ConvolutionGeometry, _ g: UnsafePointer<Element>, places: UnsafePointer<Int32>,
    into inputGradient: UnsafeMutablePointer<Element>
  ) {
    let channels = geometry.inputChannels
    let imageOutputs = geometry.outputPixels * channels
    ThreadPool.shared.run(geometry.batch) { image in
      let to = inputGradient + image * geometry.inputPixels * channels
      to.update(repeating: 0, count: geometry.inputPixels * channels)
      let start = image * imageOutputs
      for element in 0..<imageOutputs where places[start + element] >= 0 {
        to[Int(places[start + element]) * channels + element % channels] += g[start + element]
      }
    }
  }

  /// The mean of each window; 0 for a window without pixels.
  static func mean<Element: BinaryFloatingPoint>(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Element>, into y: UnsafeMutablePointer<Element>
  ) {
    let channels = geometry.inputChannels
    forEachOutputRow(geometry) { image, row in
      for column in 0..<geometry.columns.output {
        let sum = y + ((image * geometry.rows.output + row) * geometry.columns.output + column) * channels
        sum.update(repeating: 0, count: channels)
        var pixels = 0
        forEachPixel(geometry, row, column) { pixel in
          pixels += 1
          let from = x + (image * geometry.inputPixels + pixel) * channels
          for channel in 0..<channels { sum[channel] += from[channel] }
        }
        let share = 1 / Element(max(pixels, 1))
        for channel in 0..<channels { sum[channel] *= share }
      }
    }
  }

  /// Shares each output's gradient among its window's pixels: the mean's gradient.
  static func spread<Element: BinaryFloatingPoint>(
    _ geometry: ConvolutionGeometry, _ g: UnsafePointer<Element>, into inputGradient: UnsafeMutablePointer<Element>
  ) {
    let channels = geometry.inputChannels
    ThreadPool.shared.run(geometry.batch) { image in
      let to = inputGradient + image * geometry.inputPixels * channels
      to.update(repeating: 0, count: geometry.inputPixels * channels)
      for row in 0..<geometry.rows.output {
        for column in 0..<geometry.columns.output {
          let from = g + ((image * geometry.rows.output + row) * geometry.columns.output + column) * channels
          var pixels = 0
          forEachPixel(geometry, row, column) { _ in pixels += 1 }
          let share = 1 / Element(max(pixels, 1))
          forEachPixel(geometry, row, column) { pixel in
            let sum = to + pixel * channels
            for channel in 0..<channels { sum[channel] += from[channel] * share }
          }
        }
      }
    }
  }

  @inline(__always)
  private static func forEachOutputRow(_ geometry: ConvolutionGeometry, _ body: (_ image: Int, _ row: Int) -> Void) {
    let rows = geometry.rows.output
    let elements = geometry.columns.output * geometry.inputChannels * geometry.taps
    ThreadPool.shared.run(elements: geometry.batch * rows, grain: max(1, (1 << 15) / max(elements, 1))) { range in
      for index in range { body(index / rows, index % rows) }
    }
  }

  /// Calls `body` with the pixels of an output's window, counted within the image.
  @inline(__always)
  private static func forEachPixel(
    _ geometry: ConvolutionGeometry, _ row: Int, _ column: Int, _ body: (Int) -> Void
  ) {
    for tapRow in 0..<geometry.rows.kernel {
      let inputRow = geometry.rows.inputIndex(output: row, tap: tapRow)
      guard inputRow >= 0, inputRow < geometry.rows.input else { continue }
      for tapColumn in 0..<geometry.columns.kernel {
        let inputColumn = geometry.columns.inputIndex(output: column, tap: tapColumn)
        guard inputColumn >= 0, inputColumn < geometry.columns.input else { continue }
        body(inputRow * geometry.columns.input + inputColumn)
      }
    }
  }
}
