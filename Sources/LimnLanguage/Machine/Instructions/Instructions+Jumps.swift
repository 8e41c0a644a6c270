import CInstructions

extension Instructions {
  static func installJumps(_ set: (Opcode, Handler) -> Void) {
    set(.jump, limn_handler_jump())
    set(.jumpIfFalse, limn_handler_jumpIfFalse())
    set(.jumpIfTrue, limn_handler_jumpIfTrue())
    set(.jumpLess, limn_handler_jumpLess())
    set(.jumpLessK, limn_handler_jumpLessK())
    set(.jumpLessOrEqual, limn_handler_jumpLessOrEqual())
    set(.jumpLessOrEqualK, limn_handler_jumpLessOrEqualK())
    set(.jumpGreater, limn_handler_jumpGreater())
    set(.jumpGreaterK, limn_handler_jumpGreaterK())
    set(.jumpGreaterOrEqual, limn_handler_jumpGreaterOrEqual())
    set(.jumpGreaterOrEqualK, limn_handler_jumpGreaterOrEqualK())
    set(.jumpEqual, limn_handler_jumpEqual())
    set(.jumpEqualK, limn_handler_jumpEqualK())
    set(.rangeStart, limn_handler_rangeStart())
    set(.rangeNext, limn_handler_rangeNext())
    set(.next, limn_handler_next())
  }

  // MARK: Shared

  /// Jumps, or does not. A jump backwards closes a loop, where the machine looks for interrupts: `rare` does.
  @inline(__always)
  private static func branch(
    _ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32, _ jumps: Bool
  ) {
    guard jumps else { return run(n + 1, r, k, f, m) }
    let distance = distance(n)
    if distance < 0, isRaised(m) { return rare(n, r, k, f, m, w) }
    return run(n + (1 + distance), r, k, f, m)
  }

  /// A jump on a comparison of two ints or two floats; C is the outcome on which it jumps.
  @inline(__always)
  private static func compare(
    _ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32, _ right: Register,
    ints: (Int, Int) -> Bool, floats: (Double, Double) -> Bool
  ) {
    let outcome: Bool
    switch a(r, w).pointee {
    case .int(let x):
      guard case .int(let y) = right.pointee else { return rare(n, r, k, f, m, w) }
      outcome = ints(x, y)
    case .float(let x):
      guard case .float(let y) = right.pointee else { return rare(n, r, k, f, m, w) }
      outcome = floats(x, y)
    default: return rare(n, r, k, f, m, w)
    }
    return branch(n, r, k, f, m, w, outcome == (w >> 24 != 0))
  }

  // MARK: Jumps

  @_silgen_name("limn_instruction_jump") @usableFromInline
  static func jump(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    branch(n, r, k, f, m, w, true)
  }
  @_silgen_name("limn_instruction_jumpIfFalse") @usableFromInline
  static func jumpIfFalse(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    guard case .bool(let value) = a(r, w).pointee else { return rare(n, r, k, f, m, w) }
    return branch(n, r, k, f, m, w, !value)
  }
  @_silgen_name("limn_instruction_jumpIfTrue") @usableFromInline
  static func jumpIfTrue(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    guard case .bool(let value) = a(r, w).pointee else { return rare(n, r, k, f, m, w) }
    return branch(n, r, k, f, m, w, value)
  }

