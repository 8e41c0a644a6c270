import LimnTensor

extension FunctionLayer {
  /// The largest element of each window, channel by channel: `[batch, height, width, channels]` becomes
  /// `[batch, height', width', channels]`.
  ///
  /// - Parameters:
  ///   - size: of the window.
  ///   - stride: from one window to the next; as `size` if it is not given.
  /// - Throws: `bad-argument` for a count less than 1.
  public static func maxPool2D(
    _ size: WindowSize, stride: WindowSize? = nil, padding: ConvolutionPadding = .valid
  ) throws -> FunctionLayer {
    try pool("max_pool2d", size, stride, padding) { try $0.maxPooled2D(rows: $1, columns: $2) }
  }

  /// The mean of each window, channel by channel, over what lies inside the image. Shapes and parameters are those of
  /// ``maxPool2D(_:stride:padding:)``.
  ///
  /// - Throws: `bad-argument` for a count less than 1.
  public static func averagePool2D(
    _ size: WindowSize, stride: WindowSize? = nil, padding: ConvolutionPadding = .valid
  ) throws -> FunctionLayer {
    try pool("avg_pool2d", size, stride, padding) { try $0.averagePooled2D(rows: $1, columns: $2) }
  }

  /// Each pixel repeated: `[batch, height, width, channels]` becomes
  /// `[batch, height · rows, width · columns, channels]`.
  ///
  /// - Throws: `bad-argument` for a factor less than 1.
  public static func upSample2D(_ factor: WindowSize) throws -> FunctionLayer {
    try factor.require("factor")
    return FunctionLayer("up_sample2d", [Argument(nil, factor.description)]) {
      try $0.upSampled(rows: factor.rows, columns: factor.columns)
    }
  }

  private static func pool(
    _ name: String, _ size: WindowSize, _ stride: WindowSize?, _ padding: ConvolutionPadding,
    _ operation: @escaping (Tensor, PoolingWindow, PoolingWindow) throws -> Tensor
  ) throws -> FunctionLayer {
    try size.require("size")
    try stride?.require("stride")
    try padding.requireNotNegative()
    var arguments = [Argument(nil, size.description)]
    if let stride, stride != size { arguments.append(Argument("stride", stride.description)) }
    if padding != .valid { arguments.append(Argument("padding", padding.text)) }
    let rows = PoolingWindow(size: size.rows, stride: (stride ?? size).rows, padding: padding)
    let columns = PoolingWindow(size: size.columns, stride: (stride ?? size).columns, padding: padding)
    return FunctionLayer(name, arguments) { try operation($0, rows, columns) }
  }
}
