/// Two-dimensional convolution over images in memory, channels last, and its two gradients.
///
///     output[b, y, x, o] = Σ over taps (u, v), over channels i, of
///                          input[b, y · stride + u · dilation - padding, ..., i] · weights[u, v, i, o]
///
/// (As everywhere in the field, this is a correlation: the kernel is not flipped.) All three are bilinear, and each is
/// a gradient of the others, so that gradients of any order need no more than these. Transposed convolution
/// *is* ``inputGradient(_:outputGradient:weights:into:)``.
///
/// # How it is computed
///
/// The textbook's way, *im2col*, copies the patch under each output pixel into a row and multiplies all rows by the weights at once. It
/// serves everywhere and wastes much: the copy is as many times larger than the image as the kernel has taps, and at
/// the edges of a `same` convolution the patches are full of padding; for a 5×5 kernel on a 4×4 image that is more than half of the work.
/// So there are three ways, and each call takes the cheapest that its ``ConvolutionGeometry`` admits:
///
/// 1. ``ToomConvolution`` and ``ToomWeightGradient``: a ``CookToom`` algorithm. Small blocks of output are computed as products of
///    polynomials, which takes a third or less of the multiplications. Before and after, lines of pixels are transformed, so it pays where there
///    are many channels to spread that over. Results differ from the definition's by some 10⁻⁶ of the largest. `cost` and
///    `directCost` estimate both ways in the same unit.
/// 2. ``DirectConvolution`` and ``DirectWeightGradient``: exact, a sum of small matrix products for each pixel whose rows are the images
///    of the batch, six side by side. Taps that would fall on padding are not in the sum.
/// 3. ``ColumnConvolution``: im2col in chunks that stay in the cache, for few images or few channels.
///
/// All three end in ``MicroKernel``: six rows by sixteen columns of sums in registers, to which it adds products of packed operands. Packed
/// operands are ``Scratch``. Stride, dilation and padding are settled beforehand, once for each axis, by ``ConvolutionAxis`` and
/// ``AxisTaps``: which tap of the kernel meets which pixel.
///
/// Sums run in an order that depends on the shapes alone; the bits are the same for any number of threads.
enum Convolution {
  static func forward(
    _ geometry: ConvolutionGeometry, input: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    into output: UnsafeMutablePointer<Float>
  ) throws {
    guard geometry.hasWork else { return output.update(repeating: 0, count: geometry.outputCount) }
    if let toom = ToomConvolution(geometry, isGradient: false, weights: weights), toom.cost < geometry.directCost {
      try toom.run(source: input, destination: output)
    } else if geometry.fillsSlivers,
      geometry.fitsDirect(channels: geometry.inputChannels, pixels: geometry.inputPixels)
    {
      try DirectConvolution.forward(geometry, input: input, weights: weights, into: output)
    } else {
      try ColumnConvolution(geometry).forward(input: input, weights: weights, into: output)
    }
  }

  static func inputGradient(
    _ geometry: ConvolutionGeometry, outputGradient: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    into inputGradient: UnsafeMutablePointer<Float>
  ) throws {
    guard geometry.hasWork else { return inputGradient.update(repeating: 0, count: geometry.inputCount) }
    if let toom = ToomConvolution(geometry, isGradient: true, weights: weights), toom.cost < geometry.directCost {
      try toom.run(source: outputGradient, destination: inputGradient)
    } else if geometry.fillsSlivers, geometry.inputChannels * 2 > MicroKernel.columns,
      geometry.fitsDirect(channels: geometry.outputChannels, pixels: geometry.outputPixels)
    {
      try DirectConvolution.inputGradient(
        geometry, outputGradient: outputGradient, weights: weights, into: inputGradient)
    } else {
      try ColumnConvolution(geometry).inputGradient(
        outputGradient: outputGradient, weights: weights, into: inputGradient)
    }
  }

  static func weightGradient(
    _ geometry: ConvolutionGeometry, input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
    into weightGradient: UnsafeMutablePointer<Float>
  ) throws {
    guard geometry.hasWork else { return weightGradient.update(repeating: 0, count: geometry.weightCount) }
    if let toom = ToomWeightGradient(geometry), toom.cost < geometry.directCost {
      try toom.run(input: input, outputGradient: outputGradient, into: weightGradient)
    } else if DirectWeightGradient.suits(geometry) {
      try DirectWeightGradient.run(geometry, input: input, outputGradient: outputGradient, into: weightGradient)
    } else {
      try ColumnConvolution(geometry).weightGradient(
        input: input, outputGradient: outputGradient, into: weightGradient)
    }
  }
}

extension ConvolutionGeometry {
  /// Whether no tensor is empty.
  var hasWork: Bool { inputCount > 0 && outputCount > 0 && weightCount > 0 }

  /// Whether the batch fills slivers of six images well enough: the rows that it lacks are computed in vain.
  fileprivate var fillsSlivers: Bool {
    let slivers = (batch - 1) / MicroKernel.rows + 1
    return batch * 4 >= slivers * MicroKernel.rows * 3
  }

  /// Whether six packed images are of a reasonable size.
  fileprivate func fitsDirect(channels: Int, pixels: Int) -> Bool {
    let limit = 1 << 24
    return pixels <= limit / MicroKernel.rows / channels && taps <= limit / MicroKernel.columns / channels
  }
}
