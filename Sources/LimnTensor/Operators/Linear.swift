extension Tensor {
  /// `x w + b`, for the last axis of x: the product begins with the bias, which costs nothing.
  ///
  /// `[..., features]` becomes `[..., units]`. Gradients: `g wᵀ`, `xᵀ g`, and g summed over all axes but the last.
  ///
  /// - Parameters:
  ///   - weight: `[features, units]`.
  ///   - bias: `[units]`.
  /// - Throws: what ``matrixProduct(_:)`` and ``adding(_:)-(Tensor)`` throw.
  public func linear(_ weight: Tensor, bias: Tensor) throws -> Tensor {
    let isFused =
      dtype == .float32 && weight.dtype == .float32 && bias.dtype == .float32 && rank > 1 && weight.rank == 2
      && bias.rank == 1 && shape[rank - 1] == weight.shape[0] && bias.count == weight.shape[1] && count > 0
    guard isFused else { return try matrixProduct(weight).adding(bias) }
    let features = shape[rank - 1]
    let rows = try reshaped([count / features, features])
    let output = try Tensor.uninitialized([rows.shape[0], bias.count], .float32)
    try BatchedProduct(
      a: rows, b: weight, output: output, rows: rows.shape[0], columns: bias.count, depth: features, starts: nil,
      bias: try bias.contiguous()
    ).run()
    let recorded = record("linear", output, from: [rows, weight, bias], { gradient, needs in
      [
        needs(0) ? try gradient.matrixProduct(try weight.transposed()) : nil,
        needs(1) ? try rows.transposed().matrixProduct(gradient) : nil,
        needs(2) ? try gradient.summed(to: bias.shape) : nil,
      ]
    })
    if rank == 2 { return recorded }
    var target = shape
    target[rank - 1] = bias.count
    return try recorded.reshaped(target)
  }
}
