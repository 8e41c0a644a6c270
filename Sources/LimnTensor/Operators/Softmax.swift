extension Tensor {
  /// `eˣ / Σeˣ` along an axis, without overflow. Gradient: `y (g - Σ g y)`.
  ///
  /// A row of nothing but -inf gives NaN.
  ///
  /// - Throws: `bad-axis`.
  public func softmax(axis: Int = -1) throws -> Tensor {
    try alongLast(axis) { x in
      let output = try x.rowwise(softmaxRow, softmaxRow)
      return record("softmax", output, from: x, { gradient in
        if !Tape.isRecording { return try gradient.rowwise(with: output, softmaxGradientRow, softmaxGradientRow) }
        let product = try gradient.multiplied(by: output)
        return try product.subtracting(try output.multiplied(by: try product.sum(axes: [-1], keepsAxes: true)))
      })
    }
  }

  /// `x - log Σeˣ` along an axis, without overflow. Gradient: `g - softmax(x) Σg`.
  ///
  /// - Throws: `bad-axis`.
  public func logSoftmax(axis: Int = -1) throws -> Tensor {
    try alongLast(axis) { x in
      let output = try x.rowwise(logSoftmaxRow, logSoftmaxRow)
      return record("log_softmax", output, from: x, { gradient in
        try gradient.subtracting(try output.exp().multiplied(by: try gradient.sum(axes: [-1], keepsAxes: true)))
      })
    }
  }

  /// `log Σeˣ` along some axes, or of everything, without overflow; -inf for nothing. Gradient: `g softmax(x)`.
  ///
  /// - Throws: `bad-axis`.
  public func logSumExp(axes: [Int]? = nil, keepsAxes: Bool = false) throws -> Tensor {
    let x = try inFloats()
    let set = try shape.axes(axes)
    let reduced = shape.reduced(set, keepsAxes: true)
    // The largest is taken out as a constant: the result does not depend on it. Infinite ones are left in.
    var shift = try Tensor.zeros(reduced, x.dtype)
    if shape.count(of: set) > 0 {
      let largest = try x.detached().max(axes: axes, keepsAxes: true)
      shift = try Tensor.choose(try largest.isInfinite(), shift, largest)
    }
    let total = try x.subtracting(shift).exp().sum(axes: axes, keepsAxes: true).log().adding(shift)
    return try total.reshaped(shape.reduced(set, keepsAxes: keepsAxes))
  }

  /// Runs a function of the last axis on another.
  private func alongLast(_ axis: Int, _ body: (Tensor) throws -> Tensor) throws -> Tensor {
    let axis = try shape.axis(axis)
    let x = try inFloats()
    if axis == rank - 1 { return try body(x) }
    return try body(try x.transposed(axis, -1)).transposed(axis, -1)
  }

  /// A tensor whose rows, along the last axis, are functions of this tensor's rows.
  private func rowwise(
    with other: Tensor? = nil, _ floats: FloatRow<Float>, _ doubles: FloatRow<Double>
  ) throws -> Tensor {
    let output = try Tensor.uninitialized(shape, dtype)
    let (a, b) = (try contiguous(), try (other ?? self).contiguous())
    let length = shape[rank - 1]
    guard output.count > 0 else { return output }
    withExtendedLifetime((a, b, output)) {
      Tensor.chunks(count / length, grain: Swift.max(1, Walk.grain / 4 / length)) { range in
        for row in range {
          let start = row * length
          if dtype == .float32 {
            floats(a.pointer() + start, b.pointer() + start, output.pointer() + start, length)
          } else {
            doubles(a.pointer() + start, b.pointer() + start, output.pointer() + start, length)
          }
        }
      }
    }
    return output
  }
}

private typealias FloatRow<F> = (UnsafeMutablePointer<F>, UnsafeMutablePointer<F>, UnsafeMutablePointer<F>, Int) -> Void

private func softmaxRow(
  _ x: UnsafeMutablePointer<Float>, _: UnsafeMutablePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int
) {
  let largest = SIMD8<Float>(repeating: largest(x, count))
  VectorTail.run(x, x, y, count) { x, _ in VectorMath.expOfLow(x - largest) }
  let scale = 1 / rowTotal(y, count)
  for i in 0..<count { y[i] *= scale }
}

private func softmaxRow(
  _ x: UnsafeMutablePointer<Double>, _: UnsafeMutablePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ count: Int
) {
  let largest = largest(x, count)
  var total = 0.0
  for i in 0..<count {
    y[i] = Mathematics.exp(x[i] - largest)
    total += y[i]
  }
  for i in 0..<count { y[i] /= total }
}

private func softmaxGradientRow<F: BinaryFloatingPoint>(
  _ gradient: UnsafeMutablePointer<F>, _ y: UnsafeMutablePointer<F>, _ target: UnsafeMutablePointer<F>, _ count: Int
) {
  for i in 0..<count { target[i] = gradient[i] * y[i] }
  let total = rowTotal(target, count)
  for i in 0..<count { target[i] -= y[i] * total }
}

private func logSoftmaxRow(
  _ x: UnsafeMutablePointer<Float>, _: UnsafeMutablePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int
) {
  let largest = largest(x, count)
  let shift = SIMD8<Float>(repeating: largest)
  VectorTail.run(x, x, y, count) { x, _ in VectorMath.expOfLow(x - shift) }
  let logarithm = Float(Mathematics.log(Double(rowTotal(y, count))))
  for i in 0..<count { y[i] = (x[i] - largest) - logarithm }
}

private func logSoftmaxRow(
  _ x: UnsafeMutablePointer<Double>, _: UnsafeMutablePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ count: Int
) {
  let largest = largest(x, count)
  var total = 0.0
  for i in 0..<count { total += Mathematics.exp(x[i] - largest) }
  let logarithm = Mathematics.log(total)
  for i in 0..<count { y[i] = (x[i] - largest) - logarithm }
}

/// The largest of a row; NaN if there is one.
@inline(__always)
private func largest(_ x: UnsafeMutablePointer<Float>, _ count: Int) -> Float {
  var lanes = SIMD8<Float>(repeating: -.infinity)
  var index = 0
  while index + 8 <= count {
    let next = UnsafeRawPointer(x + index).loadUnaligned(as: SIMD8<Float>.self)
    lanes.replace(with: next, where: (next .> lanes) .| (next .!= next))
    index += 8
  }
  var result = -Float.infinity
  for lane in 0..<8 { result = lanes[lane] > result || lanes[lane] != lanes[lane] ? lanes[lane] : result }
  for i in index..<Swift.max(index, count) { result = x[i] > result || x[i] != x[i] ? x[i] : result }
  return result
}

@inline(__always)
private func largest(_ x: UnsafeMutablePointer<Double>, _ count: Int) -> Double {
  var result = -Double.infinity
  for i in 0..<count { result = x[i] > result || x[i] != x[i] ? x[i] : result }
  return result
}

/// The sum of a row, in eight interleaved series.
@inline(__always)
private func rowTotal<F: BinaryFloatingPoint>(_ x: UnsafeMutablePointer<F>, _ count: Int) -> F {
  var series = InlineArray<8, F>(repeating: 0)
  var index = 0
  while index + 8 <= count {
    for lane in 0..<8 { series[lane] += x[index + lane] }
    index += 8
  }
  while index < count {
    series[0] += x[index]
    index += 1
  }
  return ((series[0] + series[4]) + (series[2] + series[6])) + ((series[1] + series[5]) + (series[3] + series[7]))
}
