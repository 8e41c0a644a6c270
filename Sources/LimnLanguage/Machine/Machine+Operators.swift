#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Machine {
  /// `target = left op right`, for whatever the instructions' own fast ways leave.
  @inline(never)
  func binary(_ operation: BinaryOperator, _ left: Register, _ right: Register, _ target: Register) throws {
    target.pointee = try binary(operation, left.pointee, right.pointee)
  }

  /// A binary operator on any two values.
  func binary(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws -> Value {
    if operation == .contained { return .bool(try contains(right, left)) }
    switch (left, right) {
    case (.int(let x), .int(let y)):
      if let result = try Arithmetic.ints(operation, x, y) { return result }
    case (.float(let x), .float(let y)):
      if let result = Arithmetic.floats(operation, x, y) { return result }
    case (.int(let x), .float(let y)):
      if let result = operation.isOrdering
        ? Arithmetic.compare(operation, x, y) : Arithmetic.floats(operation, Double(x), y)
      {
        return result
      }
    case (.float(let x), .int(let y)):
      if let result = operation.isOrdering
        ? Arithmetic.compare(operation.mirrored, y, x) : Arithmetic.floats(operation, x, Double(y))
      {
        return result
      }
    default:
      if let result = try objects(operation, left, right) { return result }
    }
    switch operation {
    case .equal: return .bool(try equal(left, right))
    case .notEqual: return .bool(!(try equal(left, right)))
    case .bitAnd, .bitOr, .bitXor:
      if case .bool(let x) = left, case .bool(let y) = right {
        return .bool(operation == .bitAnd ? x && y : operation == .bitOr ? x || y : x != y)
      }
    default: break
    }
    throw Fault.operands(operation, left, right)
  }

  /// Operators that objects take part in: host objects and instances first, then strings and lists.
  private func objects(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws -> Value? {
    if let host = left.asHost, let result = try Swift.type(of: host).binary(operation, left, right, in: interpreter) {
      return result
    }
    if let host = right.asHost, left.asHost.map({ Swift.type(of: $0) != Swift.type(of: host) }) ?? true,
      let result = try Swift.type(of: host).binary(operation, left, right, in: interpreter)
    {
      return result
    }
    if case .object(let object) = left, object.kind == .instance, let result = try instance(operation, left, right) {
      return result
    }
    if case .object(let object) = right, object.kind == .instance {
      // `a > b` is `b < a`, and equality has no sides.
      switch operation {
      case .greater: if let result = try callMethod("less", of: right, [left]) { return result }
      case .lessOrEqual:
        if let result = try callMethod("less", of: right, [left]) { return .bool(!(try condition(result))) }
      case .equal, .notEqual:
        if let result = try callMethod("equal", of: right, [left]) {
          return operation == .equal ? result : .bool(!(try condition(result)))
        }
      default: break
      }
    }
    switch (left, right) {
    case (.object(let x), .object(let y)):
      if x.kind == .string, y.kind == .string {
        return try strings(operation, unsafeDowncast(x, to: StringObject.self), unsafeDowncast(y, to: StringObject.self))
      }
      if operation == .add, let x = left.asList, let y = right.asList {
        try Machine.checkSize(x.count + y.count, "a list", "elements")
        let list = ListObject(reservingCapacity: x.count + y.count)
        list.append(copying: x)
        list.append(copying: y)
        return .object(list)
      }
      return nil
    case (.object(let list), .int(let count)), (.int(let count), .object(let list)):
      guard operation == .multiply, let list = Value.object(list).asList else { return nil }
      return try repeated(list, count)
    default: return nil
    }
  }

  private func instance(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws -> Value? {
    switch operation {
    case .notEqual:
      return try callMethod("equal", of: left, [right]).map { .bool(!(try condition($0))) }
    case .greaterOrEqual:
      return try callMethod("less", of: left, [right]).map { .bool(!(try condition($0))) }
    case .greater, .lessOrEqual:
      guard right.asInstance?.type.methods["less"] != nil, let result = try callMethod("less", of: right, [left]) else {
        return nil
      }
      return operation == .greater ? result : .bool(!(try condition(result)))
    default:
      guard let method = operation.methodName else { return nil }
      return try callMethod(method, of: left, [right])
    }
  }

  private func strings(_ operation: BinaryOperator, _ left: StringObject, _ right: StringObject) throws -> Value? {
    if operation == .add {
      try Machine.checkSize(left.text.utf8.count + right.text.utf8.count, "a string", "bytes")
      return .string(left.text + right.text)
    }
    return switch operation {
    case .equal: .bool(left.text == right.text)
    case .notEqual: .bool(left.text != right.text)
    case .less: .bool(left.text < right.text)
    case .lessOrEqual: .bool(left.text <= right.text)
    case .greater: .bool(left.text > right.text)
    case .greaterOrEqual: .bool(left.text >= right.text)
    default: nil
    }
  }

  private func repeated(_ list: ListObject, _ count: Int) throws -> Value {
    let times = max(0, count)
    let (total, overflow) = list.count.multipliedReportingOverflow(by: times)
    try Machine.checkSize(overflow ? .max : total, "a list", "elements")
    let result = ListObject(reservingCapacity: total)
    result.append(copying: list, times: times)
    return .object(result)
  }

  /// More elements than this in one value, or bytes in a string, are a mistake.
  static let maximumElements = 100_000_000

  /// Throws `too-large` for a value of more elements than that, or than fit into the memory that the program may use.
  static func checkSize(_ count: Int, _ what: String, _ parts: String) throws {
    // Looking up the program's limit costs more than a small value does.
    guard count > 4096, count > CoreLibrary.maximumSize else { return }
    throw Fault(
      "too-large",
      Heap.current?.memoryLimit == nil
        ? "\(what) has at most a hundred million \(parts)" : "\(what) would take more memory than the program may",
      labels: [Fault.Label(.whole, count == .max ? "more than can be counted" : "this would have \(count)")])
  }

  // MARK: Conditions and comparisons

  /// A value as a condition.
  func condition(_ value: Value) throws -> Bool {
    if case .bool(let result) = value { return result }
    if let result = try value.asHost?.asBool() { return result }
    let type = ValueText.withArticle(value.typeName)
    throw Fault(
      "not-a-bool", "a condition must be a bool, not \(type)", labels: [Fault.Label(.argument(0), "this is \(type)")],
      help: Machine.conditionHelp(value))
  }

  private static func conditionHelp(_ value: Value) -> String? {
    switch value {
    case .nil: "compare it: `x != nil`"
    case .int, .float: "compare it: `x != 0`"
    case .object(let object):
      switch object.kind {
      case .list, .map, .string: "ask for its size: `len(x) > 0`"
      case .host: "for several values, `any(x)` or `all(x)`"
      default: nil
      }
    default: nil
    }
  }

  /// A comparison that decides a jump.
  @inline(never)
  func comparison(_ operation: BinaryOperator, _ left: Register, _ right: Register) throws -> Bool {
    if case .object(let x) = left.pointee, case .object(let y) = right.pointee, operation == .equal,
      x.kind == .string, y.kind == .string
    {
      return x === y || unsafeDowncast(x, to: StringObject.self).text == unsafeDowncast(y, to: StringObject.self).text
    }
    return try condition(try binary(operation, left.pointee, right.pointee))
  }

  /// `left < right` as a bool.
  func less(_ left: Value, _ right: Value) throws -> Bool { try condition(try binary(.less, left, right)) }

  // MARK: Prefix operators

  @inline(never)
  func unary(_ operation: UnaryOperator, _ value: Value) throws -> Value {
    switch (operation, value) {
    case (.negate, .int(let x)):
      if x == .min { throw Fault.overflow("-") }
      return .int(-x)
    case (.negate, .float(let x)): return .float(-x)
    case (.invert, .int(let x)): return .int(~x)
    case (.invert, .bool(let x)): return .bool(!x)
    case (.not, _): return .bool(!(try condition(value)))
    case (_, .object(let object)):
      if let host = object as? HostObject, let result = try host.unary(operation, in: interpreter) { return result }
      if operation == .negate, let result = try callMethod("neg", of: value, []) { return result }
    default: break
    }
    let type = ValueText.withArticle(value.typeName)
    throw Fault(
      "type-mismatch", "`\(operation.rawValue)` does not take \(type)",
      labels: [Fault.Label(.argument(0), "this is \(type)")])
  }

  // MARK: Membership

  /// `element in container`.
  func contains(_ container: Value, _ element: Value) throws -> Bool {
    if case .object(let object) = container {
      switch object.kind {
      case .map: return unsafeDowncast(object, to: MapObject.self).has(element)
      case .string:
        let text = unsafeDowncast(object, to: StringObject.self).text
        guard let part = element.asString else {
          let type = ValueText.withArticle(element.typeName)
          throw Fault(
            "type-mismatch", "a string contains strings, not \(type)",
            labels: [Fault.Label(.argument(0), "this is \(type)")])
        }
        return part.isEmpty || text.contains(part)
      case .range:
        let range = unsafeDowncast(object, to: RangeObject.self)
        if let int = element.asInt { return range.contains(int) }
        if case .float(let float) = element, let int = Int(exactly: float) { return range.contains(int) }
        return false
      case .list:
        let list = unsafeDowncast(object, to: ListObject.self)
        var position = 0
        while position < list.count {
          if try equal(list.storage[position], element) { return true }
          position += 1
        }
        return false
      case .host:
        if let result = try unsafeDowncast(object, to: HostObject.self).contains(element, in: interpreter) {
          return result
        }
      default: break
      }
    }
    guard case .object(let object) = container, object.kind == .host || object.kind == .instance else {
      throw Fault.notIterable(container, place: .argument(1))
    }
    let iterator = try makeIterator(container, wantsKeys: false)
    while let (value, _) = try iterator.next() {
      if try equal(value, element) { return true }
    }
    return false
  }

  // MARK: Composition

  /// `left >> right`.
  @inline(never)
  func compose(_ left: Value, _ right: Value) throws -> Value {
    if let host = left.asHost, let result = try Swift.type(of: host).compose(left, right, in: interpreter) {
      return result
    }
    if let host = right.asHost, let result = try Swift.type(of: host).compose(left, right, in: interpreter) {
      return result
    }
    for (index, value) in [left, right].enumerated() {
      guard case .object(let object) = value, object.isCallable else {
        let type = ValueText.withArticle(value.typeName)
        throw Fault(
          "not-callable", "`>>` composes functions and layers, not \(type)",
          labels: [Fault.Label(.argument(index), "this is \(type)")])
      }
    }
    let composition = CompositionObject(first: left, second: right)
    heap.register(composition)
    return .object(composition)
  }
}

extension BinaryOperator {
  var isOrdering: Bool {
    switch self {
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: true
    default: false
    }
  }

  /// The comparison with its sides exchanged.
  var mirrored: BinaryOperator {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    default: self
    }
  }

  /// The method by which an instance takes part.
  var methodName: String? {
    switch self {
    case .add: "add"
    case .subtract: "sub"
    case .multiply: "mul"
    case .divide: "div"
    case .matrixProduct: "matmul"
    case .power: "pow"
    case .equal: "equal"
    case .less: "less"
    default: nil
    }
  }
}
