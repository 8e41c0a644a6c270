import LimnTensor

/// Two-dimensional convolution: each output pixel is a sum over the window of input pixels around it.
///
///     y[n, i, j, o] = activation(Σ x[n, i·s + u·d − p, j·s + v·d − p, c] · kernel[u, v, c, o] + bias[o])
///
/// `[batch, height, width, channels]` becomes `[batch, height', width', filters]`. With padding `same`, height' is
/// ⌈height / stride⌉, and of an odd number of zeros the odd one stands at the end; with `valid`, ⌊(height − reach) /
/// stride⌋ + 1, where reach = (kernel − 1) · dilation + 1.
public final class Conv2D: KernelLayer {
  /// `[kernel rows, kernel columns, channels, filters]`, made on the first call.
  public let kernel: Weight
  /// `[filters]`; nil for a layer without bias.
  public let bias: Weight?
  public let stream: LayerStream?
  public var shapeOrigin: String?
  private let options: ConvolutionOptions

  /// - Throws: `bad-argument` for a count less than 1 or a negative padding.
  public init(
    _ filters: Int, kernel: WindowSize, stride: WindowSize = 1, padding: ConvolutionPadding = .same,
    dilation: WindowSize = 1, activation: Activation? = nil, bias: Bool = true,
    kernelInitializer: Initializer = .glorotUniform, biasInitializer: Initializer = .zeros, random: RandomSource
  ) throws {
    options = ConvolutionOptions(
      filters: filters, kernel: kernel, stride: stride, padding: padding, dilation: dilation, activation: activation,
      kernelInitializer: kernelInitializer, biasInitializer: biasInitializer)
    try options.validate()
    self.kernel = Weight()
    self.bias = bias ? Weight() : nil
    stream = LayerStream(random)
  }

  private init(_ original: Conv2D, _ copier: Copier) {
    options = original.options
    kernel = copier.copy(original.kernel)
    bias = original.bias.map { copier.copy($0) }
    stream = original.stream?.copy()
    shapeOrigin = original.shapeOrigin
  }

  public func copied(by copier: Copier) -> Conv2D { Conv2D(self, copier) }

  public var name: String { "conv2d" }
  public var arguments: [Argument] { options.arguments(hasBias: bias != nil) }

  public var ownWeights: [(name: String, weight: Weight)] {
    [("kernel", kernel)] + (bias.map { [("bias", $0)] } ?? [])
  }

  public func shapePatterns(beside shapes: [String: Shape]) -> [String: ShapePattern] {
    ["kernel": [options.kernel.rows, options.kernel.columns, nil, options.filters], "bias": [options.filters]]
  }

  public func callAsFunction(_ x: Tensor) throws -> Tensor { try apply(x) { $0.tensor } }

  func apply(_ x: Tensor, kernel effective: (Weight) throws -> Tensor) throws -> Tensor {
    try requireAxes(x, ["batch", "height", "width", "channels"])
    try makeWeights(channels: x.shape[3], Self.weightType(for: x))
    let shape = kernel.value.shape
    try requireSize(x, shape.count == 4 ? shape[2] : nil, "channels", of: ("kernel", kernel.value))
    let y = try x.convolution2D(effective(kernel), rows: options.rows, columns: options.columns)
    return try finish(y, bias, options.activation)
  }

  private func makeWeights(channels: Int, _ dtype: DType) throws {
    let shape = try Shape([options.kernel.rows, options.kernel.columns, channels, options.filters])
    let fans = Fans(of: shape)
    try makeWeight(kernel, shape, fans, dtype, options.kernelInitializer, purpose: 0)
    if let bias { try makeWeight(bias, [options.filters], fans, dtype, options.biasInitializer, purpose: 1) }
  }
}
