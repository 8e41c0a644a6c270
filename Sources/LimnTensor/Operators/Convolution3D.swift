extension Tensor {
  /// Convolution of volumes or clips, channels last: ``convolution2D(_:rows:columns:)`` with one more axis.
  ///
  ///     y[b, i, ...] = Σ over taps t of the depth of conv2d(x[b, i·s + t·d - p, ...], kernel[t])
  ///
  /// It is computed so, one tap of the depth after another, and its gradients are those of its parts.
  ///
  /// - Parameters:
  ///   - kernel: `[depth, height, width, input channels, output channels]`.
  ///   - depth: stride, dilation and padding along the depth; `rows` and `columns` as `depth` if they are not given.
  /// - Returns: `[batch, output depth, output height, output width, output channels]`.
  /// - Throws: as ``convolution2D(_:rows:columns:)``.
  public func convolution3D(
    _ kernel: Tensor, depth: ConvolutionWindow = .init(), rows: ConvolutionWindow? = nil,
    columns: ConvolutionWindow? = nil
  ) throws -> Tensor {
    let (rows, columns) = (rows ?? depth, columns ?? depth)
    let shapes = try ConvolutionShapes(volumes: "conv3d", self, kernel, [depth, rows, columns])
    try shapes.requireChannels(kernel.shape[3])
    let axis = try shapes.axis("depth", shape[1], kernel.shape[0], depth)
    let height = try shapes.axis("height", shape[2], kernel.shape[1], rows)
    let width = try shapes.axis("width", shape[3], kernel.shape[2], columns)
    let whole = try Shape([shape[0], axis.output, height.output, width.output, kernel.shape[4]])
    return try sumOverDepth(axis, into: whole) { tap, outputs in
      let first = axis.inputIndex(output: outputs.lowerBound, tap: tap)
      let slices = try part(along: 1, start: first, axis.stride, outputs.count)
      let made = try slices.asImages().convolution2D(try kernel[.at(tap)], rows: rows, columns: columns)
      return (try made.asVolumes(shape[0]), start: outputs.lowerBound, step: 1)
    }
  }

  /// Transposed convolution of volumes: the gradient of ``convolution3D(_:depth:rows:columns:)`` for its input.
  ///
  /// - Parameter kernel: `[depth, height, width, output channels, input channels]`.
  /// - Throws: as ``convolution2D(_:rows:columns:)``.
  public func transposedConvolution3D(
    _ kernel: Tensor, depth: ConvolutionWindow = .init(), rows: ConvolutionWindow? = nil,
    columns: ConvolutionWindow? = nil
  ) throws -> Tensor {
    let (rows, columns) = (rows ?? depth, columns ?? depth)
    let shapes = try ConvolutionShapes(volumes: "conv_transpose3d", self, kernel, [depth, rows, columns])
    try shapes.requireChannels(kernel.shape[4])
    let axis = try shapes.transposedAxis("depth", shape[1], kernel.shape[0], depth)
    let height = try shapes.transposedAxis("height", shape[2], kernel.shape[1], rows)
    let width = try shapes.transposedAxis("width", shape[3], kernel.shape[2], columns)
    let whole = try Shape([shape[0], axis.input, height.input, width.input, kernel.shape[3]])
    return try sumOverDepth(axis, into: whole) { tap, outputs in
      let slices = try part(along: 1, start: outputs.lowerBound, 1, outputs.count)
      let made = try slices.asImages().transposedConvolution2D(try kernel[.at(tap)], rows: rows, columns: columns)
      return (
        try made.asVolumes(shape[0]), start: axis.inputIndex(output: outputs.lowerBound, tap: tap), step: axis.stride
      )
    }
  }

  /// Adds what each tap of the depth gives, in its place.
  private func sumOverDepth(
    _ axis: ConvolutionAxis, into whole: Shape,
    _ slices: (_ tap: Int, _ outputs: Range<Int>) throws -> (Tensor, start: Int, step: Int)
  ) throws -> Tensor {
    var sum: Tensor?
    for tap in 0..<axis.kernel {
      let outputs = axis.outputs(seenThrough: tap)
      guard !outputs.isEmpty else { continue }
      let (made, start, step) = try slices(tap, outputs)
      var region = Region(whole, axis: 1, start: start, length: outputs.count)
      region.steps[1] = step
      let placed = try made.placed(region, in: whole)
      sum = try sum?.adding(placed) ?? placed
    }
    return try sum ?? Tensor.zeros(whole, dtype)
  }

  private func part(along axis: Int, start: Int, _ step: Int, _ length: Int) throws -> Tensor {
    var region = Region(shape, axis: axis, start: start, length: length)
    region.steps[axis] = step
    return try part(region)
  }

  /// `[batch, depth, height, width, channels]` as so many images.
  private func asImages() throws -> Tensor {
    try reshaped([shape[0] * shape[1], shape[2], shape[3], shape[4]])
  }

  private func asVolumes(_ batch: Int) throws -> Tensor {
    try reshaped([batch, shape[0] / Swift.max(batch, 1), shape[1], shape[2], shape[3]])
  }
}

extension ConvolutionShapes {
  fileprivate init(volumes name: String, _ input: Tensor, _ kernel: Tensor, _ windows: [ConvolutionWindow]) throws {
    try self.init(
      name, input, kernel, axes: 5, layout: "a batch of volumes, [batch, depth, height, width, channels]", windows)
  }
}
