extension Machine {
  // MARK: One index

  /// `value[index]`.
  @inline(never)
  func subscripted(_ value: Value, _ index: Value) throws -> Value {
    guard case .object(let object) = value else { throw Fault.notSubscriptable(value) }
    switch object.kind {
    case .list:
      let list = unsafeDowncast(object, to: ListObject.self)
      if case .object(let range) = index, range.kind == .range {
        return try slice(value, bounds(unsafeDowncast(range, to: RangeObject.self)))
      }
      return list.storage[try position(index, count: list.count, in: "list")]
    case .string:
      let string = unsafeDowncast(object, to: StringObject.self)
      if case .object(let range) = index, range.kind == .range {
        return try slice(value, bounds(unsafeDowncast(range, to: RangeObject.self)))
      }
      return .string(string.character(at: try position(index, count: string.count, in: "string")))
    case .map:
      let map = unsafeDowncast(object, to: MapObject.self)
      guard MapObject.isKey(index) else { throw Fault.invalidKey(index, place: .argument(1)) }
      guard let found = map[index] else { throw missingKey(index, in: map, place: .argument(1)) }
      return found
    case .range:
      let range = unsafeDowncast(object, to: RangeObject.self)
      if case .object(let bounds) = index, bounds.kind == .range {
        return try slice(value, self.bounds(unsafeDowncast(bounds, to: RangeObject.self)))
      }
      return .int(range[try position(index, count: range.count, in: "range")])
    case .instance:
      if let result = try callMethod("index", of: value, [index]) { return result }
    case .host:
      let host = unsafeDowncast(object, to: HostObject.self)
      if let result = try host.subscripted([.index(index)], in: interpreter) { return result }
    default: break
    }
    throw Fault.notSubscriptable(value)
  }

  /// `value[index] = new`: nil when the value changed, else the changed copy.
  @inline(never)
  func setIndex(_ value: Value, _ index: Value, _ new: Value) throws -> Value? {
    guard case .object(let object) = value else { throw Fault.notSubscriptable(value) }
    switch object.kind {
    case .list:
      let list = unsafeDowncast(object, to: ListObject.self)
      list.storage[try position(index, count: list.count, in: "list")] = new
      return nil
    case .map:
      guard MapObject.isKey(index) else { throw Fault.invalidKey(index, place: .argument(1)) }
      try set(index, new, in: unsafeDowncast(object, to: MapObject.self))
      return nil
    case .string:
      throw Fault(
        "immutable-value", "a string cannot be changed", labels: [Fault.Label(.argument(0), "this is a string")],
        help: "make a new one, such as with `replace` or `join`")
    case .instance:
      if try callMethod("set_index", of: value, [index, new]) != nil { return nil }
    case .host: return try setHost(unsafeDowncast(object, to: HostObject.self), [.index(index)], new)
    default: break
    }
    throw Fault.notSubscriptable(value)
  }

  private func setHost(_ host: HostObject, _ items: [SubscriptValue], _ new: Value) throws -> Value? {
    if try host.setSubscript(items, to: new, in: interpreter) { return nil }
    if let changed = try host.settingSubscript(items, to: new, in: interpreter) { return changed }
    throw Fault.notSubscriptable(.object(host))
  }

  /// Sets a key of a map, unless that has absurdly many.
  func set(_ key: Value, _ value: Value, in map: MapObject) throws {
    if map.count >= Machine.maximumElements, !map.has(key) {
      try Machine.checkSize(map.count + 1, "a map", "keys")
    }
    map.set(key, value)
  }

  /// `map[key] = value` in a map literal.
  func setEntry(_ map: Value, _ key: Value, _ value: Value) throws {
    guard MapObject.isKey(key) else { throw Fault.invalidKey(key, place: .argument(0)) }
    if case .object(let object) = map { unsafeDowncast(object, to: MapObject.self).set(key, value) }
  }

