extension Machine {
  /// Where the loop goes on.
  struct State {
    var next: UnsafeMutablePointer<UInt32>
    var registers: UnsafeMutablePointer<Value>
    var entry: UnsafeMutablePointer<Prototype.Entry>
    var captures: UnsafeMutablePointer<Value>
  }

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
    var entry = start.entry
    var captures = start.captures
    var constants = entry.pointee.constants
    let globals = self.globals
    let signal = self.signal

    while true {
      do {
        while true {
          let word = next.pointee
          next += 1
          switch I.opcode(word) {
          // MARK: Loading
          case .loadNil: (r + I.a(word)).put(.nil)
          case .loadTrue: (r + I.a(word)).put(.bool(true))
          case .loadFalse: (r + I.a(word)).put(.bool(false))
          case .loadInt: (r + I.a(word)).put(.int(Int(Int16(truncatingIfNeeded: word >> 16))))
          case .loadConstant: (r + I.a(word)).copy(constants + I.wide(word))
          case .move: (r + I.a(word)).copy(r + I.b(word))
          case .clear:
            var register = r + I.a(word)
            let end = register + I.b(word)
            while register < end {
              register.put(.nil)
              register += 1
            }
          case .getGlobal:
            let global = globals + I.wide(word)
            if global.isUnset {
              note(next, r, entry)
              throw globalNotSet(I.wide(word))
            }
            (r + I.a(word)).copy(global)
          case .setGlobal: (globals + I.wide(word)).copy(r + I.a(word))
          case .newCell:
            let register = r + I.a(word)
            let cell = CellObject(register.pointee)
            heap.register(cell)
            register.pointee = .object(cell)
          case .getCell:
            (r + I.a(word)).copy((r + I.b(word)).unretained(CellObject.self)._withUnsafeGuaranteedRef { $0.contents })
          case .setCell:
            (r + I.a(word)).unretained(CellObject.self)._withUnsafeGuaranteedRef { $0.contents }.copy(r + I.b(word))
          case .getCapture: (r + I.a(word)).copy(captures + I.b(word))
          case .getCaptureCell:
            (r + I.a(word)).copy(
              (captures + I.b(word)).unretained(CellObject.self)._withUnsafeGuaranteedRef { $0.contents })
          case .setCaptureCell:
            (captures + I.a(word)).unretained(CellObject.self)._withUnsafeGuaranteedRef { $0.contents }.copy(
              r + I.b(word))
          case .makeFunction:
            makeFunction(entry.pointee.prototype, I.wide(word), r, captures, r + I.a(word))
          case .makeType:
            makeType(entry.pointee.prototype, I.wide(word), r, captures, r + I.a(word))
          case .defaultArgument:
            let distance = Int(Int32(bitPattern: next.pointee))
            next += 1
            if !(r + I.a(word)).isUnset { next += distance }

          // MARK: Arithmetic
          case .add:
            let left = r + I.b(word)
            let right = r + I.c(word)
            if case .int(let x) = left.pointee, case .int(let y) = right.pointee {
              let (sum, overflow) = x.addingReportingOverflow(y)
              if !overflow {
                (r + I.a(word)).put(.int(sum))
                continue
              }
            } else if let (x, y) = floats(left, right) {
              (r + I.a(word)).put(.float(x + y))
              continue
            }
            note(next, r, entry)
            try binary(.add, left, right, r + I.a(word))
          case .addK:
            let left = r + I.b(word)
            let right = constants + I.c(word)
            if case .int(let x) = left.pointee, case .int(let y) = right.pointee {
              let (sum, overflow) = x.addingReportingOverflow(y)
              if !overflow {
                (r + I.a(word)).put(.int(sum))
                continue
              }
            } else if let (x, y) = floats(left, right) {
              (r + I.a(word)).put(.float(x + y))
              continue
            }
            note(next, r, entry)
            try binary(.add, left, right, r + I.a(word))
          case .subtract:
            let left = r + I.b(word)
            let right = r + I.c(word)
            if case .int(let x) = left.pointee, case .int(let y) = right.pointee {
              let (difference, overflow) = x.subtractingReportingOverflow(y)
              if !overflow {
                (r + I.a(word)).put(.int(difference))
                continue
              }
            } else if let (x, y) = floats(left, right) {
              (r + I.a(word)).put(.float(x - y))
              continue
            }
            note(next, r, entry)
            try binary(.subtract, left, right, r + I.a(word))
          case .subtractK:
            let left = r + I.b(word)
            let right = constants + I.c(word)
            if case .int(let x) = left.pointee, case .int(let y) = right.pointee {
              let (difference, overflow) = x.subtractingReportingOverflow(y)
              if !overflow {
                (r + I.a(word)).put(.int(difference))
                continue
              }
            } else if let (x, y) = floats(left, right) {
              (r + I.a(word)).put(.float(x - y))
              continue
            }
            note(next, r, entry)
            try binary(.subtract, left, right, r + I.a(word))
          case .multiply:
            let left = r + I.b(word)
            let right = r + I.c(word)
            if let (x, y) = floats(left, right) {
              (r + I.a(word)).put(.float(x * y))
              continue
            } else if case .int(let x) = left.pointee, case .int(let y) = right.pointee {
              let (product, overflow) = x.multipliedReportingOverflow(by: y)
              if !overflow {
                (r + I.a(word)).put(.int(product))
                continue
              }
            }
            note(next, r, entry)
            try binary(.multiply, left, right, r + I.a(word))
          case .multiplyK:
            let left = r + I.b(word)
            let right = constants + I.c(word)
            if let (x, y) = floats(left, right) {
              (r + I.a(word)).put(.float(x * y))
              continue
            } else if case .int(let x) = left.pointee, case .int(let y) = right.pointee {
              let (product, overflow) = x.multipliedReportingOverflow(by: y)
              if !overflow {
                (r + I.a(word)).put(.int(product))
                continue
              }
            }
            note(next, r, entry)
            try binary(.multiply, left, right, r + I.a(word))
          case .divide:
            let left = r + I.b(word)
            let right = r + I.c(word)
            if let (x, y) = floats(left, right) {
              (r + I.a(word)).put(.float(x / y))
            } else {
              note(next, r, entry)
              try binary(.divide, left, right, r + I.a(word))
            }
          case .divideK:
            let left = r + I.b(word)
            let right = constants + I.c(word)
            if let (x, y) = floats(left, right) {
              (r + I.a(word)).put(.float(x / y))
            } else {
              note(next, r, entry)
              try binary(.divide, left, right, r + I.a(word))
            }
          case .floorDivide, .floorDivideK:
            let left = r + I.b(word)
            let right = I.opcode(word) == .floorDivide ? r + I.c(word) : constants + I.c(word)
            if case .int(let x) = left.pointee, case .int(let y) = right.pointee, let result = floored(x, y) {
              (r + I.a(word)).put(.int(result.quotient))
            } else {
              note(next, r, entry)
              try binary(.floorDivide, left, right, r + I.a(word))
            }
          case .modulo, .moduloK:
            let left = r + I.b(word)
            let right = I.opcode(word) == .modulo ? r + I.c(word) : constants + I.c(word)
            if case .int(let x) = left.pointee, case .int(let y) = right.pointee, let result = floored(x, y) {
              (r + I.a(word)).put(.int(result.remainder))
            } else {
              note(next, r, entry)
              try binary(.modulo, left, right, r + I.a(word))
            }
          case .power, .powerK:
            let left = r + I.b(word)
            let right = I.opcode(word) == .power ? r + I.c(word) : constants + I.c(word)
            if case .float(let x) = left.pointee {
              // Squares and square roots are most of what is asked for.
              if case .int(2) = right.pointee {
                (r + I.a(word)).put(.float(x * x))
                continue
              }
              if case .float(0.5) = right.pointee, x > 0 {
                (r + I.a(word)).put(.float(x.squareRoot()))
                continue
              }
            }
            note(next, r, entry)
            try binary(.power, left, right, r + I.a(word))
          case .binary:
            let number = Int(next.pointee)
            next += 1
            note(next, r, entry)
            try binary(BinaryOperator.numbered[number], r + I.b(word), r + I.c(word), r + I.a(word))
          case .negate:
            switch r[I.b(word)] {
            case .float(let x): (r + I.a(word)).put(.float(-x))
            case .int(let x) where x != .min: (r + I.a(word)).put(.int(-x))
            default:
              note(next, r, entry)
              r[I.a(word)] = try unary(.negate, r[I.b(word)])
            }
          case .invert:
            note(next, r, entry)
            r[I.a(word)] = try unary(.invert, r[I.b(word)])
          case .not:
            if case .bool(let value) = r[I.b(word)] {
              (r + I.a(word)).put(.bool(!value))
            } else {
              note(next, r, entry)
              r[I.a(word)] = .bool(!(try condition(r[I.b(word)])))
            }

          // MARK: Jumps
          case .jump: next += 1 + Int(Int32(bitPattern: next.pointee))
          case .loop:
            next += 1 + Int(Int32(bitPattern: next.pointee))
            if signal.isRaised {
              note(next, r, entry)
              try attend()
            }
          case .jumpIfFalse, .jumpIfTrue:
            let distance = Int(Int32(bitPattern: next.pointee))
            next += 1
            let outcome: Bool
            if case .bool(let value) = r[I.a(word)] {
              outcome = value
            } else {
              note(next, r, entry)
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
              note(next, r, entry)
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
              note(next, r, entry)
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
              note(next, r, entry)
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
              note(next, r, entry)
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
              note(next, r, entry)
              outcome = try comparison(.equal, left, right)
            }
            if outcome == (I.c(word) != 0) { next += distance }

          // MARK: Loops
          case .rangeStart:
            let distance = Int(Int32(bitPattern: next.pointee))
            next += 1
            let first = r + I.a(word)
            guard case .int(let lower) = first.pointee, case .int(let upper) = first[1] else {
              note(next, r, entry)
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
                note(next, r, entry)
                try attend()
              }
            }
          case .iterate:
            note(next, r, entry)
            try startIteration(r + I.a(word), wantsKeys: I.c(word) != 0)
          case .next:
            let distance = Int(Int32(bitPattern: next.pointee))
            next += 1
            let sequence = r + I.a(word)
            if sequence.holdsObject, sequence.kind == .list, I.b(word) == 1, case .int(let packed) = sequence[1] {
              let (storage, count) = sequence.unretained(ListObject.self)._withUnsafeGuaranteedRef {
                ($0.storage, $0.count)
              }
              if ListPosition.count(packed) != count {
                note(next, r, entry)
                throw Fault.listChanged()
              }
              let position = ListPosition.index(packed)
              if position < count {
                (sequence + 1).initialize(to: .int(packed &+ 1))
                (sequence + 2).copy(storage + position)
                next += distance
              }
            } else {
              note(next, r, entry)
              if try advance(sequence, count: I.b(word)) { next += distance }
            }
            if signal.isRaised {
              note(next, r, entry)
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
            note(next, r, entry)
            try setEntry(r[I.a(word)], r[I.b(word)], r[I.c(word)])
          case .makeRange, .makeClosedRange:
            note(next, r, entry)
            r[I.a(word)] = try makeRange(r[I.b(word)], r[I.c(word)], isClosed: I.opcode(word) == .makeClosedRange)
          case .getIndex:
            let indexed = r + I.b(word)
            if indexed.holdsObject, indexed.kind == .list, case .int(let position) = r[I.c(word)] {
              let (storage, count) = indexed.unretained(ListObject.self)._withUnsafeGuaranteedRef {
                ($0.storage, $0.count)
              }
              if UInt(bitPattern: position) < UInt(bitPattern: count) {
                (r + I.a(word)).copy(storage + position)
                continue
              }
            }
            note(next, r, entry)
            r[I.a(word)] = try subscripted(r[I.b(word)], r[I.c(word)])
          case .setIndex:
            let distance = Int(Int32(bitPattern: next.pointee))
            next += 1
            let indexed = r + I.a(word)
            if indexed.holdsObject, indexed.kind == .list, case .int(let position) = r[I.b(word)] {
              let (storage, count) = indexed.unretained(ListObject.self)._withUnsafeGuaranteedRef {
                ($0.storage, $0.count)
              }
              if UInt(bitPattern: position) < UInt(bitPattern: count) {
                (storage + position).copy(r + I.c(word))
                next += distance
                continue
              }
            }
            note(next, r, entry)
            if let changed = try setIndex(r[I.a(word)], r[I.b(word)], r[I.c(word)]) {
              if I.opcode(next.pointee) != .rejectAssignment { r[I.a(word)] = changed }
            } else {
              next += distance
            }
          case .getSubscript:
            let shape = Int(next.pointee)
            next += 1
            note(next, r, entry)
            r[I.a(word)] = try subscripted(r[I.b(word)], entry.pointee.prototype, shape, r + I.c(word))
          case .setSubscript:
            let shape = Int(next.pointee)
            let distance = Int(Int32(bitPattern: next[1]))
            next += 2
            note(next, r, entry)
            if let changed = try setSubscript(
              r[I.a(word)], entry.pointee.prototype, shape, r + I.c(word), to: r[I.b(word)])
            {
              if I.opcode(next.pointee) != .rejectAssignment { r[I.a(word)] = changed }
            } else {
              next += distance
            }
          case .destructure:
            note(next, r, entry)
            try destructure(r[I.c(word)], r + I.a(word), count: I.b(word))

          // MARK: Members
          case .getMember:
            let owner = r + I.b(word)
            let shape = owner.shape
            if shape == next[1], shape != 0 {
              let value = owner.unretained(InstanceObject.self)._withUnsafeGuaranteedRef { $0.fields } + Int(next[2])
              if !value.isUnset {
                (r + I.a(word)).copy(value)
                next += 3
                continue
              }
            }
            next += 3
            note(next, r, entry)
            r[I.a(word)] = try member(r[I.b(word)], constants[Int(next[-3])], cache: next - 2)
          case .setMember:
            let owner = r + I.a(word)
            let shape = owner.shape
            if shape == next[1], shape != 0 {
              let fields = owner.unretained(InstanceObject.self)._withUnsafeGuaranteedRef { $0.fields }
              (fields + Int(next[2])).copy(r + I.b(word))
              next += 3
              continue
            }
            next += 3
            note(next, r, entry)
            try setMember(r[I.a(word)], constants[Int(next[-3])], to: r[I.b(word)], cache: next - 2)
          case .getField:
            let value =
              (r + I.b(word)).unretained(InstanceObject.self)._withUnsafeGuaranteedRef { $0.fields } + I.c(word)
            if value.isUnset {
              note(next, r, entry)
              throw fieldNotSet(r[I.b(word)], I.c(word))
            }
            (r + I.a(word)).copy(value)
          case .setField:
            let fields = (r + I.a(word)).unretained(InstanceObject.self)._withUnsafeGuaranteedRef { $0.fields }
            (fields + I.c(word)).copy(r + I.b(word))

          // MARK: Calls
          case .call:
            let base = r + I.a(word)
            if signal.isRaised {
              note(next, r, entry)
              try attend()
            }
            let callee: Unmanaged<FunctionObject>
            if base.holdsObject, base.kind == .function,
              base.unretained(FunctionObject.self)._withUnsafeGuaranteedRef({ $0.entry }).pointee.exactCount
                == I.b(word)
            {
              callee = base.unretained(FunctionObject.self)
            } else {
              note(next, r, entry)
              guard let prepared = try prepareCall(base, count: I.b(word), names: []) else {
                moveResult(base, to: r + I.c(word))
                continue
              }
              callee = prepared
            }
            let entered = callee._withUnsafeGuaranteedRef { $0.entry }
            let end = base + entered.pointee.registerCount
            guard frameTop < framesEnd, end <= initializedEnd || reserve(upTo: end) else {
              note(next, r, entry)
              throw Fault.stackOverflow()
            }
            frameTop.initialize(
              to: Frame(next: next, registers: r, entry: entry, captures: captures, result: r + I.c(word)))
            frameTop += 1
            entry = entered
            captures = callee._withUnsafeGuaranteedRef { $0.captures }
            r = base
            next = entry.pointee.code
            constants = entry.pointee.constants
          case .callNamed, .callMethod:
            let base = r + I.a(word)
            let callee: Unmanaged<FunctionObject>
            let prepared: Unmanaged<FunctionObject>?
            if I.opcode(word) == .callNamed {
              let names = Int(next.pointee)
              next += 1
              note(next, r, entry)
              prepared = try prepareCall(
                base, count: I.b(word),
                names: entry.pointee.prototype._withUnsafeGuaranteedRef { $0.argumentNames[names] })
            } else if base.holdsObject, base.shape == next[1], next[1] != 0, next[3] == 0 {
              let method = base.unretained(InstanceObject.self)._withUnsafeGuaranteedRef { $0.methodTable }[
                Int(next[2])]
              next += 4
              if method._withUnsafeGuaranteedRef({ $0.entry }).pointee.exactCount == I.b(word) {
                prepared = method
              } else {
                note(next, r, entry)
                prepared = try arrange(method, base, count: I.b(word), names: [])
              }
            } else {
              let names = Int(next[3])
              next += 4
              note(next, r, entry)
              prepared = try prepareMethodCall(
                base, count: I.b(word), constants[Int(next[-4])],
                names: names == 0
                  ? [] : entry.pointee.prototype._withUnsafeGuaranteedRef { $0.argumentNames[names - 1] },
                cache: next - 3)
            }
            if signal.isRaised {
              note(next, r, entry)
              try attend()
            }
            guard let prepared else {
              moveResult(base, to: r + I.c(word))
              continue
            }
            callee = prepared
            let entered = callee._withUnsafeGuaranteedRef { $0.entry }
            let end = base + entered.pointee.registerCount
            guard frameTop < framesEnd, end <= initializedEnd || reserve(upTo: end) else {
              note(next, r, entry)
              throw Fault.stackOverflow()
            }
            frameTop.initialize(
              to: Frame(next: next, registers: r, entry: entry, captures: captures, result: r + I.c(word)))
            frameTop += 1
            entry = entered
            captures = callee._withUnsafeGuaranteedRef { $0.captures }
            r = base
            next = entry.pointee.code
            constants = entry.pointee.constants
          case .returnValue, .returnNil:
            let result = frameTop[-1].result
            if I.opcode(word) == .returnNil {
              result.put(.nil)
            } else if result != r + I.a(word) {
              result.move(r + I.a(word))
            }
            // The result lies below the window, or for a call from Swift in its first register.
            var register = result == r ? r + 1 : r
            let end = r + entry.pointee.registerCount
            while register < end {
              if register.holdsObject { register.put(.nil) }
              register += 1
            }
            frameTop -= 1
            next = frameTop.pointee.next
            r = frameTop.pointee.registers
            entry = frameTop.pointee.entry
            captures = frameTop.pointee.captures
            constants = entry.pointee.constants
          case .halt: return

          // MARK: Everything else
          case .compose:
            note(next, r, entry)
            r[I.a(word)] = try compose(r[I.b(word)], r[I.c(word)])
          case .interpolate:
            note(next, r, entry)
            try interpolate(r + I.b(word), count: I.c(word), r + I.a(word))
          case .format:
            let index = Int(next.pointee)
            next += 1
            note(next, r, entry)
            r[I.a(word)] = try format(r[I.b(word)], entry.pointee.prototype, index)
          case .throwError:
            note(next, r, entry)
            throw try thrown(r[I.a(word)])
          case .failAssertion:
            note(next, r, entry)
            throw try failedAssertion(r + I.a(word), message: r + I.b(word), flags: I.c(word))
          case .rejectAssignment:
            let name = Int(next.pointee)
            next += 1
            note(next, r, entry)
            throw Fault.immutableTarget(constants[name].asString ?? "")
          case .importModule:
            note(next, r, entry)
            r[I.a(word)] = try importModule(entry.pointee.prototype, I.wide(word))
          }
        }
      } catch {
        let state = try unwind(error, State(next: next, registers: r, entry: entry, captures: captures))
        next = state.next
        r = state.registers
        entry = state.entry
        captures = state.captures
        constants = entry.pointee.constants
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
