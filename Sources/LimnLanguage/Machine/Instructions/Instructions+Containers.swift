import CInstructions

extension Instructions {
  static func installContainers(_ set: (Opcode, Handler) -> Void) {
    set(.getIndex, limn_handler_getIndex())
    set(.getIndexGlobal, limn_handler_getIndexGlobal())
    set(.setIndex, limn_handler_setIndex())
    set(.setIndexK, limn_handler_setIndexK())
    set(.jumpContained, limn_handler_jumpContained())
    set(.getMember, limn_handler_getMember())
    set(.setMember, limn_handler_setMember())
    set(.getField, limn_handler_getField())
    set(.setField, limn_handler_setField())
  }

  // MARK: Shared

  /// Where an index of a list in range lies; nil for all else.
  @inline(__always)
  private static func place(_ indexed: Register, _ index: Register) -> Register? {
    guard indexed.holdsObject, indexed.kind == .list, case .int(let position) = index.pointee else { return nil }
    let (storage, count) = indexed.unretained(ListObject.self)._withUnsafeGuaranteedRef { ($0.storage, $0.count) }
    guard UInt(bitPattern: position) < UInt(bitPattern: count) else { return nil }
    return storage + position
  }

  @inline(__always)
  private static func isMap(_ register: Register) -> Bool { register.holdsObject && register.kind == .map }

  /// Where a key's value lies in a map; nil when the map lacks it, and for all else.
  @inline(never)
  private static func entry(_ map: Register, _ key: Register) -> Register? {
    map.unretained(MapObject.self)._withUnsafeGuaranteedRef { $0.place(of: key) }
  }

  // MARK: Indices

  @_silgen_name("limn_instruction_getIndex") @usableFromInline
  static func getIndex(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    guard let source = place(b(r, w), c(r, w)) else { return getIndexObject(n, r, k, f, m, w) }
    let target = a(r, w)
    if source.holdsObject || target.holdsObject { return getIndexObject(n, r, k, f, m, w) }
    target.overwrite(source)
    return run(n, r, k, f, m)
  }
  @inline(never)
  private static func getIndexObject(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let indexed = b(r, w)
    let index = c(r, w)
    if let source = place(indexed, index) ?? (isMap(indexed) ? entry(indexed, index) : nil) {
      a(r, w).copy(source)
      return run(n, r, k, f, m)
    }
    return rare(n, r, k, f, m, w)
  }

  @_silgen_name("limn_instruction_getIndexGlobal") @usableFromInline
  static func getIndexGlobal(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    guard let source = place(context(m).pointee.globals + Int(n.pointee), c(r, w)) else {
      return getIndexGlobalObject(n, r, k, f, m, w)
    }
    let target = a(r, w)
    if source.holdsObject || target.holdsObject { return getIndexGlobalObject(n, r, k, f, m, w) }
    target.overwrite(source)
    return run(n + 1, r, k, f, m)
  }
  @inline(never)
  private static func getIndexGlobalObject(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let indexed = context(m).pointee.globals + Int(n.pointee)
    let index = c(r, w)
    if let source = place(indexed, index) ?? (isMap(indexed) ? entry(indexed, index) : nil) {
      a(r, w).copy(source)
      return run(n + 1, r, k, f, m)
    }
    return rare(n, r, k, f, m, w)
  }

