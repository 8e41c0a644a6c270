/// What a mathematical function is written over, once for all float types: eight float32 side by side, or one float64.
///
/// A function over `Lanes` may not branch; it computes both sides and chooses with ``choose(_:_:_:)``.
protocol Lanes: Sendable {
  associatedtype Mask

  init(number: Double)
  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  static func / (a: Self, b: Self) -> Self
  static prefix func - (a: Self) -> Self
  static func less(_ a: Self, _ b: Self) -> Mask
  static func same(_ a: Self, _ b: Self) -> Mask
  static func choose(_ mask: Mask, _ a: Self, _ b: Self) -> Self
  static func exp(_ x: Self) -> Self
  /// `exp(x) - 1`, exact near zero.
  static func expMinusOne(_ x: Self) -> Self
  static func log(_ x: Self) -> Self
  static func sqrt(_ x: Self) -> Self
  static func sin(_ x: Self) -> Self
  static func cos(_ x: Self) -> Self
  static func tanh(_ x: Self) -> Self
  static func sigmoid(_ x: Self) -> Self
  /// `log(1 + exp(x))`, without overflow.
  static func softplus(_ x: Self) -> Self
  /// `x Φ(x)`, with the normal distribution's cumulative function Φ, and its slope.
  static func geluAndSlope(_ x: Self) -> (value: Self, slope: Self)
  /// The normal distribution's cumulative function.
  static func normalCumulative(_ x: Self) -> Self
  /// The normal distribution's density.
  static func normalDensity(_ x: Self) -> Self
  static func floor(_ x: Self) -> Self
  static func ceil(_ x: Self) -> Self
  /// To the nearest, ties to even.
  static func round(_ x: Self) -> Self
}

extension Double: Lanes {
  @inline(__always) init(number: Double) { self = number }
  @inline(__always) static func less(_ a: Double, _ b: Double) -> Bool { a < b }
  @inline(__always) static func same(_ a: Double, _ b: Double) -> Bool { a == b }
  @inline(__always) static func choose(_ mask: Bool, _ a: Double, _ b: Double) -> Double { mask ? a : b }
  static func exp(_ x: Double) -> Double { Mathematics.exp(x) }
  static func expMinusOne(_ x: Double) -> Double { Mathematics.expMinusOne(x) }
  static func log(_ x: Double) -> Double { Mathematics.log(x) }
  static func sqrt(_ x: Double) -> Double { x.squareRoot() }
  static func sin(_ x: Double) -> Double { Mathematics.sin(x) }
  static func cos(_ x: Double) -> Double { Mathematics.cos(x) }
  static func tanh(_ x: Double) -> Double { Mathematics.tanh(x) }
  static func sigmoid(_ x: Double) -> Double { 1 / (1 + Mathematics.exp(-x)) }
  static func softplus(_ x: Double) -> Double { max(x, 0) + Mathematics.logOfOnePlus(Mathematics.exp(-abs(x))) }
  static func geluAndSlope(_ x: Double) -> (value: Double, slope: Double) {
    if x < -40 { return (0, 0) }  // What multiplies x is zero there.
    let cumulative = normalCumulative(x)
    return (x * cumulative, x > 40 ? 1 : cumulative + x * normalDensity(x))
  }
  static func normalCumulative(_ x: Double) -> Double { 0.5 * Mathematics.erfc(-x * 0.5.squareRoot()) }
  static func normalDensity(_ x: Double) -> Double { Mathematics.exp(-0.5 * x * x) * 0.398942280401432677940 }
  @inline(__always) static func floor(_ x: Double) -> Double { x.rounded(.down) }
  @inline(__always) static func ceil(_ x: Double) -> Double { x.rounded(.up) }
  @inline(__always) static func round(_ x: Double) -> Double { x.rounded(.toNearestOrEven) }
}

extension SIMD8<Float>: Lanes {
  @inline(__always) init(number: Double) { self.init(repeating: Float(number)) }
  @inline(__always) static func less(_ a: Self, _ b: Self) -> SIMDMask<SIMD8<Int32>> { a .< b }
  @inline(__always) static func same(_ a: Self, _ b: Self) -> SIMDMask<SIMD8<Int32>> { a .== b }
  @inline(__always) static func choose(_ mask: SIMDMask<SIMD8<Int32>>, _ a: Self, _ b: Self) -> Self {
    b.replacing(with: a, where: mask)
  }
  @inline(__always) static func sqrt(_ x: Self) -> Self { x.squareRoot() }
  @inline(__always) static func floor(_ x: Self) -> Self {
    let nearest = round(x)
    return nearest - choose(less(x, nearest), Self(repeating: 1), Self(repeating: 0))
  }
  @inline(__always) static func ceil(_ x: Self) -> Self { -floor(-x) }

  /// Adding and taking away 2^23, with the sign of `x`, leaves no room for fractions. Larger numbers have none.
  @inline(__always) static func round(_ x: Self) -> Self {
    let sign = SIMD8<UInt32>(repeating: 0x8000_0000)
    let bits = unsafeBitCast(x, to: SIMD8<UInt32>.self)
    let magic = unsafeBitCast(bits & sign | SIMD8<UInt32>(repeating: 0x4B00_0000), to: Self.self)
    let magnitude = unsafeBitCast(bits & ~sign, to: Self.self)
    return choose(less(magnitude, Self(repeating: 8_388_608)), (x + magic) - magic, x)
  }

  @inline(__always) static func exp(_ x: Self) -> Self { VectorMath.exp(x) }
  @inline(__always) static func expMinusOne(_ x: Self) -> Self { VectorMath.expMinusOne(x) }
  @inline(__always) static func log(_ x: Self) -> Self { VectorMath.log(x) }
  @inline(__always) static func sin(_ x: Self) -> Self { VectorMath.sin(x) }
  @inline(__always) static func cos(_ x: Self) -> Self { VectorMath.cos(x) }
  @inline(__always) static func tanh(_ x: Self) -> Self { VectorMath.tanh(x) }
  @inline(__always) static func sigmoid(_ x: Self) -> Self { VectorMath.sigmoid(x) }
  @inline(__always) static func softplus(_ x: Self) -> Self { VectorMath.softplus(x) }
  @inline(__always) static func geluAndSlope(_ x: Self) -> (value: Self, slope: Self) { VectorMath.geluAndSlope(x) }
  @inline(__always) static func normalCumulative(_ x: Self) -> Self { VectorMath.normalCumulative(x) }
  @inline(__always) static func normalDensity(_ x: Self) -> Self { VectorMath.normalDensity(x) }
}
