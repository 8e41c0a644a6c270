private enum Total<N: Number>: Reduction {
  @inline(__always) static var start: N { N.zeroElement }
  @inline(__always) static func combine(_ a: N, _ b: N) -> N { N.sum(a, b) }
}

extension Tensor {
  /// The sum along some axes, or of everything. Bools and integers give int64.
  ///
  /// float32 sums are made of short runs whose results are combined in a fixed order: they are accurate
  /// to about 1e-6, and the same on any number of threads. The sum of nothing is 0. Gradient: `g`, stretched.
  ///
  /// - Parameters:
  ///   - axes: which; negative ones count from the end; nil for all.
  ///   - keepsAxes: whether summed axes stay, with length 1.
  /// - Throws: `bad-axis`; `integer-overflow` for a sum beyond int64. What is beyond it on the way, and comes back, is not.
  public func sum(axes: [Int]? = nil, keepsAxes: Bool = false) throws -> Tensor {
    let set = try shape.axes(axes)
    let x = dtype.isFloat ? self : try converted(to: .int64)
    let output = try Tensor.uninitialized(shape.reduced(set, keepsAxes: keepsAxes), x.dtype)
    let layout = try ReductionLayout(x, set)
    switch x.dtype {
    case .float32: try reduce(Total<Float>.self, layout, into: output)
    case .float64: try reduce(Total<Double>.self, layout, into: output)
    default:
      try reduce(Total<Int64>.self, layout, into: output)
      if dtype == .int64 { try layout.requireSumsThatFit(output) }
    }
    let source = shape
    return record("sum", output, from: x, { gradient in
      try gradient.stretched(to: source, reduced: set, keptAxes: keepsAxes)
    })
  }

  /// The mean along some axes, or of everything; NaN for nothing. Integers give float32.
  ///
  /// Gradient: `g / n`, stretched.
  public func mean(axes: [Int]? = nil, keepsAxes: Bool = false) throws -> Tensor {
    let x = try inFloats()
    let total = try x.sum(axes: axes, keepsAxes: keepsAxes)
    let count = shape.count(of: try shape.axes(axes))
    return try count == 0 ? total.divided(by: 0) : total.multiplied(by: .float(1 / Double(count)))
  }

  /// The mean squared distance from the mean, along some axes or of everything.
  ///
  /// - Parameter isUnbiased: whether to divide by `n - 1`, as an estimate from a sample.
  public func variance(axes: [Int]? = nil, keepsAxes: Bool = false, isUnbiased: Bool = false) throws -> Tensor {
    let x = try inFloats()
    let deviation = try x.subtracting(try x.mean(axes: axes, keepsAxes: true))
    let total = try deviation.square().sum(axes: axes, keepsAxes: keepsAxes)
    let count = shape.count(of: try shape.axes(axes)) - (isUnbiased ? 1 : 0)
    return try count <= 0 ? total.divided(by: 0) : total.multiplied(by: .float(1 / Double(count)))
  }

  /// The square root of ``variance(axes:keepsAxes:isUnbiased:)``.
  public func standardDeviation(
    axes: [Int]? = nil, keepsAxes: Bool = false, isUnbiased: Bool = false
  ) throws -> Tensor {
    try variance(axes: axes, keepsAxes: keepsAxes, isUnbiased: isUnbiased).sqrt()
  }

  /// The Euclidean length, `√Σx²`, along some axes or of everything. Gradient: `g x / |x|`, and 0 at 0.
  public func norm(axes: [Int]? = nil, keepsAxes: Bool = false) throws -> Tensor {
    try inFloats().square().sum(axes: axes, keepsAxes: keepsAxes).sqrt()
  }

  /// A reduction's result, or its gradient, in the shape of what was reduced.
  func stretched(to source: Shape, reduced axes: AxisSet, keptAxes: Bool) throws -> Tensor {
    let kept = keptAxes ? self : try reshaped(source.reduced(axes, keepsAxes: true))
    return try kept.broadcast(to: source)
  }
}

extension Shape {
  /// How many elements a reduction over some axes makes one of.
  func count(of axes: AxisSet) -> Int {
    var count = 1
    for axis in 0..<rank where axes.contains(axis) { count *= self[axis] }
    return count
  }
}
