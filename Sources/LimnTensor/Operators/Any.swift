private enum Disjunction: Reduction {
  @inline(__always) static var start: UInt8 { 0 }
  @inline(__always) static func combine(_ a: UInt8, _ b: UInt8) -> UInt8 { a | b }
}
private enum Conjunction: Reduction {
  @inline(__always) static var start: UInt8 { 1 }
  @inline(__always) static func combine(_ a: UInt8, _ b: UInt8) -> UInt8 { a & b }
}

extension Tensor {
  /// Whether any element along some axes, or at all, is not zero. Of nothing: false.
  public func any(axes: [Int]? = nil, keepsAxes: Bool = false) throws -> Tensor {
    try mask(Disjunction.self, axes, keepsAxes)
  }

  /// Whether every element along some axes, or at all, is not zero. Of nothing: true.
  public func all(axes: [Int]? = nil, keepsAxes: Bool = false) throws -> Tensor {
    try mask(Conjunction.self, axes, keepsAxes)
  }

  private func mask<R: Reduction>(_ reduction: R.Type, _ axes: [Int]?, _ keepsAxes: Bool) throws -> Tensor
  where R.Element == UInt8 {
    let set = try shape.axes(axes)
    let output = try Tensor.uninitialized(shape.reduced(set, keepsAxes: keepsAxes), .bool)
    try reduce(reduction, try ReductionLayout(try converted(to: .bool), set), into: output)
    return output
  }
}
