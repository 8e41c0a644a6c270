/// A function of two elements of one type.
protocol PairFunction {
  associatedtype Input: TensorElement
  associatedtype Output: TensorElement
  static func value(_ a: Input, _ b: Input) -> Output
}

/// An arithmetic function of two numbers, for every number type.
protocol NumberFunction {
  static func value<N: Number>(_ a: N, _ b: N) -> N
}

/// A comparison of two elements, for every type that has an order.
protocol NumberComparison {
  static func value<N: Comparable>(_ a: N, _ b: N) -> Bool
}

enum Arithmetic<Function: NumberFunction, N: Number>: PairFunction {
  @inline(__always) static func value(_ a: N, _ b: N) -> N { Function.value(a, b) }
}

enum Comparison<Function: NumberComparison, N: Comparable & TensorElement>: PairFunction {
  @inline(__always) static func value(_ a: N, _ b: N) -> Bool { Function.value(a, b) }
}

/// The elementwise function of two tensors that broadcast to `shape`, as a tensor of that shape.
///
/// Both are of the function's input type.
@inline(never)
func mapPairs<F: PairFunction>(_ function: F.Type, _ a: Tensor, _ b: Tensor, _ shape: Shape) throws -> Tensor {
  let output = try Tensor.uninitialized(shape, F.Output.dtype)
  let (first, second) = (a.pointer(F.Input.self), b.pointer(F.Input.self))
  let target = output.pointer(F.Output.self)
  withExtendedLifetime((a, b, output)) {
    if a.isContiguous, b.isContiguous, a.count == output.count, b.count == output.count {
      Tensor.chunks(output.count) { range in
        pairRow(function, first + range.lowerBound, 1, second + range.lowerBound, 1, target + range.lowerBound, range.count)
      }
      return
    }
    let walk = Walk(
      shape, output.strides, a.broadcastStrides(to: shape), b.broadcastStrides(to: shape))
    let (firstStride, secondStride) = (walk.rowStride(1), walk.rowStride(2))
    walk.rows { row in
      pairRow(
        function, first + row.offsets[1], firstStride, second + row.offsets[2], secondStride, target + row.offsets[0],
        row.length)
    }
  }
  return output
}

/// One row. The common strides have loops of their own, which the compiler turns into vector code.
@inline(__always)
private func pairRow<F: PairFunction>(
  _ function: F.Type, _ a: UnsafeMutablePointer<F.Input>, _ aStride: Int, _ b: UnsafeMutablePointer<F.Input>,
  _ bStride: Int, _ target: UnsafeMutablePointer<F.Output>, _ count: Int
) {
  switch (aStride, bStride) {
  case (1, 1): for i in 0..<count { target[i] = F.value(a[i], b[i]) }
  case (1, 0):
    let b = b.pointee
    for i in 0..<count { target[i] = F.value(a[i], b) }
  case (0, 1):
    let a = a.pointee
    for i in 0..<count { target[i] = F.value(a, b[i]) }
  default: for i in 0..<count { target[i] = F.value(a[i &* aStride], b[i &* bStride]) }
  }
}
