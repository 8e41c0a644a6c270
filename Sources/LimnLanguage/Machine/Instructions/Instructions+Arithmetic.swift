extension Instructions {
  static func installArithmetic(_ set: (Opcode, @escaping Handler) -> Void) {
    set(.add) { Instructions.add($0, $1, $2, $3, $4, $5) }
    set(.addK) { Instructions.addK($0, $1, $2, $3, $4, $5) }
    set(.subtract) { Instructions.subtract($0, $1, $2, $3, $4, $5) }
    set(.subtractK) { Instructions.subtractK($0, $1, $2, $3, $4, $5) }
    set(.multiply) { Instructions.multiply($0, $1, $2, $3, $4, $5) }
    set(.multiplyK) { Instructions.multiplyK($0, $1, $2, $3, $4, $5) }
    set(.divide) { Instructions.divide($0, $1, $2, $3, $4, $5) }
    set(.divideK) { Instructions.divideK($0, $1, $2, $3, $4, $5) }
    set(.floorDivide) { Instructions.floorDivide($0, $1, $2, $3, $4, $5) }
    set(.floorDivideK) { Instructions.floorDivideK($0, $1, $2, $3, $4, $5) }
    set(.modulo) { Instructions.modulo($0, $1, $2, $3, $4, $5) }
    set(.moduloK) { Instructions.moduloK($0, $1, $2, $3, $4, $5) }
    set(.power) { Instructions.power($0, $1, $2, $3, $4, $5) }
    set(.powerK) { Instructions.powerK($0, $1, $2, $3, $4, $5) }
    set(.negate) { Instructions.negate($0, $1, $2, $3, $4, $5) }
    set(.not) { Instructions.not($0, $1, $2, $3, $4, $5) }
  }

  // MARK: Shared

  /// An operator on two numbers; all else is left to `rare`, overflow too.
  @inline(__always)
  private static func arithmetic(
    _ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32, _ right: Register,
    ints: (Int, Int) -> (partialValue: Int, overflow: Bool), floats: (Double, Double) -> Double
  ) {
    let left = b(r, w)
    if case .float(let x) = left.pointee, case .float(let y) = right.pointee {
      let target = a(r, w)
      if target.holdsObject { return dropTarget(n, r, k, f, m, w) }
      target.initialize(to: .float(floats(x, y)))
      return run(n, r, k, f, m)
    }
    if case .int(let x) = left.pointee, case .int(let y) = right.pointee {
      let (value, overflow) = ints(x, y)
      if overflow { return rare(n, r, k, f, m, w) }
      let target = a(r, w)
      if target.holdsObject { return dropTarget(n, r, k, f, m, w) }
      target.initialize(to: .int(value))
      return run(n, r, k, f, m)
    }
    guard let x = left.number, let y = right.number else { return rare(n, r, k, f, m, w) }
    let target = a(r, w)
    if target.holdsObject { return dropTarget(n, r, k, f, m, w) }
    target.initialize(to: .float(floats(x, y)))
    return run(n, r, k, f, m)
  }

  /// `/`, which makes a float of two ints.
  @inline(__always)
  private static func divide(
    _ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32, _ right: Register
  ) {
    guard let x = b(r, w).number, let y = right.number else { return rare(n, r, k, f, m, w) }
    let target = a(r, w)
    if target.holdsObject { return dropTarget(n, r, k, f, m, w) }
    target.initialize(to: .float(x / y))
    return run(n, r, k, f, m)
  }

  /// `//` or `%` of ints: the quotient is floored, the remainder has the divisor's sign.
  @inline(__always)
  private static func floored(
    _ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32, _ right: Register, wantsQuotient: Bool
  ) {
    guard case .int(let x) = b(r, w).pointee, case .int(let y) = right.pointee, y != 0, y != -1 else {
      return rare(n, r, k, f, m, w)
    }
    let target = a(r, w)
    if target.holdsObject { return dropTarget(n, r, k, f, m, w) }
    var quotient: Int
    var remainder: Int
    if (x | y) >> 32 == 0 {
      // The processor divides 32-bit numbers in half the time.
      let (q, rest) = UInt32(truncatingIfNeeded: x).quotientAndRemainder(dividingBy: UInt32(truncatingIfNeeded: y))
      quotient = Int(q)
      remainder = Int(rest)
    } else {
      quotient = x / y
      remainder = x &- quotient &* y
      if remainder != 0, (remainder ^ y) < 0 {
        quotient &-= 1
        remainder &+= y
      }
    }
    target.initialize(to: .int(wantsQuotient ? quotient : remainder))
    return run(n, r, k, f, m)
  }

  /// Squares and square roots are most of the powers that are asked for.
  @inline(__always)
  private static func power(
    _ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32, _ right: Register
  ) {
    guard case .float(let x) = b(r, w).pointee else { return rare(n, r, k, f, m, w) }
    let result: Double
    if case .int(2) = right.pointee {
      result = x * x
    } else if case .float(0.5) = right.pointee, x > 0 {
      result = x.squareRoot()
    } else {
      return rare(n, r, k, f, m, w)
    }
    let target = a(r, w)
    if target.holdsObject { return dropTarget(n, r, k, f, m, w) }
    target.initialize(to: .float(result))
    return run(n, r, k, f, m)
  }

  // MARK: Instructions

  @inline(__always)
  static func add(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    arithmetic(n, r, k, f, m, w, c(r, w), ints: { $0.addingReportingOverflow($1) }, floats: { $0 + $1 })
  }
  @inline(__always)
  static func addK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    arithmetic(n, r, k, f, m, w, c(k, w), ints: { $0.addingReportingOverflow($1) }, floats: { $0 + $1 })
  }
  @inline(__always)
  static func subtract(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    arithmetic(n, r, k, f, m, w, c(r, w), ints: { $0.subtractingReportingOverflow($1) }, floats: { $0 - $1 })
  }
  @inline(__always)
  static func subtractK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    arithmetic(n, r, k, f, m, w, c(k, w), ints: { $0.subtractingReportingOverflow($1) }, floats: { $0 - $1 })
  }
  @inline(__always)
  static func multiply(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    arithmetic(n, r, k, f, m, w, c(r, w), ints: { $0.multipliedReportingOverflow(by: $1) }, floats: { $0 * $1 })
  }
  @inline(__always)
  static func multiplyK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    arithmetic(n, r, k, f, m, w, c(k, w), ints: { $0.multipliedReportingOverflow(by: $1) }, floats: { $0 * $1 })
  }
  @inline(__always)
  static func divide(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    divide(n, r, k, f, m, w, c(r, w))
  }
  @inline(__always)
  static func divideK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    divide(n, r, k, f, m, w, c(k, w))
  }
  @inline(__always)
  static func floorDivide(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    floored(n, r, k, f, m, w, c(r, w), wantsQuotient: true)
  }
  @inline(__always)
  static func floorDivideK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    floored(n, r, k, f, m, w, c(k, w), wantsQuotient: true)
  }
  @inline(__always)
  static func modulo(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    floored(n, r, k, f, m, w, c(r, w), wantsQuotient: false)
  }
  @inline(__always)
  static func moduloK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    floored(n, r, k, f, m, w, c(k, w), wantsQuotient: false)
  }
  @inline(__always)
  static func power(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    power(n, r, k, f, m, w, c(r, w))
  }
  @inline(__always)
  static func powerK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    power(n, r, k, f, m, w, c(k, w))
  }

  @inline(__always)
  static func negate(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let target = a(r, w)
    switch b(r, w).pointee {
    case .float(let x):
      if target.holdsObject { return dropTarget(n, r, k, f, m, w) }
      target.initialize(to: .float(-x))
    case .int(let x) where x != .min:
      if target.holdsObject { return dropTarget(n, r, k, f, m, w) }
      target.initialize(to: .int(-x))
    default: return rare(n, r, k, f, m, w)
    }
    return run(n, r, k, f, m)
  }

  @inline(__always)
  static func not(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    guard case .bool(let value) = b(r, w).pointee else { return rare(n, r, k, f, m, w) }
    let target = a(r, w)
    if target.holdsObject { return dropTarget(n, r, k, f, m, w) }
    target.initialize(to: .bool(!value))
    return run(n, r, k, f, m)
  }
}
