import Synchronization

extension Tensor {
  /// Running sums along an axis: `[a, a + b, a + b + c]`. Bools and integers give int64.
  ///
  /// Gradient: running sums of `g` from the other end.
  ///
  /// - Throws: `bad-axis`; `integer-overflow` for a sum beyond int64.
  public func cumulativeSum(axis: Int) throws -> Tensor {
    let axis = try shape.axis(axis)
    let x = dtype.isFloat ? self : try converted(to: .int64)
    let output = try x.scanned(axis, Addition.self)
    return record("cumsum", output, from: x, { gradient in
      try gradient.flipped(axes: [axis]).cumulativeSum(axis: axis).flipped(axes: [axis])
    })
  }

  /// Running products along an axis: `[a, a b, a b c]`. Bools and integers give int64.
  ///
  /// Its gradient is exact where elements are zero: under a record the products are made by doubling, which needs
  /// no division.
  ///
  /// - Throws: `bad-axis`; `integer-overflow` for a product beyond int64.
  public func cumulativeProduct(axis: Int) throws -> Tensor {
    let axis = try shape.axis(axis)
    let x = dtype.isFloat ? self : try converted(to: .int64)
    guard x.isRecorded else { return try x.scanned(axis, Multiplication.self) }
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

  private func scanned<F: CheckedFunction>(_ axis: Int, _ function: F.Type) throws -> Tensor {
    let output = try copied()
    var layout = (outer: 1, length: shape[axis], inner: 1)
    for other in 0..<rank where other != axis {
      if other < axis { layout.outer *= shape[other] } else { layout.inner *= shape[other] }
    }
    try withExtendedLifetime(output) {
      switch dtype {
      case .float32: scan(function, output.pointer(Float.self), layout)
      case .float64: scan(function, output.pointer(Double.self), layout)
      default:
        guard scanIntegers(function, output.pointer(Int64.self), layout) != 0 else { return }
        try requireSteps(function, output, layout)
      }
    }
    return output
  }

  /// Looks for a step that does not fit in a scan of this tensor. The first one started from a number that is right.
  private func requireSteps<F: CheckedFunction>(_ function: F.Type, _ output: Tensor, _ layout: ScanLayout) throws {
    let (steps, results) = (try elements(Int64.self), output.pointer(Int64.self))
    let (block, inner) = (layout.length * layout.inner, layout.inner)
    for place in steps.indices where place % block >= inner && F.overflows(results[place - inner], steps[place]) {
      throw TensorError.integerOverflow(
        F.text(results[place - inner], steps[place]), .int64, at: place, of: shape,
        operands: [.init(.index(0), "this is \(shape) int64")])
    }
  }
}

/// A tensor seen as `[outer, length, inner]`, whose middle axis is scanned.
private typealias ScanLayout = (outer: Int, length: Int, inner: Int)

private func scan<F: NumberFunction, N: Number>(
  _ function: F.Type, _ elements: UnsafeMutablePointer<N>, _ layout: ScanLayout
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

/// Gives the doubts about its results.
private func scanIntegers<F: CheckedFunction>(
  _ function: F.Type, _ elements: UnsafeMutablePointer<Int64>, _ layout: ScanLayout
) -> Int64 {
  let (length, inner) = (layout.length, layout.inner)
  let doubts = Atomic<Int64>(0)
  Tensor.chunks(layout.outer, grain: Swift.max(1, Walk.grain / Swift.max(1, length * inner))) { range in
    var collected: Int64 = 0
    for outer in range {
      let start = elements + outer * length * inner
      for place in inner..<Swift.max(inner, length * inner) {
        let (value, doubt) = F.valueWithDoubts(start[place - inner], start[place])
        start[place] = value
        collected |= doubt
      }
    }
    doubts.bitwiseOr(collected, ordering: .relaxed)
  }
  return doubts.load(ordering: .relaxed)
}
