extension Tensor {
  /// The index of the largest element along an axis, or in the flattened tensor; the first of equals; a NaN counts as
  /// the largest.
  ///
  /// - Throws: `bad-axis`, `bad-argument` for nothing.
  public func argmax(axis: Int? = nil, keepsAxes: Bool = false) throws -> Tensor {
    try argExtreme("argmax", axis, keepsAxes, wantsLargest: true)
  }

  /// The index of the smallest element along an axis, or in the flattened tensor; the first of equals; a NaN counts as
  /// the smallest.
  ///
  /// - Throws: `bad-axis`, `bad-argument` for nothing.
  public func argmin(axis: Int? = nil, keepsAxes: Bool = false) throws -> Tensor {
    try argExtreme("argmin", axis, keepsAxes, wantsLargest: false)
  }

  private func argExtreme(
    _ name: StaticString, _ axis: Int?, _ keepsAxes: Bool, wantsLargest: Bool
  ) throws -> Tensor {
    let set = try shape.axes(axis.map { [$0] })
    let output = try Tensor.uninitialized(shape.reduced(set, keepsAxes: keepsAxes), .int64)
    guard shape.count(of: set) > 0 || output.count == 0 else { throw nothing(name) }
    let layout = try ReductionLayout(self, set)
    withExtendedLifetime((layout.source, output)) {
      switch dtype {
      case .bool, .uint8: argExtremes(UInt8.self, layout, output, wantsLargest)
      case .int32: argExtremes(Int32.self, layout, output, wantsLargest)
      case .int64: argExtremes(Int64.self, layout, output, wantsLargest)
      case .float32: argExtremes(Float.self, layout, output, wantsLargest)
      case .float64: argExtremes(Double.self, layout, output, wantsLargest)
      }
    }
    return output
  }
}

private func argExtremes<N: Number>(_ type: N.Type, _ layout: ReductionLayout, _ output: Tensor, _ wantsLargest: Bool) {
  let (source, target) = (layout.source.pointer(N.self), output.pointer(Int.self))
  let (length, inner) = (layout.length, layout.inner)
  Tensor.chunks(output.count, grain: Swift.max(1, Walk.grain / Swift.max(1, length))) { range in
    for place in range {
      let start = source + (place / inner * length * inner + place % inner)
      var best = 0
      for index in 1..<Swift.max(length, 1) {
        let (new, old) = (start[index * inner], start[best * inner])
        if old.isNotANumber { break }
        if new.isNotANumber || (wantsLargest ? new > old : new < old) { best = index }
      }
      target[place] = best
    }
  }
}
