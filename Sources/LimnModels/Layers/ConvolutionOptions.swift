import LimnTensor

/// What a convolution and a transposed convolution are made with alike.
struct ConvolutionOptions {
  let filters: Int
  let kernel: WindowSize
  let stride: WindowSize
  let padding: ConvolutionPadding
  let dilation: WindowSize
  let activation: Activation?
  let kernelInitializer: Initializer
  let biasInitializer: Initializer

  /// - Throws: `bad-argument` for a count less than 1 or a negative padding.
  func validate() throws {
    try requireCount("filters", filters)
    try kernel.require("kernel")
    try stride.require("stride")
    try dilation.require("dilation")
    try padding.requireNotNegative()
  }

  var rows: ConvolutionWindow {
    ConvolutionWindow(stride: stride.rows, dilation: dilation.rows, padding: padding)
  }
  var columns: ConvolutionWindow {
    ConvolutionWindow(stride: stride.columns, dilation: dilation.columns, padding: padding)
  }

  /// For printing; whatever has its default is left out.
  func arguments(hasBias: Bool) -> [Argument] {
    var arguments = [Argument(nil, filters), Argument("kernel", kernel.description)]
    if stride != 1 { arguments.append(Argument("stride", stride.description)) }
    if padding != .same { arguments.append(Argument("padding", padding.text)) }
    if dilation != 1 { arguments.append(Argument("dilation", dilation.description)) }
    if let activation { arguments.append(activation.argument) }
    if !hasBias { arguments.append(Argument("bias", false)) }
    return arguments
  }
}

extension ConvolutionPadding {
  /// As one would write it: `"same"`, `[1, 2]`.
  var text: String {
    switch self {
    case .same: "\"same\""
    case .valid: "\"valid\""
    case .explicit(let before, let after): before == after ? "\(before)" : "[\(before), \(after)]"
    }
  }

  /// - Throws: `bad-argument` for a negative number of zeros.
  func requireNotNegative() throws {
    guard case .explicit(let before, let after) = self, min(before, after) < 0 else { return }
    throw TensorError(
      .badArgument, "padding cannot be negative", operands: [.init(.named("padding"), "padding is \(text)")])
  }
}
