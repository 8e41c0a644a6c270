extension Tensor {
  /// Tensors joined along an axis; other axes have the same lengths. Types are promoted. Gradients: the parts of `g`.
  ///
  /// - Throws: `bad-argument` for no tensors, `bad-axis`, `shape-mismatch` naming the axis at odds.
  public static func concatenated(_ tensors: [Tensor], axis: Int = 0) throws -> Tensor {
    guard let first = tensors.first else { throw TensorError(.badArgument, "concat needs at least one tensor") }
    let axis = try first.shape.axis(axis)
    let dtype = tensors.reduce(first.dtype) { DType.promote($0, $1.dtype) }
    var shape = first.shape
    var length = 0
    for (index, tensor) in tensors.enumerated() {
      guard tensor.rank == shape.rank else { throw concatMismatch(first, tensor, index, axis: nil) }
      for other in 0..<shape.rank where other != axis && tensor.shape[other] != shape[other] {
        throw concatMismatch(first, tensor, index, axis: other)
      }
      let (sum, overflow) = length.addingReportingOverflow(tensor.shape[axis])
      guard !overflow else { throw TensorError(.badShape, "the result of concat is too large to count") }
      length = sum
    }
    shape[axis] = length
    let parts = try tensors.map { try $0.promoted(to: dtype) }
    let output = try uninitialized(shape, dtype)
    var regions: [Region] = []
    var start = 0
    for part in parts {
      let region = Region(part.shape, axis: axis, start: start, length: part.shape[axis])
      output.write(part, into: region)
      regions.append(region)
      start += part.shape[axis]
    }
    return record("concat", output, from: parts, { [regions] gradient, needs in
      try regions.indices.map { needs($0) ? try gradient.part(regions[$0]) : nil }
    })
  }

  private static func concatMismatch(_ first: Tensor, _ other: Tensor, _ index: Int, axis: Int?) -> TensorError {
    let reason =
      axis.map { "along axis \($0), \(first.shape[$0]) is not \(other.shape[$0])" }
      ?? "\(first.rank) axes are not \(other.rank)"
    return TensorError(
      .shapeMismatch, "concat cannot join \(first.shape) and \(other.shape): \(reason)",
      operands: [.init(.index(0), "tensor 0 is \(first.shape), tensor \(index) is \(other.shape)")])
  }

  /// Tensors of one shape along a new axis. Gradients: the parts of `g`.
  ///
  /// - Throws: as ``concatenated(_:axis:)``.
  public static func stacked(_ tensors: [Tensor], axis: Int = 0) throws -> Tensor {
    guard let first = tensors.first else { throw TensorError(.badArgument, "stack needs at least one tensor") }
    let place = axis < 0 ? axis + first.rank + 1 : axis
    if let index = tensors.firstIndex(where: { $0.shape != first.shape }) {
      throw TensorError(
        .shapeMismatch, "stack needs tensors of one shape, and \(first.shape) is not \(tensors[index].shape)",
        operands: [.init(.index(0), "tensor 0 is \(first.shape), tensor \(index) is \(tensors[index].shape)")])
    }
    return try concatenated(try tensors.map { try $0.unsqueezed(place) }, axis: place)
  }

  /// This tensor cut along an axis into pieces of the given lengths, which add up to the axis.
  ///
  /// - Throws: `bad-axis`, `shape-mismatch`.
  public func split(_ lengths: [Int], axis: Int = 0) throws -> [Tensor] {
    let axis = try shape.axis(axis)
    let total = lengths.reduce((0, false)) { sum, length in
      let (next, overflow) = sum.0.addingReportingOverflow(length)
      return (next, sum.1 || overflow || length < 0)
    }
    guard !total.1, total.0 == shape[axis] else {
      throw TensorError(
        .shapeMismatch,
        "pieces of \(lengths) do not add up to axis \(axis) of \(shape), whose length is \(shape[axis])",
        operands: [.init(.index(0), "this is \(shape)")])
    }
    var start = 0
    return try lengths.map { length in
      defer { start += length }
      return try part(Region(shape, axis: axis, start: start, length: length))
    }
  }

  /// This tensor cut along an axis into `count` equal pieces.
  ///
  /// - Throws: `bad-axis`, `shape-mismatch` when the axis cannot be cut so.
  public func split(into count: Int, axis: Int = 0) throws -> [Tensor] {
    let resolved = try shape.axis(axis)
    guard count > 0, shape[resolved] % count == 0, count <= Swift.max(1, shape[resolved]) else {
      throw TensorError(
        .shapeMismatch, "axis \(resolved) of \(shape) does not split into \(count) equal pieces",
        operands: [.init(.index(0), "this is \(shape)")], help: "give the lengths of the pieces as a list")
    }
    return try split(Array(repeating: shape[resolved] / count, count: count), axis: resolved)
  }
}
