/// A type that a program declares: its fields in order, its methods, and how an instance is made.
public final class TypeObject: Object {
  public let name: String
  public let documentation: String?
  let fields: [Field]
  /// Sets `self`'s fields from the arguments and from the fields' initial values.
  let constructor: FunctionObject
  let methods: [String: FunctionObject]
  /// The methods in the order of their declaration, as inline caches number them.
  let methodTable: UnsafeMutablePointer<Unmanaged<FunctionObject>>
  let methodIndices: [String: Int]
  let fieldIndices: [String: Int]
  /// Distinguishes types in inline caches; never 0.
  let identity: UInt32

  struct Field: Sendable {
    var name: String
    var isMutable: Bool
    /// Whether it is a parameter of the type, which is what an instance prints.
    var isParameter: Bool
    var documentation: String?
  }

  init(
    name: String, documentation: String?, fields: [Field], constructor: FunctionObject,
    methods: [FunctionObject], identity: UInt32
  ) {
    self.name = name
    self.documentation = documentation
    self.fields = fields
    self.constructor = constructor
    self.methods = Dictionary(methods.map { ($0.name ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    methodTable = .allocate(capacity: max(1, methods.count))
    for (index, method) in methods.enumerated() { (methodTable + index).initialize(to: .passUnretained(method)) }
    methodIndices = Dictionary(
      methods.enumerated().map { ($1.name ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    self.identity = identity
    fieldIndices = Dictionary(fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    super.init(kind: .type)
  }

  deinit { methodTable.deallocate() }

  override public func visitReferences(_ visit: (Value) -> Void) {
    visit(.object(constructor))
    for method in methods.values { visit(.object(method)) }
  }

  /// Parameters, then fields, in order.
  public var fieldNames: [String] { fields.map(\.name) }
  public var methodNames: [String] { methods.keys.sorted() }
  /// The names of the parameters in order.
  public var parameterNames: [String] { constructor.parameterNames }
  /// `Point(x, y = 2)`.
  public var signature: String { constructor.prototype.signature }
}

/// An instance of a declared type. It is a reference.
public final class InstanceObject: Object {
  public let type: TypeObject
  let fields: UnsafeMutablePointer<Value>
  /// The type's, at hand.
  let methodTable: UnsafeMutablePointer<Unmanaged<FunctionObject>>

  init(type: TypeObject, unset: Value, heap: Heap) {
    self.type = type
    methodTable = type.methodTable
    fields = .allocate(capacity: max(1, type.fields.count))
    fields.initialize(repeating: unset, count: type.fields.count)
    super.init(kind: .instance)
    shape = type.identity
    heap.register(self)
  }

  deinit {
    let count = type.fields.count
    Heap.release(fields, count: count)
    fields.deinitialize(count: count)
    fields.deallocate()
  }

  override public func visitReferences(_ visit: (Value) -> Void) {
    for index in 0..<type.fields.count { visit(fields[index]) }
    visit(.object(type))
  }

  override func dropReferences() {
    for index in 0..<type.fields.count { fields[index] = .nil }
  }

  /// The value of a field; nil when there is none of that name, or it is not set yet.
  public subscript(field name: String) -> Value? {
    get {
      guard let index = type.fieldIndices[name] else { return nil }
      if case .object(let object) = fields[index], object.kind == .unset { return nil }
      return fields[index]
    }
    set {
      guard let index = type.fieldIndices[name], let newValue else { return }
      fields[index] = newValue
    }
  }

  /// Fields that are set, in order: where a model's weights are looked for.
  public var setFields: [(name: String, value: Value)] {
    type.fields.compactMap { field in self[field: field.name].map { (field.name, $0) } }
  }
}
