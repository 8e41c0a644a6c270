import LimnTensor

/// Spectral normalization: a dense or convolution layer whose kernel is divided by its largest singular value, so that
/// the layer lengthens no vector.
///
///     y = layer with kernel / σ,   σ = uᵀ K v
///
/// u and v are followed by power iteration, one round for each call in training; K is the kernel as a matrix of its last
/// axis by all others. Gradients flow through K in σ and not through u and v. Miyato et al., arXiv:1802.05957.
public final class SpectralNorm: Layer {
  public let layer: any Layer
  /// u, as long as the kernel's last axis.
  public let vector: Statistic
  public let stream: LayerStream?
  public var shapeOrigin: String?
  private let apply: (Tensor, (Weight) throws -> Tensor) throws -> Tensor
  private let kernel: Weight

  /// - Throws: `bad-argument` for a layer that has no kernel.
  public init(_ layer: any Layer, random: RandomSource) throws {
    guard let normalizable = layer as? any KernelLayer else {
      throw TensorError(
        .badArgument, "spectral_norm wants a layer with one kernel, and \(layer.name) is none",
        operands: [.init(.index(0), "this is \(layer.description)")], help: "give it a dense or convolution layer")
    }
    self.layer = layer
    kernel = normalizable.kernel
    apply = { try normalizable.apply($0, kernel: $1) }
    vector = Statistic()
    stream = LayerStream(random)
  }

  private init(_ original: SpectralNorm, _ copier: Copier) {
    func copied<Wrapped: Layer>(_ layer: Wrapped) -> Wrapped { copier.copy(layer) }
    let copy: any Layer = copied(original.layer)
    layer = copy
    let normalizable = copy as? any KernelLayer
    kernel = normalizable?.kernel ?? original.kernel
    apply = normalizable.map { layer in { try layer.apply($0, kernel: $1) } } ?? original.apply
    vector = copier.copy(original.vector)
    stream = original.stream?.copy()
    shapeOrigin = original.shapeOrigin
  }

  public func copied(by copier: Copier) -> SpectralNorm { SpectralNorm(self, copier) }

  public var name: String { "spectral_norm" }
  public var arguments: [Argument] { [Argument(nil, layer.description)] }
  public var children: [(name: String, layer: any Layer)] { [("layer", layer)] }
  public var ownStatistics: [(name: String, statistic: Statistic)] { [("vector", vector)] }

  public func callAsFunction(_ x: Tensor) throws -> Tensor {
    try apply(x) { try $0.tensor / self.norm(of: $0) }
  }

  /// The largest singular value, as it is known now.
  private func norm(of kernel: Weight) throws -> Tensor {
    let columns = kernel.value.shape.last ?? 1
    let matrix = try kernel.tensor.reshaped([kernel.value.count / max(columns, 1), columns])
    let fixed = matrix.detached()
    let (u, v) = try noGradient {
      var u = try vector.value ?? firstVector(columns, fixed.dtype)
      var v = try unit(fixed.matrixProduct(u))
      // A new vector takes some rounds before it points anywhere.
      for _ in 0..<(vector.value == nil ? 15 : TrainingMode.current ? 1 : 0) {
        u = try unit(v.matrixProduct(fixed))
        v = try unit(fixed.matrixProduct(u))
      }
      if vector.value == nil || TrainingMode.current { vector.value = u.detached() }
      return (u, v)
    }
    return try v.matrixProduct(matrix).matrixProduct(u)
  }

  private func firstVector(_ count: Int, _ dtype: DType) throws -> Tensor {
    try unit((stream?.initial(0) ?? RandomSource(seed: 0)).normal([count], dtype: dtype))
  }

  private func unit(_ x: Tensor) throws -> Tensor { try x / (x.norm() + 1e-12) }
}

/// A layer with one kernel, which can be applied with another one in its place.
protocol KernelLayer: Layer {
  var kernel: Weight { get }
  /// Applies the layer; `kernel` gives what stands for the kernel, which has its shape by then.
  func apply(_ x: Tensor, kernel: (Weight) throws -> Tensor) throws -> Tensor
}
