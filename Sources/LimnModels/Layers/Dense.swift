import LimnTensor

/// A linear layer: activation(x W + b), applied to the last axis.
///
/// `[..., features]` becomes `[..., units]`. The kernel W is `[features, units]`, the bias b `[units]`.
public final class Dense: KernelLayer {
  public let units: Int
  public let activation: Activation?
  /// `[features, units]`, made on the first call.
  public let kernel: Weight
  /// `[units]`; nil for a layer without bias.
  public let bias: Weight?
  public let stream: LayerStream?
  public var shapeOrigin: String?
  private let kernelInitializer: Initializer
  private let biasInitializer: Initializer

  /// - Throws: `bad-argument` when `units` is less than 1.
  public init(
    _ units: Int, activation: Activation? = nil, bias: Bool = true, kernelInitializer: Initializer = .glorotUniform,
    biasInitializer: Initializer = .zeros, random: RandomSource
  ) throws {
    try requireCount("units", units)
    self.units = units
    self.activation = activation
    self.kernel = Weight()
    self.bias = bias ? Weight() : nil
    self.kernelInitializer = kernelInitializer
    self.biasInitializer = biasInitializer
    stream = LayerStream(random)
  }

  private init(_ original: Dense, _ copier: Copier) {
    units = original.units
    activation = original.activation
    kernel = copier.copy(original.kernel)
    bias = original.bias.map { copier.copy($0) }
    kernelInitializer = original.kernelInitializer
    biasInitializer = original.biasInitializer
    stream = original.stream?.copy()
    shapeOrigin = original.shapeOrigin
  }

  public func copied(by copier: Copier) -> Dense { Dense(self, copier) }

  public var name: String { "dense" }

  public var arguments: [Argument] {
    var arguments = [Argument(nil, units)]
    if let activation { arguments.append(activation.argument) }
    if bias == nil { arguments.append(Argument("bias", false)) }
    return arguments
  }

  public var ownWeights: [(name: String, weight: Weight)] {
    [("kernel", kernel)] + (bias.map { [("bias", $0)] } ?? [])
  }

  public func shapePatterns(beside shapes: [String: Shape]) -> [String: ShapePattern] {
    ["kernel": [nil, units], "bias": [units]]
  }

  public func callAsFunction(_ x: Tensor) throws -> Tensor { try apply(x) { $0.tensor } }

  func apply(_ x: Tensor, kernel effective: (Weight) throws -> Tensor) throws -> Tensor {
    guard let features = x.shape.last else {
      throw TensorError(
        .shapeMismatch, "dense wants [..., features], and got a single number",
        operands: [.init(.index(0), "input is \(x.shape)")])
    }
    try makeWeights(features, Self.weightType(for: x))
    let shape = kernel.value.shape
    try requireSize(x, shape.count == 2 ? shape[0] : nil, "features", of: ("kernel", kernel.value))
    if let bias, let fused = activation == nil ? FusedActivation.none : activation?.fused {
      return try x.linear(effective(kernel), bias: bias.tensor, fused)
    }
    return try finish(x.matrixProduct(effective(kernel)), bias, activation)
  }

  private func makeWeights(_ features: Int, _ dtype: DType) throws {
    let shape = try Shape([features, units])
    let fans = Fans(of: shape)
    try makeWeight(kernel, shape, fans, dtype, kernelInitializer, purpose: 0)
    if let bias { try makeWeight(bias, [units], fans, dtype, biasInitializer, purpose: 1) }
  }
}
