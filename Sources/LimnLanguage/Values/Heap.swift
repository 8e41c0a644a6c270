#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What an interpreter knows of the containers that it made, and how it finds cycles among them.
///
/// Reference counts free nearly everything at once. What they cannot free is garbage that refers to itself, such as a
/// closure that holds itself or a list that holds itself. Every such cycle passes through a container that the
/// language made, so the heap keeps a registry of those, and looks at them once in a while (see `collectCycles`).
///
/// The heap outlives its interpreter for as long as an object is registered in it.
final class Heap {
  /// Registered objects, unowned, in no order; an object knows its place.
  private var registry: [Unmanaged<Object>] = []
  private var registeredSinceCollection = 0
  private var threshold = Heap.firstThreshold
  private var selfReference: Unmanaged<Heap>?
  /// Called when enough objects were made that a collection is worth its time.
  var onPressure: () -> Void = {}

  /// The most bytes that values may take; nil for no limit.
  var memoryLimit: Int?
  private var allocatedSinceMeasure = 0

  /// About what an object takes besides its elements.
  static let objectSize = 64

  private static let firstThreshold = 50_000

  /// The number of registered objects.
  var liveCount: Int { registry.count }

  // MARK: Registry

  func register(_ object: Object) {
    guard object.registryIndex == 0, registry.count < Int(Int32.max) - 1 else { return }
    if registry.isEmpty, selfReference == nil { selfReference = Unmanaged.passRetained(self) }
    registry.append(Unmanaged.passUnretained(object))
    object.registryIndex = Int32(truncatingIfNeeded: registry.count)
    object.heap = self
    registeredSinceCollection += 1
    if memoryLimit != nil { noteAllocation(Heap.objectSize) }
    if registeredSinceCollection == threshold { onPressure() }
  }

  /// Hears of bytes that were allocated, where their sum is limited.
  func noteAllocation(_ bytes: Int) {
    guard let memoryLimit else { return }
    allocatedSinceMeasure += bytes
    guard allocatedSinceMeasure > memoryLimit / 8 else { return }
    allocatedSinceMeasure = 0
    onPressure()
  }

  /// Calls a function with each registered object.
  func visitObjects(_ visit: (Object) -> Void) {
    for entry in registry { visit(entry.takeUnretainedValue()) }
  }

  func forget(_ object: Object) {
    let index = Int(object.registryIndex) - 1
    guard let last = registry.popLast() else { return }
    if index < registry.count {
      registry[index] = last
      last._withUnsafeGuaranteedRef { $0.registryIndex = Int32(truncatingIfNeeded: index + 1) }
    }
    object.registryIndex = 0
    if registry.isEmpty, let reference = selfReference {
      selfReference = nil
      reference.release()
    }
  }

  // MARK: Cycles

