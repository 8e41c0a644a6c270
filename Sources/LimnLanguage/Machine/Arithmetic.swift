#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Operators on numbers.
enum Arithmetic {
  /// An operator on two ints; nil when ints have none of that name. Throws on overflow and on a zero divisor.
  static func ints(_ operation: BinaryOperator, _ x: Int, _ y: Int) throws -> Value? {
    let result: (partialValue: Int, overflow: Bool)
    switch operation {
    case .add: result = x.addingReportingOverflow(y)
    case .subtract: result = x.subtractingReportingOverflow(y)
    case .multiply: result = x.multipliedReportingOverflow(by: y)
    case .divide: return .float(Double(x) / Double(y))
    case .floorDivide:
      if y == 0 { throw Fault.divisionByZero("//") }
      result = x.dividedReportingOverflow(by: y)
      if !result.overflow, x % y != 0, (x < 0) != (y < 0) { return .int(result.partialValue - 1) }
    case .modulo:
      if y == 0 { throw Fault.divisionByZero("%") }
      if y == -1 { return .int(0) }
      let remainder = x % y
      return .int(remainder != 0 && (remainder < 0) != (y < 0) ? remainder + y : remainder)
    case .power:
      if y < 0 { return .float(pow(Double(x), Double(y))) }
      result = power(x, y)
    case .equal: return .bool(x == y)
    case .notEqual: return .bool(x != y)
    case .less: return .bool(x < y)
    case .lessOrEqual: return .bool(x <= y)
    case .greater: return .bool(x > y)
    case .greaterOrEqual: return .bool(x >= y)
    case .bitAnd: return .int(x & y)
    case .bitOr: return .int(x | y)
    case .bitXor: return .int(x ^ y)
    case .matrixProduct, .contained: return nil
    }
    if result.overflow { throw Fault.overflow(operation.rawValue) }
    return .int(result.partialValue)
  }

  /// By repeated squaring; the exponent is not negative.
  private static func power(_ base: Int, _ exponent: Int) -> (partialValue: Int, overflow: Bool) {
    var result = 1
    var square = base
    var rest = exponent
    while true {
      if rest & 1 == 1 {
        let (product, overflow) = result.multipliedReportingOverflow(by: square)
        if overflow { return (0, true) }
        result = product
      }
      rest >>= 1
      if rest == 0 { return (result, false) }
      let (product, overflow) = square.multipliedReportingOverflow(by: square)
      // The powers of 0, 1, and -1 never get here with an overflow; any other base has one in the result too.
      if overflow { return (0, true) }
      square = product
    }
  }

  /// An operator on two floats; nil when floats have none of that name.
  static func floats(_ operation: BinaryOperator, _ x: Double, _ y: Double) -> Value? {
    switch operation {
    case .add: .float(x + y)
    case .subtract: .float(x - y)
    case .multiply: .float(x * y)
    case .divide: .float(x / y)
    case .floorDivide: .float(floorDivided(x, y))
    case .modulo: .float(modulo(x, y))
    case .power: .float(pow(x, y))
    case .equal: .bool(x == y)
    case .notEqual: .bool(x != y)
    case .less: .bool(x < y)
    case .lessOrEqual: .bool(x <= y)
    case .greater: .bool(x > y)
    case .greaterOrEqual: .bool(x >= y)
    default: nil
    }
  }

  /// The quotient, floored before it is rounded: `1.0 // 0.1` is 9, since 0.1 is a little more than a tenth.
  private static func floorDivided(_ x: Double, _ y: Double) -> Double {
    let remainder = fmod(x, y)
    guard y != 0, x.isFinite, !remainder.isNaN else { return (x / y).rounded(.down) }
    var quotient = (x - remainder) / y
    if remainder != 0, (remainder < 0) != (y < 0) { quotient -= 1 }
    // The quotient is whole but for rounding.
    let floor = quotient.rounded(.down)
    let result = quotient - floor > 0.5 ? floor + 1 : floor
    return result == 0 ? Double(signOf: x / y, magnitudeOf: 0) : result
  }

  /// The remainder that has the divisor's sign.
  private static func modulo(_ x: Double, _ y: Double) -> Double {
    let remainder = fmod(x, y)
    if remainder == 0 { return Double(signOf: y, magnitudeOf: remainder) }
    return (remainder < 0) != (y < 0) ? remainder + y : remainder
  }

  /// An int compared with a float, exactly: not every int is a float.
  static func compare(_ operation: BinaryOperator, _ x: Int, _ y: Double) -> Value {
    if y.isNaN { return .bool(operation == .notEqual) }
    let order = self.order(x, y)
    return switch operation {
    case .equal: .bool(order == 0)
    case .notEqual: .bool(order != 0)
    case .less: .bool(order < 0)
    case .lessOrEqual: .bool(order <= 0)
    case .greater: .bool(order > 0)
    default: .bool(order >= 0)
    }
  }

  /// -1, 0, or 1 as the int is less than, equal to, or greater than the float, which is a number.
  private static func order(_ x: Int, _ y: Double) -> Int {
    if y >= 0x1p63 { return -1 }
    if y < -0x1p63 { return 1 }
    let whole = y.rounded(.towardZero)
    let truncated = Int(whole)
    if x != truncated { return x < truncated ? -1 : 1 }
    return y > whole ? -1 : y < whole ? 1 : 0
  }
}
