extension Machine {
  /// Does one instruction in the most general way, of which handlers are the fast cases, and gives the place of the
  /// next one; nil when it failed, and then `failure` says why and the failing place is noted.
  ///
  /// - Parameter next: the word behind the instruction's own.
  @inline(never)
  func step(
    _ next: Next, _ r: Register, _ constants: Register, _ frame: UnsafeMutablePointer<Frame>, _ word: UInt32
  ) -> Next? {
    note(next, r, frame)
    do {
      switch Instruction.opcode(word) {
      case .loadNil, .loadTrue, .loadFalse, .loadInt, .loadConstant, .move, .clear, .getGlobal, .setGlobal, .newCell,
        .getCell, .setCell, .getCapture, .getCaptureCell, .setCaptureCell, .makeFunction, .makeType, .defaultArgument:
        return try load(next, r, constants, frame, word)
      case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power, .addK, .subtractK, .multiplyK, .divideK,
        .floorDivideK, .moduloK, .powerK, .binary, .negate, .invert, .not:
        return try operate(next, r, constants, word)
      case .jump, .jumpIfFalse, .jumpIfTrue, .jumpLess, .jumpLessOrEqual, .jumpGreater, .jumpGreaterOrEqual,
        .jumpEqual, .jumpLessK, .jumpLessOrEqualK, .jumpGreaterK, .jumpGreaterOrEqualK, .jumpEqualK, .jumpContained:
        return try jump(next, r, constants, word)
      case .rangeStart, .rangeNext, .iterate, .next:
        return try loop(next, r, word)
      case .makeList, .extendList, .makeMap, .mapEntry, .makeRange, .makeClosedRange, .getIndex,
        .getIndexGlobal, .setIndex, .setIndexK,
        .getSubscript, .setSubscript, .destructure, .getMember, .setMember, .getField, .setField:
        return try access(next, r, constants, frame, word)
      case .compose, .interpolate, .format, .throwError, .failAssertion, .rejectAssignment, .importModule:
        return try conclude(next, r, constants, frame, word)
      case .call, .callGlobal, .callLocal, .callCapture, .callNamed, .callMethod, .returnValue, .returnNil, .halt:
        preconditionFailure("calls and returns have handlers of their own")
      }
    } catch {
      failure = error
      return nil
    }
  }

  // MARK: Values and variables

  private func load(
    _ next: Next, _ r: Register, _ constants: Register, _ frame: UnsafeMutablePointer<Frame>, _ word: UInt32
  ) throws -> Next {
    typealias I = Instruction
    let target = r + I.a(word)
    let captures = frame.pointee.captures
    switch I.opcode(word) {
    case .loadNil: target.put(.nil)
    case .loadTrue: target.put(.bool(true))
    case .loadFalse: target.put(.bool(false))
    case .loadInt: target.put(.int(Int(Int16(truncatingIfNeeded: word >> 16))))
    case .loadConstant: target.copy(constants + I.wide(word))
    case .move: target.copy(r + I.b(word))
    case .clear: target.clear(count: I.b(word))
    case .getGlobal:
      let global = globals + I.wide(word)
      if global.isUnset { throw globalNotSet(I.wide(word)) }
      target.copy(global)
    case .setGlobal: setGlobal(I.wide(word), to: target.pointee)
    case .newCell:
      let cell = CellObject(target.pointee)
      heap.register(cell)
      target.pointee = .object(cell)
    case .getCell: target.copy((r + I.b(word)).contents)
    case .setCell: target.contents.copy(r + I.b(word))
    case .getCapture: target.copy(captures + I.b(word))
    case .getCaptureCell: target.copy((captures + I.b(word)).contents)
    case .setCaptureCell: (captures + I.a(word)).contents.copy(r + I.b(word))
    case .makeFunction: makeFunction(frame.pointee.entry.pointee.prototype, I.wide(word), r, captures, target)
    case .makeType: makeType(frame.pointee.entry.pointee.prototype, I.wide(word), r, captures, target)
    default:  // defaultArgument
      return target.isUnset ? next + 1 : next + (1 + Instructions.distance(next))
    }
    return next
  }

  // MARK: Operators

