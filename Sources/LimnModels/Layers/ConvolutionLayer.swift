import LimnTensor

/// The convolutions beside ``Conv2D`` and ``ConvTranspose2D``: of sequences, of volumes, and of each channel by itself.
///
/// | kind | input | kernel |
/// |---|---|---|
/// | conv1d | `[batch, time, channels]` | `[kernel, channels, filters]` |
/// | conv_transpose1d | the same | `[kernel, filters, channels]` |
/// | conv3d | `[batch, depth, height, width, channels]` | `[kernel, kernel, kernel, channels, filters]` |
/// | conv_transpose3d | the same | `[kernel, kernel, kernel, filters, channels]` |
/// | depthwise_conv2d | `[batch, height, width, channels]` | `[kernel, kernel, channels, filters for each]` |
///
/// Formulas, padding and output lengths are those of ``Conv2D`` and ``ConvTranspose2D``, along each axis; a depthwise
/// convolution gives channels · filters. `causal` padding of a sequence puts all zeros before it, so that no output sees
/// what comes after it (van den Oord et al., "WaveNet", arXiv:1609.03499).
public final class ConvolutionLayer: KernelLayer {
  public enum Kind: String, Sendable, CaseIterable {
    case conv1D = "conv1d"
    case convTranspose1D = "conv_transpose1d"
    case conv3D = "conv3d"
    case convTranspose3D = "conv_transpose3d"
    case depthwise2D = "depthwise_conv2d"

    /// Axes that a kernel moves along.
    var axes: Int {
      switch self {
      case .conv1D, .convTranspose1D: 1
      case .depthwise2D: 2
      case .conv3D, .convTranspose3D: 3
      }
    }

    var isTransposed: Bool { self == .convTranspose1D || self == .convTranspose3D }

    var layout: [String] {
      switch self {
      case .conv1D, .convTranspose1D: ["batch", "time", "channels"]
      case .depthwise2D: ["batch", "height", "width", "channels"]
      case .conv3D, .convTranspose3D: ["batch", "depth", "height", "width", "channels"]
      }
    }
  }

  public let kind: Kind
  public let filters: Int
  /// One number for each axis.
  public let kernelSize: [Int]
  public let stride: [Int]
  public let dilation: [Int]
  public let padding: ConvolutionPadding
  public let isCausal: Bool
  public let activation: Activation?
  /// Made on the first call.
  public let kernel: Weight
  /// `[filters]`, or `[channels · filters]`; nil for a layer without.
  public let bias: Weight?
  public let stream: LayerStream?
  public var shapeOrigin: String?
  private let initializer: Initializer

  /// - Parameters:
  ///   - kernelSize: a number for all axes, or one for each; `stride` and `dilation` likewise.
  ///   - isCausal: for `conv1d`, in place of a padding.
  /// - Throws: `bad-argument` for a count less than 1, a negative padding, or the wrong number of numbers.
  public init(
    _ kind: Kind, _ filters: Int, kernel kernelSize: [Int], stride: [Int] = [1], padding: ConvolutionPadding = .same,
    causal isCausal: Bool = false, dilation: [Int] = [1], activation: Activation? = nil, bias: Bool = true,
    kernelInitializer: Initializer = .glorotUniform, random: RandomSource
  ) throws {
    try requireCount("filters", filters)
    func all(_ name: String, _ numbers: [Int]) throws -> [Int] {
      guard numbers.count == 1 || numbers.count == kind.axes else {
        throw TensorError(
          .badArgument, "\(kind.rawValue) takes one number, or \(kind.axes)",
          operands: [.init(.named(name), "these are \(numbers.count)")])
      }
      for number in numbers { try requireCount(name, number) }
      return numbers.count == 1 ? [Int](repeating: numbers[0], count: kind.axes) : numbers
    }
    self.kind = kind
    self.filters = filters
    self.kernelSize = try all("kernel", kernelSize)
    self.stride = try all("stride", stride)
    self.dilation = try all("dilation", dilation)
    try padding.requireNotNegative()
    self.padding =
      isCausal ? .explicit(before: (self.kernelSize[0] - 1) * self.dilation[0], after: 0) : padding
    self.isCausal = isCausal
    self.activation = activation
    self.kernel = Weight()
    self.bias = bias ? Weight() : nil
    initializer = kernelInitializer
    stream = LayerStream(random)
  }

