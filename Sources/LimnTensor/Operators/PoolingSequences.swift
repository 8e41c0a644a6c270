extension Tensor {
  /// The largest element of each window of a sequence, channel by channel: `[batch, time, channels]` gives `[batch,
  /// output time, channels]`. What lies beyond the ends is not looked at.
  ///
  /// Gradient: `g` at the place of the largest, the first one of equals.
  ///
  /// - Throws: `shape-mismatch` for another number of axes or a window that does not fit; `bad-argument`.
  public func maxPooled1D(_ window: PoolingWindow) throws -> Tensor {
    try pooledSequences("max_pool1d", window) { try $0.maximum(of: $1) }
  }

  /// The mean of each window of a sequence, channel by channel, over those of its elements that lie inside.
  ///
  /// Gradient: `g / n` for each of a window's n elements.
  ///
  /// - Throws: as ``maxPooled1D(_:)``.
  public func averagePooled1D(_ window: PoolingWindow) throws -> Tensor {
    try pooledSequences("avg_pool1d", window) { try $0.mean(of: $1) }
  }

  /// The largest element of each window of a volume or clip, channel by channel: `[batch, depth, height, width,
  /// channels]` gives the same with shorter axes.
  ///
  /// It is the largest along the depth of the largest of each slice, as is its gradient: `g` at the place of the largest,
  /// the first one of equals.
  ///
  /// - Throws: as ``maxPooled1D(_:)``.
  public func maxPooled3D(depth: PoolingWindow, rows: PoolingWindow, columns: PoolingWindow) throws -> Tensor {
    try pooledVolumes("max_pool3d", depth, rows, columns) { try $0.maximum(of: $1) }
  }

  /// The mean of each window of a volume or clip, channel by channel, over those of its elements that lie inside.
  ///
  /// Gradient: `g / n` for each of a window's n elements.
  ///
  /// - Throws: as ``maxPooled1D(_:)``.
  public func averagePooled3D(depth: PoolingWindow, rows: PoolingWindow, columns: PoolingWindow) throws -> Tensor {
    try pooledVolumes("avg_pool3d", depth, rows, columns) { try $0.mean(of: $1) }
  }

  private func pooledSequences(
    _ name: String, _ window: PoolingWindow, _ pool: (Tensor, ConvolutionGeometry) throws -> Tensor
  ) throws -> Tensor {
    guard rank == 3 else {
      throw TensorError(
        .shapeMismatch, "\(name) takes sequences, [batch, time, channels], and this has \(rank) axes",
        operands: [.init(.index(0), "input is \(shape)")])
    }
    let x = try inFloats()
    return try x.pooled(along: poolingAxis(name, "time", shape[1], window), [shape[0], shape[1], shape[2]], pool)
  }

  private func pooledVolumes(
    _ name: String, _ depth: PoolingWindow, _ rows: PoolingWindow, _ columns: PoolingWindow,
    _ pool: (Tensor, ConvolutionGeometry) throws -> Tensor
  ) throws -> Tensor {
    guard rank == 5 else {
      throw TensorError(
        .shapeMismatch, "\(name) takes volumes, [batch, depth, height, width, channels], and this has \(rank) axes",
        operands: [.init(.index(0), "input is \(shape)")])
    }
    let (batch, length, channels) = (shape[0], shape[1], shape[4])
    let along = try poolingAxis(name, "depth", length, depth)
    let height = try poolingAxis(name, "height", shape[2], rows)
    let width = try poolingAxis(name, "width", shape[3], columns)
    try Self.requirePlaces(name, height, width)
    let slices = ConvolutionGeometry(
      batch: batch * length, rows: height, columns: width, inputChannels: channels, outputChannels: channels)
    let inSlices = try pool(try inFloats().reshaped(slices.inputShape), slices)
    let stacked = try inSlices.pooled(
      along: along, [batch, length, height.output * width.output * channels], pool)
    return try stacked.reshaped([batch, along.output, height.output, width.output, channels])
  }

  /// Windows along one axis: this, taken as `[batch, length, channels]`, is an image one pixel wide.
  private func pooled(
    along axis: ConvolutionAxis, _ lengths: [Int], _ pool: (Tensor, ConvolutionGeometry) throws -> Tensor
  ) throws -> Tensor {
    let point = ConvolutionAxis(input: 1, output: 1, kernel: 1, stride: 1, dilation: 1, paddingBefore: 0)
    try Self.requirePlaces("pooling", axis, point)
    let geometry = ConvolutionGeometry(
      batch: lengths[0], rows: axis, columns: point, inputChannels: lengths[2], outputChannels: lengths[2])
    return try pool(reshaped(geometry.inputShape), geometry).reshaped([lengths[0], axis.output, lengths[2]])
  }

  /// Places within a window's image are counted in 32 bits.
  static func requirePlaces(_ name: String, _ rows: ConvolutionAxis, _ columns: ConvolutionAxis) throws {
    guard try Shape([rows.input, columns.input]).checkedCount() > Int(Int32.max) else { return }
    throw TensorError(.badShape, "\(name): \(rows.input) by \(columns.input) places are too many")
  }
}
