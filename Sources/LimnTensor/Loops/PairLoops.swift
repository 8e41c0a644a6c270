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
func mapPairs<F: PairFunction>(_ function: F.Type, _ a: Tensor, _ b: Tensor, _ shape: Shape) throws -> Tensor {
  try mapPairs(
    hidden { a, aStride, b, bStride, target, count in
      pairRow(function, a.of(F.Input.self), aStride, b.of(F.Input.self), bStride, target.of(F.Output.self), count)
    }, a, b, shape, F.Output.dtype)
}

/// One row: the first operand and its stride, the second and its, the target, and the number of elements.
private typealias PairRow = (
  UnsafeMutableRawPointer, Int, UnsafeMutableRawPointer, Int, UnsafeMutableRawPointer, Int
) -> Void

/// Hides from the optimizer which loop it is. There are a hundred of them and one driver; if the optimizer saw which
/// loop the driver gets, it would make a driver for each.
@inline(never)
@_optimize(none)
private func hidden(_ row: @escaping PairRow) -> PairRow { row }

private func mapPairs(_ row: PairRow, _ a: Tensor, _ b: Tensor, _ shape: Shape, _ dtype: DType) throws -> Tensor {
  let output = try Tensor.uninitialized(shape, dtype)
  let (inputSize, outputSize) = (a.dtype.byteCount, dtype.byteCount)
  let first = a.storage.pointer + a.offset * inputSize
  let second = b.storage.pointer + b.offset * inputSize
  let target = output.storage.pointer
  defer { withExtendedLifetime((a, b, output)) {} }
  let isFlat = (a.isContiguous || a.count == 1) && (b.isContiguous || b.count == 1)
  if isFlat, a.count == output.count || a.count == 1, b.count == output.count || b.count == 1 {
    let (aStride, bStride) = (a.count == 1 ? 0 : 1, b.count == 1 ? 0 : 1)
    if output.count <= Walk.grain {
      row(first, aStride, second, bStride, target, output.count)
    } else {
      Tensor.chunks(output.count) { range in
        let start = range.lowerBound
        row(
          first + start * aStride * inputSize, aStride, second + start * bStride * inputSize, bStride,
          target + start * outputSize, range.count)
      }
    }
    return output
  }
  let walk = Walk(shape, output.strides, a.broadcastStrides(to: shape), b.broadcastStrides(to: shape))
  let (aStride, bStride) = (walk.rowStride(1), walk.rowStride(2))
  walk.rows { part in
    row(
      first + part.offsets[1] * inputSize, aStride, second + part.offsets[2] * inputSize, bStride,
      target + part.offsets[0] * outputSize, part.length)
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
