extension Machine {
  /// Finds the handler of an error, and the state in which it begins. Frames up to it are left; what they held is let
  /// go.
  ///
  /// Throws the error on, as a fault with its place and the calls so far, when no handler stands below the boundary.
  @inline(never)
  func unwind(_ error: any Error, _ state: State) throws -> State {
    let fault = Fault.from(error)
    var state = state
    locate(fault, state)
    while true {
      let prototype = state.frame.pointee.entry.pointee.prototype.takeUnretainedValue()
      let offset = state.next - prototype.code
      noteCaller(of: fault, prototype, offset)
      if !fault.isRethrown { appendFrame(to: fault, prototype, offset) }
      fault.isRethrown = false
      if !fault.isUncatchable, let handler = prototype.handler(before: offset) {
        state.registers[handler.register] = .object(ErrorObject(fault))
        state.next = prototype.code + handler.target
        return state
      }
      for index in 0..<prototype.registerCount { state.registers[index] = .nil }
      let left = state.frame.pointee
      let caller = state.frame - 1
      if caller.pointee.entry == boundary.entry { throw fault }
      state = State(next: left.next, registers: left.registers, frame: caller)
    }
  }

  /// A fault that nobody has placed yet belongs to the instruction that raised it.
  private func locate(_ fault: Fault, _ state: State) {
    let prototype = state.frame.pointee.entry.pointee.prototype.takeUnretainedValue()
    guard fault.primary == nil, let site = prototype.site(before: state.next - prototype.code) else { return }
    var marks: [Diagnostic.Mark] = []
    for label in fault.labels {
      marks.append(Diagnostic.Mark(source: prototype.source, span: site.span(of: label.place), label: label.text))
    }
    fault.primary = marks.first ?? Diagnostic.Mark(source: prototype.source, span: site.whole)
    fault.secondary += marks.dropFirst()
  }

  /// A fault within library code also shows the user's call that led there. One that the library throws on purpose
  /// speaks of that call alone.
  private func noteCaller(of fault: Fault, _ prototype: Prototype, _ offset: Int) {
    guard let primary = fault.primary, primary.source.isLibrary, !prototype.source.isLibrary, !fault.isRethrown,
      !fault.secondary.contains(where: { !$0.source.isLibrary }),
      let site = prototype.site(before: offset)
    else { return }
    guard !fault.isDeliberate else {
      fault.primary = Diagnostic.Mark(source: prototype.source, span: site.whole)
      return
    }
    fault.secondary.append(Diagnostic.Mark(source: prototype.source, span: site.whole, label: "called from here"))
  }

  private func appendFrame(to fault: Fault, _ prototype: Prototype, _ offset: Int) {
    guard !prototype.source.name.isEmpty, let site = prototype.site(before: offset) else { return }
    fault.trace.append(TraceFrame(function: prototype.traceName, source: prototype.source, span: site.whole))
  }

  /// The place of the call in progress: the innermost one in the user's own text.
  var location: CallLocation? {
    var next = self.next
    var frame = frameTop
    var innermost: CallLocation?
    while true {
      let code = frame.pointee.entry.pointee.prototype.takeUnretainedValue()
      if !code.source.name.isEmpty, let site = code.site(before: next - code.code) {
        let location = CallLocation(source: code.source, span: site.whole)
        if !code.source.isLibrary { return location }
        innermost = innermost ?? location
      }
      guard frame > firstFrame else { return innermost }
      next = frame.pointee.next
      frame -= 1
    }
  }
}

extension Prototype {
  /// How a trace calls the function; nil for a unit's top level.
  var traceName: String? {
    if let name { return name }
    return signature == "unit" ? nil : signature
  }
}

extension Prototype.Site {
  func span(of place: Fault.Place) -> Span {
    switch place {
    case .whole: whole
    case .callee: callee ?? whole
    case .argument(let index): index >= 0 && index < arguments.count ? arguments[index] : whole
    case .named(let name): named.first { $0.name == name }?.span ?? whole
    case .nameOfArgument(let name): named.first { $0.name == name }?.nameSpan ?? whole
    }
  }
}
