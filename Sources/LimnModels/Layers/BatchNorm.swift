import LimnTensor

/// Batch normalization: each channel is brought to mean 0 and variance 1 over the batch, then scaled and moved.
///
///     y = (x − mean) / √(variance + ε) · gain + bias
///
/// Shapes stay; channels are the last axis, and mean and variance, the biased one, are over all others. In training
/// mode they are the batch's own, and once a call the running statistics move towards them:
///
///     running ← momentum · running + (1 − momentum) · batch
///
/// Elsewhere the running statistics are used. Ioffe and Szegedy, arXiv:1502.03167; momentum and ε are Keras's.
public final class BatchNorm: Layer {
  public let momentum: Double
  public let epsilon: Double
  /// `[channels]`, beginning as ones; nil for a layer without.
  public let gain: Weight?
  /// `[channels]`, beginning as zeros; nil for a layer without.
  public let bias: Weight?
  /// `[channels]`, beginning as zeros.
  public let runningMean: Statistic
  /// `[channels]`, beginning as ones.
  public let runningVariance: Statistic
  public var shapeOrigin: String?

  /// - Throws: `bad-argument` for a momentum outside [0, 1] or a negative ε.
  public init(momentum: Double = 0.99, epsilon: Double = 1e-3, gain: Bool = true, bias: Bool = true) throws {
    guard momentum >= 0, momentum <= 1 else {
      throw TensorError(
        .badArgument, "momentum is from 0 to 1, and \(momentum) is not",
        operands: [.init(.named("momentum"), "momentum is \(momentum)")])
    }
    try requireNotNegative("epsilon", epsilon)
    self.momentum = momentum
    self.epsilon = epsilon
    self.gain = gain ? Weight() : nil
    self.bias = bias ? Weight() : nil
    runningMean = Statistic()
    runningVariance = Statistic()
  }

  private init(_ original: BatchNorm, _ copier: Copier) {
    momentum = original.momentum
    epsilon = original.epsilon
    gain = original.gain.map { copier.copy($0) }
    bias = original.bias.map { copier.copy($0) }
    runningMean = copier.copy(original.runningMean)
    runningVariance = copier.copy(original.runningVariance)
    shapeOrigin = original.shapeOrigin
  }

  public func copied(by copier: Copier) -> BatchNorm { BatchNorm(self, copier) }

  public var name: String { "batch_norm" }

  public var arguments: [Argument] {
    var arguments: [Argument] = []
    if momentum != 0.99 { arguments.append(Argument("momentum", momentum)) }
    if epsilon != 1e-3 { arguments.append(Argument("epsilon", epsilon)) }
    if gain == nil { arguments.append(Argument("gain", false)) }
    if bias == nil { arguments.append(Argument("bias", false)) }
    return arguments
  }

  public var ownWeights: [(name: String, weight: Weight)] {
    (gain.map { [("gain", $0)] } ?? []) + (bias.map { [("bias", $0)] } ?? [])
  }

  public var ownStatistics: [(name: String, statistic: Statistic)] {
    [("running_mean", runningMean), ("running_variance", runningVariance)]
  }

  public func shapePatterns(beside shapes: [String: Shape]) -> [String: ShapePattern] {
    let channels = shapes["running_mean"]?.first
    return ["gain": [channels], "bias": [channels], "running_mean": [channels], "running_variance": [channels]]
  }

  public func callAsFunction(_ x: Tensor) throws -> Tensor {
    guard x.rank >= 2, let channels = x.shape.last else {
      throw TensorError(
        .shapeMismatch, "batch_norm wants [batch, ..., channels], and got \(x.rank) axes",
        operands: [.init(.index(0), "input is \(x.shape)")])
    }
    let (mean, variance) = try statistics(channels, Self.weightType(for: x))
    try requireSize(x, mean.rank == 1 ? mean.shape[0] : nil, "channels", of: ("running mean", mean))
    let scale = try gain?.tensor ?? Tensor.ones(mean.shape, mean.dtype)
    let offset = try bias?.tensor ?? Tensor.zeros(mean.shape, mean.dtype)
    guard TrainingMode.current else {
      return try x.normalized(mean: mean, variance: variance, scale: scale, offset: offset, epsilon: epsilon)
    }
    let result = try x.batchNormalized(scale: scale, offset: offset, epsilon: epsilon)
    try noGradient {
      let moved = try (blend(mean, result.mean), blend(variance, result.variance))
      runningMean.value = moved.0
      runningVariance.value = moved.1
    }
    return result.output
  }

  /// The running statistics; they and the weights are made on the first call.
  private func statistics(_ channels: Int, _ dtype: DType) throws -> (mean: Tensor, variance: Tensor) {
    let (zeros, ones) = try (Tensor.zeros([channels], dtype), Tensor.ones([channels], dtype))
    if let gain { makeWeight(gain, ones) }
    if let bias { makeWeight(bias, zeros) }
    if let mean = runningMean.value, let variance = runningVariance.value { return (mean, variance) }
    runningMean.value = zeros
    runningVariance.value = ones
    if shapeOrigin == nil { shapeOrigin = CallSite.firstCall }
    return (zeros, ones)
  }

  /// The batch's part is a constant, whatever gradients are being recorded.
  private func blend(_ running: Tensor, _ batch: Tensor) throws -> Tensor {
    try (running * .float(momentum) + batch.detached() * .float(1 - momentum)).converted(to: running.dtype)
  }
}
