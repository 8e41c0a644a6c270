import CInstructions

extension Instructions {
  static func install(_ set: (Opcode, Handler) -> Void) {
    set(.loadNil, limn_handler_loadNil())
    set(.loadTrue, limn_handler_loadTrue())
    set(.loadFalse, limn_handler_loadFalse())
    set(.loadInt, limn_handler_loadInt())
    set(.loadConstant, limn_handler_loadConstant())
    set(.move, limn_handler_move())
    set(.interpolate, limn_handler_interpolate())
    set(.clear, limn_handler_clear())
    set(.getGlobal, limn_handler_getGlobal())
    set(.setGlobal, limn_handler_setGlobal())
    set(.getCell, limn_handler_getCell())
    set(.setCell, limn_handler_setCell())
    set(.getCapture, limn_handler_getCapture())
    set(.getCaptureCell, limn_handler_getCaptureCell())
    set(.setCaptureCell, limn_handler_setCaptureCell())
    installArithmetic(set)
    installJumps(set)
    installContainers(set)
    installCalls(set)
  }

  // MARK: Shared

  @inline(__always)
  private static func put(
    _ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32, _ value: Value
  ) {
    let target = a(r, w)
    if target.holdsObject { return dropTarget(n, r, k, f, m, w) }
    target.initialize(to: value)
    return run(n, r, k, f, m)
  }

  /// Copies a value where no object is involved; else `slow` does.
  @inline(__always)
  private static func copy(
    _ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32, from source: Register, to target: Register,
    slow: Slow
  ) {
    if source.holdsObject || target.holdsObject { return slow(n, r, k, f, m, w) }
    target.overwrite(source)
    return run(n, r, k, f, m)
  }

  @inline(__always)
  private static func contents(_ cell: Register) -> Register {
    cell.unretained(CellObject.self)._withUnsafeGuaranteedRef { $0.contents }
  }

  @inline(__always)
  private static func captures(_ f: Raw) -> Raw { Raw(frame(f).pointee.captures) }

  @inline(__always)
  private static func global(_ m: Raw, _ w: UInt32) -> Register { context(m).pointee.globals + Int(w >> 16) }

  // MARK: Loading

  @_silgen_name("limn_instruction_loadNil") @usableFromInline
  static func loadNil(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    put(n, r, k, f, m, w, .nil)
  }
  @_silgen_name("limn_instruction_loadTrue") @usableFromInline
  static func loadTrue(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    put(n, r, k, f, m, w, .bool(true))
  }
  @_silgen_name("limn_instruction_loadFalse") @usableFromInline
  static func loadFalse(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    put(n, r, k, f, m, w, .bool(false))
  }
  @_silgen_name("limn_instruction_loadInt") @usableFromInline
  static func loadInt(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    put(n, r, k, f, m, w, .int(Int(Int16(truncatingIfNeeded: w >> 16))))
  }

  @_silgen_name("limn_instruction_loadConstant") @usableFromInline
  static func loadConstant(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    copy(n, r, k, f, m, w, from: registers(k) + Int(w >> 16), to: a(r, w), slow: loadConstantObject)
  }
  @inline(never)
  private static func loadConstantObject(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    a(r, w).copy(registers(k) + Int(w >> 16))
    return run(n, r, k, f, m)
  }

  @_silgen_name("limn_instruction_move") @usableFromInline
  static func move(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    copy(n, r, k, f, m, w, from: b(r, w), to: a(r, w), slow: moveObject)
  }
  @inline(never)
  private static func moveObject(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    a(r, w).copy(b(r, w))
    return run(n, r, k, f, m)
  }

  @_silgen_name("limn_instruction_clear") @usableFromInline
  static func clear(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    var register = a(r, w)
    let end = register + Int((w >> 16) & 0xFF)
    while register < end {
      if register.holdsObject { return clearObjects(n, r, k, f, m, w) }
      register += 1
    }
    return run(n, r, k, f, m)
  }
  @inline(never)
  private static func clearObjects(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    a(r, w).clear(count: Int((w >> 16) & 0xFF))
    return run(n, r, k, f, m)
  }

  @_silgen_name("limn_instruction_interpolate") @usableFromInline
  static func interpolate(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    guard machine(m).interpolateShort(b(r, w), count: Int(w >> 24), a(r, w)) else { return rare(n, r, k, f, m, w) }
    return run(n, r, k, f, m)
  }

  // MARK: Variables beyond the function's own

  @_silgen_name("limn_instruction_getGlobal") @usableFromInline
  static func getGlobal(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    copy(n, r, k, f, m, w, from: global(m, w), to: a(r, w), slow: getGlobalObject)
  }
  @inline(never)
  private static func getGlobalObject(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let source = global(m, w)
    if source.isUnset { return rare(n, r, k, f, m, w) }
    a(r, w).copy(source)
    return run(n, r, k, f, m)
  }

  @_silgen_name("limn_instruction_setGlobal") @usableFromInline
  static func setGlobal(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    copy(n, r, k, f, m, w, from: a(r, w), to: global(m, w), slow: setGlobalObject)
  }
  @inline(never)
  private static func setGlobalObject(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let target = global(m, w)
    // A running function may have been called through the global, which alone keeps it.
    if target.mayRun { return rare(n, r, k, f, m, w) }
    target.copy(a(r, w))
    return run(n, r, k, f, m)
  }

  @_silgen_name("limn_instruction_getCell") @usableFromInline
  static func getCell(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    copy(n, r, k, f, m, w, from: contents(b(r, w)), to: a(r, w), slow: getCellObject)
  }
  @inline(never)
  private static func getCellObject(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    a(r, w).copy(contents(b(r, w)))
    return run(n, r, k, f, m)
  }

  @_silgen_name("limn_instruction_setCell") @usableFromInline
  static func setCell(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    copy(n, r, k, f, m, w, from: b(r, w), to: contents(a(r, w)), slow: setCellObject)
  }
  @inline(never)
  private static func setCellObject(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    contents(a(r, w)).copy(b(r, w))
    return run(n, r, k, f, m)
  }

  @_silgen_name("limn_instruction_getCapture") @usableFromInline
  static func getCapture(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    copy(n, r, k, f, m, w, from: b(captures(f), w), to: a(r, w), slow: getCaptureObject)
  }
  @inline(never)
  private static func getCaptureObject(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    a(r, w).copy(b(captures(f), w))
    return run(n, r, k, f, m)
  }

  @_silgen_name("limn_instruction_getCaptureCell") @usableFromInline
  static func getCaptureCell(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    copy(n, r, k, f, m, w, from: contents(b(captures(f), w)), to: a(r, w), slow: getCaptureCellObject)
  }
  @inline(never)
  private static func getCaptureCellObject(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    a(r, w).copy(contents(b(captures(f), w)))
    return run(n, r, k, f, m)
  }

  @_silgen_name("limn_instruction_setCaptureCell") @usableFromInline
  static func setCaptureCell(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    copy(n, r, k, f, m, w, from: b(r, w), to: contents(a(captures(f), w)), slow: setCaptureCellObject)
  }
  @inline(never)
  private static func setCaptureCellObject(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    contents(a(captures(f), w)).copy(b(r, w))
    return run(n, r, k, f, m)
  }
}
