extension Instructions {
  static func installJumps(_ set: (Opcode, @escaping Handler) -> Void) {
    set(.jump) { Instructions.jump($0, $1, $2, $3, $4, $5) }
    set(.jumpIfFalse) { Instructions.jumpIfFalse($0, $1, $2, $3, $4, $5) }
    set(.jumpIfTrue) { Instructions.jumpIfTrue($0, $1, $2, $3, $4, $5) }
    set(.jumpLess) { Instructions.jumpLess($0, $1, $2, $3, $4, $5) }
    set(.jumpLessK) { Instructions.jumpLessK($0, $1, $2, $3, $4, $5) }
    set(.jumpLessOrEqual) { Instructions.jumpLessOrEqual($0, $1, $2, $3, $4, $5) }
    set(.jumpLessOrEqualK) { Instructions.jumpLessOrEqualK($0, $1, $2, $3, $4, $5) }
    set(.jumpGreater) { Instructions.jumpGreater($0, $1, $2, $3, $4, $5) }
    set(.jumpGreaterK) { Instructions.jumpGreaterK($0, $1, $2, $3, $4, $5) }
    set(.jumpGreaterOrEqual) { Instructions.jumpGreaterOrEqual($0, $1, $2, $3, $4, $5) }
    set(.jumpGreaterOrEqualK) { Instructions.jumpGreaterOrEqualK($0, $1, $2, $3, $4, $5) }
    set(.jumpEqual) { Instructions.jumpEqual($0, $1, $2, $3, $4, $5) }
    set(.jumpEqualK) { Instructions.jumpEqualK($0, $1, $2, $3, $4, $5) }
    set(.rangeStart) { Instructions.rangeStart($0, $1, $2, $3, $4, $5) }
    set(.rangeNext) { Instructions.rangeNext($0, $1, $2, $3, $4, $5) }
    set(.next) { Instructions.next($0, $1, $2, $3, $4, $5) }
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

  @inline(__always)
  static func jump(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    branch(n, r, k, f, m, w, true)
  }
  @inline(__always)
  static func jumpIfFalse(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    guard case .bool(let value) = a(r, w).pointee else { return rare(n, r, k, f, m, w) }
    return branch(n, r, k, f, m, w, !value)
  }
  @inline(__always)
  static func jumpIfTrue(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    guard case .bool(let value) = a(r, w).pointee else { return rare(n, r, k, f, m, w) }
    return branch(n, r, k, f, m, w, value)
  }

  @inline(__always)
  static func jumpLess(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    compare(n, r, k, f, m, w, b(r, w), ints: { $0 < $1 }, floats: { $0 < $1 })
  }
  @inline(__always)
  static func jumpLessK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    compare(n, r, k, f, m, w, b(k, w), ints: { $0 < $1 }, floats: { $0 < $1 })
  }
  @inline(__always)
  static func jumpLessOrEqual(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    compare(n, r, k, f, m, w, b(r, w), ints: { $0 <= $1 }, floats: { $0 <= $1 })
  }
  @inline(__always)
  static func jumpLessOrEqualK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    compare(n, r, k, f, m, w, b(k, w), ints: { $0 <= $1 }, floats: { $0 <= $1 })
  }
  @inline(__always)
  static func jumpGreater(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    compare(n, r, k, f, m, w, b(r, w), ints: { $0 > $1 }, floats: { $0 > $1 })
  }
  @inline(__always)
  static func jumpGreaterK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    compare(n, r, k, f, m, w, b(k, w), ints: { $0 > $1 }, floats: { $0 > $1 })
  }
  @inline(__always)
  static func jumpGreaterOrEqual(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    compare(n, r, k, f, m, w, b(r, w), ints: { $0 >= $1 }, floats: { $0 >= $1 })
  }
  @inline(__always)
  static func jumpGreaterOrEqualK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    compare(n, r, k, f, m, w, b(k, w), ints: { $0 >= $1 }, floats: { $0 >= $1 })
  }
  @inline(__always)
  static func jumpEqual(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    compare(n, r, k, f, m, w, b(r, w), ints: { $0 == $1 }, floats: { $0 == $1 })
  }
  @inline(__always)
  static func jumpEqualK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    compare(n, r, k, f, m, w, b(k, w), ints: { $0 == $1 }, floats: { $0 == $1 })
  }

  // MARK: Loops

  @inline(__always)
  static func rangeStart(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let first = a(r, w)
    guard case .int(let lower) = first.pointee, case .int(let upper) = first[1] else { return rare(n, r, k, f, m, w) }
    let isClosed = w >> 24 != 0
    guard isClosed ? lower <= upper : lower < upper else { return run(n + (1 + distance(n)), r, k, f, m) }
    if !isClosed { (first + 1).initialize(to: .int(upper &- 1)) }
    return run(n + 1, r, k, f, m)
  }

  @inline(__always)
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
  @inline(__always)
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
