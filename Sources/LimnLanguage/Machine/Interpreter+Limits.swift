extension Interpreter {
  /// What a program may use up, besides the time that `setDeadline` gives it. Nothing in the program can catch the fault
  /// that ends it.
  public struct Limits: Sendable, Hashable {
    /// Turns of loops and calls of functions, from the moment on at which the limit is set; nil for as many as it
    /// takes. The same program takes the same number each time. Beyond them it ends with `steps-exceeded`.
    ///
    /// A built-in function counts as one, whatever it does: those that go through values are bounded by `memory`.
    public var steps: Int?

    /// Bytes of the language's values: lists, maps, instances, functions, strings. Nil for as many as the machine has.
    ///
    /// They are counted now and then, after an eighth of the limit has been allocated, and a program that holds more
    /// ends with `memory-exceeded`. A built-in that would make a greater value throws `too-large` instead. What host
    /// objects keep for themselves is not counted.
    public var memory: Int?

    public init(steps: Int? = nil, memory: Int? = nil) {
      self.steps = steps
      self.memory = memory
    }
  }
}

extension Machine {
  /// Takes limits over, and counts from here on.
  func apply(_ limits: Interpreter.Limits) {
    heap.memoryLimit = limits.memory
    stepsLeft = limits.steps ?? .max
    if limits.steps == nil {
      signal.clear(InterruptSignal.Request.count)
    } else {
      signal.raise(InterruptSignal.Request.count)
    }
  }

  /// Bytes that the language's values take: containers, and strings that they, globals, or registers hold.
  func memoryInUse() -> Int {
    var strings: Set<ObjectIdentifier> = []
    var total = 0
    func add(_ value: Value) {
      guard case .object(let object) = value, object.kind == .string, strings.insert(ObjectIdentifier(object)).inserted
      else { return }
      total += Heap.objectSize + unsafeDowncast(object, to: StringObject.self).text.utf8.count
    }
    heap.visitObjects { object in
      total += Heap.objectSize + object.elementsSize
      object.visitReferences(add)
    }
    visitRoots(add)
    return total
  }
}

extension Object {
  /// Bytes that a container's elements take.
  fileprivate var elementsSize: Int {
    let value = MemoryLayout<Value>.stride
    return switch kind {
    case .list: unsafeDowncast(self, to: ListObject.self).capacity * value
    case .map: unsafeDowncast(self, to: MapObject.self).storageSize
    case .instance: unsafeDowncast(self, to: InstanceObject.self).type.fields.count * value
    case .function: unsafeDowncast(self, to: FunctionObject.self).prototype.captureCount * value
    default: 0
    }
  }
}