  /// A place in a sequence, where a negative index counts from the end.
  private func position(_ index: Value, count: Int, in name: String) throws -> Int {
    guard let position = try ValueType.int.converting(index)?.asInt else {
      let type = ValueText.withArticle(index.typeName)
      throw Fault(
        "type-mismatch", "a \(name) is indexed by an int, not by \(type)",
        labels: [Fault.Label(.argument(1), "this is \(type)")])
    }
    let resolved = position < 0 ? position.addingReportingOverflow(count).partialValue : position
    guard resolved >= 0, resolved < count else {
      let size = count == 0 ? "an empty \(name)" : "a \(name) of \(count)"
      throw Fault(
        "index-out-of-range", "index \(position) is out of range for \(size)",
        labels: [
          Fault.Label(.argument(1), count == 0 ? "there is nothing in it" : "must be in \(-count)...\(count - 1)")
        ])
    }
    return resolved
  }

  // MARK: Slices and several places

  /// `value[a:b, ..., i]`, its parts in registers as the shape says.
  @inline(never)
  func subscripted(
    _ value: Value, _ prototype: Unmanaged<Prototype>, _ shape: Int, _ parts: Register
  ) throws -> Value {
    let items = try subscriptItems(prototype, shape, parts)
    guard case .object(let object) = value else { throw Fault.notSubscriptable(value) }
    switch object.kind {
    case .list, .string, .range:
      guard items.count == 1, case .slice(let lower, let upper, let step) = items[0] else {
        throw Fault(
          "invalid-subscript", "\(ValueText.withArticle(value.typeName)) takes one index or slice",
          labels: [Fault.Label(.argument(0), "this is \(ValueText.withArticle(value.typeName))")],
          help: "for a list of lists, write `x[i][j]`")
      }
      return try slice(value, Bounds(lower: lower, upper: upper, step: step ?? 1))
    case .host:
      if let result = try unsafeDowncast(object, to: HostObject.self).subscripted(items, in: interpreter) {
        return result
      }
    case .instance:
      if let result = try callMethod("index", of: value, try items.map(indexValue)) { return result }
    default: break
    }
    throw Fault.notSubscriptable(value)
  }

  @inline(never)
  func setSubscript(
    _ value: Value, _ prototype: Unmanaged<Prototype>, _ shape: Int, _ parts: Register, to new: Value
  ) throws -> Value? {
    let items = try subscriptItems(prototype, shape, parts)
    if case .object(let object) = value {
      switch object.kind {
      case .host: return try setHost(unsafeDowncast(object, to: HostObject.self), items, new)
      case .instance:
        if try callMethod("set_index", of: value, try items.map(indexValue) + [new]) != nil { return nil }
      case .list, .string:
        throw Fault(
          "invalid-subscript", "a slice of \(ValueText.withArticle(value.typeName)) cannot be assigned to",
          labels: [Fault.Label(.argument(0), "this is \(ValueText.withArticle(value.typeName))")],
          help: "assign to its elements in a loop, or join slices with `+`")
      default: break
      }
    }
    throw Fault.notSubscriptable(value)
  }

  /// What an instance's `index` gets for one place.
  private func indexValue(_ item: SubscriptValue) throws -> Value {
    guard case .index(let value) = item else {
      throw Fault(
        "invalid-subscript", "an instance is indexed by values, not by slices",
        labels: [Fault.Label(.argument(0), "this is an instance")])
    }
    return value
  }

