extension Tensor {
  /// The slices along an axis that a tensor of integers names, in place of that axis: an embedding's look-up.
  ///
  /// `[10, 4]` taken at `[2, 3]` along axis 0 is `[2, 3, 4]`. Gradient: the slices of `g`, added up where they came from.
  ///
  /// - Parameter countsFromEnd: whether negative indices count from the end; if not, they are out of range.
  /// - Throws: `bad-axis`, `dtype-mismatch`, `index-out-of-range`.
  public func taking(_ indices: Tensor, axis: Int = 0, countsFromEnd: Bool = true) throws -> Tensor {
    let axis = try shape.axis(axis)
    let places = try indices.positions(below: shape[axis], of: self, countsFromEnd: countsFromEnd)
    guard rank - 1 + indices.rank <= Shape.maximumRank else {
      throw TensorError(.badShape, "taking indices of \(indices.shape) from \(shape) makes too many axes")
    }
    var target = Shape(unchecked: shape.prefix(axis))
    for length in indices.shape { target.append(length) }
    for length in shape.dropFirst(axis + 1) { target.append(length) }
    let output = try Tensor.uninitialized(target, dtype)
    let source = try contiguous()
    let layout = TakeLayout(shape, axis: axis, byteCount: dtype.byteCount)
    withExtendedLifetime((source, output, places)) {
      let index = places.pointer(Int.self)
      let from = source.storage.pointer + source.offset * dtype.byteCount
      let (to, width, count) = (output.storage.pointer, layout.width, places.count)
      Tensor.chunks(layout.outer * count, grain: Swift.max(1, Walk.grain / Swift.max(width, 1))) { range in
        for place in range {
          let (outer, item) = place.quotientAndRemainder(dividingBy: count)
          (to + place * width).copyMemory(from: from + (outer * layout.length + index[item]) * width, byteCount: width)
        }
      }
    }
    let whole = shape
    return record("take", output, from: self, { gradient in
      try gradient.scattered(places, axis: axis, indexRank: indices.rank, in: whole)
    })
  }

  /// Slices added up into zeros of shape `whole`, at indices along `axis`: the gradient of ``taking(_:axis:)``, and the
  /// other way round.
  func scattered(_ places: Tensor, axis: Int, indexRank: Int, in whole: Shape) throws -> Tensor {
    let output = try Tensor.zeros(whole, dtype).copied()
    let source = try contiguous()
    let layout = TakeLayout(whole, axis: axis, byteCount: 1)
    withExtendedLifetime((source, output, places)) {
      if dtype == .float64 {
        addSlices(Double.self, source, places, output, layout)
      } else {
        addSlices(Float.self, source, places, output, layout)
      }
    }
    let indexShape = Shape(unchecked: shape[axis..<(axis + indexRank)])
    return record("scatter_add", output, from: self, { gradient in
      try gradient.taking(try places.reshaped(indexShape), axis: axis)
    })
  }

  /// Indices as int64 from 0, in order.
  ///
  /// - Throws: `dtype-mismatch`, `index-out-of-range`.
  func positions(below length: Int, of table: Tensor, countsFromEnd: Bool = true) throws -> Tensor {
    guard dtype.kind == .int else {
      throw TensorError(
        .dtypeMismatch, "indices are integers, and these are \(dtype)",
        operands: [.init(.named("indices"), "indices are \(shape) \(dtype)")], help: "convert them with to(\"int64\")")
    }
    let indices = try converted(to: .int64).contiguous()
    let output = try Tensor.uninitialized([count], .int64)
    return try withExtendedLifetime((indices, output)) {
      let (source, target) = (indices.pointer(Int.self), output.pointer(Int.self))
      for place in 0..<count {
        let index = source[place] < 0 && countsFromEnd ? source[place] &+ length : source[place]
        guard index >= 0, index < length else {
          throw TensorError(
            .indexOutOfRange, "index \(source[place]) is outside an axis of length \(length)",
            operands: [
              .init(.index(0), "this is \(table.shape)"), .init(.named("indices"), "this holds \(source[place])"),
            ])
        }
        target[place] = index
      }
      return output
    }
  }
}

/// A table seen as `[outer, length, width]`, of which the middle axis is indexed.
private struct TakeLayout {
  var outer = 1
  let length: Int
  /// Of one slice, in units of `byteCount`.
  var width: Int

  init(_ shape: Shape, axis: Int, byteCount: Int) {
    length = shape[axis]
    width = byteCount
    for other in 0..<axis { outer *= shape[other] }
    for other in (axis + 1)..<max(shape.rank, axis + 1) { width *= shape[other] }
  }
}

private func addSlices<N: Number>(
  _ type: N.Type, _ source: Tensor, _ places: Tensor, _ output: Tensor, _ layout: TakeLayout
) {
  let (from, to, index) = (source.pointer(N.self), output.pointer(N.self), places.pointer(Int.self))
  let (count, width) = (places.count, layout.width)
  Tensor.chunks(layout.outer, grain: max(1, Walk.grain / max(1, count * width))) { range in
    for outer in range {
      for item in 0..<count {
        let source = from + (outer * count + item) * width
        let target = to + (outer * layout.length + index[item]) * width
        for column in 0..<width { target[column] = N.sum(target[column], source[column]) }
      }
    }
  }
}
