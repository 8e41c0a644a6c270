extension Tensor {
  /// This tensor with `value` around it: `amounts` before and after, for each axis. Gradient: the inner part of `g`.
  ///
  /// - Throws: `bad-argument` when `amounts` has not one pair for each axis, or one is negative.
  public func padded(_ amounts: [(before: Int, after: Int)], value: Scalar = 0) throws -> Tensor {
    try requireAmounts(amounts)
    let whole = try paddedShape(amounts)
    var region = Region(all: shape)
    for (axis, amount) in amounts.enumerated() { region.starts[axis] = amount.before }
    if value.double == 0 { return try placed(region, in: whole) }
    return try Tensor.full(whole, value, value.promoted(with: dtype)).replacing(region, with: self)
  }

  func requireAmounts(_ amounts: [(before: Int, after: Int)]) throws {
    guard amounts.count == rank, amounts.allSatisfy({ $0.before >= 0 && $0.after >= 0 }) else {
      throw TensorError(
        .badArgument, "pad needs two amounts, not negative, for each axis of \(shape)",
        operands: [.init(.index(0), "this is \(shape)")])
    }
  }

  /// The shape with so much more before and after each axis.
  func paddedShape(_ amounts: [(before: Int, after: Int)]) throws -> Shape {
    var whole = shape
    for (axis, amount) in amounts.enumerated() {
      let (partial, first) = shape[axis].addingReportingOverflow(amount.before)
      let (length, second) = partial.addingReportingOverflow(amount.after)
      guard !first, !second else { throw TensorError(.badShape, "padding makes axis \(axis) too long to count") }
      whole[axis] = length
    }
    _ = try whole.checkedCount()
    return whole
  }

  /// This tensor with some axes in reverse, without copying; nil for all. Gradient: `g` reversed.
  ///
  /// - Throws: `bad-axis`.
  public func flipped(axes: [Int]? = nil) throws -> Tensor {
    let set = try shape.axes(axes)
    var region = Region(all: shape)
    for axis in 0..<rank where set.contains(axis) && shape[axis] > 1 {
      region.starts[axis] = shape[axis] - 1
      region.steps[axis] = -1
    }
    return try part(region)
  }

  /// This tensor laid side by side with itself, `counts` times along each axis. Gradient: `g`, the copies added up.
  ///
  /// With more counts than axes, axes of length 1 come first.
  ///
  /// - Throws: `bad-argument` for a negative count or fewer counts than axes.
  public func tiled(_ counts: [Int]) throws -> Tensor {
    guard counts.count >= rank, counts.allSatisfy({ $0 >= 0 }) else {
      throw TensorError(
        .badArgument, "repeat needs a count, not negative, for each axis of \(shape), and got \(counts)",
        operands: [.init(.index(0), "this is \(shape)")])
    }
    var result = try reshaped(try Shape(Array(repeating: 1, count: counts.count - rank) + shape))
    for (axis, count) in counts.enumerated() where count != 1 {
      result = try result.repeated(count, axis: axis, isInterleaved: false)
    }
    return result
  }

  /// This tensor repeated along an axis: `[a, b]` twice is `[a, b, a, b]`, or `[a, a, b, b]` when interleaved.
  ///
  /// - Throws: `bad-axis`, `bad-argument` for a negative count.
  public func repeated(_ count: Int, axis: Int, isInterleaved: Bool = true) throws -> Tensor {
    let axis = try shape.axis(axis)
    guard count >= 0 else { throw TensorError(.badArgument, "repeat cannot repeat \(count) times") }
    var target = shape
    let (length, overflow) = shape[axis].multipliedReportingOverflow(by: count)
    guard !overflow else { throw TensorError(.badShape, "repeat makes axis \(axis) too long to count") }
    target[axis] = length
    _ = try target.checkedCount()
    guard rank < Shape.maximumRank else {
      return try Tensor.concatenated(Array(repeating: self, count: count), axis: axis)
    }
    let place = isInterleaved ? axis + 1 : axis
    var stretched = shape
    stretched.insert(count, at: place)
    return try unsqueezed(place).broadcast(to: stretched).reshaped(target)
  }
}
