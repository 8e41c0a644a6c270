/// A map from strings, ints, and bools to values, in the order in which keys were first set. It is a reference.
///
/// Entries stand in order in raw memory; a table of 32-bit positions, probed linearly, finds them by hash. A removed
/// entry leaves a gap, which the next growth closes.
public final class MapObject: Object {
  struct Entry {
    /// First, so that an entry's address is its key's. A string, int, or bool; `nil` for a gap.
    var key: Value
    var hash: Int
    var value: Value
  }

  /// The number of keys.
  public private(set) var count = 0
  private(set) var entries: UnsafeMutablePointer<Entry>
  /// Entries in use, gaps included.
  private(set) var entryCount = 0
  private var capacity: Int
  /// Positions in `entries` plus one; 0 is empty. A gap's position stays, so that probing goes on past it.
  private var table: UnsafeMutablePointer<Int32>
  private var tableMask: Int
  /// Changes when keys come or go, so that a loop notices.
  private(set) var version = 0

  public convenience init() { self.init(heap: Heap.current) }

  init(heap: Heap?) {
    capacity = 4
    entries = .allocate(capacity: 4)
    tableMask = 7
    table = .allocate(capacity: 8)
    table.initialize(repeating: 0, count: 8)
    super.init(kind: .map)
    heap?.register(self)
  }

  deinit {
    for position in 0..<entryCount { Heap.release(&entries[position].value, count: 1) }
    entries.deinitialize(count: entryCount)
    entries.deallocate()
    table.deallocate()
  }

  override public func visitReferences(_ visit: (Value) -> Void) {
    for position in 0..<entryCount { visit(entries[position].value) }
  }

  override func dropReferences() { removeAll() }

  // MARK: Keys

  /// Whether a value can be a key.
  public static func isKey(_ value: Value) -> Bool {
    switch value {
    case .bool, .int: true
    case .object(let object): object.kind == .string
    default: false
    }
  }

  @inline(__always)
  private static func hash(_ key: Value) -> Int {
    switch key {
    case .int(let value):
      let product = UInt64(bitPattern: Int64(value)).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
      return Int(truncatingIfNeeded: product.low ^ product.high)
    case .bool(let value): return value ? 0x5bd1_e995 : 0x1b87_3593
    case .object(let object): return unsafeDowncast(object, to: StringObject.self).hash
    default: return 0
    }
  }

