private enum Factors<N: Number>: Reduction {
  @inline(__always) static var start: N { N.one }
  @inline(__always) static func combine(_ a: N, _ b: N) -> N { N.product(a, b) }
}

extension Tensor {
  /// The product along some axes, or of everything; 1 for nothing. Bools and integers give int64.
  ///
  /// Gradient: `g` times the product of all others, exact where elements are zero.
  ///
  /// - Throws: `bad-axis`; `integer-overflow` for a product beyond int64.
  public func product(axes: [Int]? = nil, keepsAxes: Bool = false) throws -> Tensor {
    let set = try shape.axes(axes)
    let x = dtype.isFloat ? self : try converted(to: .int64)
    let target = shape.reduced(set, keepsAxes: keepsAxes)
    if x.isRecorded { return try x.productByHalves(set).reshaped(target) }
    let output = try Tensor.uninitialized(target, x.dtype)
    let layout = try ReductionLayout(x, set)
    switch x.dtype {
    case .float32: try reduce(Factors<Float>.self, layout, into: output)
    case .float64: try reduce(Factors<Double>.self, layout, into: output)
    default: try layout.integerProducts(into: output)
    }
    return output
  }

  /// The product as a tree of elementwise products, whose gradients need no division.
  private func productByHalves(_ axes: AxisSet) throws -> Tensor {
    let order = (0..<rank).filter { !axes.contains($0) } + (0..<rank).filter { axes.contains($0) }
    let length = shape.count(of: axes)
    var x = try permuted(order).reshaped([length == 0 ? 0 : count / length, length])
    if length == 0 { return try Tensor.ones(shape.reduced(axes, keepsAxes: false), dtype) }
    while x.shape[1] > 1 {
      let half = x.shape[1] / 2
      let pairs = try x[.all, .slice(stop: half)].multiplied(by: x[.all, .slice(start: half, stop: 2 * half)])
      x = x.shape[1] % 2 == 0 ? pairs : try Tensor.concatenated([pairs, x[.all, .slice(start: 2 * half)]], axis: 1)
    }
    return x
  }

  /// Whether an operator on this tensor would be recorded now.
  var isRecorded: Bool {
    guard node.tape != 0, let tape = Tape.current else { return false }
    return tape.bits(of: self) & tape.recordedBits != 0
  }
}
