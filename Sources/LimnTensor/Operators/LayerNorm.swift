extension Tensor {
  /// Layer normalization: each row along the last axis gets mean 0 and variance 1, then a scale and an offset.
  ///
  ///     y = (x - mean) / √(variance + epsilon) · scale + offset
  ///
  /// Mean and variance (divided by n) are of the row. Gradients flow through them.
  ///
  /// Source: Ba, Kiros, Hinton, "Layer normalization" (2016).
  ///
  /// - Parameters:
  ///   - scale: as long as the last axis.
  ///   - offset: the same.
  /// - Throws: `shape-mismatch` when scale or offset do not fit.
  public func layerNormalized(scale: Tensor, offset: Tensor, epsilon: Double = 1e-5) throws -> Tensor {
    let x = try inFloats()
    try x.requireChannels("layer_norm", scale, offset)
    let (gamma, beta) = (try scale.promoted(to: x.dtype), try offset.promoted(to: x.dtype))
    return x.dtype == .float32 && x.count > 0
      ? try x.fusedLayerNorm(gamma, beta, epsilon) : try x.composedLayerNorm(gamma, beta, epsilon)
  }

  private func composedLayerNorm(_ scale: Tensor, _ offset: Tensor, _ epsilon: Double) throws -> Tensor {
    let centered = try subtracting(try mean(axes: [-1], keepsAxes: true))
    let variance = try centered.square().mean(axes: [-1], keepsAxes: true)
    return try centered.divided(by: try variance.adding(.float(epsilon)).sqrt()).multiplied(by: scale).adding(offset)
  }

  private func fusedLayerNorm(_ scale: Tensor, _ offset: Tensor, _ epsilon: Double) throws -> Tensor {
    let (x, gamma, beta) = (try contiguous(), try scale.contiguous(), try offset.contiguous())
    let width = shape[rank - 1]
    let rows = count / width
    let output = try Tensor.uninitialized(shape, .float32)
    let mean = try Tensor.uninitialized([rows], .float32)
    let inverse = try Tensor.uninitialized([rows], .float32)
    withExtendedLifetime((x, gamma, beta)) {
      RowNormalization.normalize(
        x.pointer(Float.self), rows: rows, width: width, scale: gamma.pointer(Float.self),
        offset: beta.pointer(Float.self), epsilon: Float(epsilon), into: output.pointer(Float.self),
        mean: mean.pointer(Float.self), inverseDeviation: inverse.pointer(Float.self))
    }
    return record("layer_norm", output, from: [self, scale, offset], { gradient, needs in
      if Tape.isRecording {
        return try replayedGradients(of: [self, scale, offset], gradient, needs) {
          try $0[0].composedLayerNorm($0[1], $0[2], epsilon)
        }
      }
      return try gradient.layerNormGradients(x, gamma, mean: mean, inverse: inverse)
    })
  }

  /// The gradients for x, scale and offset; this is the gradient of the output.
  private func layerNormGradients(_ x: Tensor, _ scale: Tensor, mean: Tensor, inverse: Tensor) throws -> [Tensor?] {
    let gradient = try contiguous()
    let width = shape[rank - 1]
    let inputGradient = try Tensor.uninitialized(shape, .float32)
    let scaleGradient = try Tensor.uninitialized([width], .float32)
    let offsetGradient = try Tensor.uninitialized([width], .float32)
    try withExtendedLifetime((gradient, x, scale, mean, inverse)) {
      try RowNormalization.gradients(
        gradient.pointer(Float.self), x.pointer(Float.self), rows: count / width, width: width,
        scale: scale.pointer(Float.self), mean: mean.pointer(Float.self), inverseDeviation: inverse.pointer(Float.self),
        into: inputGradient.pointer(Float.self), scaleGradient: scaleGradient.pointer(Float.self),
        offsetGradient: offsetGradient.pointer(Float.self))
    }
    return [inputGradient, scaleGradient, offsetGradient]
  }
}
