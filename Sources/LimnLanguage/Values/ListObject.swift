/// A list. It is a reference: two names may share one list.
///
/// Elements are in raw memory rather than in a Swift array, so that the machine reads and writes one without a
/// uniqueness check.
public final class ListObject: Object {
  private(set) var storage: UnsafeMutablePointer<Value>
  public private(set) var count: Int
  private(set) var capacity: Int

  public init(_ elements: some Sequence<Value>) {
    let elements = ContiguousArray(elements)
    count = elements.count
    capacity = elements.count
    let storage = UnsafeMutablePointer<Value>.allocate(capacity: Swift.max(1, capacity))
    elements.withUnsafeBufferPointer { buffer in
      if let start = buffer.baseAddress { storage.initialize(from: start, count: buffer.count) }
    }
    self.storage = storage
    super.init(kind: .list)
    if let heap = Heap.current {
      heap.register(self)
      if capacity >= 64 { heap.noteAllocation(capacity * MemoryLayout<Value>.stride) }
    }
  }

  /// A list of values that are moved out of memory, which is left uninitialized.
  init(moving start: UnsafeMutablePointer<Value>, count: Int, heap: Heap) {
    self.count = count
    capacity = count
    storage = .allocate(capacity: Swift.max(1, count))
    storage.moveInitialize(from: start, count: count)
    super.init(kind: .list)
    heap.register(self)
  }

  /// An empty list with room.
  public convenience init(reservingCapacity capacity: Int) {
    self.init([])
    reserveCapacity(capacity)
  }

  deinit {
    Heap.release(storage, count: count)
    storage.deinitializeAll(count: count)
    storage.deallocate()
  }

  override public func visitReferences(_ visit: (Value) -> Void) {
    for index in 0..<count { visit(storage[index]) }
  }

  override func dropReferences() { removeAll() }

  /// All elements, copied.
  public var elements: [Value] {
    get { Array(UnsafeBufferPointer(start: storage, count: count)) }
    set {
      removeAll()
      append(contentsOf: newValue)
    }
  }

  public func reserveCapacity(_ wanted: Int) {
    guard wanted > capacity else { return }
    let grown = Swift.max(wanted, capacity < 4 ? 4 : capacity + capacity / 2)
    if grown >= 64 { Heap.current?.noteAllocation((grown - capacity) * MemoryLayout<Value>.stride) }
    let fresh = UnsafeMutablePointer<Value>.allocate(capacity: grown)
    fresh.moveInitialize(from: storage, count: count)
    storage.deallocate()
    storage = fresh
    capacity = grown
  }

  @inline(__always)
  public func append(_ value: Value) {
    if count == capacity { reserveCapacity(count + 1) }
    (storage + count).initialize(to: value)
    count += 1
  }

  public func append(contentsOf values: some Sequence<Value>) {
    let values = ContiguousArray(values)
    reserveCapacity(count + values.count)
    for value in values { append(value) }
  }

  /// Adds another list's elements at the end, so many times.
  func append(copying list: ListObject, times: Int = 1) {
    let added = list.count
    reserveCapacity(count + added * times)
    let source = list.storage
    var end = storage + count
    for _ in 0..<times {
      end.initialize(copying: source, count: added)
      end += added
    }
    count += added * times
  }

  /// Moves values out of memory to the list's end; the memory is left uninitialized.
  func append(moving start: UnsafeMutablePointer<Value>, count added: Int) {
    reserveCapacity(count + added)
    (storage + count).moveInitialize(from: start, count: added)
    count += added
  }

  /// Inserts at a position in `0...count`.
  public func insert(_ value: Value, at position: Int) {
    precondition(position >= 0 && position <= count)
    reserveCapacity(count + 1)
    (storage + position + 1).moveInitialize(from: storage + position, count: count - position)
    (storage + position).initialize(to: value)
    count += 1
  }

  /// Takes out the element at a position in `0..<count`.
  @discardableResult
  public func remove(at position: Int) -> Value {
    precondition(position >= 0 && position < count)
    let value = (storage + position).move()
    (storage + position).moveInitialize(from: storage + position + 1, count: count - position - 1)
    count -= 1
    return value
  }

  public func removeAll() {
    let old = storage
    let oldCount = count
    storage = .allocate(capacity: 1)
    count = 0
    capacity = 1
    old.deinitializeAll(count: oldCount)
    old.deallocate()
  }
}

extension ListObject: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { count }

  /// The element at a position in `0..<count`.
  public subscript(position: Int) -> Value {
    get {
      precondition(position >= 0 && position < count)
      return storage[position]
    }
    set {
      precondition(position >= 0 && position < count)
      storage[position] = newValue
    }
  }
}