  @inline(__always)
  private static func setIndex(
    _ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32, _ value: Register, slow: Slow
  ) {
    guard let target = place(a(r, w), b(r, w)), !value.holdsObject, !target.holdsObject else {
      return slow(n, r, k, f, m, w)
    }
    target.overwrite(value)
    return run(n + (1 + distance(n)), r, k, f, m)
  }
  @_silgen_name("limn_instruction_setIndex") @usableFromInline
  static func setIndex(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    setIndex(n, r, k, f, m, w, c(r, w), slow: setIndexObject)
  }
  @_silgen_name("limn_instruction_setIndexK") @usableFromInline
  static func setIndexK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    setIndex(n, r, k, f, m, w, c(k, w), slow: setIndexObjectK)
  }
  @inline(never)
  private static func setIndexObject(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    guard let target = place(a(r, w), b(r, w)) ?? (isMap(a(r, w)) ? entry(a(r, w), b(r, w)) : nil) else {
      return rare(n, r, k, f, m, w)
    }
    target.copy(c(r, w))
    return run(n + (1 + distance(n)), r, k, f, m)
  }
  @inline(never)
  private static func setIndexObjectK(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    guard let target = place(a(r, w), b(r, w)) ?? (isMap(a(r, w)) ? entry(a(r, w), b(r, w)) : nil) else {
      return rare(n, r, k, f, m, w)
    }
    target.copy(c(k, w))
    return run(n + (1 + distance(n)), r, k, f, m)
  }

  /// `key in map`, as a condition.
  @_silgen_name("limn_instruction_jumpContained") @usableFromInline
  static func jumpContained(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let map = b(r, w)
    let key = a(r, w)
    guard isMap(map), key.isKey else { return rare(n, r, k, f, m, w) }
    guard (entry(map, key) != nil) == (w >> 24 != 0) else { return run(n + 1, r, k, f, m) }
    let distance = distance(n)
    if distance < 0, isRaised(m) { return rare(n, r, k, f, m, w) }
    return run(n + (1 + distance), r, k, f, m)
  }

  // MARK: Members

  /// Where the member that the cache knows lies; nil when the owner is of another type.
  @inline(__always)
  private static func member(_ owner: Register, _ n: Next) -> Register? {
    guard owner.holdsObject else { return nil }
    let shape = owner.unretained(Object.self)._withUnsafeGuaranteedRef { $0.shape }
    guard shape == n[1], shape != 0 else { return nil }
    return owner.unretained(InstanceObject.self)._withUnsafeGuaranteedRef { $0.fields } + Int(n[2])
  }
  @inline(__always)
  private static func field(_ owner: Register, _ w: UInt32) -> Register {
    c(Raw(owner.unretained(InstanceObject.self)._withUnsafeGuaranteedRef { $0.fields }), w)
  }

  @_silgen_name("limn_instruction_getMember") @usableFromInline
  static func getMember(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let target = a(r, w)
    guard let source = member(b(r, w), n), !source.holdsObject, !target.holdsObject else {
      return getMemberObject(n, r, k, f, m, w)
    }
    target.overwrite(source)
    return run(n + 3, r, k, f, m)
  }
  @inline(never)
  private static func getMemberObject(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    guard let source = member(b(r, w), n), !source.isUnset else { return rare(n, r, k, f, m, w) }
    a(r, w).copy(source)
    return run(n + 3, r, k, f, m)
  }

  @_silgen_name("limn_instruction_setMember") @usableFromInline
  static func setMember(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let value = b(r, w)
    guard let target = member(a(r, w), n), !value.holdsObject, !target.holdsObject else {
      return setMemberObject(n, r, k, f, m, w)
    }
    target.overwrite(value)
    return run(n + 3, r, k, f, m)
  }
  @inline(never)
  private static func setMemberObject(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    guard let target = member(a(r, w), n) else { return rare(n, r, k, f, m, w) }
    target.copy(b(r, w))
    return run(n + 3, r, k, f, m)
  }

  @_silgen_name("limn_instruction_getField") @usableFromInline
  static func getField(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let source = field(b(r, w), w)
    let target = a(r, w)
    if source.holdsObject || target.holdsObject { return getFieldObject(n, r, k, f, m, w) }
    target.overwrite(source)
    return run(n, r, k, f, m)
  }
  @inline(never)
  private static func getFieldObject(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let source = field(b(r, w), w)
    if source.isUnset { return rare(n, r, k, f, m, w) }
    a(r, w).copy(source)
    return run(n, r, k, f, m)
  }

  @_silgen_name("limn_instruction_setField") @usableFromInline
  static func setField(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    let target = field(a(r, w), w)
    let value = b(r, w)
    if value.holdsObject || target.holdsObject { return setFieldObject(n, r, k, f, m, w) }
    target.overwrite(value)
    return run(n, r, k, f, m)
  }
  @inline(never)
  private static func setFieldObject(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    field(a(r, w), w).copy(b(r, w))
    return run(n, r, k, f, m)
  }
}
