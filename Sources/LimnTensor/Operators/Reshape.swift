extension Tensor {
  /// The same elements in row-major order under another shape. Gradient: `g` in the old shape.
  ///
  /// It is a view where strides can express it, else a copy.
  ///
  /// - Throws: `shape-mismatch` when the numbers of elements differ.
  public func reshaped(_ target: Shape) throws -> Tensor {
    if target == shape { return self }
    guard try target.checkedCount() == count else { throw reshapeMismatch(Array(target)) }
    let output: Tensor
    if isContiguous {
      output = try view(shape: target, strides: target.contiguousStrides, offset: offset)
    } else if let strides = stridesOfView(target) {
      output = try view(shape: target, strides: strides, offset: offset)
    } else {
      let copy = try copied()
      output = try copy.view(shape: target, strides: target.contiguousStrides, offset: 0)
    }
    let source = shape
    return record("reshape", output, from: self, { gradient in try gradient.reshaped(source) })
  }

  /// The same elements under a shape that a user gives; one length may be -1, which stands for what is left.
  ///
  /// - Throws: `shape-mismatch`, `bad-shape`.
  public func reshaped(to lengths: [Int]) throws -> Tensor {
    guard let free = lengths.firstIndex(of: -1) else { return try reshaped(try Shape(lengths)) }
    var known = lengths
    known.remove(at: free)
    guard !known.contains(-1) else {
      throw TensorError(
        .badShape, "only one length of \(lengths) can be left open with -1",
        operands: [.init(.named("shape"), "shape is \(lengths)")])
    }
    let product = try Shape(known).checkedCount()
    guard product > 0, count % product == 0 else { throw reshapeMismatch(lengths) }
    known.insert(count / product, at: free)
    return try reshaped(try Shape(known))
  }

  /// Everything in one axis.
  public func flattened() throws -> Tensor { try reshaped([count]) }

  /// Strides under which a tensor with gaps can be read as `target`, if there are any.
  private func stridesOfView(_ target: Shape) -> Shape? {
    if count == 0 { return target.contiguousStrides }
    var result = Shape(repeating: 0, rank: target.rank)
    var axis = target.rank - 1
    var end = rank - 1
    while end >= 0 {
      // A run of source axes that lie one inside the other without gaps.
      var length = shape[end]
      var start = end
      while start > 0, shape[start - 1] == 1 || length == 1 || strides[start - 1] == strides[end] * length {
        start -= 1
        length *= shape[start]
      }
      // For a run of ones before the last axis, its own stride does not matter.
      var step = strides[end]
      if shape[end] == 1 { for inner in start...end where shape[inner] != 1 { step = strides[inner] } }
      var covered = 1
      while axis >= 0, covered * target[axis] <= length, length % (covered * target[axis]) == 0 {
        result[axis] = step * covered
        covered *= target[axis]
        axis -= 1
      }
      if covered != length { return nil }
      end = start - 1
    }
    return axis < 0 ? result : nil
  }

  @inline(never)
  private func reshapeMismatch(_ lengths: [Int]) -> TensorError {
    TensorError(
      .shapeMismatch, "\(shape) has \(count) elements, which \(lengths) cannot hold",
      operands: [.init(.index(0), "this is \(shape)"), .init(.named("shape"), "shape is \(lengths)")],
      help: "-1 for one length works it out from the others")
  }

  /// An axis of length 1 more, before `axis`; -1 adds it at the end.
  ///
  /// - Throws: `bad-axis`; `bad-shape` beyond eight axes.
  public func unsqueezed(_ axis: Int) throws -> Tensor {
    let place = axis < 0 ? axis + rank + 1 : axis
    guard place >= 0, place <= rank else {
      throw TensorError(.badAxis, "there is no place \(axis) for an axis in \(shape)")
    }
    guard rank < Shape.maximumRank else {
      throw TensorError(.badShape, "a tensor has at most \(Shape.maximumRank) axes, and this has \(rank) already")
    }
    var target = shape
    target.insert(1, at: place)
    return try reshaped(target)
  }

  /// Without the given axes, which must have length 1; nil stands for all such.
  ///
  /// - Throws: `bad-axis`, `shape-mismatch` for an axis that is longer.
  public func squeezed(_ axes: [Int]? = nil) throws -> Tensor {
    var target = Shape()
    let chosen = try axes.map { try shape.axes($0) }
    for axis in 0..<rank {
      if let chosen {
        if !chosen.contains(axis) { target.append(shape[axis]); continue }
        guard shape[axis] == 1 else {
          throw TensorError(.shapeMismatch, "axis \(axis) of \(shape) has length \(shape[axis]), not 1, and cannot go")
        }
      } else if shape[axis] != 1 {
        target.append(shape[axis])
      }
    }
    return try reshaped(target)
  }
}