  private func subscriptItems(
    _ prototype: Unmanaged<Prototype>, _ shape: Int, _ parts: Register
  ) throws -> [SubscriptValue] {
    var next = 0
    func take() -> Value {
      next += 1
      return parts[next - 1]
    }
    func bound(_ isGiven: Bool, at place: Int) throws -> Int? {
      guard isGiven else { return nil }
      let value = take()
      if value.isNil { return nil }
      guard let int = try ValueType.int.converting(value)?.asInt else {
        let type = ValueText.withArticle(value.typeName)
        throw Fault(
          "type-mismatch", "a slice's parts are ints, not \(type)",
          labels: [Fault.Label(.argument(place + 1), "this has \(type)")])
      }
      return int
    }
    let items = prototype._withUnsafeGuaranteedRef { $0.subscriptShapes[shape] }
    return try items.enumerated().map { place, item in
      switch item {
      case .index: return .index(take())
      case .ellipsis: return .ellipsis
      case .slice(let lower, let upper, let step):
        let low = try bound(lower, at: place)
        let high = try bound(upper, at: place)
        let by = try bound(step, at: place)
        if by == 0 {
          throw Fault(
            "invalid-subscript", "a slice's step cannot be zero",
            labels: [Fault.Label(.argument(place + 1), "the step is zero")])
        }
        return .slice(lower: low, upper: high, step: by)
      }
    }
  }

  // MARK: Slicing

  private struct Bounds {
    var lower: Int?
    var upper: Int?
    var step: Int
  }

  /// A range as an index means the slice of the same bounds.
  private func bounds(_ range: RangeObject) -> Bounds {
    guard range.isClosed else { return Bounds(lower: range.lower, upper: range.upper, step: range.step) }
    let forward = range.step > 0
    // What lies behind the last place: beyond -1 there is no end to name.
    let beyond = forward ? range.upper &+ 1 : range.upper &- 1
    let isEdge = forward ? range.upper == -1 || range.upper == .max : range.upper == 0 || range.upper == .min
    return Bounds(lower: range.lower, upper: isEdge ? nil : beyond, step: range.step)
  }

  private func slice(_ value: Value, _ bounds: Bounds) throws -> Value {
    let count: Int
    if let list = value.asList {
      count = list.count
    } else if let range = value.asRange {
      count = range.count
    } else if case .object(let object) = value, let string = object as? StringObject {
      count = string.count
    } else {
      throw Fault.notSubscriptable(value)
    }
    let places = Places(bounds, count: count)
    try Machine.checkSize(places.count, "a list", "elements")
    if let list = value.asList { return .list(places.map { list[$0] }) }
    if let range = value.asRange { return .list(places.map { .int(range[$0]) }) }
    guard case .object(let object) = value, let string = object as? StringObject else {
      throw Fault.notSubscriptable(value)
    }
    if bounds.step == 1 { return .string(string.characters(places.start, places.start + places.count)) }
    let characters = Array(string.text)
    return .string(String(places.map { characters[$0] }))
  }

  /// The places that a slice names, with bounds clamped and negative ones counted from the end, as Python has it.
  private struct Places: Sequence, IteratorProtocol {
    let start: Int
    let count: Int
    private let step: Int
    private var index = 0

    init(_ bounds: Bounds, count total: Int) {
      func clamp(_ bound: Int, _ low: Int, _ high: Int) -> Int {
        let resolved = bound < 0 ? bound.addingReportingOverflow(total).partialValue : bound
        return Swift.min(Swift.max(resolved, low), high)
      }
      // A longer step than the sequence skips no more.
      let longest = Swift.max(1, total)
      step = Swift.min(Swift.max(bounds.step, -longest), longest)
      let distance: Int
      if step > 0 {
        start = bounds.lower.map { clamp($0, 0, total) } ?? 0
        distance = (bounds.upper.map { clamp($0, 0, total) } ?? total) - start
      } else {
        start = bounds.lower.map { clamp($0, -1, total - 1) } ?? total - 1
        distance = start - (bounds.upper.map { clamp($0, -1, total - 1) } ?? -1)
      }
      count = distance > 0 ? (distance - 1) / Swift.abs(step) + 1 : 0
    }

    mutating func next() -> Int? {
      guard index < count else { return nil }
      defer { index += 1 }
      return start + index * step
    }
  }
}
