extension Machine {
  // MARK: Printing

  /// The text of a value: as `print` shows it, or nested in a container, where strings are quoted.
  func text(_ value: Value, nested: Bool) throws -> String {
    if !nested, case .object(let object) = value, object.kind == .string {
      return unsafeDowncast(object, to: StringObject.self).text
    }
    var writer = TextWriter(machine: self)
    try writer.write(value, nested: nested, depth: 0)
    return writer.text
  }

  /// Joins values as text, as a string with interpolations does.
  /// The same where the text is short and made of ints and simple strings, which needs no memory; false for all else.
  @inline(never)
  func interpolateShort(_ parts: Register, count: Int, _ target: Register) -> Bool {
    var isShort = true
    let text = String(unsafeUninitializedCapacity: Machine.shortLength) { buffer in
      var length = 0
      var index = 0
      while index < count {
        guard let added = Machine.write(parts + index, UnsafeMutableBufferPointer(rebasing: buffer[length...])) else {
          isShort = false
          return 0
        }
        length += added
        index += 1
      }
      return length
    }
    if isShort { target.pointee = .object(StringObject(simple: text)) }
    return isShort
  }

  /// As many bytes as Swift's strings hold without memory of their own.
  private static let shortLength = 15

  /// Writes an int or a simple string, and gives the number of bytes; nil when it is something else, or too long.
  @inline(__always)
  private static func write(_ part: Register, _ buffer: UnsafeMutableBufferPointer<UInt8>) -> Int? {
    if case .int(let value) = part.pointee {
      var rest = value.magnitude
      var bound: UInt = 10
      var length = value < 0 ? 2 : 1
      while rest >= bound {
        length += 1
        if length > buffer.count { return nil }
        bound &*= 10
      }
      if length > buffer.count { return nil }
      if value < 0 { buffer[0] = 0x2D }
      var position = length
      repeat {
        position -= 1
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
        buffer[position] = 0x30 &+ UInt8(truncatingIfNeeded: digit)
        rest = quotient
      } while rest > 0
      return length
    }
    guard part.holdsObject, part.kind == .string else { return nil }
    return part.unretained(StringObject.self)._withUnsafeGuaranteedRef { string in
      guard string.isSimple, string.text.utf8.count <= buffer.count else { return nil }
      var position = 0
      for byte in string.text.utf8 {
        buffer[position] = byte
        position += 1
      }
      return position
    }
  }

  @inline(never)
  func interpolate(_ parts: Register, count: Int, _ target: Register) throws {
    var text = ""
    for index in 0..<count {
      switch parts[index] {
      case .int(let value): text += String(value)
      case .object(let object) where object.kind == .string: text += unsafeDowncast(object, to: StringObject.self).text
      default: text += try self.text(parts[index], nested: false)
      }
    }
    try Machine.checkSize(text.utf8.count, "a string", "bytes")
    target.pointee = .string(text)
  }

  @inline(never)
  func format(_ value: Value, _ prototype: Unmanaged<Prototype>, _ index: Int) throws -> Value {
    let format = prototype._withUnsafeGuaranteedRef { $0.formats[index] }
    return .string(try format.apply(to: value) { try self.text($0, nested: false) })
  }

  // MARK: Errors

  /// The fault that `throw` sends on its way.
  func thrown(_ value: Value) throws -> Fault {
    guard let error = value.asError else {
      let type = ValueText.withArticle(value.typeName)
      throw Fault(
        "type-mismatch", "only an error can be thrown, not \(type)",
        labels: [Fault.Label(.argument(0), "this is \(type)")], help: "write `throw error(\"...\")`")
    }
    let fault = error.fault
    guard let first = fault.primary else {
      fault.isDeliberate = true
      return fault
    }
    let prototype = frameTop.pointee.entry.pointee.prototype.takeUnretainedValue()
    if prototype.source.isLibrary, !first.source.isLibrary { return fault.passedOn() }
    let catcher = fault.trace.last
    return fault.rethrown(
      isCaughtHere: catcher?.source === prototype.source && catcher?.function == prototype.traceName)
  }

  /// An `assert` that failed: with the message that the program gives, and both sides of a comparison.
  func failedAssertion(_ sides: Register, message: Register, flags: Int) throws -> Fault {
    let text = flags & 2 == 0 ? "the assertion does not hold" : try self.text(message.pointee, nested: false)
    guard flags & 1 != 0 else { return Fault("assertion-failed", text, labels: [Fault.Label(.whole, "this is false")]) }
    let texts = try (0..<2).map { try self.text(sides[$0], nested: true) }
    let labels = texts.enumerated().map { Fault.Label(.argument($0), "is \(shortened($1))") }
    // What a label cannot hold is told whole below, as far as anybody reads.
    let notes = zip(["left", "right"], texts).compactMap { side, text in
      text == shortened(text) ? nil : "the \(side) side is \(excerpt(text))"
    }
    return Fault("assertion-failed", text, labels: labels, notes: notes)
  }

  /// A value's text as a label can hold it.
  private func shortened(_ text: String) -> String {
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).first.map(String.init) ?? ""
    return line.count > 60 || line.count < text.count ? "\(line.prefix(60))..." : line
  }

  /// The first lines of a long text.
  private func excerpt(_ text: String) -> String {
    let lines = text.prefix(2000).split(separator: "\n", omittingEmptySubsequences: false)
    let shown = lines.prefix(20).joined(separator: "\n")
    return shown.utf8.count < text.utf8.count ? shown + "..." : shown
  }
}