  private func operate(_ next: Next, _ r: Register, _ constants: Register, _ word: UInt32) throws -> Next {
    typealias I = Instruction
    let target = r + I.a(word)
    let left = r + I.b(word)
    func compute(_ operation: BinaryOperator, _ right: Register) throws { try binary(operation, left, right, target) }
    let register = r + I.c(word)
    let constant = constants + I.c(word)
    switch I.opcode(word) {
    case .add: try compute(.add, register)
    case .addK: try compute(.add, constant)
    case .subtract: try compute(.subtract, register)
    case .subtractK: try compute(.subtract, constant)
    case .multiply: try compute(.multiply, register)
    case .multiplyK: try compute(.multiply, constant)
    case .divide: try compute(.divide, register)
    case .divideK: try compute(.divide, constant)
    case .floorDivide: try compute(.floorDivide, register)
    case .floorDivideK: try compute(.floorDivide, constant)
    case .modulo: try compute(.modulo, register)
    case .moduloK: try compute(.modulo, constant)
    case .power: try compute(.power, register)
    case .powerK: try compute(.power, constant)
    case .negate: target.pointee = try unary(.negate, left.pointee)
    case .invert: target.pointee = try unary(.invert, left.pointee)
    case .not: target.pointee = .bool(!(try condition(left.pointee)))
    default:  // binary
      note(next + 1)
      try compute(BinaryOperator.numbered[Int(next.pointee)], register)
      return next + 1
    }
    return next
  }

  // MARK: Jumps and loops

  private func jump(_ next: Next, _ r: Register, _ constants: Register, _ word: UInt32) throws -> Next {
    typealias I = Instruction
    note(next + 1)
    let left = r + I.a(word)
    let register = r + I.b(word)
    let constant = constants + I.b(word)
    let outcome: Bool
    var wanted = I.c(word) != 0
    switch I.opcode(word) {
    case .jump:
      outcome = true
      wanted = true
    case .jumpIfFalse:
      outcome = try condition(left.pointee)
      wanted = false
    case .jumpIfTrue:
      outcome = try condition(left.pointee)
      wanted = true
    case .jumpLess: outcome = try comparison(.less, left, register)
    case .jumpLessK: outcome = try comparison(.less, left, constant)
    case .jumpLessOrEqual: outcome = try comparison(.lessOrEqual, left, register)
    case .jumpLessOrEqualK: outcome = try comparison(.lessOrEqual, left, constant)
    case .jumpGreater: outcome = try comparison(.greater, left, register)
    case .jumpGreaterK: outcome = try comparison(.greater, left, constant)
    case .jumpGreaterOrEqual: outcome = try comparison(.greaterOrEqual, left, register)
    case .jumpGreaterOrEqualK: outcome = try comparison(.greaterOrEqual, left, constant)
    case .jumpEqual: outcome = try comparison(.equal, left, register)
    case .jumpEqualK: outcome = try comparison(.equal, left, constant)
    default:  // jumpContained
      outcome = try condition(try binary(.contained, left.pointee, register.pointee))
    }
    guard outcome == wanted else { return next + 1 }
    let distance = Instructions.distance(next)
    if distance < 0, signal.isRaised { try attend() }
    return next + (1 + distance)
  }

  private func loop(_ next: Next, _ r: Register, _ word: UInt32) throws -> Next {
    typealias I = Instruction
    let first = r + I.a(word)
    let target = next + (1 + (I.opcode(word) == .iterate ? 0 : Instructions.distance(next)))
    switch I.opcode(word) {
    case .iterate:
      try startIteration(first, wantsKeys: I.c(word) != 0)
      return next
    case .rangeStart:
      note(next + 1)
      return try startRange(first, isClosed: I.c(word) != 0) ? next + 1 : target
    case .rangeNext:
      note(next + 1)
      if signal.isRaised { try attend() }
      if I.c(word) > 0 { (r + I.b(word)).clear(count: I.c(word)) }
      guard case .int(let value) = first.pointee, case .int(let last) = first[1], value < last else { return next + 1 }
      first.initialize(to: .int(value &+ 1))
      return target
    default:  // next
      note(next + 1)
      if signal.isRaised { try attend() }
      return try advance(first, count: I.b(word)) ? target : next + 1
    }
  }

  // MARK: Containers and members

