import LimnTensor

/// Two-dimensional transposed convolution: each input pixel is spread over the window of output pixels around it. It is
/// the gradient of a convolution for its input, and with a stride it enlarges.
///
///     y[n, i·s + u·d − p, j·s + v·d − p, o] = activation(Σ x[n, i, j, c] · kernel[u, v, o, c] + bias[o])
///
/// `[batch, height, width, channels]` becomes `[batch, height', width', filters]`. With padding `same`, height' is
/// height · stride; with `valid`, (height − 1) · stride + (kernel − 1) · dilation + 1. Dumoulin and Visin,
/// arXiv:1603.07285, chapter 4.
public final class ConvTranspose2D: KernelLayer {
  /// `[kernel rows, kernel columns, filters, channels]`, made on the first call: the kernel of the convolution that
  /// this is the gradient of.
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

  private init(_ original: ConvTranspose2D, _ copier: Copier) {
    options = original.options
    kernel = copier.copy(original.kernel)
    bias = original.bias.map { copier.copy($0) }
    stream = original.stream?.copy()
    shapeOrigin = original.shapeOrigin
  }

  public func copied(by copier: Copier) -> ConvTranspose2D { ConvTranspose2D(self, copier) }

  public var name: String { "conv_transpose2d" }
  public var arguments: [Argument] { options.arguments(hasBias: bias != nil) }

  public var ownWeights: [(name: String, weight: Weight)] {
    [("kernel", kernel)] + (bias.map { [("bias", $0)] } ?? [])
  }

  public func shapePatterns(beside shapes: [String: Shape]) -> [String: ShapePattern] {
    ["kernel": [options.kernel.rows, options.kernel.columns, options.filters, nil], "bias": [options.filters]]
  }

  public func callAsFunction(_ x: Tensor) throws -> Tensor { try apply(x) { $0.tensor } }

  func apply(_ x: Tensor, kernel effective: (Weight) throws -> Tensor) throws -> Tensor {
    try requireAxes(x, ["batch", "height", "width", "channels"])
    try makeWeights(channels: x.shape[3], Self.weightType(for: x))
    let shape = kernel.value.shape
    try requireSize(x, shape.count == 4 ? shape[3] : nil, "channels", of: ("kernel", kernel.value))
    let y = try x.transposedConvolution2D(effective(kernel), rows: options.rows, columns: options.columns)
    return try finish(y, bias, options.activation)
  }

  private func makeWeights(channels: Int, _ dtype: DType) throws {
    let shape = try Shape([options.kernel.rows, options.kernel.columns, options.filters, channels])
    // The kernel's last two axes are those of the convolution that this is the gradient of: outputs come first.
    let fans = Fans(of: shape)
    let swapped = Fans(input: fans.output, output: fans.input)
    try makeWeight(kernel, shape, swapped, dtype, options.kernelInitializer, purpose: 0)
    if let bias { try makeWeight(bias, [options.filters], swapped, dtype, options.biasInitializer, purpose: 1) }
  }
}
