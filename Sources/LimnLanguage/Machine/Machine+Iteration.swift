/// What a `for` goes through when it is not a list or a range: made anew for each loop, and finished when the loop is
/// left.
final class IteratorObject: Object {
  /// The next value, and where there are two names perhaps the second.
  private let produce: () throws -> (Value, Value?)?
  private let finish: () -> Void

  init(_ produce: @escaping () throws -> (Value, Value?)?, finish: @escaping () -> Void = {}) {
    self.produce = produce
    self.finish = finish
    super.init(kind: .iterator)
  }

  deinit { finish() }

  func next() throws -> (Value, Value?)? { try produce() }
}

/// Where a loop is in a list, in one register: the position, and above it the count that the list began with, since a
/// list must not gain or lose elements while a loop goes through it.
enum ListPosition {
  @inline(__always)
  static func first(ofCount count: Int) -> Int { count << 32 }
  @inline(__always)
  static func index(_ packed: Int) -> Int { packed & 0xFFFF_FFFF }
  @inline(__always)
  static func count(_ packed: Int) -> Int { packed >> 32 }
}

extension Fault {
  static func listChanged() -> Fault {
    Fault(
      "changed-during-iteration", "the list gained or lost an element while a loop went through it",
      labels: [Label(.argument(0), "this list")],
      help: "go through `copy(xs)`, or gather what changes in a list of its own")
  }
}

extension Machine {
  // MARK: Loops

  /// Makes the sequence in a register ready: a list stays, with a `ListPosition` behind it; a range becomes the number of
  /// values left, its step, and the value before the first; anything else becomes an iterator.
  @inline(never)
  func startIteration(_ sequence: Register, wantsKeys: Bool) throws {
    if case .object(let object) = sequence.pointee {
      switch object.kind {
      case .list:
        let count = unsafeDowncast(object, to: ListObject.self).count
        sequence[1] = .int(ListPosition.first(ofCount: count))
        return
      case .range where !wantsKeys:
        let range = unsafeDowncast(object, to: RangeObject.self)
        sequence[2] = .int(range.lower &- range.step)
        sequence[1] = .int(range.step)
        sequence[0] = .int(range.count)
        return
      case .instance:
        if let result = try callMethod("iterate", of: sequence.pointee, []) {
          sequence.pointee = result
          try startIteration(sequence, wantsKeys: wantsKeys)
          return
        }
      default: break
      }
    }
    sequence.pointee = .object(try makeIterator(sequence.pointee, wantsKeys: wantsKeys))
  }

  /// Puts the next value or values behind the sequence; false at the end.
  @inline(never)
  func advance(_ sequence: Register, count: Int) throws -> Bool {
    switch sequence.pointee {
    case .int(let left):
      guard left > 0, case .int(let step) = sequence[1], case .int(let value) = sequence[2] else { return false }
      sequence[0] = .int(left - 1)
      sequence[2] = .int(value &+ step)
      return true
    case .object(let object) where object.kind == .list:
      let list = unsafeDowncast(object, to: ListObject.self)
      guard case .int(let packed) = sequence[1] else { return false }
      guard ListPosition.count(packed) == list.count else { throw Fault.listChanged() }
      let position = ListPosition.index(packed)
      guard position < list.count else { return false }
      sequence[1] = .int(packed + 1)
      if count == 1 {
        sequence[2] = list.storage[position]
      } else {
        try destructure(list.storage[position], sequence + 2, count: 2)
      }
      return true
    case .object(let object) where object.kind == .iterator:
      guard let (value, second) = try unsafeDowncast(object, to: IteratorObject.self).next() else { return false }
      if count == 1 {
        sequence[2] = value
      } else if let second {
        sequence[2] = value
        sequence[3] = second
      } else {
        try destructure(value, sequence + 2, count: 2)
      }
      return true
    default: return false
    }
  }

  /// The bounds of a `for` over a range that are not plain ints: one-element tensors serve; false when there is
  /// nothing in it.
  func startRange(_ first: Register, isClosed: Bool) throws -> Bool {
    guard case .object(let object) = try makeRange(first[0], first[1], isClosed: isClosed) else { return false }
    let range = unsafeDowncast(object, to: RangeObject.self)
    guard range.count > 0 else { return false }
    first[0] = .int(range.lower)
    first[1] = .int(isClosed ? range.upper : range.upper - 1)
    return true
  }

