extension Tensor {
  /// Elements picked along an axis: `result[i, j] = x[i, indices[i, j]]` for axis 1.
  ///
  /// `indices` has as many axes as this tensor, and the same lengths, save along `axis`. Gradient: each element of `g`
  /// added up where it came from.
  ///
  /// - Throws: `bad-axis`, `dtype-mismatch`, `index-out-of-range`, `shape-mismatch`.
  public func gathered(_ indices: Tensor, axis: Int) throws -> Tensor {
    let axis = try shape.axis(axis)
    let places = try gatherPlaces(indices, axis)
    return try flattened().taking(places).reshaped(indices.shape)
  }

  /// The positions in the flattened tensor that a gather reads.
  private func gatherPlaces(_ indices: Tensor, _ axis: Int) throws -> Tensor {
    guard indices.rank == rank, (0..<rank).allSatisfy({ $0 == axis || indices.shape[$0] == shape[$0] }) else {
      throw TensorError(
        .shapeMismatch, "gather along axis \(axis) of \(shape) cannot use indices of \(indices.shape)",
        operands: [.init(.index(0), "this is \(shape)"), .init(.named("indices"), "indices are \(indices.shape)")],
        notes: ["indices have the tensor's own lengths along every other axis"])
    }
    let positions = try indices.positions(below: shape[axis], of: self).reshaped(indices.shape)
    let steps = shape.contiguousStrides
    var result = try positions.multiplied(by: Scalar(steps[axis]))
    for other in 0..<rank where other != axis && shape[other] > 1 {
      var along = Shape(repeating: 1, rank: rank)
      along[other] = shape[other]
      let offsets = try Tensor.arange(0, Scalar(shape[other])).multiplied(by: Scalar(steps[other]))
      result = try result.adding(try offsets.reshaped(along))
    }
    return try result.flattened()
  }
}
