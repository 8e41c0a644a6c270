import CInstructions

extension Instructions {
  static func installCalls(_ set: (Opcode, Handler) -> Void) {
    set(.call, limn_handler_call())
    set(.callGlobal, limn_handler_callGlobal())
    set(.callLocal, limn_handler_callLocal())
    set(.callCapture, limn_handler_callCapture())
    set(.callNamed, limn_handler_callPrepared())
    set(.callMethod, limn_handler_callMethod())
    set(.returnValue, limn_handler_returnValue())
    set(.returnNil, limn_handler_returnNil())
    set(.halt, limn_handler_halt())
  }

  // MARK: Shared

  /// Enters a function whose arguments are in place, when there is room for it; `next` is where the caller goes on.
  @inline(__always)
  private static func enter(
    _ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32, _ function: Unmanaged<FunctionObject>, next: Next
  ) {
    let base = a(r, w)
    let (entry, captures) = function._withUnsafeGuaranteedRef { ($0.entry, $0.captures) }
    guard frame(f) < context(m).pointee.lastFrame,
      base + entry.pointee.registerCount <= context(m).pointee.initializedEnd
    else { return callPrepared(n, r, k, f, m, w) }
    push(next, r, f, m, w, entry, captures)
  }

  @inline(__always)
  private static func push(
    _ next: Next, _ r: Raw, _ f: Raw, _ m: Raw, _ w: UInt32, _ entry: UnsafeMutablePointer<Prototype.Entry>,
    _ captures: Register
  ) {
    let top = frame(f) + 1
    top.initialize(
      to: Machine.Frame(next: next, registers: registers(r), result: c(r, w), entry: entry, captures: captures))
    return run(entry.pointee.code, Raw(a(r, w)), Raw(entry.pointee.constants), Raw(top), m)
  }

  /// Calls a function that its variable keeps alive while it runs, so that the window need not hold it: a local of the
  /// caller, which waits; what the caller captured; or a global, where `setGlobal` takes care.
  @inline(__always)
  private static func callBorrowed(
    _ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32, _ callee: Register
  ) {
    guard callee.holdsObject, callee.kind == .function, !isRaised(m) else { return callBuiltin(n, r, k, f, m, w) }
    let function = callee.unretained(FunctionObject.self)
    guard function._withUnsafeGuaranteedRef({ $0.entry }).pointee.borrowedCount == Int((w >> 16) & 0xFF) else {
      return callPrepared(n, r, k, f, m, w)
    }
    enter(n, r, k, f, m, w, function, next: n + 1)
  }

  // MARK: Calls

  @_silgen_name("limn_instruction_call") @usableFromInline
  static func call(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let base = a(r, w)
    guard base.holdsObject, base.kind == .function, !isRaised(m) else { return callPrepared(n, r, k, f, m, w) }
    let function = base.unretained(FunctionObject.self)
    guard function._withUnsafeGuaranteedRef({ $0.entry }).pointee.exactCount == Int((w >> 16) & 0xFF) else {
      return callPrepared(n, r, k, f, m, w)
    }
    enter(n, r, k, f, m, w, function, next: n)
  }

  @_silgen_name("limn_instruction_callGlobal") @usableFromInline
  static func callGlobal(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    callBorrowed(n, r, k, f, m, w, context(m).pointee.globals + Int(n.pointee))
  }
  @_silgen_name("limn_instruction_callLocal") @usableFromInline
  static func callLocal(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    callBorrowed(n, r, k, f, m, w, registers(r) + Int(n.pointee))
  }
  @_silgen_name("limn_instruction_callCapture") @usableFromInline
  static func callCapture(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    callBorrowed(n, r, k, f, m, w, frame(f).pointee.captures + Int(n.pointee))
  }

