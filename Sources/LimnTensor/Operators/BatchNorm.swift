extension Tensor {
  /// A normalized batch, and the statistics by which it was normalized.
  public struct BatchNormalized {
    /// The normalized batch, of the input's shape.
    public let output: Tensor
    /// The mean of each channel, `[channels]`, as a constant.
    public let mean: Tensor
    /// The mean squared distance from it, divided by n and not n - 1, `[channels]`, as a constant.
    public let variance: Tensor
  }

  /// Batch normalization by this batch's own statistics, as in training.
  ///
  ///     y = (x - mean) / √(variance + epsilon) · scale + offset
  ///
  /// Mean and variance are taken of each channel, the last axis, over all others. Gradients flow through them.
  ///
  /// Source: Ioffe and Szegedy, "Batch normalization" (2015).
  ///
  /// - Parameters:
  ///   - scale: `[channels]`.
  ///   - offset: `[channels]`.
  ///   - epsilon: keeps the root from zero.
  /// - Throws: `shape-mismatch` when scale or offset are not `[channels]`, or there is nothing to take a mean of.
  public func batchNormalized(scale: Tensor, offset: Tensor, epsilon: Double = 1e-3) throws -> BatchNormalized {
    let x = try inFloats()
    try x.requireChannels("batch_norm", scale, offset)
    guard x.count > 0 else {
      throw TensorError(
        .shapeMismatch, "batch_norm cannot take the mean of an empty batch",
        operands: [.init(.index(0), "input is \(shape)")])
    }
    let (gamma, beta) = (try scale.promoted(to: x.dtype), try offset.promoted(to: x.dtype))
    return x.dtype == .float32
      ? try x.fusedBatchNorm(gamma, beta, epsilon) : try x.composedBatchNorm(gamma, beta, epsilon)
  }

  /// Normalization by given statistics, as in use: `(x - mean) / √(variance + epsilon) · scale + offset`.
  ///
  /// - Parameters:
  ///   - mean: `[channels]`.
  ///   - variance: `[channels]`.
  /// - Throws: `shape-mismatch` when one of the four is not `[channels]`.
  public func normalized(
    mean: Tensor, variance: Tensor, scale: Tensor, offset: Tensor, epsilon: Double = 1e-3
  ) throws -> Tensor {
    try requireChannels("batch_norm", scale, offset)
    try requireChannels("batch_norm", mean, variance)
    let factor = try scale.divided(by: try variance.adding(.float(epsilon)).sqrt())
    return try subtracting(mean).multiplied(by: factor).adding(offset)
  }

  private func composedBatchNorm(_ scale: Tensor, _ offset: Tensor, _ epsilon: Double) throws -> BatchNormalized {
    let axes = Array(0..<rank - 1)
    let mean = try mean(axes: axes)
    let centered = try subtracting(mean)
    let variance = try centered.square().mean(axes: axes)
    let factor = try scale.divided(by: try variance.adding(.float(epsilon)).sqrt())
    return BatchNormalized(
      output: try centered.multiplied(by: factor).adding(offset), mean: mean.detached(), variance: variance.detached())
  }

  private func fusedBatchNorm(_ scale: Tensor, _ offset: Tensor, _ epsilon: Double) throws -> BatchNormalized {
    let (x, gamma, beta) = (try contiguous(), try scale.contiguous(), try offset.contiguous())
    let channels = shape[rank - 1]
    let rows = count / channels
    let output = try Tensor.uninitialized(shape, .float32)
    let mean = try Tensor.uninitialized([channels], .float32)
    let variance = try Tensor.uninitialized([channels], .float32)
    let inverse = try Tensor.uninitialized([channels], .float32)
    try withExtendedLifetime((x, gamma, beta)) {
      let (means, variances) = (mean.pointer(Float.self), variance.pointer(Float.self))
      let inverses = inverse.pointer(Float.self)
      try Scratch.withBuffer(of: Double.self, count: channels * 2) { moments in
        try ChannelStatistics.moments(
          x.pointer(Float.self), rows: rows, channels: channels, mean: moments, variance: moments + channels)
        for channel in 0..<channels {
          means[channel] = Float(moments[channel])
          variances[channel] = Float(moments[channels + channel])
          inverses[channel] = Float(1 / (moments[channels + channel] + epsilon).squareRoot())
        }
      }
      try Scratch.withFloats(channels) { factors in
        for channel in 0..<channels { factors[channel] = gamma.pointer(Float.self)[channel] * inverses[channel] }
        ChannelTransform.normalize(
          x.pointer(Float.self), rows: rows, channels: channels, mean: means, scale: factors,
          offset: beta.pointer(Float.self), into: output.pointer(Float.self))
      }
    }
    let recorded = record("batch_norm", output, from: [self, scale, offset], { gradient, needs in
      if Tape.isRecording {
        return try replayedGradients(of: [self, scale, offset], gradient, needs) {
          try $0[0].composedBatchNorm($0[1], $0[2], epsilon).output
        }
      }
      return try gradient.batchNormGradients(x, gamma, mean: mean, inverse: inverse, needs)
    })
    return BatchNormalized(output: recorded, mean: mean, variance: variance)
  }

  /// The gradients for x, scale and offset; this is the gradient of the output.
  ///
  /// With n = (x - mean) · inverse, and means over everything but channels, that of x is
  /// (g - mean g - n · mean(g · n)) · scale · inverse.
  private func batchNormGradients(
    _ x: Tensor, _ scale: Tensor, mean: Tensor, inverse: Tensor, _ needs: Needs
  ) throws -> [Tensor?] {
    let gradient = try contiguous()
    let channels = shape[rank - 1]
    let rows = count / channels
    let scaleGradient = try Tensor.uninitialized([channels], .float32)
    let offsetGradient = try Tensor.uninitialized([channels], .float32)
    let inputGradient = needs(0) ? try Tensor.uninitialized(shape, .float32) : nil
    try withExtendedLifetime((gradient, x, scale, mean, inverse)) {
      let (g, values, means) = (gradient.pointer(Float.self), x.pointer(Float.self), mean.pointer(Float.self))
      let (gamma, inverses) = (scale.pointer(Float.self), inverse.pointer(Float.self))
      try Scratch.withBuffer(of: Double.self, count: channels * 2) { sums in
        try ChannelStatistics.gradientSums(
          g, values, mean: means, rows: rows, channels: channels, sum: sums, product: sums + channels)
        for channel in 0..<channels {
          offsetGradient.pointer(Float.self)[channel] = Float(sums[channel])
          scaleGradient.pointer(Float.self)[channel] = Float(sums[channels + channel] * Double(inverses[channel]))
        }
        guard let inputGradient else { return }
        try Scratch.withFloats(channels * 3) { factors in
          for channel in 0..<channels {
            let inverse = Double(inverses[channel])
            let factor = Double(gamma[channel]) * inverse
            factors[channel] = Float(factor)
            factors[channels + channel] = Float(-factor * inverse * inverse * sums[channels + channel] / Double(rows))
            factors[2 * channels + channel] = Float(-factor * sums[channel] / Double(rows))
          }
          ChannelTransform.combine(
            g, values, rows: rows, channels: channels, mean: means, a: factors, b: factors + channels,
            c: factors + 2 * channels, into: inputGradient.pointer(Float.self))
        }
      }
    }
    return [inputGradient, scaleGradient, offsetGradient]
  }

  /// Makes sure that two tensors have a number for each channel, the last axis of this one.
  func requireChannels(_ name: String, _ first: Tensor, _ second: Tensor) throws {
    guard rank > 0 else {
      throw TensorError(
        .shapeMismatch, "\(name) normalizes a tensor along an axis, and this is a single number",
        operands: [.init(.index(0), "input is \(shape)")])
    }
    let channels: Shape = [shape[rank - 1]]
    guard first.shape == channels, second.shape == channels else {
      let made = first.shape == channels ? second.shape : first.shape
      throw TensorError(
        .shapeMismatch, "\(name) got \(shape[rank - 1]) channels, but was made for \(made)",
        operands: [.init(.index(0), "input is \(shape)")], help: "make the layer anew for this input")
    }
  }
}
