/// An element type that arithmetic works on. Integers wrap around, and operators find out by ``IntegerNumber``; floats
/// follow IEEE.
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

  static func power(_ a: Self, _ b: Self) -> Self { powerReportingOverflow(a, b).result }

  /// Zero for a negative exponent, except of one and minus one.
  static func powerReportingOverflow(_ a: Self, _ b: Self) -> (result: Self, overflow: Bool) {
    if b < 0 {
      if a == 1 { return (1, false) }
      if Self.isSigned, a == 0 &- 1 { return (b & 1 == 0 ? 1 : a, false) }
      return (0, false)
    }
    var (result, overflow): (Self, Bool) = (1, false)
    var (base, baseOverflow) = (a, false)
    var exponent = b
    while true {
      if exponent & 1 == 1 {
        let product = result.multipliedReportingOverflow(by: base)
        // A base that is no longer right counts only once it is used.
        overflow = overflow || product.overflow || baseOverflow
        result = product.partialValue
      }
      exponent >>= 1
      if exponent == 0 { return (result, overflow) }
      let square = base.multipliedReportingOverflow(by: base)
      baseOverflow = baseOverflow || square.overflow
      base = square.partialValue
    }
  }

  @inline(__always) var isNotANumber: Bool { false }
  static var lowest: Self { .min }
  static var highest: Self { .max }
  static var one: Self { 1 }
}

extension UInt8: IntegerNumber {}
extension Int32: IntegerNumber {}
extension Int64: IntegerNumber {}

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
