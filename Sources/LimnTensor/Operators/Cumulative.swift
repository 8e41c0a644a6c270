extension Tensor {
  /// Running sums along an axis: `[a, a + b, a + b + c]`. Bools and integers give int64.
  ///
  /// Gradient: running sums of `g` from the other end.
  ///
  /// - Throws: `bad-axis`.
  public func cumulativeSum(axis: Int) throws -> Tensor {
    let axis = try shape.axis(axis)
    let x = dtype.isFloat ? self : try converted(to: .int64)
    let output = try x.scanned(axis, Sums.self)
    return record("cumsum", output, from: x, { gradient in
      try gradient.flipped(axes: [axis]).cumulativeSum(axis: axis).flipped(axes: [axis])
    })
  }

  /// Running products along an axis: `[a, a b, a b c]`. Bools and integers give int64.
  ///
  /// Its gradient is exact where elements are zero: under a record the products are made by doubling, which needs
  /// no division.
  ///
  /// - Throws: `bad-axis`.
  public func cumulativeProduct(axis: Int) throws -> Tensor {
    let axis = try shape.axis(axis)
    let x = dtype.isFloat ? self : try converted(to: .int64)
    guard x.isRecorded else { return try x.scanned(axis, Products.self) }
    var result = x
    var distance = 1
    while distance < shape[axis] {
      var amounts = Array(repeating: (before: 0, after: 0), count: rank)
      amounts[axis].before = distance
      let kept = try result.part(Region(shape, axis: axis, start: 0, length: shape[axis] - distance))
      result = try result.multiplied(by: try kept.padded(amounts, value: 1))
      distance *= 2
    }
    return result
  }

  private func scanned<F: NumberFunction>(_ axis: Int, _ function: F.Type) throws -> Tensor {
    let output = try copied()
    var layout = (outer: 1, length: shape[axis], inner: 1)
    for other in 0..<rank where other != axis {
      if other < axis { layout.outer *= shape[other] } else { layout.inner *= shape[other] }
    }
    withExtendedLifetime(output) {
      switch dtype {
      case .float32: scan(function, output.pointer(Float.self), layout)
      case .float64: scan(function, output.pointer(Double.self), layout)
      default: scan(function, output.pointer(Int64.self), layout)
      }
    }
    return output
  }
}

private enum Sums: NumberFunction {
  @inline(__always) static func value<N: Number>(_ a: N, _ b: N) -> N { N.sum(a, b) }
}
private enum Products: NumberFunction {
  @inline(__always) static func value<N: Number>(_ a: N, _ b: N) -> N { N.product(a, b) }
}

private func scan<F: NumberFunction, N: Number>(
  _ function: F.Type, _ elements: UnsafeMutablePointer<N>, _ layout: (outer: Int, length: Int, inner: Int)
) {
  let (length, inner) = (layout.length, layout.inner)
  Tensor.chunks(layout.outer, grain: Swift.max(1, Walk.grain / Swift.max(1, length * inner))) { range in
    for outer in range {
      let start = elements + outer * length * inner
      for place in inner..<Swift.max(inner, length * inner) {
        start[place] = F.value(start[place - inner], start[place])
      }
    }
  }
}
