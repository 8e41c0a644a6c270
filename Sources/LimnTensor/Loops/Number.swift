/// An element type that arithmetic works on. Integers wrap around, floats follow IEEE.
protocol Number: TensorElement, Comparable {
  static func sum(_ a: Self, _ b: Self) -> Self
  static func difference(_ a: Self, _ b: Self) -> Self
  static func product(_ a: Self, _ b: Self) -> Self
  /// Floored for integers, with a wrapped result for the one quotient that does not fit. `b` is not an integer zero.
  static func flooredQuotient(_ a: Self, _ b: Self) -> Self
  /// With the divisor's sign. `b` is not an integer zero.
  static func modulus(_ a: Self, _ b: Self) -> Self
  static func power(_ a: Self, _ b: Self) -> Self
  static func negative(_ a: Self) -> Self
  var isNotANumber: Bool { get }
  /// The bounds that a maximum or a minimum starts from.
  static var lowest: Self { get }
  static var highest: Self { get }
  static var one: Self { get }
}

extension Number where Self: FixedWidthInteger {
  @inline(__always) static func sum(_ a: Self, _ b: Self) -> Self { a &+ b }
  @inline(__always) static func difference(_ a: Self, _ b: Self) -> Self { a &- b }
  @inline(__always) static func product(_ a: Self, _ b: Self) -> Self { a &* b }
  @inline(__always) static func negative(_ a: Self) -> Self { 0 &- a }

  @inline(__always)
  static func flooredQuotient(_ a: Self, _ b: Self) -> Self {
    let (quotient, overflow) = a.dividedReportingOverflow(by: b)
    if overflow { return quotient }
    let remainder = a &- quotient &* b
    return remainder != 0 && (remainder < 0) != (b < 0) ? quotient &- 1 : quotient
  }

  @inline(__always)
  static func modulus(_ a: Self, _ b: Self) -> Self {
    let (remainder, overflow) = a.remainderReportingOverflow(dividingBy: b)
    if overflow { return 0 }
    return remainder != 0 && (remainder < 0) != (b < 0) ? remainder &+ b : remainder
  }

  /// Zero for a negative exponent, except of one and minus one.
  static func power(_ a: Self, _ b: Self) -> Self {
    if b < 0 {
      if a == 1 { return 1 }
      if Self.isSigned, a == 0 &- 1 { return b & 1 == 0 ? 1 : a }
      return 0
    }
    var result: Self = 1
    var base = a
    var exponent = b
    while exponent > 0 {
      if exponent & 1 == 1 { result = result &* base }
      base = base &* base
      exponent >>= 1
    }
    return result
  }

  @inline(__always) var isNotANumber: Bool { false }
  static var lowest: Self { .min }
  static var highest: Self { .max }
  static var one: Self { 1 }
}

extension UInt8: Number {}
extension Int32: Number {}
extension Int64: Number {}

extension Number where Self: BinaryFloatingPoint {
  @inline(__always) static func sum(_ a: Self, _ b: Self) -> Self { a + b }
  @inline(__always) static func difference(_ a: Self, _ b: Self) -> Self { a - b }
  @inline(__always) static func product(_ a: Self, _ b: Self) -> Self { a * b }
  @inline(__always) static func negative(_ a: Self) -> Self { -a }
  @inline(__always) static func flooredQuotient(_ a: Self, _ b: Self) -> Self { (a / b).rounded(.down) }

  @inline(__always)
  static func modulus(_ a: Self, _ b: Self) -> Self {
    let remainder = a.truncatingRemainder(dividingBy: b)
    return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder
  }

  @inline(__always) var isNotANumber: Bool { self != self }
  static var lowest: Self { -.infinity }
  static var highest: Self { .infinity }
  static var one: Self { 1 }
}

extension Float: Number {
  static func power(_ a: Float, _ b: Float) -> Float { Mathematics.pow(a, b) }
}
extension Double: Number {
  static func power(_ a: Double, _ b: Double) -> Double { Mathematics.pow(a, b) }
}
