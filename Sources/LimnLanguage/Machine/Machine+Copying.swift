extension Machine {
  /// A deep copy. What is shared within stays shared; functions, types, and modules are not copied.
  func copy(_ value: Value) throws -> Value {
    var copier = Copier(heap: heap, unset: unset)
    let result = try copier.copy(value)
    try copier.finish()
    return result
  }
}

/// Copies containers one after the other, not one within the other, so that depth does not matter.
private struct Copier {
  let heap: Heap
  let unset: Value
  private var copies: [ObjectIdentifier: Object] = [:]
  /// Copies that are still empty, with what they are copies of.
  private var pending: [(original: Object, copy: Object)] = []

  init(heap: Heap, unset: Value) {
    self.heap = heap
    self.unset = unset
  }

  mutating func copy(_ value: Value) throws -> Value {
    guard case .object(let object) = value else { return value }
    if let copy = copies[ObjectIdentifier(object)] { return .object(copy) }
    let copy: Object
    switch object.kind {
    case .list: copy = ListObject([])
    case .map: copy = MapObject(heap: heap)
    case .instance:
      copy = InstanceObject(type: unsafeDowncast(object, to: InstanceObject.self).type, unset: unset, heap: heap)
    case .composition: copy = CompositionObject(first: .nil, second: .nil)
    case .host:
      // The copy is known before its parts are copied only when it is made without them.
      copy = try unsafeDowncast(object, to: HostObject.self).copied { try self.copy($0) }
      copies[ObjectIdentifier(object)] = copy
      return .object(copy)
    default: return value
    }
    copies[ObjectIdentifier(object)] = copy
    pending.append((object, copy))
    return .object(copy)
  }

  mutating func finish() throws {
    while let (original, copy) = pending.popLast() {
      switch original.kind {
      case .list:
        let list = unsafeDowncast(copy, to: ListObject.self)
        for value in unsafeDowncast(original, to: ListObject.self) { list.append(try self.copy(value)) }
      case .map:
        let map = unsafeDowncast(copy, to: MapObject.self)
        for (key, value) in unsafeDowncast(original, to: MapObject.self) { map.set(key, try self.copy(value)) }
      case .instance:
        let source = unsafeDowncast(original, to: InstanceObject.self)
        let target = unsafeDowncast(copy, to: InstanceObject.self)
        for index in 0..<source.type.fields.count { target.fields[index] = try self.copy(source.fields[index]) }
      case .composition:
        let source = unsafeDowncast(original, to: CompositionObject.self)
        let target = unsafeDowncast(copy, to: CompositionObject.self)
        target.first = try self.copy(source.first)
        target.second = try self.copy(source.second)
      default: break
      }
    }
  }
}
