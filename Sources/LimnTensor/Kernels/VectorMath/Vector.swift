/// Eight floats: one AVX2 register.
///
/// Written so that every operation inlines to a few instructions. `SIMD.clamped`, `.rounded(_:)` and conversions
/// between `SIMD8<Int32>` and `SIMD8<Float>` call a function per lane and cost some 80 times as much, and so do
/// comparisons of integers and operations on masks: this file has what to use instead.
typealias Vector = SIMD8<Float>

/// Copies a part of a vector.
///
/// Never inlined: a vector that is put together lane by lane turns the arithmetic around it, that of whole vectors too,
/// into arithmetic on single floats.
@inline(never)
private func copyPart(_ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ count: Int) {
  for lane in 0..<count { target[lane] = source[lane] }
}

/// The same 256 bits as integers.
typealias VectorBits = SIMD8<Int32>

extension Vector {
  /// Loads eight floats from any address.
  @inline(__always)
  init(at pointer: UnsafePointer<Float>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: Vector.self)
  }

  /// Loads eight floats from any address.
  @inline(__always)
  init(at pointer: UnsafeMutablePointer<Float>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: Vector.self)
  }

  /// Loads the first `count` floats, eight at most, and zeros beyond.
  @inline(__always)
  init(at pointer: UnsafePointer<Float>, count: Int) {
    self.init()
    withUnsafeMutablePointer(to: &self) {
      UnsafeMutableRawPointer($0).withMemoryRebound(to: Float.self, capacity: 8) { copyPart(pointer, $0, count) }
    }
  }

  /// Stores eight floats at any address.
  @inline(__always)
  func store(to pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Vector.self)
  }

  /// Stores the first `count` floats, eight at most.
  @inline(__always)
  func store(to pointer: UnsafeMutablePointer<Float>, count: Int) {
    withUnsafeBytes(of: self) {
      if let lanes = $0.bindMemory(to: Float.self).baseAddress { copyPart(lanes, pointer, count) }
    }
  }

  /// `self + a * b`, rounded once.
  @inline(__always)
  func adding(_ a: Vector, times b: Vector) -> Vector {
    addingProduct(a, b)
  }

  /// Raises or lowers to the bounds; a NaN stays.
  @inline(__always)
  func limited(from lower: Float, to upper: Float) -> Vector {
    let raised = replacing(with: lower, where: self .< lower)
    return raised.replacing(with: upper, where: raised .> upper)
  }

  @inline(__always)
  var bits: VectorBits { unsafeBitCast(self, to: VectorBits.self) }

  @inline(__always)
  init(bits: VectorBits) { self = unsafeBitCast(bits, to: Vector.self) }

  /// The absolute value, of a NaN and of negative zero too.
  @inline(__always)
  var absolute: Vector { Vector(bits: bits & VectorBits(repeating: 0x7fff_ffff)) }

  /// The absolute value with a minus: for what is subtracted, where `-` would cost an instruction.
  @inline(__always)
  var negativeMagnitude: Vector { Vector(bits: bits | VectorBits(repeating: Int32.min)) }

  /// Whether a lane is larger than `limit`, or NaN.
  @inline(__always)
  func hasMagnitude(above limit: Float) -> Bool {
    // Positive floats compare as their bits do, and infinities and NaNs have the largest.
    let differences = VectorBits(repeating: Int32(bitPattern: limit.bitPattern)) &- absolute.bits
    let pairs = unsafeBitCast(differences, to: SIMD4<UInt64>.self)
    return (pairs[0] | pairs[1] | pairs[2] | pairs[3]) & 0x8000_0000_8000_0000 != 0
  }

  /// The absolute value of this with the sign of `other`.
  @inline(__always)
  func withSign(of other: Vector) -> Vector {
    Vector(bits: absolute.bits | (other.bits & VectorBits(repeating: Int32.min)))
  }

  /// Adding this to a number of magnitude below 2²² pushes its fraction out: what remains is the nearest integer
  /// in the low bits, and subtracting it again gives that integer as a float.
  static let roundingShift: Float = 12_582_912

  /// This in the first `count` lanes, and `other` beyond.
  @inline(__always)
  func first(_ count: Int, then other: Vector = Vector()) -> Vector {
    replacing(with: other, where: Vector(0, 1, 2, 3, 4, 5, 6, 7) .>= Float(count))
  }

  /// The largest lane; none may be NaN.
  @inline(__always)
  var largest: Float {
    let four = lowHalf.replacing(with: highHalf, where: highHalf .> lowHalf)
    let two = four.lowHalf.replacing(with: four.highHalf, where: four.highHalf .> four.lowHalf)
    return two[1] > two[0] ? two[1] : two[0]
  }

  /// The sum of all lanes, in a fixed order.
  @inline(__always)
  var total: Float {
    let four = lowHalf + highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }
}

/// Value of a polynomial by Horner's rule, each step a fused multiply and add.
///
/// - Parameter coefficients: from the constant term up.
@inline(__always)
func polynomial(_ x: Vector, _ c0: Float, _ c1: Float, _ c2: Float) -> Vector {
  let y = Vector(repeating: c1).adding(Vector(repeating: c2), times: x)
  return Vector(repeating: c0).adding(y, times: x)
}

@inline(__always)
func polynomial(_ x: Vector, _ c0: Float, _ c1: Float, _ c2: Float, _ c3: Float) -> Vector {
  Vector(repeating: c0).adding(polynomial(x, c1, c2, c3), times: x)
}

@inline(__always)
func polynomial(_ x: Vector, _ c0: Float, _ c1: Float, _ c2: Float, _ c3: Float, _ c4: Float) -> Vector {
  Vector(repeating: c0).adding(polynomial(x, c1, c2, c3, c4), times: x)
}

@inline(__always)
func polynomial(
  _ x: Vector, _ c0: Float, _ c1: Float, _ c2: Float, _ c3: Float, _ c4: Float, _ c5: Float
) -> Vector {
  Vector(repeating: c0).adding(polynomial(x, c1, c2, c3, c4, c5), times: x)
}
