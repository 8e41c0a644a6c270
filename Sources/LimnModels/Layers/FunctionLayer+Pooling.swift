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
    try pool(.largest, [size.rows, size.columns], stride: stride.map { [$0.rows, $0.columns] }, padding: padding)
  }

  /// The mean of each window, channel by channel, over what lies inside the image. Shapes and parameters are those of
  /// ``maxPool2D(_:stride:padding:)``.
  ///
  /// - Throws: `bad-argument` for a count less than 1.
  public static func averagePool2D(
    _ size: WindowSize, stride: WindowSize? = nil, padding: ConvolutionPadding = .valid
  ) throws -> FunctionLayer {
    try pool(.mean, [size.rows, size.columns], stride: stride.map { [$0.rows, $0.columns] }, padding: padding)
  }

  /// What stands for the elements of a window.
  public enum Pooling: String, Sendable, CaseIterable {
    case largest = "max"
    case mean = "avg"
  }

  /// One number for each window, channel by channel, of sequences, images or volumes: `[batch, ..., channels]` with as
  /// many axes between as there are sizes.
  ///
  /// - Parameters:
  ///   - size: of the window, along each axis.
  ///   - stride: from one window to the next; as `size` if it is not given.
  /// - Throws: `bad-argument` for a count less than 1 or another number of axes than one to three.
  public static func pool(
    _ pooling: Pooling, _ size: [Int], stride: [Int]? = nil, padding: ConvolutionPadding = .valid
  ) throws -> FunctionLayer {
    let stride = stride ?? size
    guard (1...3).contains(size.count), stride.count == size.count else {
      throw TensorError(.badArgument, "a window has one to three axes, and a stride along each")
    }
    for number in size { try requireCount("size", number) }
    for number in stride { try requireCount("stride", number) }
    try padding.requireNotNegative()
    var arguments = [Argument(nil, text(size))]
    if stride != size { arguments.append(Argument("stride", text(stride))) }
    if padding != .valid { arguments.append(Argument("padding", padding.text)) }
    let windows = zip(size, stride).map { PoolingWindow(size: $0, stride: $1, padding: padding) }
    return FunctionLayer("\(pooling.rawValue)_pool\(size.count)d", arguments) { x in
      switch (pooling, windows.count) {
      case (.largest, 1): try x.maxPooled1D(windows[0])
      case (.mean, 1): try x.averagePooled1D(windows[0])
      case (.largest, 2): try x.maxPooled2D(rows: windows[0], columns: windows[1])
      case (.mean, 2): try x.averagePooled2D(rows: windows[0], columns: windows[1])
      case (.largest, _): try x.maxPooled3D(depth: windows[0], rows: windows[1], columns: windows[2])
      case (.mean, _): try x.averagePooled3D(depth: windows[0], rows: windows[1], columns: windows[2])
      }
    }
  }

  /// Each pixel repeated: `[batch, height, width, channels]` becomes
  /// `[batch, height · rows, width · columns, channels]`.
  ///
  /// - Throws: `bad-argument` for a factor less than 1.
  public static func upSample2D(_ factor: WindowSize) throws -> FunctionLayer {
    try upSample([factor.rows, factor.columns])
  }

  /// Sequences, images or volumes enlarged: a factor for each axis between the batch and the channels.
  ///
  /// - Throws: `bad-argument` for a factor less than 1 or another number of axes than one to three.
  public static func upSample(_ factors: [Int], _ mode: UpSampling = .nearest) throws -> FunctionLayer {
    guard (1...3).contains(factors.count) else {
      throw TensorError(.badArgument, "there are factors for one to three axes, and these are \(factors.count)")
    }
    for factor in factors { try requireCount("factor", factor) }
    var arguments = [Argument(nil, text(factors))]
    if mode != .nearest { arguments.append(Argument("mode", "\"\(mode.rawValue)\"")) }
    return FunctionLayer("up_sample\(factors.count)d", arguments) { try $0.upSampled(factors, mode) }
  }

  /// `2`, or `[2, 3]`.
  private static func text(_ numbers: [Int]) -> String {
    numbers.allSatisfy { $0 == numbers[0] } ? "\(numbers[0])" : "\(numbers)"
  }
}