/// Writes values as programs print them.
private struct TextWriter {
  let machine: Machine
  private(set) var text = ""
  /// Containers that are being written, which may contain themselves.
  private var open: Set<ObjectIdentifier> = []

  /// Containers within containers beyond this are left out.
  private static let maximumDepth = 100

  init(machine: Machine) { self.machine = machine }

  mutating func write(_ value: Value, nested: Bool, depth: Int) throws {
    switch value {
    case .nil: text += "nil"
    case .bool(let value): text += value ? "true" : "false"
    case .int(let value): text += String(value)
    case .float(let value): text += ValueText.float(value)
    case .object(let object): try write(object, nested: nested, depth: depth)
    }
  }

  private mutating func write(_ object: Object, nested: Bool, depth: Int) throws {
    switch object.kind {
    case .string:
      let string = unsafeDowncast(object, to: StringObject.self).text
      text += nested ? ValueText.quoted(string) : string
    case .range: text += ValueText.range(unsafeDowncast(object, to: RangeObject.self))
    case .list:
      try bracketed(object, "[", "]", depth) { writer in
        let list = unsafeDowncast(object, to: ListObject.self)
        var position = 0
        while position < list.count {
          if position > 0 { writer.text += ", " }
          try writer.write(list.storage[position], nested: true, depth: depth + 1)
          position += 1
        }
      }
    case .map:
      try bracketed(object, "{", "}", depth) { writer in
        var isFirst = true
        for (key, value) in unsafeDowncast(object, to: MapObject.self) {
          if !isFirst { writer.text += ", " }
          isFirst = false
          writer.write(key: key)
          writer.text += ": "
          try writer.write(value, nested: true, depth: depth + 1)
        }
      }
    case .instance: try write(unsafeDowncast(object, to: InstanceObject.self), depth: depth)
    case .function: text += unsafeDowncast(object, to: FunctionObject.self).signature
    case .builtin:
      let builtin = unsafeDowncast(object, to: BuiltinObject.self)
      text += "fn \(builtin.table.first?.signature ?? builtin.name)"
    case .boundMethod:
      let method = unsafeDowncast(object, to: BoundMethodObject.self)
      try write(.object(method.function), nested: true, depth: depth + 1)
    case .composition: try write(unsafeDowncast(object, to: CompositionObject.self), depth: depth)
    case .type: text += "type \(unsafeDowncast(object, to: TypeObject.self).signature)"
    case .module: text += "module \(unsafeDowncast(object, to: ModuleObject.self).name)"
    case .error:
      let fault = unsafeDowncast(object, to: ErrorObject.self).fault
      text +=
        nested ? "error(\(ValueText.quoted(fault.message)), kind: \(ValueText.quoted(fault.code)))" : fault.message
    case .host:
      text += try unsafeDowncast(object, to: HostObject.self).describe(nested: nested, in: machine.interpreter)
    case .cell, .iterator, .unset: text += "nil"
    }
  }

  /// Writes a container between brackets, unless it is being written already or lies too deep.
  private mutating func bracketed(
    _ object: Object, _ start: String, _ end: String, _ depth: Int, _ body: (inout TextWriter) throws -> Void
  ) throws {
    text += start
    if depth < TextWriter.maximumDepth, open.insert(ObjectIdentifier(object)).inserted {
      try body(&self)
      open.remove(ObjectIdentifier(object))
    } else {
      text += "..."
    }
    text += end
  }

  /// A key that is a name is bare.
  private mutating func write(key: Value) {
    switch key {
    case .bool(let value): text += value ? "true" : "false"
    case .int(let value): text += String(value)
    default:
      let name = key.asString ?? ""
      // A bare `true` is a bool.
      text += ValueText.isName(name) && name != "true" && name != "false" ? name : ValueText.quoted(name)
    }
  }

  /// `Point(x: 1, y: 2)`, or what the type's `show` gives.
  private mutating func write(_ instance: InstanceObject, depth: Int) throws {
    let isOpen = open.contains(ObjectIdentifier(instance))
    if !isOpen, depth < TextWriter.maximumDepth, instance.type.methods["show"] != nil {
      guard let shown = try machine.callMethod("show", of: .object(instance), []) else { return }
      text += try shown.asString ?? machine.text(shown, nested: true)
      return
    }
    text += instance.type.name
    try bracketed(instance, "(", ")", depth) { writer in
      var isFirst = true
      for (index, field) in instance.type.fields.enumerated() where field.isParameter {
        if !isFirst { writer.text += ", " }
        isFirst = false
        writer.text += "\(field.name): "
        try writer.write(instance.fields[index], nested: true, depth: depth + 1)
      }
    }
  }

  private mutating func write(_ composition: CompositionObject, depth: Int) throws {
    var parts: [Value] = [composition.second]
    var first = composition.first
    while case .object(let object) = first, let inner = object as? CompositionObject {
      parts.append(inner.second)
      first = inner.first
    }
    parts.append(first)
    for (index, part) in parts.reversed().enumerated() {
      if index > 0 { text += " >> " }
      if depth >= TextWriter.maximumDepth { text += "..." } else { try write(part, nested: true, depth: depth + 1) }
    }
  }
}
