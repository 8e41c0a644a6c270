import CInstructions

extension Instructions {
  static func installArithmetic(_ set: (Opcode, Handler) -> Void) {
    set(.add, limn_handler_add())
    set(.addK, limn_handler_addK())
    set(.subtract, limn_handler_subtract())
    set(.subtractK, limn_handler_subtractK())
    set(.multiply, limn_handler_multiply())
    set(.multiplyK, limn_handler_multiplyK())
    set(.divide, limn_handler_divide())
    set(.divideK, limn_handler_divideK())
    set(.floorDivide, limn_handler_floorDivide())
    set(.floorDivideK, limn_handler_floorDivideK())
    set(.modulo, limn_handler_modulo())
    set(.moduloK, limn_handler_moduloK())
    set(.power, limn_handler_power())
    set(.powerK, limn_handler_powerK())
    set(.negate, limn_handler_negate())
    set(.not, limn_handler_not())
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

  @_silgen_name("limn_instruction_add") @usableFromInline
  static func add(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    arithmetic(n, r, k, f, m, w, c(r, w), ints: { $0.addingReportingOverflow($1) }, floats: { $0 + $1 })
  }
  @_silgen_name("limn_instruction_addK") @usableFromInline
  static func addK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    arithmetic(n, r, k, f, m, w, c(k, w), ints: { $0.addingReportingOverflow($1) }, floats: { $0 + $1 })
  }
  @_silgen_name("limn_instruction_subtract") @usableFromInline
  static func subtract(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    arithmetic(n, r, k, f, m, w, c(r, w), ints: { $0.subtractingReportingOverflow($1) }, floats: { $0 - $1 })
  }
  @_silgen_name("limn_instruction_subtractK") @usableFromInline
  static func subtractK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    arithmetic(n, r, k, f, m, w, c(k, w), ints: { $0.subtractingReportingOverflow($1) }, floats: { $0 - $1 })
  }
  @_silgen_name("limn_instruction_multiply") @usableFromInline
  static func multiply(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    arithmetic(n, r, k, f, m, w, c(r, w), ints: { $0.multipliedReportingOverflow(by: $1) }, floats: { $0 * $1 })
  }
  @_silgen_name("limn_instruction_multiplyK") @usableFromInline
  static func multiplyK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    arithmetic(n, r, k, f, m, w, c(k, w), ints: { $0.multipliedReportingOverflow(by: $1) }, floats: { $0 * $1 })
  }
  @_silgen_name("limn_instruction_divide") @usableFromInline
  static func divide(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    divide(n, r, k, f, m, w, c(r, w))
  }
  @_silgen_name("limn_instruction_divideK") @usableFromInline
  static func divideK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    divide(n, r, k, f, m, w, c(k, w))
  }
  @_silgen_name("limn_instruction_floorDivide") @usableFromInline
  static func floorDivide(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    floored(n, r, k, f, m, w, c(r, w), wantsQuotient: true)
  }
  @_silgen_name("limn_instruction_floorDivideK") @usableFromInline
  static func floorDivideK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    floored(n, r, k, f, m, w, c(k, w), wantsQuotient: true)
  }
  @_silgen_name("limn_instruction_modulo") @usableFromInline
  static func modulo(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    floored(n, r, k, f, m, w, c(r, w), wantsQuotient: false)
  }
  @_silgen_name("limn_instruction_moduloK") @usableFromInline
  static func moduloK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    floored(n, r, k, f, m, w, c(k, w), wantsQuotient: false)
  }
  @_silgen_name("limn_instruction_power") @usableFromInline
  static func power(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    power(n, r, k, f, m, w, c(r, w))
  }
  @_silgen_name("limn_instruction_powerK") @usableFromInline
  static func powerK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    power(n, r, k, f, m, w, c(k, w))
  }

  @_silgen_name("limn_instruction_negate") @usableFromInline
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

  @_silgen_name("limn_instruction_not") @usableFromInline
  static func not(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    guard case .bool(let value) = b(r, w).pointee else { return rare(n, r, k, f, m, w) }
    let target = a(r, w)
    if target.holdsObject { return dropTarget(n, r, k, f, m, w) }
    target.initialize(to: .bool(!value))
    return run(n, r, k, f, m)
  }
}
