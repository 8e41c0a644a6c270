/// A function of the language: its code, and the variables that it captured.
public final class FunctionObject: Object {
  let prototype: Prototype
  /// The prototype's, at hand.
  let entry: UnsafeMutablePointer<Prototype.Entry>
  /// Captured values; variables that change are captured as cells. As many as the prototype says.
  let captures: UnsafeMutablePointer<Value>

  /// A function whose captures the caller fills in.
  init(prototype: Prototype, heap: Heap) {
    self.prototype = prototype
    entry = prototype.entry
    let count = prototype.captureCount
    captures = .allocate(capacity: max(1, count))
    captures.initialize(repeating: .nil, count: count)
    super.init(kind: .function)
    if count > 0 { heap.register(self) }
  }

  deinit {
    let count = prototype.captureCount
    Heap.release(captures, count: count)
    captures.deinitialize(count: count)
    captures.deallocate()
  }

  override public func visitReferences(_ visit: (Value) -> Void) {
    for index in 0..<prototype.captureCount { visit(captures[index]) }
  }

  override func dropReferences() {
    for index in 0..<prototype.captureCount { captures[index] = .nil }
  }

  /// The name in the declaration; nil for a short function or a block.
  public var name: String? { prototype.name }
  /// `fn name(a, b = 2)`, as it is printed.
  public var signature: String { prototype.signature }
  /// The `##` lines above the declaration.
  public var documentation: String? { prototype.documentation }
  /// The names of the parameters in order.
  public var parameterNames: [String] { prototype.parameters.map(\.name) }
  /// How many positions must be given.
  public var requiredCount: Int { prototype.requiredCount }
}

/// A function of Swift's: the bindings of one name, tried in order by the type of the first argument.
public final class BuiltinObject: Object {
  public let name: String
  private let bindings: [Binding]
  private let places: [Int]
  /// Made for the first call: a program calls few of the hundreds of built-ins.
  private(set) lazy var table: [Overload] = places.map { Overload(bindings[$0]) }

  /// A built-in whose overloads stand at some places of a table of bindings.
  init(name: String, bindings: [Binding], places: [Int]) {
    self.name = name
    self.bindings = bindings
    self.places = places
    super.init(kind: .builtin)
  }

  public var overloads: [Binding] { places.map { bindings[$0] } }

  /// The overload that takes arguments as they are, all by position; nil when that needs a closer look.
  @inline(__always)
  func overload(for arguments: UnsafeMutablePointer<Value>, count: Int) -> Unmanaged<Overload>? {
    // What a host object or an instance is accepted as does not depend on its kind alone.
    guard count > 0, !arguments.holdsObject || arguments.kind.isPlain else { return nil }
    return table.withUnsafeBufferPointer { table in
      for overload in table where overload.acceptsFirst(arguments.kindBit) {
        return overload.acceptsAsTheyAre(arguments, count: count) ? .passUnretained(overload) : nil
      }
      return nil
    }
  }
}

/// `x.f` that was taken without being called: a method with its receiver.
public final class BoundMethodObject: Object {
  var receiver: Value
  let function: Object
  let name: String

  init(receiver: Value, function: Object, name: String) {
    self.receiver = receiver
    self.function = function
    self.name = name
    super.init(kind: .boundMethod)
  }

  deinit { Heap.release(&receiver, count: 1) }
  override public func visitReferences(_ visit: (Value) -> Void) {
    visit(receiver)
    visit(.object(function))
  }
  override func dropReferences() { receiver = .nil }
}

/// `f >> g`: calls `f` with what it is given, and `g` with the result.
public final class CompositionObject: Object {
  public internal(set) var first: Value
  public internal(set) var second: Value

  init(first: Value, second: Value) {
    self.first = first
    self.second = second
    super.init(kind: .composition)
  }

  deinit {
    Heap.release(&first, count: 1)
    Heap.release(&second, count: 1)
  }

  override public func visitReferences(_ visit: (Value) -> Void) {
    visit(first)
    visit(second)
  }
  override func dropReferences() {
    first = .nil
    second = .nil
  }
}
