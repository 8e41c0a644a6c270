extension Tensor {
  /// A gated linear unit: the first half of an axis times a function of the second.
  ///
  ///     y = a · f(b)       for x = [a, b] along the axis
  ///
  /// `[3, 8]` becomes `[3, 4]`. With the sigmoid for `f` it is PyTorch's `glu`, whose order of the halves this is. Gradients: `g
  /// f(b)` and `g a f'(b)`, side by side.
  ///
  /// Sources: Dauphin et al., "Language modeling with gated convolutional networks", arXiv:1612.08083; Shazeer, "GLU variants
  /// improve transformer", arXiv:2002.05202.
  ///
  /// - Throws: `bad-axis`; `shape-mismatch` for an odd length.
  public func gatedLinearUnit(axis: Int = -1, _ function: (Tensor) throws -> Tensor) throws -> Tensor {
    let axis = try shape.axis(axis)
    guard shape[axis].isMultiple(of: 2) else {
      throw TensorError(
        .shapeMismatch, "a gated unit halves an axis, and axis \(axis) of \(shape) has an odd length, \(shape[axis])",
        operands: [.init(.index(0), "input is \(shape)")])
    }
    let halves = try split(into: 2, axis: axis)
    return try halves[0].multiplied(by: try function(halves[1]))
  }
}
