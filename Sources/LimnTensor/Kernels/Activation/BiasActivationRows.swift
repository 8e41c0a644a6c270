import CProcessor

/// A bias and an activation behind a product, in one pass over memory, and the gradients of both in another.
enum BiasActivationRows {
  private static let tileElements = 1 << 14
  /// Rows of slopes that are on their way to the cache before they are written: they lie too far apart for the
  /// processor to see where writing goes next.
  private static let rowsAhead = 8

  /// `y = f(x + bias)` for rows of `channels`.
  ///
  /// - Parameter slopes: receives the slopes of a function that has them from its input alone; nil where nobody wants them.
  static func run<F: FusedFunction>(
    _ function: F, _ x: UnsafePointer<Float>, rows: Int, channels: Int, bias: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>, slopes: UnsafeMutablePointer<Float>?
  ) {
    ThreadPool.shared.run(elements: rows, grain: max(1, tileElements / channels)) { range in
      for row in range {
        let (from, to) = (x + row * channels, y + row * channels)
        if let slopes {
          let slopes = slopes + row * channels
          forEachVector(channels) { place, width in
            let (value, slope) = function.valueAndSlope(from.vector(place, width) + bias.vector(place, width))
            to.put(value, place, width)
            slopes.put(slope, place, width)
          }
        } else {
          forEachVector(channels) { place, width in
            to.put(function.value(from.vector(place, width) + bias.vector(place, width)), place, width)
          }
        }
      }
    }
  }

  /// `y = f(y)` for a part of a product, to which the bias has been added.
  ///
  /// - Parameters:
  ///   - stride: floats from a row to the next, of y and of the slopes.
  ///   - slopes: as in ``run(_:_:rows:channels:bias:into:slopes:)``.
  static func finish<F: FusedFunction>(
    _ function: F, _ y: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int,
    slopes: UnsafeMutablePointer<Float>?
  ) {
    // Plain loops: a closure of this length would become a call for each vector.
    for row in 0..<rows {
      let values = y + row * stride
      var place = 0
      if let slopes {
        let slopes = slopes + row * stride
        limn_prefetch_for_writing(slopes + rowsAhead * stride)
        while place < columns {
          let width = min(8, columns - place)
          let (value, slope) = function.valueAndSlope(values.vector(place, width))
          values.put(value, place, width)
          slopes.put(slope, place, width)
          place += width
        }
      } else {
        while place < columns {
          let width = min(8, columns - place)
          values.put(function.value(values.vector(place, width)), place, width)
          place += width
        }
      }
    }
  }

  /// The gradient of x, and that of the bias: its sum over the rows.
  ///
  /// Rows are summed in chunks that depend on the shape alone, and the chunks in their order.
  ///
  /// - Parameter kept: y, or the slopes where the forward pass has left them.
  static func gradients<F: FusedFunction>(
    _ function: F, _ g: UnsafePointer<Float>, kept: UnsafePointer<Float>, rows: Int, channels: Int,
    into inputGradient: UnsafeMutablePointer<Float>, biasGradient: UnsafeMutablePointer<Float>
  ) throws {
    let grain = max(16, tileElements / channels)
    let chunks = (rows - 1) / grain + 1
    try Scratch.withFloats(chunks * channels) { partial in
      ThreadPool.shared.run(elements: rows, grain: grain) { range in
        let sums = partial + range.lowerBound / grain * channels
        sums.update(repeating: 0, count: channels)
        for row in range {
          let (gradient, value, to) = (g + row * channels, kept + row * channels, inputGradient + row * channels)
          forEachVector(channels) { place, width in
            let slope = gradient.vector(place, width) * function.slope(value.vector(place, width))
            to.put(slope, place, width)
            sums.put(sums.vector(place, width) + slope, place, width)
          }
        }
      }
      for channel in 0..<channels {
        var sum: Float = 0
        for chunk in 0..<chunks { sum += partial[chunk * channels + channel] }
        biasGradient[channel] = sum
      }
    }
  }
}

/// An activation for kernels that do more than that in a pass.
protocol FusedFunction {
  /// Whether slopes come from the function's input, and are therefore made, and kept, on the way forward.
  static var keepsSlopes: Bool { get }
  func value(_ x: Vector) -> Vector
  func valueAndSlope(_ x: Vector) -> (Vector, Vector)
  /// The slope where the value, or the slope that was kept, is `kept`.
  func slope(_ kept: Vector) -> Vector
}

extension FusedFunction {
  static var keepsSlopes: Bool { false }
  @inline(__always) func valueAndSlope(_ x: Vector) -> (Vector, Vector) {
    let y = value(x)
    return (y, slope(y))
  }
}

struct FusedIdentity: FusedFunction {
  @inline(__always) func value(_ x: Vector) -> Vector { x }
  @inline(__always) func slope(_ kept: Vector) -> Vector { Vector(repeating: 1) }
}

struct FusedRelu: FusedFunction {
  @inline(__always) func value(_ x: Vector) -> Vector { x.replacing(with: 0, where: x .< 0) }
  @inline(__always) func slope(_ kept: Vector) -> Vector { Vector().replacing(with: 1, where: kept .> 0) }
}

struct FusedLeakyRelu: FusedFunction {
  let slope: Float
  @inline(__always) func value(_ x: Vector) -> Vector { x.replacing(with: x * slope, where: x .< 0) }
  @inline(__always) func slope(_ kept: Vector) -> Vector {
    Vector(repeating: slope).replacing(with: 1, where: kept .> 0)
  }
}

struct FusedTanh: FusedFunction {
  @inline(__always) func value(_ x: Vector) -> Vector { VectorMath.tanh(x) }
  @inline(__always) func slope(_ kept: Vector) -> Vector { 1 - kept * kept }
}

struct FusedSigmoid: FusedFunction {
  @inline(__always) func value(_ x: Vector) -> Vector { VectorMath.sigmoid(x) }
  @inline(__always) func slope(_ kept: Vector) -> Vector { kept * (1 - kept) }
}

struct FusedGelu: FusedFunction {
  static var keepsSlopes: Bool { true }
  @inline(__always) func value(_ x: Vector) -> Vector { VectorMath.geluAndSlope(x).value }
  @inline(__always) func valueAndSlope(_ x: Vector) -> (Vector, Vector) { VectorMath.geluAndSlope(x) }
  @inline(__always) func slope(_ kept: Vector) -> Vector { kept }
}
