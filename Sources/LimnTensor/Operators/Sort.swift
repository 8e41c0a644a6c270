extension Tensor {
  /// The indices that sort along an axis. Equal elements keep their order; NaN goes last.
  ///
  /// - Throws: `bad-axis`.
  public func argsorted(axis: Int = -1, descending: Bool = false) throws -> Tensor {
    let axis = try shape.axis(axis)
    let last = rank - 1
    let x = try detached().transposed(axis, last).contiguous()
    let output = try Tensor.uninitialized(x.shape, .int64)
    withExtendedLifetime((x, output)) {
      switch dtype {
      case .bool, .uint8: sortRows(UInt8.self, x, output, descending)
      case .int32: sortRows(Int32.self, x, output, descending)
      case .int64: sortRows(Int64.self, x, output, descending)
      case .float32: sortRows(Float.self, x, output, descending)
      case .float64: sortRows(Double.self, x, output, descending)
      }
    }
    return try output.transposed(axis, last)
  }

  /// The elements sorted along an axis. Equal elements keep their order; NaN goes last. Gradient: `g`, put back.
  ///
  /// - Throws: `bad-axis`.
  public func sorted(axis: Int = -1, descending: Bool = false) throws -> Tensor {
    try gathered(try argsorted(axis: axis, descending: descending), axis: axis)
  }

  /// The `count` largest elements along an axis, largest first, and their indices. Gradient: `g`, put back.
  ///
  /// - Throws: `bad-axis`, `bad-argument` when there are not as many.
  public func top(
    _ count: Int, axis: Int = -1, smallest: Bool = false
  ) throws -> (values: Tensor, indices: Tensor) {
    let axis = try shape.axis(axis)
    guard count >= 0, count <= shape[axis] else {
      throw TensorError(
        .badArgument, "topk wants \(count) elements of axis \(axis) of \(shape), which has \(shape[axis])",
        operands: [.init(.index(0), "this is \(shape)")])
    }
    let order = try argsorted(axis: axis, descending: !smallest)
    let indices = try order.part(Region(shape, axis: axis, start: 0, length: count))
    return (try gathered(indices, axis: axis), indices)
  }
}

/// Sorts the indices of each row.
private func sortRows<N: Number>(_ type: N.Type, _ x: Tensor, _ output: Tensor, _ descending: Bool) {
  let length = x.shape[x.rank - 1]
  guard length > 0 else { return }
  let (source, target) = (x.pointer(N.self), output.pointer(Int.self))
  Tensor.chunks(x.count / length, grain: Swift.max(1, Walk.grain / length)) { range in
    for row in range {
      let values = source + row * length
      var order = UnsafeMutableBufferPointer(start: target + row * length, count: length)
      for index in 0..<length { order[index] = index }
      // The order of indices decides between equals, so that any sorting algorithm is stable.
      order.sort { first, second in
        let (a, b) = (values[first], values[second])
        if a.isNotANumber || b.isNotANumber {
          return a.isNotANumber == b.isNotANumber ? first < second : b.isNotANumber
        }
        return a == b ? first < second : descending ? a > b : a < b
      }
    }
  }
}
