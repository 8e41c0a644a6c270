extension Machine {
  /// Where the loop goes on.
  struct State {
    var next: UnsafeMutablePointer<UInt32>
    var registers: UnsafeMutablePointer<Value>
    var prototype: Unmanaged<Prototype>
    var captures: UnsafeMutablePointer<Value>
  }

  /// Stores a value that needs no count in a register, and lets go of what was there.
  @inline(__always)
  private func put(_ value: Value, _ register: UnsafeMutablePointer<Value>) {
    if case .object = register.pointee { Machine.drop(register) }
    register.initialize(to: value)
  }

  @inline(never)
  private static func drop(_ register: UnsafeMutablePointer<Value>) { register.deinitialize(count: 1) }

  /// Both numbers as floats, unless both are ints.
  @inline(__always)
  private func floats(
    _ left: UnsafeMutablePointer<Value>, _ right: UnsafeMutablePointer<Value>
  ) -> (Double, Double)? {
    switch left.pointee {
    case .float(let x):
      switch right.pointee {
      case .float(let y): return (x, y)
      case .int(let y): return (x, Double(y))
      default: return nil
      }
    case .int(let x):
      if case .float(let y) = right.pointee { return (Double(x), y) }
      return nil
    default: return nil
    }
  }

  /// Floored division of ints, and its remainder, where neither overflows; nil for the slow way to tell.
  @inline(__always)
  private func floored(_ x: Int, _ y: Int) -> (quotient: Int, remainder: Int)? {
    if y == 0 || y == -1 { return nil }
    let quotient = x / y
    let remainder = x &- quotient &* y
    return remainder != 0 && (remainder ^ y) < 0 ? (quotient &- 1, remainder &+ y) : (quotient, remainder)
  }

  /// Runs instructions from a state until `halt`.
  ///
  /// Throws what no handler below the entry caught; the frames above it are gone then.
  @inline(never)
  func execute(_ start: State) throws {
    typealias I = Instruction
    var next = start.next
    var r = start.registers
    var prototype = start.prototype
    var captures = start.captures
    var constants = prototype._withUnsafeGuaranteedRef { $0.constants }
    let globals = self.globals
    let signal = self.signal

    while true {
      do {
        while true {
          let word = next.pointee
          next += 1
          switch I.opcode(word) {
          // MARK: Loading
          case .loadNil: put(.nil, r + I.a(word))
          case .loadTrue: put(.bool(true), r + I.a(word))
          case .loadFalse: put(.bool(false), r + I.a(word))
          case .loadInt: put(.int(Int(Int16(truncatingIfNeeded: word >> 16))), r + I.a(word))
          case .loadConstant: r[I.a(word)] = constants[I.wide(word)]
          case .move: r[I.a(word)] = r[I.b(word)]
          case .clear:
            var register = r + I.a(word)
            let end = register + I.b(word)
            while register < end {
              put(.nil, register)
              register += 1
            }
          case .getGlobal:
            let global = globals + I.wide(word)
            if case .object(let object) = global.pointee, object === unsetObject {
              note(next, r, prototype)
              throw globalNotSet(I.wide(word))
            }
            r[I.a(word)] = global.pointee
          case .setGlobal: globals[I.wide(word)] = r[I.a(word)]
          case .newCell:
            let register = r + I.a(word)
            let cell = CellObject(register.pointee)
            heap.register(cell)
            register.pointee = .object(cell)
          case .getCell:
            if case .object(let object) = r[I.b(word)] {
              r[I.a(word)] = unsafeDowncast(object, to: CellObject.self).value
            }
          case .setCell:
            if case .object(let object) = r[I.a(word)] {
              unsafeDowncast(object, to: CellObject.self).value = r[I.b(word)]
            }
          case .getCapture: r[I.a(word)] = captures[I.b(word)]
          case .getCaptureCell:
            if case .object(let object) = captures[I.b(word)] {
              r[I.a(word)] = unsafeDowncast(object, to: CellObject.self).value
            }
          case .setCaptureCell:
            if case .object(let object) = captures[I.a(word)] {
              unsafeDowncast(object, to: CellObject.self).value = r[I.b(word)]
            }
          case .makeFunction:
            makeFunction(prototype, I.wide(word), r, captures, r + I.a(word))
          case .makeType:
            makeType(prototype, I.wide(word), r, captures, r + I.a(word))
          case .defaultArgument:
            let distance = Int(Int32(bitPattern: next.pointee))
            next += 1
            if case .object(let object) = r[I.a(word)], object === unsetObject { continue }
            next += distance

          // MARK: Arithmetic
          case .add:
            let left = r + I.b(word), right = r + I.c(word)
            if case .int(let x) = left.pointee, case .int(let y) = right.pointee {
              let (sum, overflow) = x.addingReportingOverflow(y)
              if !overflow {
                put(.int(sum), r + I.a(word))
                continue
              }
            } else if let (x, y) = floats(left, right) {
              put(.float(x + y), r + I.a(word))
              continue
            }
            note(next, r, prototype)
            try binary(.add, left, right, r + I.a(word))
          case .addK:
            let left = r + I.b(word), right = constants + I.c(word)
            if case .int(let x) = left.pointee, case .int(let y) = right.pointee {
              let (sum, overflow) = x.addingReportingOverflow(y)
              if !overflow {
                put(.int(sum), r + I.a(word))
                continue
              }
            } else if let (x, y) = floats(left, right) {
              put(.float(x + y), r + I.a(word))
              continue
            }
            note(next, r, prototype)
            try binary(.add, left, right, r + I.a(word))
          case .subtract:
            let left = r + I.b(word), right = r + I.c(word)
            if case .int(let x) = left.pointee, case .int(let y) = right.pointee {
              let (difference, overflow) = x.subtractingReportingOverflow(y)
              if !overflow {
                put(.int(difference), r + I.a(word))
                continue
              }
            } else if let (x, y) = floats(left, right) {
              put(.float(x - y), r + I.a(word))
              continue
            }
            note(next, r, prototype)
            try binary(.subtract, left, right, r + I.a(word))
          case .subtractK:
            let left = r + I.b(word), right = constants + I.c(word)
            if case .int(let x) = left.pointee, case .int(let y) = right.pointee {
              let (difference, overflow) = x.subtractingReportingOverflow(y)
              if !overflow {
                put(.int(difference), r + I.a(word))
                continue
              }
            } else if let (x, y) = floats(left, right) {
              put(.float(x - y), r + I.a(word))
              continue
            }
            note(next, r, prototype)
            try binary(.subtract, left, right, r + I.a(word))
          case .multiply:
            let left = r + I.b(word), right = r + I.c(word)
            if let (x, y) = floats(left, right) {
              put(.float(x * y), r + I.a(word))
              continue
            } else if case .int(let x) = left.pointee, case .int(let y) = right.pointee {
              let (product, overflow) = x.multipliedReportingOverflow(by: y)
              if !overflow {
                put(.int(product), r + I.a(word))
                continue
              }
            }
            note(next, r, prototype)
            try binary(.multiply, left, right, r + I.a(word))
          case .multiplyK:
            let left = r + I.b(word), right = constants + I.c(word)
            if let (x, y) = floats(left, right) {
              put(.float(x * y), r + I.a(word))
              continue
            } else if case .int(let x) = left.pointee, case .int(let y) = right.pointee {
              let (product, overflow) = x.multipliedReportingOverflow(by: y)
              if !overflow {
                put(.int(product), r + I.a(word))
                continue
              }
            }
            note(next, r, prototype)
            try binary(.multiply, left, right, r + I.a(word))
          case .divide:
            let left = r + I.b(word), right = r + I.c(word)
            if let (x, y) = floats(left, right) {
              put(.float(x / y), r + I.a(word))
            } else {
              note(next, r, prototype)
              try binary(.divide, left, right, r + I.a(word))
            }
          case .divideK:
            let left = r + I.b(word), right = constants + I.c(word)
            if let (x, y) = floats(left, right) {
              put(.float(x / y), r + I.a(word))
            } else {
              note(next, r, prototype)
              try binary(.divide, left, right, r + I.a(word))
            }
          case .floorDivide, .floorDivideK:
            let left = r + I.b(word)
            let right = I.opcode(word) == .floorDivide ? r + I.c(word) : constants + I.c(word)
            if case .int(let x) = left.pointee, case .int(let y) = right.pointee, let result = floored(x, y) {
              put(.int(result.quotient), r + I.a(word))
            } else {
              note(next, r, prototype)
              try binary(.floorDivide, left, right, r + I.a(word))
            }
          case .modulo, .moduloK:
            let left = r + I.b(word)
            let right = I.opcode(word) == .modulo ? r + I.c(word) : constants + I.c(word)
            if case .int(let x) = left.pointee, case .int(let y) = right.pointee, let result = floored(x, y) {
              put(.int(result.remainder), r + I.a(word))
            } else {
              note(next, r, prototype)
              try binary(.modulo, left, right, r + I.a(word))
            }
          case .power, .powerK:
            let left = r + I.b(word)
            let right = I.opcode(word) == .power ? r + I.c(word) : constants + I.c(word)
            if case .float(let x) = left.pointee {
              // Squares and square roots are most of what is asked for.
              if case .int(2) = right.pointee {
                put(.float(x * x), r + I.a(word))
                continue
              }
              if case .float(0.5) = right.pointee, x > 0 {
                put(.float(x.squareRoot()), r + I.a(word))
                continue
              }
            }
            note(next, r, prototype)
            try binary(.power, left, right, r + I.a(word))
          case .binary:
            let number = Int(next.pointee)
            next += 1
            note(next, r, prototype)
            try binary(BinaryOperator.allCases[number], r + I.b(word), r + I.c(word), r + I.a(word))
          case .negate:
            switch r[I.b(word)] {
            case .float(let x): put(.float(-x), r + I.a(word))
            case .int(let x) where x != .min: put(.int(-x), r + I.a(word))
            default:
              note(next, r, prototype)
              r[I.a(word)] = try unary(.negate, r[I.b(word)])
            }
          case .invert:
            note(next, r, prototype)
            r[I.a(word)] = try unary(.invert, r[I.b(word)])
          case .not:
            if case .bool(let value) = r[I.b(word)] {
              put(.bool(!value), r + I.a(word))
            } else {
              note(next, r, prototype)
              r[I.a(word)] = .bool(!(try condition(r[I.b(word)])))
            }

          // MARK: Jumps
          case .jump: next += 1 + Int(Int32(bitPattern: next.pointee))
          case .loop:
            next += 1 + Int(Int32(bitPattern: next.pointee))
            if signal.isRaised {
              note(next, r, prototype)
              try attend()
            }
          case .jumpIfFalse, .jumpIfTrue:
            let distance = Int(Int32(bitPattern: next.pointee))
            next += 1
            let outcome: Bool
            if case .bool(let value) = r[I.a(word)] {
              outcome = value
            } else {
              note(next, r, prototype)
              outcome = try condition(r[I.a(word)])
            }
            if outcome == (I.opcode(word) == .jumpIfTrue) { next += distance }
          case .jumpLess, .jumpLessK:
            let distance = Int(Int32(bitPattern: next.pointee))
            next += 1
            let left = r + I.a(word)
            let right = I.opcode(word) == .jumpLess ? r + I.b(word) : constants + I.b(word)
            let outcome: Bool
            if case .int(let x) = left.pointee, case .int(let y) = right.pointee {
              outcome = x < y
            } else if case .float(let x) = left.pointee, case .float(let y) = right.pointee {
              outcome = x < y
            } else {
              note(next, r, prototype)
              outcome = try comparison(.less, left, right)
            }
            if outcome == (I.c(word) != 0) { next += distance }
          case .jumpLessOrEqual, .jumpLessOrEqualK:
            let distance = Int(Int32(bitPattern: next.pointee))
            next += 1
            let left = r + I.a(word)
            let right = I.opcode(word) == .jumpLessOrEqual ? r + I.b(word) : constants + I.b(word)
            let outcome: Bool
            if case .int(let x) = left.pointee, case .int(let y) = right.pointee {
              outcome = x <= y
            } else if case .float(let x) = left.pointee, case .float(let y) = right.pointee {
              outcome = x <= y
            } else {
              note(next, r, prototype)
              outcome = try comparison(.lessOrEqual, left, right)
            }
            if outcome == (I.c(word) != 0) { next += distance }
          case .jumpGreater, .jumpGreaterK:
            let distance = Int(Int32(bitPattern: next.pointee))
            next += 1
            let left = r + I.a(word)
            let right = I.opcode(word) == .jumpGreater ? r + I.b(word) : constants + I.b(word)
            let outcome: Bool
            if case .int(let x) = left.pointee, case .int(let y) = right.pointee {
              outcome = x > y
            } else if case .float(let x) = left.pointee, case .float(let y) = right.pointee {
              outcome = x > y
            } else {
              note(next, r, prototype)
              outcome = try comparison(.greater, left, right)
            }
            if outcome == (I.c(word) != 0) { next += distance }
          case .jumpGreaterOrEqual, .jumpGreaterOrEqualK:
            let distance = Int(Int32(bitPattern: next.pointee))
            next += 1
            let left = r + I.a(word)
            let right = I.opcode(word) == .jumpGreaterOrEqual ? r + I.b(word) : constants + I.b(word)
            let outcome: Bool
            if case .int(let x) = left.pointee, case .int(let y) = right.pointee {
              outcome = x >= y
            } else if case .float(let x) = left.pointee, case .float(let y) = right.pointee {
              outcome = x >= y
            } else {
              note(next, r, prototype)
              outcome = try comparison(.greaterOrEqual, left, right)
            }
            if outcome == (I.c(word) != 0) { next += distance }
          case .jumpEqual, .jumpEqualK:
            let distance = Int(Int32(bitPattern: next.pointee))
            next += 1
            let left = r + I.a(word)
            let right = I.opcode(word) == .jumpEqual ? r + I.b(word) : constants + I.b(word)
            let outcome: Bool
            if case .int(let x) = left.pointee, case .int(let y) = right.pointee {
              outcome = x == y
            } else {
              note(next, r, prototype)
              outcome = try comparison(.equal, left, right)
            }
            if outcome == (I.c(word) != 0) { next += distance }

          // MARK: Loops
          case .rangeStart:
            let distance = Int(Int32(bitPattern: next.pointee))
            next += 1
            let first = r + I.a(word)
            guard case .int(let lower) = first.pointee, case .int(let upper) = first[1] else {
              note(next, r, prototype)
              if try startRange(first, isClosed: I.c(word) != 0) { continue }
              next += distance
              continue
            }
            if I.c(word) != 0 {
              if lower > upper { next += distance }
            } else if lower < upper {
              (first + 1).initialize(to: .int(upper &- 1))
            } else {
              next += distance
            }
          case .rangeNext:
            let distance = Int(Int32(bitPattern: next.pointee))
            next += 1
            let counter = r + I.a(word)
            if case .int(let value) = counter.pointee, case .int(let last) = counter[1], value < last {
              counter.initialize(to: .int(value &+ 1))
              next += distance
              if signal.isRaised {
                note(next, r, prototype)
                try attend()
              }
            }
          case .iterate:
            note(next, r, prototype)
            try startIteration(r + I.a(word), wantsKeys: I.c(word) != 0)
          case .next:
            let distance = Int(Int32(bitPattern: next.pointee))
            next += 1
            let sequence = r + I.a(word)
            if case .object(let object) = sequence.pointee, object.kind == .list, I.b(word) == 1,
              case .int(let position) = sequence[1]
            {
              let list = unsafeDowncast(object, to: ListObject.self)
              if position < list.count {
                (sequence + 1).initialize(to: .int(position &+ 1))
                sequence[2] = list.storage[position]
                next += distance
              }
            } else {
              note(next, r, prototype)
              if try advance(sequence, count: I.b(word)) { next += distance }
            }
            if signal.isRaised {
              note(next, r, prototype)
              try attend()
            }

          // MARK: Containers
          case .makeList:
            let start = r + I.b(word)
            let count = I.c(word)
            let list = ListObject(moving: start, count: count, heap: heap)
            start.initialize(repeating: .nil, count: count)
            r[I.a(word)] = .object(list)
          case .extendList:
            if case .object(let object) = r[I.a(word)] {
              let start = r + I.b(word)
              unsafeDowncast(object, to: ListObject.self).append(moving: start, count: I.c(word))
              start.initialize(repeating: .nil, count: I.c(word))
            }
          case .makeMap: r[I.a(word)] = .object(MapObject(heap: heap))
          case .mapEntry:
            note(next, r, prototype)
            try setEntry(r[I.a(word)], r[I.b(word)], r[I.c(word)])
          case .makeRange, .makeClosedRange:
            note(next, r, prototype)
            r[I.a(word)] = try makeRange(r[I.b(word)], r[I.c(word)], isClosed: I.opcode(word) == .makeClosedRange)
          case .getIndex:
            if case .object(let object) = r[I.b(word)], object.kind == .list, case .int(let position) = r[I.c(word)] {
              let list = unsafeDowncast(object, to: ListObject.self)
              if UInt(bitPattern: position) < UInt(bitPattern: list.count) {
                r[I.a(word)] = list.storage[position]
                continue
              }
            }
            note(next, r, prototype)
            r[I.a(word)] = try subscripted(r[I.b(word)], r[I.c(word)])
          case .setIndex:
            let distance = Int(Int32(bitPattern: next.pointee))
            next += 1
            if case .object(let object) = r[I.a(word)], object.kind == .list, case .int(let position) = r[I.b(word)] {
              let list = unsafeDowncast(object, to: ListObject.self)
              if UInt(bitPattern: position) < UInt(bitPattern: list.count) {
                list.storage[position] = r[I.c(word)]
                next += distance
                continue
              }
            }
            note(next, r, prototype)
            if let changed = try setIndex(r[I.a(word)], r[I.b(word)], r[I.c(word)]) {
              if I.opcode(next.pointee) != .rejectAssignment { r[I.a(word)] = changed }
            } else {
              next += distance
            }
          case .getSubscript:
            let shape = Int(next.pointee)
            next += 1
            note(next, r, prototype)
            r[I.a(word)] = try subscripted(r[I.b(word)], prototype, shape, r + I.c(word))
          case .setSubscript:
            let shape = Int(next.pointee)
            let distance = Int(Int32(bitPattern: next[1]))
            next += 2
            note(next, r, prototype)
            if let changed = try setSubscript(r[I.a(word)], prototype, shape, r + I.c(word), to: r[I.b(word)]) {
              if I.opcode(next.pointee) != .rejectAssignment { r[I.a(word)] = changed }
            } else {
              next += distance
            }
          case .destructure:
            note(next, r, prototype)
            try destructure(r[I.c(word)], r + I.a(word), count: I.b(word))

          // MARK: Members
          case .getMember:
            if case .object(let object) = r[I.b(word)], object.shape == next[1], object.shape != 0 {
              let value = unsafeDowncast(object, to: InstanceObject.self).fields + Int(next[2])
              if case .object(let object) = value.pointee, object === unsetObject {} else {
                r[I.a(word)] = value.pointee
                next += 3
                continue
              }
            }
            next += 3
            note(next, r, prototype)
            r[I.a(word)] = try member(r[I.b(word)], constants[Int(next[-3])], cache: next - 2)
          case .setMember:
            if case .object(let object) = r[I.a(word)], object.shape == next[1], object.shape != 0 {
              unsafeDowncast(object, to: InstanceObject.self).fields[Int(next[2])] = r[I.b(word)]
              next += 3
              continue
            }
            next += 3
            note(next, r, prototype)
            try setMember(r[I.a(word)], constants[Int(next[-3])], to: r[I.b(word)], cache: next - 2)
          case .getField:
            if case .object(let object) = r[I.b(word)] {
              let value = unsafeDowncast(object, to: InstanceObject.self).fields + I.c(word)
              if case .object(let object) = value.pointee, object === unsetObject {
                note(next, r, prototype)
                throw fieldNotSet(r[I.b(word)], I.c(word))
              }
              r[I.a(word)] = value.pointee
            }
          case .setField:
            if case .object(let object) = r[I.a(word)] {
              unsafeDowncast(object, to: InstanceObject.self).fields[I.c(word)] = r[I.b(word)]
            }

          // MARK: Calls
          case .call:
            let base = r + I.a(word)
            if signal.isRaised {
              note(next, r, prototype)
              try attend()
            }
            let callee: Unmanaged<FunctionObject>
            if case .object(let object) = base.pointee, object.kind == .function,
              unsafeDowncast(object, to: FunctionObject.self).prototype.exactCount == I.b(word)
            {
              callee = Unmanaged.passUnretained(unsafeDowncast(object, to: FunctionObject.self))
            } else {
              note(next, r, prototype)
              guard let prepared = try prepareCall(base, count: I.b(word), names: []) else {
                moveResult(base, to: r + I.c(word))
                continue
              }
              callee = prepared
            }
            let entered = callee._withUnsafeGuaranteedRef { Unmanaged.passUnretained($0.prototype) }
            let end = base + entered._withUnsafeGuaranteedRef { $0.registerCount }
            guard frameTop < framesEnd, end <= initializedEnd || reserve(upTo: end) else {
              note(next, r, prototype)
              throw Fault.stackOverflow()
            }
            frameTop.initialize(
              to: Frame(
                next: next, registers: r, prototype: prototype, captures: captures, result: r + I.c(word)))
            frameTop += 1
            prototype = entered
            captures = callee._withUnsafeGuaranteedRef { $0.captures }
            r = base
            next = prototype._withUnsafeGuaranteedRef { $0.code }
            constants = prototype._withUnsafeGuaranteedRef { $0.constants }
          case .callNamed, .callMethod:
            let base = r + I.a(word)
            let callee: Unmanaged<FunctionObject>
            let prepared: Unmanaged<FunctionObject>?
            if I.opcode(word) == .callNamed {
              let names = Int(next.pointee)
              next += 1
              note(next, r, prototype)
              prepared = try prepareCall(
                base, count: I.b(word), names: prototype._withUnsafeGuaranteedRef { $0.argumentNames[names] })
            } else if case .object(let object) = base.pointee, object.shape == next[1], object.shape != 0, next[3] == 0 {
              let method = unsafeDowncast(object, to: InstanceObject.self).type.methodTable[Int(next[2])]
              next += 4
              if method._withUnsafeGuaranteedRef({ $0.prototype.exactCount }) == I.b(word) {
                prepared = method
              } else {
                note(next, r, prototype)
                prepared = try arrange(method, base, count: I.b(word), names: [])
              }
            } else {
              let names = Int(next[3])
              next += 4
              note(next, r, prototype)
              prepared = try prepareMethodCall(
                base, count: I.b(word), constants[Int(next[-4])],
                names: names == 0 ? [] : prototype._withUnsafeGuaranteedRef { $0.argumentNames[names - 1] },
                cache: next - 3)
            }
            if signal.isRaised {
              note(next, r, prototype)
              try attend()
            }
            guard let prepared else {
              moveResult(base, to: r + I.c(word))
              continue
            }
            callee = prepared
            let entered = callee._withUnsafeGuaranteedRef { Unmanaged.passUnretained($0.prototype) }
            let end = base + entered._withUnsafeGuaranteedRef { $0.registerCount }
            guard frameTop < framesEnd, end <= initializedEnd || reserve(upTo: end) else {
              note(next, r, prototype)
              throw Fault.stackOverflow()
            }
            frameTop.initialize(
              to: Frame(
                next: next, registers: r, prototype: prototype, captures: captures, result: r + I.c(word)))
            frameTop += 1
            prototype = entered
            captures = callee._withUnsafeGuaranteedRef { $0.captures }
            r = base
            next = prototype._withUnsafeGuaranteedRef { $0.code }
            constants = prototype._withUnsafeGuaranteedRef { $0.constants }
          case .returnValue, .returnNil:
            let value: Value
            if I.opcode(word) == .returnNil {
              value = .nil
            } else {
              value = (r + I.a(word)).move()
              (r + I.a(word)).initialize(to: .nil)
            }
            var register = r
            let end = r + prototype._withUnsafeGuaranteedRef { $0.registerCount }
            while register < end {
              if case .object = register.pointee {
                Machine.drop(register)
                register.initialize(to: .nil)
              }
              register += 1
            }
            frameTop -= 1
            let result = frameTop.pointee.result
            next = frameTop.pointee.next
            r = frameTop.pointee.registers
            prototype = frameTop.pointee.prototype
            captures = frameTop.pointee.captures
            constants = prototype._withUnsafeGuaranteedRef { $0.constants }
            if case .object = result.pointee { Machine.drop(result) }
            result.initialize(to: value)
          case .halt: return

          // MARK: Everything else
          case .compose:
            note(next, r, prototype)
            r[I.a(word)] = try compose(r[I.b(word)], r[I.c(word)])
          case .interpolate:
            note(next, r, prototype)
            try interpolate(r + I.b(word), count: I.c(word), r + I.a(word))
          case .format:
            let index = Int(next.pointee)
            next += 1
            note(next, r, prototype)
            r[I.a(word)] = try format(r[I.b(word)], prototype, index)
          case .throwError:
            note(next, r, prototype)
            throw try thrown(r[I.a(word)])
          case .failAssertion:
            note(next, r, prototype)
            throw try failedAssertion(r + I.a(word), message: r + I.b(word), flags: I.c(word))
          case .rejectAssignment:
            let name = Int(next.pointee)
            next += 1
            note(next, r, prototype)
            throw Fault.immutableTarget(constants[name].asString ?? "")
          case .importModule:
            note(next, r, prototype)
            r[I.a(word)] = try importModule(prototype, I.wide(word))
          }
        }
      } catch {
        let state = try unwind(error, State(next: next, registers: r, prototype: prototype, captures: captures))
        next = state.next
        r = state.registers
        prototype = state.prototype
        captures = state.captures
        constants = prototype._withUnsafeGuaranteedRef { $0.constants }
      }
    }
  }

  /// Moves a call's result from its window to where it is wanted.
  @inline(__always)
  private func moveResult(_ base: UnsafeMutablePointer<Value>, to target: UnsafeMutablePointer<Value>) {
    guard base != target else { return }
    let value = base.move()
    base.initialize(to: .nil)
    target.pointee = value
  }
}
