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

/// A function of two floats with a number that is settled beforehand.
protocol FloatParameterFunction2 {
  static func value<L: Lanes>(_ a: L, _ b: L, _ parameter: L) -> L
}

extension Tensor {
  /// `F` of every element. The tensor is of floats.
  func mapFloats<F: FloatFunction>(_ function: F.Type) throws -> Tensor {
    dtype == .float64
      ? try mapFloats(
        hidden { source, _, target, count, _ in
          let (source, target) = (source.of(Double.self), target.of(Double.self))
          for i in 0..<count { target[i] = F.value(source[i]) }
        })
      : try mapFloats(
        hidden { source, _, target, count, _ in
          VectorTail.run(source, source, target, count) { x, _ in F.value(x) }
        })
  }

  /// `F` of every element and `parameter`. The tensor is of floats.
  func mapFloats<F: FloatParameterFunction>(_ function: F.Type, _ parameter: Double) throws -> Tensor {
    dtype == .float64
      ? try mapFloats(
        hidden { source, _, target, count, parameter in
          let (source, target) = (source.of(Double.self), target.of(Double.self))
          for i in 0..<count { target[i] = F.value(source[i], parameter) }
        }, parameter: parameter)
      : try mapFloats(
        hidden { source, _, target, count, parameter in
          let parameter = SIMD8<Float>(number: parameter)
          VectorTail.run(source, source, target, count) { x, _ in F.value(x, parameter) }
        }, parameter: parameter)
  }

  /// `F` of the elements of two float tensors of one shape and type.
  func mapFloats<F: FloatFunction2>(_ function: F.Type, with other: Tensor) throws -> Tensor {
    dtype == .float64
      ? try mapFloats(
        hidden { first, second, target, count, _ in
          let (first, second, target) = (first.of(Double.self), second.of(Double.self), target.of(Double.self))
          for i in 0..<count { target[i] = F.value(first[i], second[i]) }
        }, with: other)
      : try mapFloats(
        hidden { first, second, target, count, _ in
          VectorTail.run(first, second, target, count) { a, b in F.value(a, b) }
        }, with: other)
  }

  /// `F` of the elements of two float tensors of one shape and type, and `parameter`.
  func mapFloats<F: FloatParameterFunction2>(
    _ function: F.Type, with other: Tensor, _ parameter: Double
  ) throws -> Tensor {
    dtype == .float64
      ? try mapFloats(
        hidden { first, second, target, count, parameter in
          let (first, second, target) = (first.of(Double.self), second.of(Double.self), target.of(Double.self))
          for i in 0..<count { target[i] = F.value(first[i], second[i], parameter) }
        }, with: other, parameter: parameter)
      : try mapFloats(
        hidden { first, second, target, count, parameter in
          let parameter = SIMD8<Float>(number: parameter)
          VectorTail.run(first, second, target, count) { a, b in F.value(a, b, parameter) }
        }, with: other, parameter: parameter)
  }

  /// Runs `loop` over contiguous elements, in chunks, on any thread.
  private func mapFloats(
    _ loop: FloatLoop, with other: Tensor? = nil, parameter: Double = 0
  ) throws -> Tensor {
    let a = try contiguous()
    let b = try other?.contiguous() ?? a
    let output = try Tensor.uninitialized(shape, dtype)
    let size = dtype.byteCount
    withExtendedLifetime((a, b, output)) {
      let (first, second) = (a.storage.pointer + a.offset * size, b.storage.pointer + b.offset * size)
      let target = output.storage.pointer
      Tensor.chunks(count) { range in
        let start = range.lowerBound * size
        loop(first + start, second + start, target + start, range.count, parameter)
      }
    }
    return output
  }

  /// Cuts `0..<count` into chunks by its size alone, and runs `body` on each, on any thread.
  static func chunks(_ count: Int, grain: Int = Walk.grain, _ body: (Range<Int>) -> Void) {
    if count <= grain { return body(0..<count) }
    ThreadPool.shared.run(elements: count, grain: Walk.task(count, grain: grain), body)
  }
}

/// A loop over contiguous elements of one or two tensors.
private typealias FloatLoop = (
  _ first: UnsafeMutableRawPointer, _ second: UnsafeMutableRawPointer, _ target: UnsafeMutableRawPointer,
  _ count: Int, _ parameter: Double
) -> Void

/// Hides from the optimizer which loop it is. There are a hundred of them and one driver; if the optimizer saw which
/// loop the driver gets, it would make a driver for each.
@inline(never)
@_optimize(none)
private func hidden(_ loop: @escaping FloatLoop) -> FloatLoop { loop }

extension UnsafeMutableRawPointer {
  /// This memory as elements of a type.
  @inline(__always)
  func of<Element>(_ type: Element.Type) -> UnsafeMutablePointer<Element> { assumingMemoryBound(to: Element.self) }
}

/// Loops over float32 by eights, whose rest goes through the same vector code: an element's bits do not depend on its
/// place.
enum VectorTail {
  /// `function` of the elements of two arrays, which may be the same.
  @inline(__always)
  static func run(
    _ first: UnsafeMutableRawPointer, _ second: UnsafeMutableRawPointer, _ target: UnsafeMutableRawPointer,
    _ count: Int, _ function: (SIMD8<Float>, SIMD8<Float>) -> SIMD8<Float>
  ) {
    let size = MemoryLayout<SIMD8<Float>>.size
    let whole = count / 8 * size
    let rest = (count % 8) * MemoryLayout<Float>.size
    // The rest, filled up with ones, which no function minds. It is the last turn of the only loop.
    var lastFirst = SIMD8<Float>(repeating: 1)
    var lastSecond = lastFirst
    if rest > 0 {
      withUnsafeMutableBytes(of: &lastFirst) { $0.baseAddress?.copyMemory(from: first + whole, byteCount: rest) }
      withUnsafeMutableBytes(of: &lastSecond) { $0.baseAddress?.copyMemory(from: second + whole, byteCount: rest) }
    }
    var place = 0
    while true {
      let isWhole = place < whole
      if !isWhole, rest == 0 { return }
      let a = isWhole ? (first + place).loadUnaligned(as: SIMD8<Float>.self) : lastFirst
      let b = isWhole ? (second + place).loadUnaligned(as: SIMD8<Float>.self) : lastSecond
      let result = function(a, b)
      guard isWhole else {
        withUnsafeBytes(of: result) { bytes in
          if let start = bytes.baseAddress { (target + whole).copyMemory(from: start, byteCount: rest) }
        }
        return
      }
      (target + place).storeBytes(of: result, as: SIMD8<Float>.self)
      place += size
    }
  }
}