  func makeRange(_ lower: Value, _ upper: Value, isClosed: Bool) throws -> Value {
    let bounds = try [lower, upper].enumerated().map { index, value in
      guard let bound = try ValueType.int.converting(value)?.asInt else {
        let type = ValueText.withArticle(value.typeName)
        throw Fault(
          "type-mismatch", "a range goes from an int to an int, not to or from \(type)",
          labels: [Fault.Label(.argument(index), "this is \(type)")],
          help: value.asFloat == nil ? nil : "for floats there is `linspace`; `int(x)` makes an int")
      }
      return bound
    }
    return .range(bounds[0], bounds[1], closed: isClosed)
  }

  // MARK: Iterators

  /// An iterator over anything that can be gone through.
  func makeIterator(_ value: Value, wantsKeys: Bool) throws -> IteratorObject {
    guard case .object(let object) = value else { throw Fault.notIterable(value) }
    switch object.kind {
    case .list:
      let list = unsafeDowncast(object, to: ListObject.self)
      let count = list.count
      var position = 0
      return IteratorObject {
        guard list.count == count else { throw Fault.listChanged() }
        guard position < list.count else { return nil }
        position += 1
        return (list.storage[position - 1], nil)
      }
    case .range:
      let range = unsafeDowncast(object, to: RangeObject.self)
      var position = 0
      return IteratorObject {
        guard position < range.count else { return nil }
        position += 1
        return (.int(range[position - 1]), nil)
      }
    case .string:
      var characters = unsafeDowncast(object, to: StringObject.self).text.makeIterator()
      return IteratorObject { characters.next().map { (.string(String($0)), nil) } }
    case .map: return mapIterator(unsafeDowncast(object, to: MapObject.self), wantsKeys: wantsKeys)
    case .instance:
      if let result = try callMethod("iterate", of: value, []) { return try makeIterator(result, wantsKeys: wantsKeys) }
    case .host:
      if let iterator = try unsafeDowncast(object, to: HostObject.self).makeIterator(in: interpreter) {
        // A loop is left before its interpreter goes.
        unowned(unsafe) let interpreter = interpreter
        return IteratorObject {
          try iterator.next(in: interpreter).map { ($0, nil) }
        } finish: {
          iterator.finish(in: interpreter)
        }
      }
    default: break
    }
    throw Fault.notIterable(value)
  }

  private func mapIterator(_ map: MapObject, wantsKeys: Bool) -> IteratorObject {
    var position = 0
    let version = map.version
    return IteratorObject {
      guard map.version == version else {
        throw Fault(
          "changed-during-iteration", "the map gained or lost a key while a loop went through it",
          labels: [Fault.Label(.argument(0), "this map")],
          help: "go through `keys()`, which is a list of its own")
      }
      while position < map.entryCount {
        let entry = map.entries[position]
        position += 1
        if !entry.key.isNil { return (entry.key, wantsKeys ? entry.value : nil) }
      }
      return nil
    }
  }

  // MARK: Taking apart

  /// Puts the values of a list, or of what iterates, into so many registers.
  @inline(never)
  func destructure(_ value: Value, _ target: Register, count: Int) throws {
    var found: [Value] = []
    if let list = value.asList {
      found = list.elements
    } else if case .object(let object) = value, object.kind == .host,
      let iterator = try unsafeDowncast(object, to: HostObject.self).makeIterator(in: interpreter)
    {
      defer { iterator.finish(in: interpreter) }
      while found.count <= count, let value = try iterator.next(in: interpreter) { found.append(value) }
    } else {
      let type = ValueText.withArticle(value.typeName)
      throw Fault(
        "destructuring", "\(ValueText.count(count, "name")) cannot take \(type) apart",
        labels: [Fault.Label(.argument(0), "this is \(type)")], help: "a list of \(count) values is wanted here")
    }
    guard found.count == count else {
      let isMore = found.count > count && value.asList == nil
      let size = isMore ? "more values" : ValueText.count(found.count, "value")
      throw Fault(
        "destructuring", "\(ValueText.count(count, "name")) cannot take \(size)",
        labels: [Fault.Label(.argument(0), "this has \(isMore ? "more" : size)")])
    }
    for (index, value) in found.enumerated() { target[index] = value }
  }

  /// Calls a method of an instance's type, when it has one of that name.
  func callMethod(_ name: String, of value: Value, _ arguments: [Value]) throws -> Value? {
    guard let instance = value.asInstance, let method = instance.type.methods[name] else { return nil }
    return try call(.object(BoundMethodObject(receiver: value, function: method, name: name)), arguments, named: [])
  }
}
