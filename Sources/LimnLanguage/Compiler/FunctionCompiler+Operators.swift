extension FunctionCompiler {
  // MARK: Values

  func compileUnary(_ operation: UnaryOperator, _ operand: Expression, to target: Int, _ span: Span) throws {
    try temporaries {
      switch (operation, operand.kind) {
      case (.negate, .int(let value)):
        try compile(Expression(kind: .int(-value), span: span), to: target)
        return
      case (.negate, .float(let value)):
        try compile(Expression(kind: .float(-value), span: span), to: target)
        return
      default: break
      }
      let register = try self.operand(operand)
      code.mark(span, arguments: [operand.span])
      switch operation {
      case .negate: code.emit(.negate, target, register)
      case .invert: code.emit(.invert, target, register)
      case .not: code.emit(.not, target, register)
      }
    }
  }

  func compileBinary(
    _ operation: BinaryOperator, _ left: Expression, _ right: Expression, to target: Int, _ span: Span
  ) throws {
    try temporaries {
      let first = try leftOperand(left, before: right)
      if let opcodes = operation.arithmetic {
        if let constant = smallConstant(right) {
          code.mark(span, arguments: [left.span, right.span])
          code.emit(opcodes.constant, target, first, constant)
        } else {
          let second = try operand(right)
          code.mark(span, arguments: [left.span, right.span])
          code.emit(opcodes.register, target, first, second)
        }
        return
      }
      let second = try operand(right)
      code.mark(span, arguments: [left.span, right.span])
      code.emit(.binary, target, first, second)
      code.emit(word: operation.number)
    }
  }

  func compileLogical(_ expression: Expression, to target: Int) throws {
    let no = try jump(on: expression, when: false)
    code.emit(.loadTrue, target)
    code.emit(.jump)
    let end = code.emitDistance()
    code.patch(no)
    code.emit(.loadFalse, target)
    code.patch(end)
  }

  // MARK: Conditions

  /// Jumps when a condition has the wanted outcome, and goes on otherwise.
  func jump(on condition: Expression, when wanted: Bool) throws -> [CodeBuilder.Patch] {
    switch condition.kind {
    case .parenthesized(let inner): return try jump(on: inner, when: wanted)
    case .unary(.not, let inner): return try jump(on: inner, when: !wanted)
    case .bool(let value):
      guard value == wanted else { return [] }
      code.emit(.jump)
      return [code.emitDistance()]
    case .logical(let operation, let left, let right, _):
      // `and` is false, and `or` true, as soon as one side is.
      if (operation == .or) == wanted { return try jump(on: left, when: wanted) + jump(on: right, when: wanted) }
      let decided = try jump(on: left, when: !wanted)
      let patches = try jump(on: right, when: wanted)
      code.patch(decided)
      return patches
    case .binary(let operation, let left, let right, _):
      if operation == .contained { return [try jumpContained(left, right, when: wanted, condition.span)] }
      if let comparison = operation.comparison {
        return [try jump(comparison, left, right, when: wanted, condition.span)]
      }
    default: break
    }
    return try temporaries {
      let register = try operand(condition)
      code.mark(condition.span, arguments: [condition.span])
      code.emit(wanted ? .jumpIfTrue : .jumpIfFalse, register)
      return [code.emitDistance()]
    }
  }

  private func jump(
    _ comparison: BinaryOperator.Comparison, _ left: Expression, _ right: Expression, when wanted: Bool, _ span: Span
  ) throws -> CodeBuilder.Patch {
    try temporaries {
      let first = try leftOperand(left, before: right)
      let sense = wanted != comparison.isNegated ? 1 : 0
      if let constant = smallConstant(right) {
        code.mark(span, arguments: [left.span, right.span])
        code.emit(comparison.constant, first, constant, sense)
      } else {
        let second = try operand(right)
        code.mark(span, arguments: [left.span, right.span])
        code.emit(comparison.register, first, second, sense)
      }
      return code.emitDistance()
    }
  }

  private func jumpContained(
    _ left: Expression, _ right: Expression, when wanted: Bool, _ span: Span
  ) throws -> CodeBuilder.Patch {
    try temporaries {
      let first = try leftOperand(left, before: right)
      let second = try operand(right)
      code.mark(span, arguments: [left.span, right.span])
      code.emit(.jumpContained, first, second, wanted ? 1 : 0)
      return code.emitDistance()
    }
  }

  // MARK: Blocks that have values

  func compileConditional(_ branches: [ConditionalBranch], _ otherwise: Block?, to target: Int?) throws {
    var ends: [CodeBuilder.Patch] = []
    for (index, branch) in branches.enumerated() {
      let next = try jump(on: branch.condition, when: false)
      try compile(branch.body, to: target)
      let isLast = index == branches.count - 1 && otherwise == nil && target == nil
      if !isLast {
        code.emit(.jump)
        ends.append(code.emitDistance())
      }
      code.patch(next)
    }
    if let otherwise {
      try compile(otherwise, to: target)
    } else if let target {
      code.emit(.loadNil, target)
    }
    code.patch(ends)
  }

  func compileAttempt(_ body: Block, _ name: Pattern?, _ handler: Block, to target: Int?) throws {
    let start = code.position
    try compile(body, to: target)
    let end = code.position
    code.emit(.jump)
    let done = code.emitDistance()
    try temporaries {
      let error = try allocate(handler.span)
      code.add(Prototype.Handler(start: start, end: end, target: code.position, register: error))
      if let name, let variable = variable(name) { bind(variable, to: error) }
      try compile(handler, to: target)
      // The error's trace may be long: nothing holds it beyond its handler.
      code.emit(.clear, error, 1)
    }
    code.patch(done)
  }
}

extension BinaryOperator {
  /// The instructions of operators that have their own: on two registers, and on a register and a constant.
  var arithmetic: (register: Opcode, constant: Opcode)? {
    switch self {
    case .add: (.add, .addK)
    case .subtract: (.subtract, .subtractK)
    case .multiply: (.multiply, .multiplyK)
    case .divide: (.divide, .divideK)
    case .floorDivide: (.floorDivide, .floorDivideK)
    case .modulo: (.modulo, .moduloK)
    case .power: (.power, .powerK)
    default: nil
    }
  }

  struct Comparison {
    var register: Opcode
    var constant: Opcode
    /// `!=` is `==` with the outcomes exchanged.
    var isNegated = false
  }

  /// The jumps of comparisons that have their own.
  var comparison: Comparison? {
    switch self {
    case .less: Comparison(register: .jumpLess, constant: .jumpLessK)
    case .lessOrEqual: Comparison(register: .jumpLessOrEqual, constant: .jumpLessOrEqualK)
    case .greater: Comparison(register: .jumpGreater, constant: .jumpGreaterK)
    case .greaterOrEqual: Comparison(register: .jumpGreaterOrEqual, constant: .jumpGreaterOrEqualK)
    case .equal: Comparison(register: .jumpEqual, constant: .jumpEqualK)
    case .notEqual: Comparison(register: .jumpEqual, constant: .jumpEqualK, isNegated: true)
    default: nil
    }
  }
}