  private func access(
    _ next: Next, _ r: Register, _ constants: Register, _ frame: UnsafeMutablePointer<Frame>, _ word: UInt32
  ) throws -> Next {
    typealias I = Instruction
    let (a, b, c) = (r + I.a(word), r + I.b(word), r + I.c(word))
    let prototype = frame.pointee.entry.pointee.prototype
    /// After an assignment to an element: where the owner changed, the instructions that store it back are skipped.
    func assigned(_ changed: Value?, _ next: Next) -> Next {
      guard let changed else { return next + (1 + Instructions.distance(next)) }
      if I.opcode(next[1]) != .rejectAssignment { a.pointee = changed }
      return next + 1
    }
    switch I.opcode(word) {
    case .makeList:
      let list = ListObject(moving: b, count: I.c(word), heap: heap)
      b.initialize(repeating: .nil, count: I.c(word))
      a.pointee = .object(list)
    case .extendList:
      if case .object(let object) = a.pointee {
        unsafeDowncast(object, to: ListObject.self).append(moving: b, count: I.c(word))
        b.initialize(repeating: .nil, count: I.c(word))
      }
    case .makeMap: a.pointee = .object(MapObject(heap: heap))
    case .mapEntry: try setEntry(a.pointee, b.pointee, c.pointee)
    case .makeRange: a.pointee = try makeRange(b.pointee, c.pointee, isClosed: false)
    case .makeClosedRange: a.pointee = try makeRange(b.pointee, c.pointee, isClosed: true)
    case .getIndex: a.pointee = try subscripted(b.pointee, c.pointee)
    case .getIndexGlobal:
      note(next + 1)
      let global = globals + Int(next.pointee)
      if global.isUnset { throw globalNotSet(Int(next.pointee)) }
      a.pointee = try subscripted(global.pointee, c.pointee)
      return next + 1
    case .setIndex:
      note(next + 1)
      return assigned(try setIndex(a.pointee, b.pointee, c.pointee), next)
    case .setIndexK:
      note(next + 1)
      return assigned(try setIndex(a.pointee, b.pointee, constants[I.c(word)]), next)
    case .getSubscript:
      note(next + 1)
      a.pointee = try subscripted(b.pointee, prototype, Int(next.pointee), c)
      return next + 1
    case .setSubscript:
      note(next + 2)
      return assigned(try setSubscript(a.pointee, prototype, Int(next.pointee), c, to: b.pointee), next + 1)
    case .destructure: try destructure(c.pointee, a, count: I.b(word))
    case .getMember:
      note(next + 3)
      a.pointee = try member(b.pointee, constants[Int(next.pointee)], cache: next + 1)
      return next + 3
    case .setMember:
      note(next + 3)
      try setMember(a.pointee, constants[Int(next.pointee)], to: b.pointee, cache: next + 1)
      return next + 3
    case .getField:
      let value = b.unretained(InstanceObject.self)._withUnsafeGuaranteedRef { $0.fields } + I.c(word)
      if value.isUnset { throw fieldNotSet(b.pointee, I.c(word)) }
      a.copy(value)
    default:  // setField
      (a.unretained(InstanceObject.self)._withUnsafeGuaranteedRef { $0.fields } + I.c(word)).copy(b)
    }
    return next
  }

  // MARK: Everything else

  private func conclude(
    _ next: Next, _ r: Register, _ constants: Register, _ frame: UnsafeMutablePointer<Frame>, _ word: UInt32
  ) throws -> Next {
    typealias I = Instruction
    let (a, b, c) = (r + I.a(word), r + I.b(word), r + I.c(word))
    let prototype = frame.pointee.entry.pointee.prototype
    switch I.opcode(word) {
    case .compose: a.pointee = try compose(b.pointee, c.pointee)
    case .interpolate: try interpolate(b, count: I.c(word), a)
    case .format:
      note(next + 1)
      a.pointee = try format(b.pointee, prototype, Int(next.pointee))
      return next + 1
    case .throwError: throw try thrown(a.pointee)
    case .failAssertion: throw try failedAssertion(a, message: b, flags: I.c(word))
    case .rejectAssignment:
      note(next + 1)
      throw Fault.immutableTarget(constants[Int(next.pointee)].asString ?? "")
    default:  // importModule
      a.pointee = try importModule(prototype, I.wide(word))
    }
    return next
  }
}
