extension Tensor {
  /// For each class number, a row of zeros with a one at that place: `[n]` of classes becomes `[n, classes]`.
  ///
  /// - Throws: `dtype-mismatch` for floats, `index-out-of-range` for a class beyond `classes`.
  public func oneHot(classes: Int, dtype: DType = .float32) throws -> Tensor {
    guard classes >= 0 else { throw TensorError(.badArgument, "one_hot cannot have \(classes) classes") }
    var target = shape
    guard rank < Shape.maximumRank else {
      throw TensorError(.badShape, "one_hot of \(shape) makes more than \(Shape.maximumRank) axes")
    }
    target.append(classes)
    let places = try positions(below: classes, of: try Tensor.zeros([classes]))
    return try places.unsqueezed(1).equal(try Tensor.arange(0, Scalar(classes))).converted(to: dtype).reshaped(target)
  }
}