  /// Frees garbage that refers to itself, and says how many objects that were.
  ///
  /// The way is CPython's: of each object reachable from the registry, the references that come from such objects are
  /// counted. An object with more references than that is held from outside (a register, a global, Swift), and with it
  /// all that it reaches; the others hold only each other.
  ///
  /// - Complexity: O(objects and references reachable from the registry).
  @discardableResult
  func collectCycles() -> Int {
    // The array's own reference to each object is the one that is subtracted below.
    var objects: [Object] = []
    objects.reserveCapacity(registry.count)
    for entry in registry {
      let object = entry.takeUnretainedValue()
      object.internalReferences = 0
      objects.append(object)
    }
    // Reach what is not registered: a registered object's place is known by its index, another's by a mark.
    var strangers: Set<ObjectIdentifier> = []
    var position = 0
    while position < objects.count {
      objects[position].visitReferences { value in
        guard case .object(let child) = value, child.kind.mayHoldReferences else { return }
        if child.registryIndex == 0 || child.heap !== self, strangers.insert(ObjectIdentifier(child)).inserted {
          child.internalReferences = 0
          objects.append(child)
        }
        child.internalReferences += 1
      }
      position += 1
    }
    // Counts are read through addresses: a loop over the objects themselves would hold one more reference to each.
    let addresses = objects.map { UnsafeRawPointer(Unmanaged.passUnretained($0).toOpaque()) }
    var reached: [Bool] = Array(repeating: false, count: objects.count)
    var live: [Int] = []
    for (number, address) in addresses.enumerated() {
      let object = Unmanaged<Object>.fromOpaque(address)
      let internalReferences = object._withUnsafeGuaranteedRef { Int($0.internalReferences) }
      if Int(bitPattern: swiftRetainCount(address)) - 1 > internalReferences {
        reached[number] = true
        live.append(number)
      }
      // From here on an object knows its number instead.
      object._withUnsafeGuaranteedRef { $0.internalReferences = Int32(truncatingIfNeeded: number) }
    }
    while let number = live.popLast() {
      objects[number].visitReferences { value in
        guard case .object(let child) = value, child.kind.mayHoldReferences else { return }
        let childNumber = Int(child.internalReferences)
        if childNumber < reached.count, objects[childNumber] === child, !reached[childNumber] {
          reached[childNumber] = true
          live.append(childNumber)
        }
      }
    }
    var freed = 0
    for (number, object) in objects.enumerated() where !reached[number] {
      object.dropReferences()
      freed += 1
    }
    objects.removeAll()
    registeredSinceCollection = 0
    threshold = max(Heap.firstThreshold, registry.count)
    return freed
  }

  // MARK: The heap of the running interpreter

  /// The heap of the interpreter that runs on this thread; nil when none does.
  static var current: Heap? {
    get { ThreadState.current.heap }
    set { ThreadState.current.heap = newValue }
  }

  // MARK: Freeing without recursion

  /// Lets go of values that a dying object holds, such that a chain of a million objects does not overflow the stack:
  /// from a certain depth on they are put aside, and freed when the outermost release comes to them.
  static func release(_ values: UnsafeMutablePointer<Value>, count: Int) {
    for index in 0..<count {
      let value = values + index
      guard value.holdsObject, value.kind.mayHoldReferences else { continue }
      releaseContainers(values + index, count: count - index)
      return
    }
  }

  private static func releaseContainers(_ values: UnsafeMutablePointer<Value>, count: Int) {
    let state = ThreadState.current
    if state.depth >= ThreadState.deepest {
      for index in 0..<count {
        guard case .object(let object) = values[index], object.kind.mayHoldReferences else { continue }
        state.pending.append(values[index])
        values[index] = .nil
      }
      return
    }
    state.depth += 1
    for index in 0..<count { values[index] = .nil }
    state.depth -= 1
    while state.depth == 0, !state.pending.isEmpty {
      state.depth = 1
      state.pending.removeLast()
      state.depth = 0
    }
  }
}

extension Object.Kind {
  /// Whether objects of this kind can be part of a cycle or of a long chain.
  @inline(__always)
  var mayHoldReferences: Bool {
    switch self {
    case .string, .range, .builtin, .error, .unset, .module, .iterator: false
    default: true
    }
  }
}

/// What belongs to the thread rather than to an interpreter.
private final class ThreadState {
  var heap: Heap?
  /// Releases of containers in progress, each within the one before.
  var depth = 0
  var pending: [Value] = []

  static let deepest = 64

  static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { state in
      #if canImport(Darwin)
        Unmanaged<ThreadState>.fromOpaque(state).release()
      #else
        if let state { Unmanaged<ThreadState>.fromOpaque(state).release() }
      #endif
    }
    return key
  }()

  static var current: ThreadState {
    if let pointer = pthread_getspecific(key) {
      return Unmanaged<ThreadState>.fromOpaque(pointer).takeUnretainedValue()
    }
    let state = ThreadState()
    pthread_setspecific(key, Unmanaged.passRetained(state).toOpaque())
    return state
  }
}

/// The runtime's own count of an object's strong references.
@_silgen_name("swift_retainCount")
private func swiftRetainCount(_ object: UnsafeRawPointer) -> UInt