  private init(_ original: ConvolutionLayer, _ copier: Copier) {
    kind = original.kind
    filters = original.filters
    kernelSize = original.kernelSize
    stride = original.stride
    dilation = original.dilation
    padding = original.padding
    isCausal = original.isCausal
    activation = original.activation
    kernel = copier.copy(original.kernel)
    bias = original.bias.map { copier.copy($0) }
    initializer = original.initializer
    stream = original.stream?.copy()
    shapeOrigin = original.shapeOrigin
  }

  public func copied(by copier: Copier) -> ConvolutionLayer { ConvolutionLayer(self, copier) }

  public var name: String { kind.rawValue }

  public var arguments: [Argument] {
    func text(_ numbers: [Int]) -> String {
      numbers.allSatisfy { $0 == numbers[0] } ? "\(numbers[0])" : "\(numbers)"
    }
    var arguments = [Argument(nil, filters), Argument("kernel", text(kernelSize))]
    if stride != [Int](repeating: 1, count: kind.axes) { arguments.append(Argument("stride", text(stride))) }
    if isCausal { arguments.append(Argument("padding", "\"causal\"")) } else if padding != .same {
      arguments.append(Argument("padding", padding.text))
    }
    if dilation != [Int](repeating: 1, count: kind.axes) { arguments.append(Argument("dilation", text(dilation))) }
    if let activation { arguments.append(activation.argument) }
    if bias == nil { arguments.append(Argument("bias", false)) }
    return arguments
  }

  public var ownWeights: [(name: String, weight: Weight)] {
    [("kernel", kernel)] + (bias.map { [("bias", $0)] } ?? [])
  }

  public func shapePatterns(beside shapes: [String: Shape]) -> [String: ShapePattern] {
    let channels: [Int?] = kind.isTransposed ? [filters, nil] : [nil, filters]
    let isDepthwise = kind == .depthwise2D
    let made = isDepthwise ? shapes["kernel"].flatMap { $0.count == 4 ? $0[2] * filters : nil } : filters
    return ["kernel": kernelSize + channels, "bias": [made]]
  }

  public func callAsFunction(_ x: Tensor) throws -> Tensor { try apply(x) { $0.tensor } }

  func apply(_ x: Tensor, kernel effective: (Weight) throws -> Tensor) throws -> Tensor {
    try requireAxes(x, kind.layout)
    let channels = x.shape[x.rank - 1]
    let shape = try Shape(kernelSize + (kind.isTransposed ? [filters, channels] : [channels, filters]))
    let dtype = Self.weightType(for: x)
    let taps = kernelSize.reduce(1, &*)
    let fans = kind == .depthwise2D ? Fans(input: taps, output: taps &* filters) : Fans(of: shape)
    try makeWeight(kernel, shape, fans, dtype, initializer, purpose: 0)
    if let bias { try makeWeight(bias, Tensor.zeros([kind == .depthwise2D ? channels * filters : filters], dtype)) }
    let made = kernel.value.shape
    let axis = kind.isTransposed ? made.count - 1 : made.count - 2
    try requireSize(x, made.count == shape.count ? made[axis] : nil, "channels", of: ("kernel", kernel.value))
    return try finish(convolved(x, effective(kernel)), bias, activation)
  }

  private func convolved(_ x: Tensor, _ kernel: Tensor) throws -> Tensor {
    let windows = zip(stride, dilation).map { ConvolutionWindow(stride: $0, dilation: $1, padding: padding) }
    return switch kind {
    case .conv1D: try x.convolution1D(kernel, windows[0])
    case .convTranspose1D: try x.transposedConvolution1D(kernel, windows[0])
    case .conv3D: try x.convolution3D(kernel, depth: windows[0], rows: windows[1], columns: windows[2])
    case .convTranspose3D:
      try x.transposedConvolution3D(kernel, depth: windows[0], rows: windows[1], columns: windows[2])
    case .depthwise2D: try x.depthwiseConvolution2D(kernel, rows: windows[0], columns: windows[1])
    }
  }
}
