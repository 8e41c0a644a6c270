extension Tensor {
  /// The matrix product.
  ///
  /// `[m, k] @ [k, n]` is `[m, n]`. Leading axes are batches and broadcast. A vector on the left counts as a row, on
  /// the right as a column, and that axis is dropped again: two vectors give a number. Gradients: `g bᵀ` and `aᵀ g`.
  ///
  /// - Throws: `shape-mismatch` for a number, or inner axes of different lengths; `integer-overflow`; `missing-library`
  ///   for float64 without OpenBLAS.
  public func matrixProduct(_ other: Tensor) throws -> Tensor {
    let (a, b) = try Tensor.promoted(self, other)
    guard a.rank > 0, b.rank > 0 else {
      throw TensorError(
        .shapeMismatch, "a matrix product takes vectors and matrices, not single numbers",
        operands: [.init(.index(0), "this is \(a.shape)"), .init(.index(1), "this is \(b.shape)")],
        help: "multiply by a number with *")
    }
    let left = a.rank == 1 ? try a.reshaped([1, a.count]) : a
    let right = b.rank == 1 ? try b.reshaped([b.count, 1]) : b
    guard left.shape[left.rank - 1] == right.shape[right.rank - 2] else {
      throw TensorError(
        .shapeMismatch,
        "matrix product of \(a.shape) and \(b.shape): the left's last axis is \(a.shape[a.rank - 1]), "
          + "the right's \(b.rank == 1 ? "only axis" : "second to last") is \(right.shape[right.rank - 2])",
        operands: [.init(.index(0), "this is \(a.shape)"), .init(.index(1), "this is \(b.shape)")],
        help: Tensor.transpositionThatFits(a.shape, b.shape))
    }
    var product = try left.batchedProduct(right)
    if b.rank == 1 { product = try product.squeezed([-1]) }
    if a.rank == 1 { product = try product.squeezed([b.rank == 1 ? -1 : -2]) }
    return product
  }

  private static func transpositionThatFits(_ a: Shape, _ b: Shape) -> String? {
    guard a.rank == 2, b.rank == 2 else { return nil }
    if a[1] == b[1] { return "transpose the right one: a @ b.transpose()" }
    if a[0] == b[0] { return "transpose the left one: a.transpose() @ b" }
    return nil
  }

  /// The product of two tensors of at least two axes, whose inner lengths fit.
  private func batchedProduct(_ other: Tensor) throws -> Tensor {
    if other.rank == 2, rank > 2 {
      // One matrix for the whole batch: the batch is more rows.
      var target = shape
      target[rank - 1] = other.shape[1]
      let rows = try reshaped([count / Swift.max(1, shape[rank - 1]), shape[rank - 1]])
      return shape[rank - 1] == 0 ? try batches(other) : try rows.batches(other).reshaped(target)
    }
    return try batches(other)
  }

  /// One recorded product of batches of matrices.
  private func batches(_ other: Tensor) throws -> Tensor {
    let output = try unrecordedProduct(other)
    return record("matmul", output, from: self, other, { gradient, needs in
      (
        needs(0) ? try gradient.batches(try other.transposed()).summed(to: self.shape) : nil,
        needs(1) ? try self.transposed().batches(gradient).summed(to: other.shape) : nil
      )
    })
  }

  private func unrecordedProduct(_ other: Tensor) throws -> Tensor {
    var batch = Shape(unchecked: shape.prefix(rank - 2))
    if rank > 2 || other.rank > 2 {
      batch = try Shape.broadcast(batch, Shape(unchecked: other.shape.prefix(other.rank - 2)), for: "matrix product")
    }
    var target = batch
    let (m, k, n) = (shape[rank - 2], shape[rank - 1], other.shape[other.rank - 1])
    target.append(m)
    target.append(n)
    let output = try Tensor.uninitialized(target, dtype)
    if output.count == 0 { return output }
    if batch.rank == 0 {
      try BatchedProduct(a: self, b: other, output: output, rows: m, columns: n, depth: k, starts: nil).run()
      return output
    }
    var starts: [(a: Int, b: Int)] = []
    let walk = Walk(batch, batchStrides(over: batch), other.batchStrides(over: batch))
    walk.rows(0..<walk.count) { row in
      for index in 0..<row.length {
        starts.append((row.offsets[0] + index * walk.rowStride(0), row.offsets[1] + index * walk.rowStride(1)))
      }
    }
    try BatchedProduct(a: self, b: other, output: output, rows: m, columns: n, depth: k, starts: starts).run()
    return output
  }

  /// Strides of the batch axes, for a walk over `batch`.
  private func batchStrides(over batch: Shape) -> Shape {
    var result = Shape(repeating: 0, rank: batch.rank)
    let shift = batch.rank - (rank - 2)
    for axis in 0..<(rank - 2) where shape[axis] == batch[axis + shift] { result[axis + shift] = strides[axis] }
    return result
  }
}
