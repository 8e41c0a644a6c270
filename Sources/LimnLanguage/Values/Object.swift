/// Base of everything that lives behind a reference: strings, ranges, lists, maps, functions, types, instances,
/// modules, errors, and host objects.
///
/// The kind is stored so that the machine can branch without a dynamic cast.
open class Object {
  public enum Kind: UInt8, Sendable {
    case string, range, list, map, function, builtin, boundMethod, composition, type, instance, module, error, host
    /// A captured variable's box; never a value that a program sees.
    case cell
    /// What a `for` goes through; never a value that a program sees.
    case iterator
    /// What an unset name or field holds; never a value that a program sees.
    case unset
  }

  public final let kind: Kind
  /// Of an instance, its type's identity, by which inline caches know it; 0 for all else.
  final var shape: UInt32 = 0
  /// References to this object from within the part of the heap that the cycle finder looks at. Meaningful only while
  /// it runs.
  final var internalReferences: Int32 = 0
  /// Where the cycle finder keeps this object, from 1; 0 when it is not registered.
  final var registryIndex: Int32 = 0
  /// The heap in which the object is registered. It outlives every object that it registers.
  final unowned(unsafe) var heap: Heap?

  init(kind: Kind) { self.kind = kind }

  deinit {
    if registryIndex != 0, let heap { heap.forget(self) }
  }

  /// The name that `type_of` gives.
  public var typeName: String {
    switch kind {
    case .string: "string"
    case .range: "range"
    case .list: "list"
    case .map: "map"
    case .function, .builtin, .boundMethod, .composition: "function"
    case .type: "type"
    case .module: "module"
    case .error: "error"
    case .instance: unsafeDowncast(self, to: InstanceObject.self).type.name
    case .host: unsafeDowncast(self, to: HostObject.self).type.name
    case .cell, .iterator, .unset: "nil"
    }
  }

  /// Whether `x(...)` means something.
  open var isCallable: Bool {
    switch kind {
    case .function, .builtin, .boundMethod, .composition, .type: true
    case .instance: unsafeDowncast(self, to: InstanceObject.self).type.methods["call"] != nil
    default: false
    }
  }

  /// Calls the visitor once for each strong reference to a value that the object stores.
  open func visitReferences(_ visit: (Value) -> Void) {}

  /// Lets go of what the object refers to; the cycle finder calls it on garbage alone.
  func dropReferences() {}
}

/// What a name holds before it is set.
final class UnsetObject: Object {
  init() { super.init(kind: .unset) }
}

/// A variable that a function captures by reference and that changes.
final class CellObject: Object {
  let contents: UnsafeMutablePointer<Value>

  init(_ value: Value) {
    contents = .allocate(capacity: 1)
    contents.initialize(to: value)
    super.init(kind: .cell)
  }

  deinit {
    Heap.release(contents, count: 1)
    contents.deinitialize(count: 1)
    contents.deallocate()
  }

  override func visitReferences(_ visit: (Value) -> Void) { visit(contents.pointee) }
  override func dropReferences() { contents.pointee = .nil }
}
