extension Machine {
  /// Calls a built-in whose arguments fit one of its overloads as they are, by position; the result goes to `target`.
  /// False when they do not, and then nothing has happened. A failure is left in `failure`.
  func callDirectly(_ callee: Register, _ arguments: Register, count: Int, _ target: Register) -> Bool {
    let builtin = callee.unretained(BuiltinObject.self)
    let overload = builtin._withUnsafeGuaranteedRef { $0.overload(for: arguments, count: count) }
    guard let overload else { return false }
    if arguments + count > nativeTop { nativeTop = arguments + count }
    do {
      let call = Call(
        interpreter: Unmanaged.passUnretained(interpreter),
        arguments: UnsafeMutableBufferPointer(start: arguments, count: count))
      let result = try overload._withUnsafeGuaranteedRef { try $0.body(call) }
      arguments.clear(count: count)
      target.pointee = result
    } catch {
      arguments.clear(count: count)
      failure = overload._withUnsafeGuaranteedRef { placed(error, $0, positional: count) }
    }
    return true
  }

  /// Calls a built-in with arguments in registers, the last ones by name; the result is in `base`.
  func callBuiltin(
    _ builtin: BuiltinObject, _ base: Register, from start: Register, count: Int, names: [String]
  ) throws {
    let overloads = builtin.table
    if overloads.count == 1 {
      try perform(overloads[0], base, from: start, count: count, names: names)
    } else {
      let overload = try select(builtin, from: start, count: count, names: names)
      try perform(overload, base, from: start, count: count, names: names)
    }
  }

  /// The overload whose first parameter accepts the first argument.
  private func select(_ builtin: BuiltinObject, from start: Register, count: Int, names: [String]) throws -> Overload {
    let positional = count - names.count
    if positional == 0 {
      let possible = builtin.table.filter { $0.requiredCount == 0 || names.contains($0.parameters[0].name) }
      if let overload = possible.first(where: { $0.fits(count: 0, names: names) }) ?? possible.first { return overload }
      return builtin.table[0]
    }
    var fallback: Overload?
    for overload in builtin.table {
      guard let check = overload.firstCheck, check.accepts(start.pointee) else { continue }
      if overload.fits(count: positional, names: names) { return overload }
      fallback = fallback ?? overload
    }
    if let fallback { return fallback }
    for overload in builtin.table {
      if let check = overload.firstCheck, try check.type.converting(start.pointee) != nil { return overload }
    }
    let types = builtin.table.compactMap { $0.firstCheck?.type.described }
    let unique = types.enumerated().filter { types.firstIndex(of: $1) == $0 }.map(\.element)
    throw Fault.wrongArgument(
      0, start.pointee, function: builtin.name, expected: ValueText.alternatives(unique))
  }

  /// Checks and arranges arguments, and runs the overload's body.
  func perform(_ overload: Overload, _ base: Register, from start: Register, count: Int, names: [String]) throws {
    if names.isEmpty, overload.exactCount == count {
      var index = 0
      while index < count {
        let check = overload.checks[index]
        let argument = start + index
        if check.mask & argument.pointee.kindBit == 0 || check.convertsInt {
          try self.check(overload, index, argument, position: index)
        }
        index += 1
      }
      do {
        try perform(base, from: start, count: count, overload.body)
      } catch {
        throw placed(error, overload, positional: count)
      }
      return
    }
    let total = overload.parameters.count
    guard reserve(upTo: start + max(count, total) + 1) else { throw Fault.stackOverflow() }
    try gather(overload, from: start, count: count, names: names, isMethod: start == base)
    do {
      try perform(base, from: start, count: total, overload.body)
    } catch {
      throw placed(error, overload, positional: count - names.count)
    }
  }

