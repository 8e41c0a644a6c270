extension Shape {
  /// The shape that two shapes broadcast to: aligned at the last axis, an axis of length 1, or a missing one,
  /// stretches.
  ///
  /// - Parameter name: the operator, for the message.
  /// - Throws: `shape-mismatch`.
  static func broadcast(_ a: Shape, _ b: Shape, for name: StaticString) throws -> Shape {
    if a == b { return a }
    var result = a.rank >= b.rank ? a : b
    let other = a.rank >= b.rank ? b : a
    let shift = result.rank - other.rank
    for axis in 0..<other.rank {
      let (first, second) = (result[axis + shift], other[axis])
      if first == second || second == 1 { continue }
      guard first == 1 else { throw mismatch(a, b, name, axis: axis + shift - result.rank) }
      result[axis + shift] = second
    }
    return result
  }

  @inline(never)
  private static func mismatch(_ a: Shape, _ b: Shape, _ name: StaticString, axis: Int) -> TensorError {
    let (first, second) = (a[a.rank + axis], b[b.rank + axis])
    let place = axis == -1 ? "the last axis" : "axis \(axis) (counted from the end)"
    return TensorError(
      .shapeMismatch, "\(name) cannot combine \(a) with \(b): along \(place), \(first) is not \(second)",
      operands: [.init(.index(0), "this is \(a)"), .init(.index(1), "this is \(b)")],
      notes: ["shapes are aligned at the last axis; an axis stretches only if its length is 1"],
      help: a.reversed() == Array(b) && a.rank == 2 ? "transpose one of them, with transpose()" : nil)
  }
}

extension Tensor {
  /// Strides with which this tensor is read as one of `shape`, to which it broadcasts.
  @inline(__always)
  func broadcastStrides(to shape: Shape) -> Shape {
    if self.shape == shape { return strides }
    var result = Shape(repeating: 0, rank: shape.rank)
    let shift = shape.rank - rank
    for axis in 0..<rank where self.shape[axis] == shape[axis + shift] { result[axis + shift] = strides[axis] }
    return result
  }

  /// This tensor stretched to `shape`: axes of length 1, and missing leading axes, are repeated without copying.
  ///
  /// Gradient: `g` summed over the stretched axes.
  ///
  /// - Throws: `shape-mismatch` when it does not stretch to that.
  public func broadcast(to shape: Shape) throws -> Tensor {
    if self.shape == shape { return self }
    guard rank <= shape.rank, try Shape.broadcast(self.shape, shape, for: "broadcast_to") == shape else {
      throw TensorError(
        .shapeMismatch, "\(self.shape) does not stretch to \(shape)",
        operands: [.init(.index(0), "this is \(self.shape)"), .init(.named("shape"), "shape is \(shape)")])
    }
    let output = try view(shape: shape, strides: broadcastStrides(to: shape), offset: offset)
    let source = self.shape
    return record("broadcast_to", output, from: self, { gradient in try gradient.summed(to: source) })
  }

  /// Sums over the axes along which a tensor of `shape` stretches to this one: the gradient of broadcasting.
  func summed(to shape: Shape) throws -> Tensor {
    if self.shape == shape { return self }
    let shift = rank - shape.rank
    var axes: [Int] = []
    for axis in 0..<rank where axis < shift || (shape[axis - shift] == 1 && self.shape[axis] != 1) { axes.append(axis) }
    return try sum(axes: axes, keepsAxes: true).reshaped(shape)
  }
}
