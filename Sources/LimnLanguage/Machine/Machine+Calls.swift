extension Machine {
  // MARK: From instructions

  /// Makes a call ready whose callee is in `base` and whose arguments follow, the last ones by name.
  ///
  /// Gives the function to enter, with its arguments arranged; or, when the call is done, nil, with the result in
  /// `base`.
  @inline(never)
  func prepareCall(_ base: Register, count: Int, names: [String]) throws -> Unmanaged<FunctionObject>? {
    guard case .object(let object) = base.pointee else { throw Fault.notCallable(base.pointee) }
    switch object.kind {
    case .function:
      return try arrange(
        .passUnretained(unsafeDowncast(object, to: FunctionObject.self)), base, count: count, names: names)
    case .builtin:
      try callBuiltin(unsafeDowncast(object, to: BuiltinObject.self), base, from: base + 1, count: count, names: names)
      return nil
    case .type:
      let type = unsafeDowncast(object, to: TypeObject.self)
      let constructor = try arrange(.passUnretained(type.constructor), base, count: count, names: names)
      base.pointee = .object(InstanceObject(type: type, unset: unset, heap: heap))
      return constructor
    case .boundMethod:
      let method = unsafeDowncast(object, to: BoundMethodObject.self)
      base.pointee = method.receiver
      if method.function.kind == .function {
        let function = unsafeDowncast(method.function, to: FunctionObject.self)
        return try arrange(.passUnretained(function), base, count: count, names: names)
      }
      let builtin = unsafeDowncast(method.function, to: BuiltinObject.self)
      try callBuiltin(builtin, base, from: base, count: count + 1, names: names)
      return nil
    case .composition:
      try callComposition(unsafeDowncast(object, to: CompositionObject.self), base, count: count, names: names)
      return nil
    case .instance:
      let instance = unsafeDowncast(object, to: InstanceObject.self)
      guard let method = instance.type.methods["call"] else { throw Fault.notCallable(base.pointee) }
      return try arrange(.passUnretained(method), base, count: count, names: names)
    case .host:
      try callHost(unsafeDowncast(object, to: HostObject.self), base, count: count, names: names)
      return nil
    default: throw Fault.notCallable(base.pointee)
    }
  }

  /// The same for `receiver.name(arguments)`, the receiver in `base`.
  @inline(never)
  func prepareMethodCall(
    _ base: Register, count: Int, _ nameConstant: Value, names: [String], cache: UnsafeMutablePointer<UInt32>
  ) throws -> Unmanaged<FunctionObject>? {
    let name = nameConstant.asString ?? ""
    if case .object(let object) = base.pointee {
      switch object.kind {
      case .instance:
        let instance = unsafeDowncast(object, to: InstanceObject.self)
        let type = instance.type
        if let index = type.fieldIndices[name] {
          let value = instance.fields[index]
          if isUnset(value) { throw Fault.fieldNotSet(name) }
          base.pointee = value
          return try prepareHeldCall(base, count: count, names: names)
        }
        if let index = type.methodIndices[name] {
          cache[0] = type.identity
          cache[1] = UInt32(truncatingIfNeeded: index)
          return try arrange(type.methodTable[index], base, count: count, names: names, isMethod: true)
        }
      case .module:
        base.pointee = try member(of: unsafeDowncast(object, to: ModuleObject.self), name)
        return try prepareHeldCall(base, count: count, names: names)
      case .map where interpreter.method(name, of: base.pointee) == nil:
        guard let value = unsafeDowncast(object, to: MapObject.self)[nameConstant] else {
          throw missingKey(nameConstant, in: unsafeDowncast(object, to: MapObject.self), place: .callee)
        }
        base.pointee = value
        return try prepareHeldCall(base, count: count, names: names)
      case .host:
        let host = unsafeDowncast(object, to: HostObject.self)
        if interpreter.method(name, of: base.pointee) == nil, let value = try host.member(name, in: interpreter) {
          base.pointee = value
          return try prepareHeldCall(base, count: count, names: names)
        }
      default: break
      }
    }
    guard let method = interpreter.method(name, of: base.pointee) else { throw unknownMember(name, of: base.pointee) }
    try callBuiltin(method, base, from: base, count: count + 1, names: names)
    return nil
  }

  /// Calls what a receiver holds by the method's name, such as a module's function. The receiver is no argument then, and
  /// what a fault says of the first argument is said of the one behind it in the text.
  private func prepareHeldCall(
    _ base: Register, count: Int, names: [String]
  ) throws -> Unmanaged<FunctionObject>? {
    do {
      return try prepareCall(base, count: count, names: names)
    } catch {
      throw Fault.from(error).behindReceiver()
    }
  }

  /// Puts arguments where the function's parameters are: names in their places, what is left in the rest, and a mark
  /// where a default is to be evaluated.
  func arrange(
    _ function: Unmanaged<FunctionObject>, _ base: Register, count: Int, names: [String], isMethod: Bool = false
  ) throws -> Unmanaged<FunctionObject> {
    let prototype = function._withUnsafeGuaranteedRef { $0.prototype }
    if names.isEmpty, prototype.entry.pointee.exactCount == count { return function }
    let parameters = prototype.parameters
    guard reserve(upTo: base + 2 + max(count, parameters.count)) else { throw Fault.stackOverflow() }
    let shift = isMethod ? 1 : 0
    let positional = count - names.count
    let places = prototype.hasRest ? parameters.count - 1 : parameters.count
    if positional > places, !prototype.hasRest {
      throw Fault.tooManyArguments(prototype, given: positional, place: .argument(places + shift))
    }
    var given = [Value?](repeating: nil, count: parameters.count)
    for index in 0..<min(positional, places) { given[index] = base[1 + index] }
    if prototype.hasRest {
      let list = ListObject([])
      for index in places..<max(places, positional) { list.append(base[1 + index]) }
      given[places] = .object(list)
    }
    for (offset, name) in names.enumerated() {
      guard let index = parameters.firstIndex(where: { $0.name == name && !$0.isRest }) else {
        throw Fault.unknownArgument(
          name, signature: prototype.signature, known: parameters.filter { !$0.isRest }.map(\.name))
      }
      if given[index] != nil { throw Fault.repeatedArgument(name, signature: prototype.signature) }
      given[index] = base[1 + positional + offset]
    }
    for (index, parameter) in parameters.enumerated() where given[index] == nil && !parameter.isOptional {
      throw Fault.missingArgument(parameter.name, signature: prototype.signature)
    }
    for index in 0..<max(count, parameters.count) {
      base[1 + index] = index < parameters.count ? given[index] ?? unset : .nil
    }
    return function
  }

  // MARK: From Swift

  /// Calls a value from Swift, with what was noted last as the caller.
  func call(_ callee: Value, _ arguments: [Value], named: [(String, Value)]) throws -> Value {
    let base = nativeTop
    let count = arguments.count + named.count
    guard nativeDepth < Machine.maximumNativeDepth, !isStackExhausted, reserve(upTo: base + count + 2) else {
      throw Fault.stackOverflow()
    }
    base.pointee = callee
    for (index, argument) in arguments.enumerated() { base[1 + index] = argument }
    for (index, argument) in named.enumerated() { base[1 + arguments.count + index] = argument.1 }
    let saved = (next, current, nativeTop)
    nativeDepth += 1
    defer {
      (next, current, nativeTop) = saved
      nativeDepth -= 1
      if nativeDepth == 0, !retired.isEmpty { retired = [] }
    }
    nativeTop = base + count + 1
    do {
      if let function = try prepareCall(base, count: count, names: named.map(\.0)) { try enter(function, base) }
    } catch {
      for index in 0...count { base[index] = .nil }
      throw error
    }
    let result = base.move()
    base.initialize(to: .nil)
    return result
  }

  /// Runs a function whose arguments are arranged until it returns; the result is in `base`.
  private func enter(_ function: Unmanaged<FunctionObject>, _ base: Register) throws {
    let entered = function._withUnsafeGuaranteedRef { $0.entry }
    guard frameTop + 1 < lastFrame + 2 * Machine.maximumNativeDepth, reserve(upTo: base + entered.pointee.registerCount)
    else { throw Fault.stackOverflow() }
    // Between the caller and the function lies the boundary to which the function returns.
    let captures = function._withUnsafeGuaranteedRef { $0.captures }
    let bottom = frameTop
    (bottom + 1).initialize(
      to: Frame(next: next, registers: current, result: base, entry: boundary.entry, captures: captures))
    (bottom + 2).initialize(
      to: Frame(next: boundary.code, registers: base, result: base, entry: entered, captures: captures))
    frameTop = bottom + 2
    defer { frameTop = bottom }
    try execute(base)
  }

  // MARK: Other callables

  private func callComposition(_ composition: CompositionObject, _ base: Register, count: Int, names: [String]) throws {
    let positional = count - names.count
    let arguments = (0..<positional).map { base[1 + $0] }
    let named = names.enumerated().map { ($1, base[1 + positional + $0]) }
    // A chain of compositions is called one after the other, not one within the other.
    var pending: [Value] = [composition.second]
    var first = composition.first
    while case .object(let object) = first, object.kind == .composition {
      pending.append(unsafeDowncast(object, to: CompositionObject.self).second)
      first = unsafeDowncast(object, to: CompositionObject.self).first
    }
    var result = try call(first, arguments, named: named)
    while let function = pending.popLast() { result = try call(function, [result], named: []) }
    for index in 0...count { base[index] = .nil }
    base.pointee = result
  }

  private func callHost(_ host: HostObject, _ base: Register, count: Int, names: [String]) throws {
    guard host.isCallable else { throw Fault.notCallable(base.pointee) }
    if let parameters = host.callParameters {
      let overload = Overload(name: host.type.name, parameters: parameters) { try host.call($0) }
      try perform(overload, base, from: base + 1, count: count, names: names)
    } else {
      if let name = names.first {
        throw Fault.unknownArgument(name, signature: "\(host.type.name)(...)", known: [])
      }
      try perform(base, from: base + 1, count: count) { try host.call($0) }
    }
  }

  // MARK: Making functions and types

  @inline(never)
  func makeFunction(
    _ prototype: Unmanaged<Prototype>, _ index: Int, _ registers: Register, _ captures: Register, _ target: Register
  ) {
    let function = closure(
      prototype._withUnsafeGuaranteedRef { $0.prototypes[index] }, registers, captures)
    target.pointee = .object(function)
  }

  private func closure(_ prototype: Prototype, _ registers: Register, _ captures: Register) -> FunctionObject {
    let function = FunctionObject(prototype: prototype, heap: heap)
    for (index, capture) in prototype.captures.enumerated() {
      function.captures[index] = capture.isRegister ? registers[capture.index] : captures[capture.index]
    }
    return function
  }

  @inline(never)
  func makeType(
    _ prototype: Unmanaged<Prototype>, _ index: Int, _ registers: Register, _ captures: Register, _ target: Register
  ) {
    let template = prototype._withUnsafeGuaranteedRef { $0.types[index] }
    let type = TypeObject(
      name: template.name, documentation: template.documentation, fields: template.fields,
      constructor: closure(template.constructor, registers, captures),
      methods: template.methods.map { closure($0, registers, captures) }, identity: interpreter.makeTypeIdentity())
    target.pointee = .object(type)
  }

  func isUnset(_ value: Value) -> Bool {
    if case .object(let object) = value { return object === unsetObject }
    return false
  }
}