  /// A fault whose labels name parameters, as the body knows them, with the places where the call gave them: by
  /// position, or by name.
  @inline(never)
  private func placed(_ error: any Error, _ overload: Overload, positional: Int) -> any Error {
    let fault = Fault.from(error)
    guard fault.primary == nil, !fault.labels.isEmpty else { return fault }
    let parameters = overload.parameters
    let labels = fault.labels.map { label in
      var label = label
      switch label.place {
      case .argument(let index) where index >= positional && index < parameters.count && !parameters[index].isVariadic:
        label.place = .named(parameters[index].name)
      case .named(let name):
        let index = parameters.firstIndex { $0.name == name } ?? positional
        if index < min(positional, overload.positionalCount) { label.place = .argument(index) }
      default: break
      }
      return label
    }
    return fault.marked(labels)
  }

  /// Runs a body on arguments that are in place, and lets go of them.
  @inline(__always)
  func perform(_ base: Register, from start: Register, count: Int, _ body: (Call) throws -> Value) throws {
    let end = start + count
    if end > nativeTop { nativeTop = end }
    do {
      let result = try body(
        Call(
          interpreter: .passUnretained(interpreter),
          arguments: UnsafeMutableBufferPointer(start: start, count: count)))
      clear(base, end)
      base.pointee = result
    } catch {
      clear(base, end)
      throw error
    }
  }

  @inline(__always)
  private func clear(_ start: Register, _ end: Register) {
    var register = start
    while register < end {
      register.pointee = .nil
      register += 1
    }
  }

  /// Checks one argument's type and stores it as the parameter wants it.
  private func check(_ overload: Overload, _ index: Int, _ argument: Register, position: Int, isNamed: Bool = false)
    throws
  {
    let parameter = overload.parameters[index]
    if case .value(let value) = parameter.defaultValue, value.isNil, argument.pointee.isNil { return }
    if case .described = parameter.defaultValue, argument.pointee.isNil { return }
    guard let converted = try overload.checks[index].type.converting(argument.pointee) else {
      throw Fault.wrongArgument(
        overload: overload, parameter, argument.pointee, place: isNamed ? .named(parameter.name) : .argument(position))
    }
    argument.pointee = converted
  }

  /// Brings arguments into the order of the parameters, with defaults and the variadic list.
  private func gather(_ overload: Overload, from start: Register, count: Int, names: [String], isMethod: Bool) throws {
    let parameters = overload.parameters
    let positional = count - names.count
    var values = [Value?](repeating: nil, count: parameters.count)
    var positions = [Int?](repeating: nil, count: parameters.count)
    for index in 0..<min(positional, overload.positionalCount) {
      values[index] = start[index]
      positions[index] = index
    }
    if let variadic = overload.variadicIndex {
      let list = ListObject([])
      for index in overload.positionalCount..<max(overload.positionalCount, positional) {
        try check(overload, variadic, start + index, position: index)
        list.append(start[index])
      }
      values[variadic] = .object(list)
    } else if positional > overload.positionalCount {
      throw Fault.tooManyArguments(
        overload, given: positional, place: .argument(overload.positionalCount), isMethod: isMethod)
    }
    for (offset, name) in names.enumerated() {
      guard let index = parameters.firstIndex(where: { $0.name == name && !$0.isVariadic }) else {
        throw Fault.unknownArgument(
          name, signature: overload.signature, known: parameters.filter { !$0.isVariadic }.map(\.name))
      }
      if values[index] != nil { throw Fault.repeatedArgument(name, signature: overload.signature) }
      values[index] = start[positional + offset]
    }
    for index in 0..<max(count, parameters.count) {
      guard index < parameters.count else {
        start[index] = .nil
        continue
      }
      let parameter = parameters[index]
      if let value = values[index] {
        start[index] = value
        if !parameter.isVariadic {
          try check(
            overload, index, start + index, position: positions[index] ?? index, isNamed: positions[index] == nil)
        }
        continue
      }
      switch parameter.defaultValue {
      case .none: throw Fault.missingArgument(parameter.name, signature: overload.signature)
      case .value(let value): start[index] = value
      case .described: start[index] = .nil
      }
    }
  }
}
