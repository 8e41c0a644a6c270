extension FunctionCompiler {
  // MARK: Blocks

  /// Compiles statements; the value of the last, when it is an expression, goes to the target, else nil does.
  func compile(_ statements: [Statement], to target: Int?) throws {
    for (index, statement) in statements.enumerated() {
      if index == statements.count - 1, let target, case .expression(let expression) = statement.kind {
        try compile(expression, to: target)
        return
      }
      try compile(statement)
    }
    if let target { code.emit(.loadNil, target) }
  }

  /// Compiles a block in a scope of its own.
  func compile(_ block: Block, to target: Int?) throws {
    let mark = nextRegister
    try compile(block.statements, to: target)
    let declared = nextRegister - mark
    nextRegister = mark
    if isUnit, declared > 0 { code.emit(.clear, mark, declared) }
  }

  /// Compiles a function's body: its last value is returned.
  func compileTail(_ block: Block) throws {
    let mark = nextRegister
    for statement in block.statements.dropLast() { try compile(statement) }
    switch block.statements.last?.kind {
    case .expression(let expression)?: try compileTail(expression)
    case nil: code.emit(.returnNil)
    default:
      if let last = block.statements.last { try compile(last) }
      code.emit(.returnNil)
    }
    nextRegister = mark
  }

  /// Returns the value of an expression.
  func compileTail(_ expression: Expression) throws {
    switch expression.kind {
    case .conditional(let branches, let otherwise):
      for branch in branches {
        let next = try jump(on: branch.condition, when: false)
        try compileTail(branch.body)
        code.patch(next)
      }
      if let otherwise { try compileTail(otherwise) } else { code.emit(.returnNil) }
    case .parenthesized(let inner): try compileTail(inner)
    case .nilLiteral: code.emit(.returnNil)
    default:
      try temporaries {
        code.emit(.returnValue, try operand(expression))
      }
    }
  }

  // MARK: Statements

  func compile(_ statement: Statement) throws {
    switch statement.kind {
    case .expression(let expression): try discard(expression)
    case .declaration(_, let targets, let value): try compileDeclaration(targets, value)
    case .assignment(let targets, let value): try compileAssignment(targets, value)
    case .function(let declaration): try compile(declaration, documentation: statement.documentation)
    case .type(let declaration): try compile(declaration, statement)
    case .forLoop(let key, let value, let sequence, let body):
      try compileFor(key, value, sequence, body)
    case .whileLoop(let condition, let body): try compileWhile(condition, body)
    case .breakLoop:
      code.emit(.jump)
      let patch = code.emitDistance()
      if !loops.isEmpty { loops[loops.count - 1].breaks.append(patch) }
    case .continueLoop:
      code.emit(.jump)
      let patch = code.emitDistance()
      if !loops.isEmpty { loops[loops.count - 1].continues.append(patch) }
    case .returnValue(let value):
      guard let value else {
        code.emit(.returnNil)
        return
      }
      try compileTail(value)
    case .throwError(let value):
      try temporaries {
        let register = try operand(value)
        code.mark(statement.span, arguments: [value.span])
        code.emit(.throwError, register)
      }
    case .assertion(let condition, let message): try compileAssertion(condition, message, statement.span)
    case .importModule(let name, let alias): try compileImport(name, [(name, alias ?? name)], isWhole: true)
    case .importNames(let module, let names): try compileImport(module, names.map { ($0, $0) }, isWhole: false)
    case .test: break
    }
  }

  /// Compiles an expression whose value nobody wants.
  private func discard(_ expression: Expression) throws {
    switch expression.kind {
    case .conditional(let branches, let otherwise): try compileConditional(branches, otherwise, to: nil)
    case .attempt(let body, let name, let handler): try compileAttempt(body, name, handler, to: nil)
    default: try temporaries { _ = try operand(expression) }
    }
  }

  private func compile(_ declaration: FunctionDeclaration, documentation: String?) throws {
    guard let variable = resolution.declarations[declaration.name.span.start] else { return }
    let index = try compileFunction(declaration.function, name: declaration.name.text, documentation: documentation)
    if case .global = variable.place {
      try temporaries {
        let register = try allocate(declaration.name.span)
        code.emit(.makeFunction, register, wide: index)
        store(variable, from: register)
      }
    } else {
      let register = try allocate(declaration.name.span)
      code.emit(.makeFunction, register, wide: index)
      bind(variable, to: register)
    }
  }

  private func compileImport(_ module: Identifier, _ names: [(member: Identifier, name: Identifier)], isWhole: Bool)
    throws
  {
    guard let object = resolution.modules[module.span.start] else { return }
    try temporaries {
      let register = try allocate(module.span)
      let index = code.add(object)
      code.mark(module.span)
      code.emit(.importModule, register, wide: index)
      for (member, name) in names {
        guard let variable = resolution.declarations[name.span.start] else { continue }
        if isWhole {
          store(variable, from: register)
        } else {
          let value = try allocate(member.span)
          code.mark(member.span)
          emitMember(.getMember, value, register, member.text)
          store(variable, from: value)
        }
      }
    }
  }

  // MARK: Loops

  private func compileWhile(_ condition: Expression, _ body: Block) throws {
    code.emit(.jump)
    let entry = code.emitDistance()
    let start = code.position
    loops.append(Loop())
    try compileLoopBody(body)
    code.patch(entry)
    // An interrupt is told of the condition, where the loop closes.
    code.mark(condition.span)
    code.patch(try jump(on: condition, when: true), to: start)
    finishLoop()
  }

  /// A loop's body, at whose end what it held is let go; `continue` leads there.
  private func compileLoopBody(_ body: Block) throws {
    let (first, count) = try compileLoopTurn(body)
    if count > 0 { code.emit(.clear, first, count) }
  }

  /// A loop's body, and the registers that are to be let go of after each turn.
  private func compileLoopTurn(_ body: Block) throws -> (first: Int, count: Int) {
    let mark = nextRegister
    let outerCalls = hasCalls
    let outerCount = heldCount
    hasCalls = false
    heldCount = nextRegister
    try compile(body.statements, to: nil)
    let used = heldCount - mark
    if !loops.isEmpty {
      code.patch(loops[loops.count - 1].continues)
      loops[loops.count - 1].continues = []
    }
    let count = nextRegister > mark || hasCalls ? used : 0
    nextRegister = mark
    hasCalls = outerCalls || hasCalls
    heldCount = max(outerCount, heldCount)
    return (mark, count)
  }

  private func finishLoop() {
    if let loop = loops.popLast() { code.patch(loop.breaks) }
  }

  private func compileFor(_ key: Pattern, _ value: Pattern?, _ sequence: Expression, _ body: Block) throws {
    try temporaries {
      if value == nil, case .range(let lower, let upper, let isClosed) = sequence.withoutParentheses.kind {
        try compileRangeLoop(key, lower, upper, isClosed, sequence.span, body)
        return
      }
      let base = try allocate(sequence.span)
      for _ in 0..<(value == nil ? 2 : 3) { _ = try allocate(sequence.span) }
      try compile(sequence, to: base)
      code.mark(sequence.span, arguments: [sequence.span])
      code.emit(.iterate, base, 0, value == nil ? 0 : 1)
      code.emit(.jump)
      let entry = code.emitDistance()
      let start = code.position
      if let variable = variable(key) { bind(variable, to: base + 2) }
      if let value, let variable = variable(value) { bind(variable, to: base + 3) }
      loops.append(Loop())
      try compileLoopBody(body)
      code.patch(entry)
      code.mark(sequence.span, arguments: [sequence.span])
      code.emit(.next, base, value == nil ? 1 : 2)
      code.emitDistance(to: start)
      finishLoop()
      code.emit(.clear, base, value == nil ? 3 : 4)
    }
  }

  /// `for i in a..<b`: the counter is the loop's own name, which nothing can assign to.
  private func compileRangeLoop(
    _ key: Pattern, _ lower: Expression, _ upper: Expression, _ isClosed: Bool, _ span: Span, _ body: Block
  ) throws {
    let base = try allocate(lower.span)
    _ = try allocate(upper.span)
    try compile(lower, to: base)
    try compile(upper, to: base + 1)
    code.mark(span, arguments: [lower.span, upper.span])
    code.emit(.rangeStart, base, 0, isClosed ? 1 : 0)
    let empty = code.emitDistance()
    let start = code.position
    if let variable = variable(key) { bind(variable, to: base) }
    loops.append(Loop())
    let (first, count) = try compileLoopTurn(body)
    code.mark(span)
    code.emit(.rangeNext, base, first, count)
    code.emitDistance(to: start)
    code.patch(empty)
    finishLoop()
  }
}

extension Expression {
  var withoutParentheses: Expression {
    if case .parenthesized(let inner) = kind { return inner.withoutParentheses }
    return self
  }
}

extension BinaryOperator {
  var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contained: true
    default: false
    }
  }

  /// The operator's place in `numbered`, which the `binary` instruction holds.
  var number: Int { BinaryOperator.numbered.firstIndex(of: self) ?? 0 }
  static let numbered = allCases
}