  @inline(__always)
  private static func areEqual(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.object(let left), .object(let right)):
      if left === right { return true }
      return unsafeDowncast(left, to: StringObject.self).text == unsafeDowncast(right, to: StringObject.self).text
    case (.int(let left), .int(let right)): return left == right
    case (.bool(let left), .bool(let right)): return left == right
    default: return false
    }
  }

  /// The position in `entries` of a key, or -1.
  @inline(__always)
  private func position(of key: Value, hash: Int) -> Int {
    var slot = hash & tableMask
    while true {
      let stored = Int(table[slot])
      if stored == 0 { return -1 }
      let entry = entries + (stored - 1)
      if entry.pointee.hash == hash, MapObject.areEqual(entry.pointee.key, key) { return stored - 1 }
      slot = (slot + 1) & tableMask
    }
  }

  // MARK: Reading and writing

  /// The value of a key, or nil when the map lacks it or it can be no key. Setting nil removes the key.
  public subscript(key: Value) -> Value? {
    get {
      guard MapObject.isKey(key) else { return nil }
      let position = position(of: key, hash: MapObject.hash(key))
      return position < 0 ? nil : entries[position].value
    }
    set {
      guard MapObject.isKey(key) else { return }
      if let newValue { set(key, newValue) } else { remove(key) }
    }
  }

  /// The value of a string key.
  public subscript(name: String) -> Value? {
    get { self[Value.string(name)] }
    set { self[Value.string(name)] = newValue }
  }

  /// Where the value of a key lies, for as long as the map gains no key; nil when the map lacks it.
  func place(of key: UnsafeMutablePointer<Value>) -> UnsafeMutablePointer<Value>? {
    guard key.isKey else { return nil }
    // The object is compared where it lies, without a reference to it.
    let hash = key.holdsObject ? key.unretained(StringObject.self)._withUnsafeGuaranteedRef { $0.hash }
      : MapObject.hash(key.pointee)
    var slot = hash & tableMask
    while true {
      let stored = Int(table[slot])
      if stored == 0 { return nil }
      let entry = entries + (stored - 1)
      if entry.pointee.hash == hash {
        let found = UnsafeMutableRawPointer(entry).assumingMemoryBound(to: Value.self)
        if found.isSameKey(as: key) { return withUnsafeMutablePointer(to: &entry.pointee.value) { $0 } }
      }
      slot = (slot + 1) & tableMask
    }
  }

  public func has(_ key: Value) -> Bool {
    MapObject.isKey(key) && position(of: key, hash: MapObject.hash(key)) >= 0
  }

  /// Sets a key that `isKey`.
  func set(_ key: Value, _ value: Value) {
    let hash = MapObject.hash(key)
    let found = position(of: key, hash: hash)
    if found >= 0 {
      entries[found].value = value
      return
    }
    if entryCount == capacity { grow() }
    (entries + entryCount).initialize(to: Entry(key: key, hash: hash, value: value))
    entryCount += 1
    place(entryCount, hash: hash)
    count += 1
    version &+= 1
  }

  @discardableResult
  public func remove(_ key: Value) -> Value? {
    guard MapObject.isKey(key) else { return nil }
    let position = position(of: key, hash: MapObject.hash(key))
    guard position >= 0 else { return nil }
    let value = entries[position].value
    entries[position].key = .nil
    entries[position].value = .nil
    count -= 1
    version &+= 1
    return value
  }

  public func removeAll() {
    let old = entries
    let oldCount = entryCount
    capacity = 4
    entries = .allocate(capacity: 4)
    entryCount = 0
    count = 0
    version &+= 1
    resetTable(size: 8)
    old.deinitialize(count: oldCount)
    old.deallocate()
  }

  @inline(__always)
  private func place(_ stored: Int, hash: Int) {
    var slot = hash & tableMask
    while table[slot] != 0 { slot = (slot + 1) & tableMask }
    table[slot] = Int32(truncatingIfNeeded: stored)
  }

  private func resetTable(size: Int) {
    table.deallocate()
    table = .allocate(capacity: size)
    table.initialize(repeating: 0, count: size)
    tableMask = size - 1
  }

  /// Bytes that entries and the table take.
  var storageSize: Int {
    capacity * MemoryLayout<Entry>.stride + (tableMask + 1) * MemoryLayout<Int32>.stride
  }

  /// Closes the gaps and makes room for at least one more entry.
  private func grow() {
    precondition(count < Int(Int32.max) / 2, "a map holds at most a thousand million keys")
    let newCapacity = count * 2 < capacity ? capacity : capacity * 2
    let fresh = UnsafeMutablePointer<Entry>.allocate(capacity: newCapacity)
    var kept = 0
    for position in 0..<entryCount {
      if entries[position].key.isNil {
        (entries + position).deinitialize(count: 1)
      } else {
        (fresh + kept).moveInitialize(from: entries + position, count: 1)
        kept += 1
      }
    }
    entries.deallocate()
    entries = fresh
    entryCount = kept
    capacity = newCapacity
    resetTable(size: newCapacity * 2)
    if capacity >= 64 { Heap.current?.noteAllocation(storageSize / 2) }
    for position in 0..<kept { place(position + 1, hash: fresh[position].hash) }
  }
}

extension UnsafeMutablePointer where Pointee == Value {
  /// Whether the value can be a key of a map.
  @inline(__always)
  var isKey: Bool {
    switch pointee {
    case .bool, .int: true
    case .object: kind == .string
    default: false
    }
  }

  /// Whether two keys, or a key and a gap, are equal.
  @inline(__always)
  fileprivate func isSameKey(as other: UnsafeMutablePointer<Value>) -> Bool {
    if holdsObject, other.holdsObject {
      return address == other.address
        || unretained(StringObject.self)._withUnsafeGuaranteedRef { left in
          other.unretained(StringObject.self)._withUnsafeGuaranteedRef { left.text == $0.text }
        }
    }
    switch (pointee, other.pointee) {
    case (.int(let left), .int(let right)): return left == right
    case (.bool(let left), .bool(let right)): return left == right
    default: return false
    }
  }
}

extension MapObject: Sequence {
  /// Goes through keys and values in order; the map must not gain or lose keys meanwhile.
  public func makeIterator() -> AnyIterator<(key: Value, value: Value)> {
    var position = 0
    return AnyIterator { [self] in
      while position < entryCount {
        let entry = entries[position]
        position += 1
        if !entry.key.isNil { return (entry.key, entry.value) }
      }
      return nil
    }
  }

  public var keys: [Value] { map(\.key) }
  public var values: [Value] { map(\.value) }
}
