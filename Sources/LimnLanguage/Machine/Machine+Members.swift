extension Machine {
  /// `value.name`.
  @inline(never)
  func member(_ value: Value, _ nameConstant: Value, cache: UnsafeMutablePointer<UInt32>?) throws -> Value {
    let name = nameConstant.asString ?? ""
    guard case .object(let object) = value else { return try boundMethod(name, of: value) }
    switch object.kind {
    case .instance:
      let instance = unsafeDowncast(object, to: InstanceObject.self)
      if let index = instance.type.fieldIndices[name] {
        if isUnset(instance.fields[index]) { throw Fault.fieldNotSet(name) }
        cache?[0] = object.shape
        cache?[1] = UInt32(truncatingIfNeeded: index)
        return instance.fields[index]
      }
      if let method = instance.type.methods[name] {
        return .object(BoundMethodObject(receiver: value, function: method, name: name))
      }
    case .map:
      if let found = unsafeDowncast(object, to: MapObject.self)[nameConstant] { return found }
      throw missingKey(nameConstant, in: unsafeDowncast(object, to: MapObject.self), place: .callee)
    case .module: return try member(of: unsafeDowncast(object, to: ModuleObject.self), name)
    case .error:
      if let member = try errorMember(name, unsafeDowncast(object, to: ErrorObject.self).fault) { return member }
    case .host:
      if let member = try unsafeDowncast(object, to: HostObject.self).member(name, in: interpreter) { return member }
    default: break
    }
    return try boundMethod(name, of: value)
  }

  private func boundMethod(_ name: String, of value: Value) throws -> Value {
    guard let method = interpreter.method(name, of: value) else { throw unknownMember(name, of: value) }
    return .object(BoundMethodObject(receiver: value, function: method, name: name))
  }

  func member(of module: ModuleObject, _ name: String) throws -> Value {
    guard let slot = module.scope.slot(of: name) else {
      throw Fault.unknownMember(name, of: "module `\(module.name)`", known: module.memberNames)
    }
    if isUnset(globals[slot]) { throw Fault.nameNotSet("\(module.name).\(name)") }
    return globals[slot]
  }

  private func errorMember(_ name: String, _ fault: Fault) throws -> Value? {
    switch name {
    case "message": .string(fault.message)
    case "kind": .string(fault.code)
    case "trace":
      .list(
        fault.trace.map { frame in
          .string(
            "\(frame.function ?? "top level"), \(frame.source.describe(line: frame.source.line(at: frame.span.start)))")
        })
    default: nil
    }
  }

  /// `value.name = new`.
  @inline(never)
  func setMember(
    _ value: Value, _ nameConstant: Value, to new: Value, cache: UnsafeMutablePointer<UInt32>?
  ) throws {
    let name = nameConstant.asString ?? ""
    if case .object(let object) = value {
      switch object.kind {
      case .instance:
        let instance = unsafeDowncast(object, to: InstanceObject.self)
        if let index = instance.type.fieldIndices[name] {
          guard instance.type.fields[index].isMutable else { throw Fault.immutableField(name, of: instance.type.name) }
          cache?[0] = object.shape
          cache?[1] = UInt32(truncatingIfNeeded: index)
          instance.fields[index] = new
          return
        }
      case .map:
        try set(nameConstant, new, in: unsafeDowncast(object, to: MapObject.self))
        return
      case .module:
        throw Fault(
          "immutable-name", "a module's names cannot be assigned to from outside",
          labels: [Fault.Label(.callee, "belongs to a module")])
      case .host:
        let host = unsafeDowncast(object, to: HostObject.self)
        if try host.setMember(name, to: new, in: interpreter) { return }
        if host.memberNames.contains(name) {
          throw Fault(
            "immutable-field", "`\(name)` of \(ValueText.withArticle(host.type.name)) cannot be assigned to",
            labels: [Fault.Label(.callee, "can only be read")])
        }
      default: break
      }
    }
    throw unknownMember(name, of: value)
  }

  /// Everything that may follow `value.`, fields first.
  func memberNames(of value: Value) -> [String] {
    var names: [String] = []
    if case .object(let object) = value {
      switch object.kind {
      case .instance:
        let type = unsafeDowncast(object, to: InstanceObject.self).type
        names = type.fieldNames + type.methodNames
      case .map: names = unsafeDowncast(object, to: MapObject.self).keys.compactMap(\.asString)
      case .module: return unsafeDowncast(object, to: ModuleObject.self).memberNames
      case .error: names = ErrorObject.memberNames
      case .host: names = unsafeDowncast(object, to: HostObject.self).memberNames
      default: break
      }
    }
    return names + interpreter.methodNames(of: value).filter { !names.contains($0) }
  }

  // MARK: Faults

  func unknownMember(_ name: String, of value: Value) -> Fault {
    if value.isNil {
      return Fault(
        "unknown-member", "nil has no `\(name)`", labels: [Fault.Label(.argument(0), "this is nil")])
    }
    let owner = ValueText.withArticle(value.typeName)
    if let counterpart = value.asHost?.counterpart(of: name) {
      return Fault.unknownMember(name, of: owner, help: "in Limn this is `\(counterpart)`")
    }
    return Fault.unknownMember(name, of: owner, known: memberNames(of: value))
  }

  func missingKey(_ key: Value, in map: MapObject, place: Fault.Place) -> Fault {
    let text = (try? interpreter.repr(key)) ?? "this key"
    let names = map.keys.compactMap(\.asString)
    var help: String?
    if let name = key.asString {
      help = Suggestion.closest(to: name, among: names).map { "did you mean `\($0)`?" }
      if help == nil, interpreter.method(name, of: .object(map)) != nil {
        help = "to call the method, write `\(name)()`"
      }
    }
    return Fault(
      "missing-key", "the map has no key \(text)", labels: [Fault.Label(place, "not a key")],
      notes: names.isEmpty || names.count > 12 ? [] : ["its keys are \(names.joined(separator: ", "))"],
      help: help ?? "`get(key, default)` gives a default where the key is missing")
  }

  func globalNotSet(_ slot: Int) -> Fault { Fault.nameNotSet(interpreter.name(ofSlot: slot) ?? "this name") }

  func fieldNotSet(_ instance: Value, _ index: Int) -> Fault {
    let fields = instance.asInstance?.type.fields ?? []
    return Fault.fieldNotSet(index < fields.count ? fields[index].name : "this")
  }
}
