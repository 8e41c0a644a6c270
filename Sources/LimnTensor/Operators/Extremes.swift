private enum Largest<N: Number>: Reduction {
  @inline(__always) static var start: N { N.lowest }
  @inline(__always) static func combine(_ a: N, _ b: N) -> N { a > b || a.isNotANumber ? a : b }
}
private enum Smallest<N: Number>: Reduction {
  @inline(__always) static var start: N { N.highest }
  @inline(__always) static func combine(_ a: N, _ b: N) -> N { a < b || a.isNotANumber ? a : b }
}

extension Tensor {
  /// The largest element along some axes, or of all; NaN if there is one.
  ///
  /// Gradient: `g`, shared equally among the elements that are the largest.
  ///
  /// - Throws: `bad-axis`, `bad-argument` for nothing.
  public func max(axes: [Int]? = nil, keepsAxes: Bool = false) throws -> Tensor {
    try extreme("max", axes, keepsAxes) { x, layout, output in
      switch x.dtype {
      case .bool, .uint8: try reduce(Largest<UInt8>.self, layout, into: output)
      case .int32: try reduce(Largest<Int32>.self, layout, into: output)
      case .int64: try reduce(Largest<Int64>.self, layout, into: output)
      case .float32: try reduce(Largest<Float>.self, layout, into: output)
      case .float64: try reduce(Largest<Double>.self, layout, into: output)
      }
    }
  }

  /// The smallest element along some axes, or of all; NaN if there is one.
  ///
  /// Gradient: `g`, shared equally among the elements that are the smallest.
  ///
  /// - Throws: `bad-axis`, `bad-argument` for nothing.
  public func min(axes: [Int]? = nil, keepsAxes: Bool = false) throws -> Tensor {
    try extreme("min", axes, keepsAxes) { x, layout, output in
      switch x.dtype {
      case .bool, .uint8: try reduce(Smallest<UInt8>.self, layout, into: output)
      case .int32: try reduce(Smallest<Int32>.self, layout, into: output)
      case .int64: try reduce(Smallest<Int64>.self, layout, into: output)
      case .float32: try reduce(Smallest<Float>.self, layout, into: output)
      case .float64: try reduce(Smallest<Double>.self, layout, into: output)
      }
    }
  }

  private func extreme(
    _ name: StaticString, _ axes: [Int]?, _ keepsAxes: Bool, _ run: (Tensor, ReductionLayout, Tensor) throws -> Void
  ) throws -> Tensor {
    let set = try shape.axes(axes)
    let output = try Tensor.uninitialized(shape.reduced(set, keepsAxes: keepsAxes), dtype)
    guard shape.count(of: set) > 0 || output.count == 0 else { throw nothing(name) }
    try run(self, try ReductionLayout(self, set), output)
    let source = shape
    return record(name, output, from: self, { gradient in
      let extremes = try output.stretched(to: source, reduced: set, keptAxes: keepsAxes)
      let mask = try self.equal(extremes).converted(to: gradient.dtype)
      let share = try mask.divided(by: try mask.sum(axes: (0..<source.rank).filter(set.contains), keepsAxes: true))
      return try gradient.stretched(to: source, reduced: set, keptAxes: keepsAxes).multiplied(by: share)
    })
  }

  func nothing(_ name: StaticString) -> TensorError {
    TensorError(.badArgument, "\(name) of nothing", operands: [.init(.index(0), "this is \(shape)")])
  }
}
