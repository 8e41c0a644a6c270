/// A function of one float, written once for all float types.
protocol FloatFunction {
  static func value<L: Lanes>(_ x: L) -> L
}

/// A function of two floats, written once for all float types: fused backward rules are of this kind.
protocol FloatFunction2 {
  static func value<L: Lanes>(_ a: L, _ b: L) -> L
}

/// A function of one float with a number that is settled beforehand, such as a slope.
protocol FloatParameterFunction {
  static func value<L: Lanes>(_ x: L, _ parameter: L) -> L
}

extension Tensor {
  /// `F` of every element. The tensor is of floats.
  @inline(never)
  func mapFloats<F: FloatFunction>(_ function: F.Type) throws -> Tensor {
    let x = try contiguous()
    let output = try Tensor.uninitialized(shape, dtype)
    withExtendedLifetime((x, output)) {
      if dtype == .float64 {
        let (source, target) = (x.pointer(Double.self), output.pointer(Double.self))
        Tensor.chunks(count) { range in for i in range { target[i] = F.value(source[i]) } }
      } else {
        let (source, target) = (x.pointer(Float.self), output.pointer(Float.self))
        Tensor.chunks(count) { range in
          Tensor.vectors(range) { i, lanes in target.store(F.value(source.load(i, lanes)), i, lanes) }
        }
      }
    }
    return output
  }

  /// `F` of every element and `parameter`. The tensor is of floats.
  @inline(never)
  func mapFloats<F: FloatParameterFunction>(_ function: F.Type, _ parameter: Double) throws -> Tensor {
    let x = try contiguous()
    let output = try Tensor.uninitialized(shape, dtype)
    withExtendedLifetime((x, output)) {
      if dtype == .float64 {
        let (source, target) = (x.pointer(Double.self), output.pointer(Double.self))
        Tensor.chunks(count) { range in for i in range { target[i] = F.value(source[i], parameter) } }
      } else {
        let (source, target) = (x.pointer(Float.self), output.pointer(Float.self))
        let parameter = SIMD8<Float>(number: parameter)
        Tensor.chunks(count) { range in
          Tensor.vectors(range) { i, lanes in target.store(F.value(source.load(i, lanes), parameter), i, lanes) }
        }
      }
    }
    return output
  }

  /// `F` of the elements of two float tensors of one shape and type.
  @inline(never)
  func mapFloats<F: FloatFunction2>(_ function: F.Type, with other: Tensor) throws -> Tensor {
    let (a, b) = (try contiguous(), try other.contiguous())
    let output = try Tensor.uninitialized(shape, dtype)
    withExtendedLifetime((a, b, output)) {
      if dtype == .float64 {
        let (a, b, target) = (a.pointer(Double.self), b.pointer(Double.self), output.pointer(Double.self))
        Tensor.chunks(count) { range in for i in range { target[i] = F.value(a[i], b[i]) } }
      } else {
        let (a, b, target) = (a.pointer(Float.self), b.pointer(Float.self), output.pointer(Float.self))
        Tensor.chunks(count) { range in
          Tensor.vectors(range) { i, lanes in
            target.store(F.value(a.load(i, lanes), b.load(i, lanes)), i, lanes)
          }
        }
      }
    }
    return output
  }

  /// Cuts `0..<count` into chunks by its size alone, and runs `body` on each, on any thread.
  @inline(__always)
  static func chunks(_ count: Int, grain: Int = Walk.grain, _ body: (Range<Int>) -> Void) {
    if count <= grain { return body(0..<count) }
    ThreadPool.shared.run(elements: count, grain: grain, body)
  }

  /// Calls `body` for each eight elements of a range, with the number of them that are in it.
  @inline(__always)
  static func vectors(_ range: Range<Int>, _ body: (_ start: Int, _ lanes: Int) -> Void) {
    var index = range.lowerBound
    let whole = range.upperBound - 8
    while index <= whole {
      body(index, 8)
      index += 8
    }
    if index < range.upperBound { body(index, range.upperBound - index) }
  }
}

extension UnsafeMutablePointer<Float> {
  /// `lanes` elements from `index`; the rest of the vector is ones, which no function minds.
  @inline(__always)
  func load(_ index: Int, _ lanes: Int) -> SIMD8<Float> {
    if lanes == 8 { return UnsafeRawPointer(self + index).loadUnaligned(as: SIMD8<Float>.self) }
    var vector = SIMD8<Float>(repeating: 1)
    for lane in 0..<lanes { vector[lane] = self[index + lane] }
    return vector
  }

  @inline(__always)
  func store(_ vector: SIMD8<Float>, _ index: Int, _ lanes: Int) {
    if lanes == 8 { return UnsafeMutableRawPointer(self + index).storeBytes(of: vector, as: SIMD8<Float>.self) }
    for lane in 0..<lanes { self[index + lane] = vector[lane] }
  }
}
