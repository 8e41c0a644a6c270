// What bindings use: the language's own operations on values. Each throws a `Fault`.

extension Interpreter {
  /// Calls a function, type, or other callable value, with what runs now as its caller.
  public func call(_ callee: Value, _ arguments: [Value] = [], named: [(String, Value)] = []) throws -> Value {
    try entered { try machine.call(callee, arguments, named: named) }
  }

  /// Goes through what `for` goes through; the body gives false to stop.
  public func iterate(_ sequence: Value, _ body: (Value) throws -> Bool) throws {
    try entered {
      let iterator = try machine.makeIterator(sequence, wantsKeys: false)
      while let (value, _) = try iterator.next() {
        if !(try body(value)) { return }
        try checkInterrupt()
      }
    }
  }

  /// What `len` gives.
  public func length(of value: Value) throws -> Int {
    if case .object(let object) = value {
      switch object {
      case let list as ListObject: return list.count
      case let string as StringObject: return string.count
      case let map as MapObject: return map.count
      case let range as RangeObject: return range.count
      case let host as HostObject: if let length = try host.length(in: self) { return length }
      case is InstanceObject:
        if let length = try entered({ try machine.callMethod("length", of: value, []) }) {
          guard let count = length.asInt else {
            let got = ValueText.withArticle(length.typeName)
            throw Fault(
              "type-mismatch", "`length` must give an int, not \(got)",
              labels: [.init(.argument(0), "the length of this is \(got)")])
          }
          return count
        }
      default: break
      }
    }
    let type = ValueText.withArticle(value.typeName)
    throw Fault("no-length", "\(type) has no length", labels: [Fault.Label(.argument(0), "this is \(type)")])
  }

  /// `value.name`, such as a property of a host object.
  public func member(_ name: String, of value: Value) throws -> Value {
    try entered { try machine.member(value, .string(name), cache: nil) }
  }

  /// A binary operator applied as the language applies it.
  public func binary(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws -> Value {
    try entered { try machine.binary(operation, left, right) }
  }

  /// A prefix operator applied as the language applies it.
  public func unary(_ operation: UnaryOperator, _ value: Value) throws -> Value {
    try entered { try machine.unary(operation, value) }
  }

  /// A value as a condition: a bool, or a one-element tensor.
  public func condition(_ value: Value) throws -> Bool { try machine.condition(value) }

  /// Deep equality, as `equal(a, b)`, `in`, and `index_of` use it: tensors are compared whole.
  public func equal(_ left: Value, _ right: Value) throws -> Bool { try entered { try machine.equal(left, right) } }

  /// Order, as `<` and `sort` use it: numbers, strings, instances with `less`.
  public func less(_ left: Value, _ right: Value) throws -> Bool { try entered { try machine.less(left, right) } }

  /// A deep copy that keeps sharing within.
  public func copy(_ value: Value) throws -> Value { try entered { try machine.copy(value) } }

  /// The text of `print(x)` and `str(x)`: a string bare.
  public func describe(_ value: Value) throws -> String { try entered { try machine.text(value, nested: false) } }

  /// The text of `repr(x)`, and of a value in a container: a string quoted.
  public func repr(_ value: Value) throws -> String { try entered { try machine.text(value, nested: true) } }
}

extension Interpreter {
  /// What `for` would go through, one value at a time: for a host object that wraps a sequence.
  public func makeIterator(_ sequence: Value) throws -> any HostIterator {
    SequenceIterator(try entered { try machine.makeIterator(sequence, wantsKeys: false) })
  }

  private final class SequenceIterator: HostIterator {
    /// Dropped at the end, which finishes it.
    private var iterator: IteratorObject?

    init(_ iterator: IteratorObject) { self.iterator = iterator }

    func next(in interpreter: Interpreter) throws -> Value? {
      guard let value = try interpreter.entered({ try iterator?.next()?.0 }) else {
        iterator = nil
        return nil
      }
      return value
    }

    func finish(in interpreter: Interpreter) { iterator = nil }
  }
}