  @_silgen_name("limn_instruction_callMethod") @usableFromInline
  static func callMethod(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let base = a(r, w)
    guard base.holdsObject, n[1] != 0, n[3] == 0, !isRaised(m),
      base.unretained(Object.self)._withUnsafeGuaranteedRef({ $0.shape }) == n[1]
    else { return callPrepared(n, r, k, f, m, w) }
    let method = base.unretained(InstanceObject.self)._withUnsafeGuaranteedRef { $0.methodTable }[Int(n[2])]
    guard method._withUnsafeGuaranteedRef({ $0.entry }).pointee.exactCount == Int((w >> 16) & 0xFF) else {
      return callPrepared(n, r, k, f, m, w)
    }
    enter(n, r, k, f, m, w, method, next: n + 4)
  }

  /// A call through a variable, perhaps of a built-in that a global names.
  @inline(never)
  static func callBuiltin(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let callee = context(m).pointee.globals + Int(n.pointee)
    guard UInt8(truncatingIfNeeded: w) == Opcode.callGlobal.rawValue, callee.holdsObject, callee.kind == .builtin,
      !isRaised(m)
    else { return callPrepared(n, r, k, f, m, w) }
    machine(m).note(n + 1, registers(r), frame(f))
    guard machine(m).callDirectly(callee, a(r, w) + 1, count: Int((w >> 16) & 0xFF), c(r, w)) else {
      return callPrepared(n, r, k, f, m, w)
    }
    if machine(m).hasFailed { return fail(machine(m).next, r, k, f, m, w) }
    return run(n + 1, r, k, f, m)
  }

  /// Any call the long way: arguments are arranged, and what is no function of the language is called here.
  @_silgen_name("limn_instruction_callPrepared") @usableFromInline @inline(never)
  static func callPrepared(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let function = machine(m).prepare(n, registers(r), registers(k), frame(f), w)
    let next = machine(m).next
    if machine(m).hasFailed { return fail(next, r, k, f, m, w) }
    guard let function else { return run(next, r, k, f, m) }
    let (entry, captures) = function._withUnsafeGuaranteedRef { ($0.entry, $0.captures) }
    return push(next, r, f, m, w, entry, captures)
  }

  // MARK: Returns

  /// Goes back to the caller, or after a call from Swift to `halt`.
  @inline(__always)
  private static func leave(_ f: Raw, _ m: Raw) {
    let top = frame(f)
    let caller = top - 1
    return run(
      top.pointee.next, Raw(top.pointee.registers), Raw(caller.pointee.entry.pointee.constants), Raw(caller), m)
  }

  /// Whether any register that may hold an object does.
  @inline(__always)
  private static func holdsObjects(_ r: Raw, _ f: Raw) -> Bool {
    var register = registers(r)
    let end = register + frame(f).pointee.entry.pointee.heldCount
    while register < end {
      if register.holdsObject { return true }
      register += 1
    }
    return false
  }

  @_silgen_name("limn_instruction_returnValue") @usableFromInline
  static func returnValue(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let value = a(r, w)
    let result = frame(f).pointee.result
    if value.holdsObject || result.holdsObject || holdsObjects(r, f) { return returnObject(n, r, k, f, m, w) }
    result.overwrite(value)
    return leave(f, m)
  }
  @inline(never)
  private static func returnObject(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let result = frame(f).pointee.result
    // The result may replace the last reference to the function itself: `f = f()`.
    let count = frame(f).pointee.entry.pointee.heldCount
    if result != a(r, w) { result.move(a(r, w)) }
    clearWindow(r, count, except: result)
    return leave(f, m)
  }

  @_silgen_name("limn_instruction_returnNil") @usableFromInline
  static func returnNil(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let result = frame(f).pointee.result
    if result.holdsObject || holdsObjects(r, f) { return returnNilObject(n, r, k, f, m, w) }
    result.initialize(to: .nil)
    return leave(f, m)
  }
  @inline(never)
  private static func returnNilObject(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let result = frame(f).pointee.result
    let count = frame(f).pointee.entry.pointee.heldCount
    result.put(.nil)
    clearWindow(r, count, except: result)
    return leave(f, m)
  }

  /// Lets go of what a function's registers hold. The result lies below them, or for a call from Swift in the first.
  @inline(__always)
  private static func clearWindow(_ r: Raw, _ count: Int, except result: Register) {
    if result == registers(r) {
      (registers(r) + 1).clear(count: count - 1)
    } else {
      registers(r).clear(count: count)
    }
  }
}
