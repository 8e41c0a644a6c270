extension Tensor {
  /// `f(x w + b)`, for the last axis of x: the product begins with the bias, and f follows while its result is in a
  /// cache.
  ///
  /// `[..., features]` becomes `[..., units]`. With g the gradient of what f is given, the gradients are `g wᵀ`, `xᵀ g`,
  /// and g summed over all axes but the last.
  ///
  /// - Parameters:
  ///   - weight: `[features, units]`.
  ///   - bias: `[units]`.
  /// - Throws: what ``matrixProduct(_:)`` and ``adding(_:)-(Tensor)`` throw.
  public func linear(_ weight: Tensor, bias: Tensor, _ activation: FusedActivation = .none) throws -> Tensor {
    let isFused =
      dtype == .float32 && weight.dtype == .float32 && bias.dtype == .float32 && rank > 1 && weight.rank == 2
      && bias.rank == 1 && shape[rank - 1] == weight.shape[0] && bias.count == weight.shape[1] && count > 0
    guard isFused else { return try matrixProduct(weight).activated(bias: bias, activation) }
    let features = shape[rank - 1]
    let rows = try reshaped([count / features, features])
    let output = try Tensor.uninitialized([rows.shape[0], bias.count], .float32)
    let slopes = activation.keepsSlopes && Tape.isRecording ? try Tensor.uninitialized(output.shape, .float32) : nil
    try BatchedProduct(
      a: rows, b: weight, output: output, rows: rows.shape[0], columns: bias.count, depth: features, starts: nil,
      bias: try bias.contiguous(), finish: activation.finishing(output, slopes: slopes)
    ).run()
    let kept = activation == .none ? nil : slopes ?? output
    let recorded = record("linear", output, from: [rows, weight, bias], { gradient, needs in
      if Tape.isRecording, activation != .none {
        return try replayedGradients(of: [rows, weight, bias], gradient, needs) {
          try activation($0[0].matrixProduct($0[1]).adding($0[2]))
        }
      }
      var (before, biasGradient) = (gradient, nil as Tensor?)
      if let kept {
        (before, biasGradient) = try activation.backward(gradient.contiguous(), kept: kept, bias)
      } else if needs(2) {
        biasGradient = try gradient.summed(to: bias.shape)
      }
      return [
        needs(0) ? try before.matrixProduct(try weight.transposed()) : nil,
        needs(1) ? try rows.transposed().matrixProduct(before) : nil, biasGradient,
      ]
    })
    if rank == 2 { return recorded }
    var target = shape
    target[rank - 1] = bias.count
    return try recorded.reshaped(target)
  }
}
