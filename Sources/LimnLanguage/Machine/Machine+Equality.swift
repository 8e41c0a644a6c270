extension Machine {
  /// Deep equality. It goes through containers with a list of its own, so that neither depth nor cycles matter.
  func equal(_ left: Value, _ right: Value) throws -> Bool {
    if let result = shallow(left, right) { return result }
    var pending = [(left, right)]
    var seen: Set<Pair> = []
    while let (left, right) = pending.popLast() {
      if let result = shallow(left, right) {
        if !result { return false }
        continue
      }
      guard case .object(let x) = left, case .object(let y) = right else {
        // A host object decides about anything: a one-element tensor may equal a number.
        guard let host = left.asHost ?? right.asHost else { return false }
        if !(try host.isEqual(to: left.asHost == nil ? left : right, in: interpreter)) { return false }
        continue
      }
      if x === y { continue }
      if x.kind == .host || y.kind == .host {
        let (host, other) = x.kind == .host ? (x, right) : (y, left)
        if !(try unsafeDowncast(host, to: HostObject.self).isEqual(to: other, in: interpreter)) { return false }
        continue
      }
      guard x.kind == y.kind else { return false }
      // Two containers that are being compared already are equal unless something else tells them apart.
      guard seen.insert(Pair(ObjectIdentifier(x), ObjectIdentifier(y))).inserted else { continue }
      guard try compare(x, y, &pending) else { return false }
    }
    return true
  }

  private struct Pair: Hashable {
    var left: ObjectIdentifier
    var right: ObjectIdentifier
    init(_ left: ObjectIdentifier, _ right: ObjectIdentifier) {
      self.left = left
      self.right = right
    }
  }

  /// Equality of what is not made of other values; nil when more must be looked at.
  @inline(__always)
  private func shallow(_ left: Value, _ right: Value) -> Bool? {
    switch (left, right) {
    case (.int(let x), .int(let y)): x == y
    case (.float(let x), .float(let y)): x == y
    case (.int(let x), .float(let y)), (.float(let y), .int(let x)):
      Arithmetic.compare(.equal, x, y).asBool
    case (.bool(let x), .bool(let y)): x == y
    case (.nil, .nil): true
    case (.object, _), (_, .object): nil
    default: false
    }
  }

  /// Compares two objects of one kind; what they contain is put on the list.
  private func compare(_ left: Object, _ right: Object, _ pending: inout [(Value, Value)]) throws -> Bool {
    switch left.kind {
    case .string:
      return unsafeDowncast(left, to: StringObject.self).text == unsafeDowncast(right, to: StringObject.self).text
    case .range:
      let x = unsafeDowncast(left, to: RangeObject.self)
      let y = unsafeDowncast(right, to: RangeObject.self)
      return x.count == y.count && (x.count == 0 || x.lower == y.lower && (x.count == 1 || x.step == y.step))
    case .list:
      let x = unsafeDowncast(left, to: ListObject.self)
      let y = unsafeDowncast(right, to: ListObject.self)
      guard x.count == y.count else { return false }
      for index in 0..<x.count {
        if let result = shallow(x.storage[index], y.storage[index]) {
          if !result { return false }
        } else {
          pending.append((x.storage[index], y.storage[index]))
        }
      }
      return true
    case .map:
      let x = unsafeDowncast(left, to: MapObject.self)
      let y = unsafeDowncast(right, to: MapObject.self)
      guard x.count == y.count else { return false }
      for (key, value) in x {
        guard let other = y[key] else { return false }
        pending.append((value, other))
      }
      return true
    case .instance:
      let x = unsafeDowncast(left, to: InstanceObject.self)
      let y = unsafeDowncast(right, to: InstanceObject.self)
      if let result = try callMethod("equal", of: .object(x), [.object(y)]) { return try condition(result) }
      guard x.type === y.type else { return false }
      for index in 0..<x.type.fields.count { pending.append((x.fields[index], y.fields[index])) }
      return true
    case .error:
      let x = unsafeDowncast(left, to: ErrorObject.self).fault
      let y = unsafeDowncast(right, to: ErrorObject.self).fault
      return x.code == y.code && x.message == y.message
    case .boundMethod:
      let x = unsafeDowncast(left, to: BoundMethodObject.self)
      let y = unsafeDowncast(right, to: BoundMethodObject.self)
      return x.function === y.function && x.receiver.isIdentical(to: y.receiver)
    default: return false
    }
  }
}
