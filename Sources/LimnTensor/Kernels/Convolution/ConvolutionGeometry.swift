/// The shapes of a two-dimensional convolution, channels last.
///
/// | tensor | shape |
/// |---|---|
/// | input | `[batch, rows.input, columns.input, inputChannels]` |
/// | weights | `[rows.kernel, columns.kernel, inputChannels, outputChannels]` |
/// | output | `[batch, rows.output, columns.output, outputChannels]` |
struct ConvolutionGeometry: Hashable, Sendable {
  var batch: Int
  var rows: ConvolutionAxis
  var columns: ConvolutionAxis
  var inputChannels: Int
  var outputChannels: Int

  /// Pixels of one input image.
  var inputPixels: Int { rows.input * columns.input }
  /// Pixels of one output image.
  var outputPixels: Int { rows.output * columns.output }
  /// Taps of the kernel.
  var taps: Int { rows.kernel * columns.kernel }

  var inputCount: Int { batch * inputPixels * inputChannels }
  var outputCount: Int { batch * outputPixels * outputChannels }
  var weightCount: Int { taps * inputChannels * outputChannels }

  /// The same shapes for some of the images.
  func withBatch(_ batch: Int) -> ConvolutionGeometry {
    var other = self
    other.batch = batch
    return other
  }
}
