extension Machine {
  /// Where the machine goes on.
  struct State {
    var next: Next
    var registers: Register
    var frame: UnsafeMutablePointer<Frame>
  }

  /// Runs the function of the top frame, whose registers are at `registers`, until it returns.
  ///
  /// Throws what no handler below the entry caught; the frames above it are gone then.
  func execute(_ registers: Register) throws {
    let entry = frameTop.pointee.entry
    Instructions.run(entry.pointee.code, Raw(registers), Raw(entry.pointee.constants), Raw(frameTop), context)
    if let error = failure {
      failure = nil
      throw error
    }
  }

  var hasFailed: Bool { failure != nil }

  /// After a failure: whether a handler takes it; then the place where that begins is noted.
  @inline(never)
  func recover(_ next: Next, _ registers: Register, _ frame: UnsafeMutablePointer<Frame>) -> Bool {
    guard let error = failure else { return false }
    failure = nil
    do {
      let state = try unwind(error, State(next: next, registers: registers, frame: frame))
      note(state.next, state.registers, state.frame)
      return true
    } catch {
      failure = error
      return false
    }
  }

  // MARK: Calls

  /// Makes the call of an instruction ready, and notes where its caller goes on. Gives the function to enter, for which
  /// there is room; nil when the call is done, its result in place, and when it failed, as `failure` tells.
  @inline(never)
  func prepare(
    _ next: Next, _ r: Register, _ constants: Register, _ frame: UnsafeMutablePointer<Frame>, _ word: UInt32
  ) -> Unmanaged<FunctionObject>? {
    typealias I = Instruction
    let base = r + I.a(word)
    let count = I.b(word)
    do {
      let prepared: Unmanaged<FunctionObject>?
      switch I.opcode(word) {
      case .callMethod:
        note(next + 4, r, frame)
        let names = Int(next[3])
        if signal.isRaised { try attend() }
        prepared = try prepareMethodCall(
          base, count: count, constants[Int(next[0])], names: names == 0 ? [] : argumentNames(frame, names - 1),
          cache: next + 1)
      case .callNamed:
        note(next + 1, r, frame)
        if signal.isRaised { try attend() }
        prepared = try prepareCall(base, count: count, names: argumentNames(frame, Int(next[0])))
      case .call:
        note(next, r, frame)
        if signal.isRaised { try attend() }
        prepared = try prepareCall(base, count: count, names: [])
      default:
        note(next + 1, r, frame)
        if signal.isRaised { try attend() }
        let place = Int(next[0])
        switch I.opcode(word) {
        case .callGlobal:
          if (globals + place).isUnset { throw globalNotSet(place) }
          base.copy(globals + place)
        case .callLocal: base.copy(r + place)
        default: base.copy(frame.pointee.captures + place)
        }
        prepared = try prepareCall(base, count: count, names: [])
      }
      guard let prepared else {
        base.moveResult(to: r + I.c(word))
        return nil
      }
      let end = base + prepared._withUnsafeGuaranteedRef { $0.entry }.pointee.registerCount
      guard frame < lastFrame, end <= initializedEnd || reserve(upTo: end) else { throw Fault.stackOverflow() }
      return prepared
    } catch {
      failure = error
      return nil
    }
  }

  private func argumentNames(_ frame: UnsafeMutablePointer<Frame>, _ index: Int) -> [String] {
    frame.pointee.entry.pointee.prototype._withUnsafeGuaranteedRef { $0.argumentNames[index] }
  }

  // MARK: Globals

  /// Gives a global a value. A function that was called through the global and still runs is kept for as long as it
  /// does.
  func setGlobal(_ slot: Int, to value: Value) {
    if (globals + slot).mayRun {
      retired.removeAll { !isRunning($0) }
      if isRunning(globals[slot]) { retired.append(globals[slot]) }
    }
    globals[slot] = value
  }

  /// Whether a function runs; of a built-in that is not known.
  private func isRunning(_ value: Value) -> Bool {
    guard case .object(let object) = value else { return false }
    if object.kind == .builtin { return nativeDepth > 0 }
    let captures = unsafeDowncast(object, to: FunctionObject.self).captures
    var frame = frameTop
    while frame > firstFrame {
      if frame.pointee.captures == captures { return true }
      frame -= 1
    }
    return false
  }
}
