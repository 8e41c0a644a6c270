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
  @inline(__always) static func floor(_ x: Self) -> Self { eachLane(x) { $0.rounded(.down) } }
  @inline(__always) static func ceil(_ x: Self) -> Self { eachLane(x) { $0.rounded(.up) } }
  @inline(__always) static func round(_ x: Self) -> Self { eachLane(x) { $0.rounded(.toNearestOrEven) } }

  @inline(__always) static func exp(_ x: Self) -> Self { eachLane(x) { Float(Double.exp(Double($0))) } }
  @inline(__always) static func expMinusOne(_ x: Self) -> Self {
    eachLane(x) { Float(Double.expMinusOne(Double($0))) }
  }
  @inline(__always) static func log(_ x: Self) -> Self { eachLane(x) { Float(Double.log(Double($0))) } }
  @inline(__always) static func sin(_ x: Self) -> Self { eachLane(x) { Float(Double.sin(Double($0))) } }
  @inline(__always) static func cos(_ x: Self) -> Self { eachLane(x) { Float(Double.cos(Double($0))) } }
  @inline(__always) static func tanh(_ x: Self) -> Self { eachLane(x) { Float(Double.tanh(Double($0))) } }
  @inline(__always) static func sigmoid(_ x: Self) -> Self { eachLane(x) { Float(Double.sigmoid(Double($0))) } }
  @inline(__always) static func softplus(_ x: Self) -> Self { eachLane(x) { Float(Double.softplus(Double($0))) } }
  @inline(__always) static func normalCumulative(_ x: Self) -> Self {
    eachLane(x) { Float(Double.normalCumulative(Double($0))) }
  }
  @inline(__always) static func normalDensity(_ x: Self) -> Self {
    eachLane(x) { Float(Double.normalDensity(Double($0))) }
  }

  @inline(__always)
  private static func eachLane(_ x: Self, _ function: (Float) -> Float) -> Self {
    var result = x
    for lane in 0..<8 { result[lane] = function(x[lane]) }
    return result
  }
}
