extension Tensor {
  /// The axes in another order, without copying: axis `i` of the result is axis `order[i]` of this.
  ///
  /// `[2, 3, 4]` permuted by `[2, 0, 1]` is `[4, 2, 3]`. Gradient: `g` in the old order.
  ///
  /// - Throws: `bad-axis` when `order` does not name each axis once.
  public func permuted(_ order: [Int]) throws -> Tensor {
    let set = try shape.axes(order)
    guard order.count == rank, set == (try shape.axes(nil)) else {
      throw TensorError(
        .badAxis, "\(order) does not order the \(rank) axes of \(shape)",
        operands: [.init(.index(0), "this is \(shape)"), .init(.named("axes"), "axes are \(order)")],
        help: "name each axis once, 0 to \(rank - 1)")
    }
    var (lengths, steps, inverse) = (shape, strides, [Int](repeating: 0, count: rank))
    for (place, axis) in order.enumerated() {
      let axis = try shape.axis(axis)
      (lengths[place], steps[place], inverse[axis]) = (shape[axis], strides[axis], place)
    }
    let output = try view(shape: lengths, strides: steps, offset: offset)
    return record("permute", output, from: self, { [inverse] gradient in try gradient.permuted(inverse) })
  }

  /// Two axes exchanged; the last two unless given. Gradient: `g` with them exchanged.
  ///
  /// - Throws: `bad-axis`.
  public func transposed(_ first: Int = -2, _ second: Int = -1) throws -> Tensor {
    let (a, b) = (try shape.axis(first), try shape.axis(second))
    if a == b { return self }
    var (lengths, steps) = (shape, strides)
    lengths.swapAt(a, b)
    steps.swapAt(a, b)
    let output = try view(shape: lengths, strides: steps, offset: offset)
    return record("transpose", output, from: self, { gradient in try gradient.transposed(a, b) })
  }
}
