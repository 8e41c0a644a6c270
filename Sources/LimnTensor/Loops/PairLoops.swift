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
/// Both are of the function's input type. With a `target`, which may be one of them, the result is written there.
@discardableResult
func mapPairs<F: PairFunction>(
  _ function: F.Type, _ a: Tensor, _ b: Tensor, _ shape: Shape, into target: Tensor? = nil
) throws -> Tensor {
  try mapPairRows(
    hidden { a, aStride, b, bStride, target, count in
      pairRow(function, a.of(F.Input.self), aStride, b.of(F.Input.self), bStride, target.of(F.Output.self), count)
    }, a, b, target ?? Tensor.uninitialized(shape, F.Output.dtype))
}

/// One row: the first operand and its stride, the second and its, the target, and the number of elements.
typealias PairRow = (
  UnsafeMutableRawPointer, Int, UnsafeMutableRawPointer, Int, UnsafeMutableRawPointer, Int
) -> Void

/// Hides from the optimizer which loop it is. There are a hundred of them and one driver; if the optimizer saw which
/// loop the driver gets, it would make a driver for each.
@inline(never)
@_optimize(none)
func hidden(_ row: @escaping PairRow) -> PairRow { row }

/// The elementwise function whose loop over one row is `row`, of tensors that broadcast to `output`'s shape.
func mapPairRows(_ row: PairRow, _ a: Tensor, _ b: Tensor, _ output: Tensor) throws -> Tensor {
  let shape = output.shape
  let (inputSize, outputSize) = (a.dtype.byteCount, output.dtype.byteCount)
  let first = a.storage.pointer + a.offset * inputSize
  let second = b.storage.pointer + b.offset * inputSize
  let target = output.storage.pointer + output.offset * outputSize
  defer { withExtendedLifetime((a, b, output)) {} }
  let isFlat = output.isContiguous && (a.isContiguous || a.count == 1) && (b.isContiguous || b.count == 1)
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
  if output.isContiguous, a.isContiguous, a.count == output.count, b.isContiguous, b.repeats(within: shape) {
    repeatedRows(row, first, second, target, output.count, period: b.count, (inputSize, outputSize), isFirst: false)
    return output
  }
  if output.isContiguous, b.isContiguous, b.count == output.count, a.isContiguous, a.repeats(within: shape) {
    repeatedRows(row, second, first, target, output.count, period: a.count, (inputSize, outputSize), isFirst: true)
    return output
  }
  let walk = Walk(shape, output.strides, a.broadcastStrides(to: shape), b.broadcastStrides(to: shape))
  let (targetStride, aStride, bStride) = (walk.rowStride(0), walk.rowStride(1), walk.rowStride(2))
  guard targetStride == 1 else {
    // Loops write side by side; a target with gaps, as some parts of a gradient are, gets one element at a time.
    walk.rows { part in
      for i in 0..<part.length {
        row(
          first + (part.offsets[1] + i * aStride) * inputSize, 0,
          second + (part.offsets[2] + i * bStride) * inputSize, 0,
          target + (part.offsets[0] + i * targetStride) * outputSize, 1)
      }
    }
    return output
  }
  walk.rows { part in
    row(
      first + part.offsets[1] * inputSize, aStride, second + part.offsets[2] * inputSize, bStride,
      target + part.offsets[0] * outputSize, part.length)
  }
  return output
}

extension Tensor {
  /// Whether stretching to `shape` only lays this tensor's elements one after another again and again, as a bias is.
  fileprivate func repeats(within shape: Shape) -> Bool {
    let shift = shape.rank - rank
    var axis = 0
    while axis < rank, self.shape[axis] == 1, shape[axis + shift] != 1 { axis += 1 }
    while axis < rank {
      if self.shape[axis] != shape[axis + shift] { return false }
      axis += 1
    }
    return count > 0
  }
}

/// A function of `whole`, of `count` elements, and of `part`, of `period` elements, which is read again and again.
///
/// - Parameter isFirst: whether the part is the function's first operand.
private func repeatedRows(
  _ row: PairRow, _ whole: UnsafeMutableRawPointer, _ part: UnsafeMutableRawPointer, _ target: UnsafeMutableRawPointer,
  _ count: Int, period: Int, _ sizes: (input: Int, output: Int), isFirst: Bool
) {
  // A short part is laid out several times, so that a row is worth calling for.
  let copies = period < 64 && count > 1024 ? 512 / period : 1
  let length = period * copies
  withUnsafeTemporaryAllocation(byteCount: copies > 1 ? length * sizes.input : 0, alignment: 64) { buffer in
    var part = part
    if copies > 1, let start = buffer.baseAddress {
      for copy in 0..<copies {
        (start + copy * period * sizes.input).copyMemory(from: part, byteCount: period * sizes.input)
      }
      part = start
    }
    let grain = max(1, Walk.grain / length)
    Tensor.chunks((count + length - 1) / length, grain: grain) { range in
      for index in range {
        let start = index * length
        let (x, y) = (whole + start * sizes.input, target + start * sizes.output)
        row(isFirst ? part : x, 1, isFirst ? x : part, 1, y, min(length, count - start))
      }
    }
  }
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