  @_silgen_name("limn_instruction_jumpLess") @usableFromInline
  static func jumpLess(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    compare(n, r, k, f, m, w, b(r, w), ints: { $0 < $1 }, floats: { $0 < $1 })
  }
  @_silgen_name("limn_instruction_jumpLessK") @usableFromInline
  static func jumpLessK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    compare(n, r, k, f, m, w, b(k, w), ints: { $0 < $1 }, floats: { $0 < $1 })
  }
  @_silgen_name("limn_instruction_jumpLessOrEqual") @usableFromInline
  static func jumpLessOrEqual(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    compare(n, r, k, f, m, w, b(r, w), ints: { $0 <= $1 }, floats: { $0 <= $1 })
  }
  @_silgen_name("limn_instruction_jumpLessOrEqualK") @usableFromInline
  static func jumpLessOrEqualK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    compare(n, r, k, f, m, w, b(k, w), ints: { $0 <= $1 }, floats: { $0 <= $1 })
  }
  @_silgen_name("limn_instruction_jumpGreater") @usableFromInline
  static func jumpGreater(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    compare(n, r, k, f, m, w, b(r, w), ints: { $0 > $1 }, floats: { $0 > $1 })
  }
  @_silgen_name("limn_instruction_jumpGreaterK") @usableFromInline
  static func jumpGreaterK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    compare(n, r, k, f, m, w, b(k, w), ints: { $0 > $1 }, floats: { $0 > $1 })
  }
  @_silgen_name("limn_instruction_jumpGreaterOrEqual") @usableFromInline
  static func jumpGreaterOrEqual(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    compare(n, r, k, f, m, w, b(r, w), ints: { $0 >= $1 }, floats: { $0 >= $1 })
  }
  @_silgen_name("limn_instruction_jumpGreaterOrEqualK") @usableFromInline
  static func jumpGreaterOrEqualK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    compare(n, r, k, f, m, w, b(k, w), ints: { $0 >= $1 }, floats: { $0 >= $1 })
  }
  @_silgen_name("limn_instruction_jumpEqual") @usableFromInline
  static func jumpEqual(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    compare(n, r, k, f, m, w, b(r, w), ints: { $0 == $1 }, floats: { $0 == $1 })
  }
  @_silgen_name("limn_instruction_jumpEqualK") @usableFromInline
  static func jumpEqualK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    compare(n, r, k, f, m, w, b(k, w), ints: { $0 == $1 }, floats: { $0 == $1 })
  }

  // MARK: Loops

  @_silgen_name("limn_instruction_rangeStart") @usableFromInline
  static func rangeStart(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let first = a(r, w)
    guard case .int(let lower) = first.pointee, case .int(let upper) = first[1] else { return rare(n, r, k, f, m, w) }
    let isClosed = w >> 24 != 0
    guard isClosed ? lower <= upper : lower < upper else { return run(n + (1 + distance(n)), r, k, f, m) }
    if !isClosed { (first + 1).initialize(to: .int(upper &- 1)) }
    return run(n + 1, r, k, f, m)
  }

  @_silgen_name("limn_instruction_rangeNext") @usableFromInline
  static func rangeNext(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    var register = b(r, w)
    let end = register + Int(w >> 24)
    while register < end {
      if register.holdsObject { return rangeNextObject(n, r, k, f, m, w) }
      register += 1
    }
    let counter = a(r, w)
    guard case .int(let value) = counter.pointee, case .int(let last) = counter[1], value < last else {
      return run(n + 1, r, k, f, m)
    }
    if isRaised(m) { return rare(n, r, k, f, m, w) }
    counter.initialize(to: .int(value &+ 1))
    return run(n + (1 + distance(n)), r, k, f, m)
  }

  @inline(never)
  private static func rangeNextObject(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    b(r, w).clear(count: Int(w >> 24))
    return run(n - 1, r, k, f, m)
  }

  /// The next element of a list, under one name.
  @_silgen_name("limn_instruction_next") @usableFromInline
  static func next(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let sequence = a(r, w)
    guard sequence.holdsObject, sequence.kind == .list, (w >> 16) & 0xFF == 1, case .int(let packed) = sequence[1],
      !isRaised(m)
    else { return rare(n, r, k, f, m, w) }
    let (storage, count) = sequence.unretained(ListObject.self)._withUnsafeGuaranteedRef { ($0.storage, $0.count) }
    guard ListPosition.count(packed) == count else { return rare(n, r, k, f, m, w) }
    let position = ListPosition.index(packed)
    guard position < count else { return run(n + 1, r, k, f, m) }
    let element = storage + position
    let target = sequence + 2
    if element.holdsObject || target.holdsObject { return nextObject(n, r, k, f, m, w) }
    (sequence + 1).initialize(to: .int(packed &+ 1))
    target.overwrite(element)
    return run(n + (1 + distance(n)), r, k, f, m)
  }

  @inline(never)
  private static func nextObject(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let sequence = a(r, w)
    if case .int(let packed) = sequence[1] {
      let storage = sequence.unretained(ListObject.self)._withUnsafeGuaranteedRef { $0.storage }
      (sequence + 1).initialize(to: .int(packed &+ 1))
      (sequence + 2).copy(storage + ListPosition.index(packed))
    }
    return run(n + (1 + distance(n)), r, k, f, m)
  }
}
