/// How a kernel moves along one spatial axis.
public struct ConvolutionWindow: Hashable, Sendable {
  /// Elements from one position of the kernel to the next.
  public var stride: Int
  /// Elements from one tap of the kernel to the next.
  public var dilation: Int
  public var padding: ConvolutionPadding

  public init(stride: Int = 1, dilation: Int = 1, padding: ConvolutionPadding = .same) {
    self.stride = stride
    self.dilation = dilation
    self.padding = padding
  }
}

/// The shape rules of a convolution, and what to say when they are broken.
struct ConvolutionShapes {
  /// The operator, as users know it.
  let name: String
  let input: Shape
  let kernel: Shape

  /// - Parameters:
  ///   - axes: how many both must have.
  ///   - layout: what the input's axes are.
  ///   - windows: one for each spatial axis.
  init(
    _ name: String, _ input: Tensor, _ kernel: Tensor, axes: Int = 4,
    layout: String = "a batch of images, [batch, height, width, channels]", _ windows: [ConvolutionWindow]
  ) throws {
    self.name = name
    self.input = input.shape
    self.kernel = kernel.shape
    guard input.rank == axes else {
      throw mismatch(
        "\(name) takes \(layout), and this has \(input.rank) axes",
        help: input.rank == axes - 1 ? "add an axis of length 1 for the batch: unsqueeze(x, 0)" : nil)
    }
    guard kernel.rank == axes else {
      throw mismatch("\(name) takes a kernel of \(axes) axes, and this has \(kernel.rank)")
    }
    for window in windows {
      guard window.stride >= 1, window.dilation >= 1 else {
        throw TensorError(
          .badArgument, "\(name) needs a stride and a dilation of at least 1",
          operands: [.init(.named("stride"), "stride is \(window.stride), dilation is \(window.dilation)")])
      }
    }
  }

  /// Makes sure that the input has as many channels as the kernel was made for.
  func requireChannels(_ expected: Int) throws {
    let channels = input[input.rank - 1]
    guard channels == expected else {
      throw mismatch(
        "\(name) got \(count(channels, "channel")), but its kernel was made for \(expected)",
        help: "give it \(count(expected, "channel")), or make the layer anew")
    }
  }

  /// The axis of a convolution, which the user calls `which`.
  func axis(_ which: String, _ length: Int, _ taps: Int, _ window: ConvolutionWindow) throws -> ConvolutionAxis {
    let axis = ConvolutionAxis(
      input: length, kernel: taps, stride: window.stride, dilation: window.dilation, padding: window.padding)
    return try axis ?? refuse(which, length, taps, window)
  }

  /// The axis of the convolution whose gradient a transposed one is.
  func transposedAxis(
    _ which: String, _ length: Int, _ taps: Int, _ window: ConvolutionWindow
  ) throws -> ConvolutionAxis {
    let axis = ConvolutionAxis(
      transposedOver: length, kernel: taps, stride: window.stride, dilation: window.dilation, padding: window.padding)
    return try axis ?? refuse(which, length, taps, window)
  }

  private func refuse(
    _ which: String, _ length: Int, _ taps: Int, _ window: ConvolutionWindow
  ) throws -> ConvolutionAxis {
    if case .explicit(let before, let after) = window.padding, before < 0 || after < 0 {
      throw TensorError(
        .badArgument, "\(name) cannot pad by a negative number",
        operands: [.init(.named("padding"), "padding is \(before) before and \(after) after")])
    }
    let apart = window.dilation == 1 ? "" : " \(window.dilation) apart"
    throw mismatch(
      "\(name): \(count(taps, "tap"))\(apart) do not fit into a \(which) of \(length)",
      help: "use a smaller kernel, or padding: \"same\"")
  }

  private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  private func mismatch(_ message: String, help: String? = nil) -> TensorError {
    TensorError(
      .shapeMismatch, message,
      operands: [.init(.index(0), "input is \(input)"), .init(.index(1), "kernel is \(kernel)")], help: help)
  }
}
