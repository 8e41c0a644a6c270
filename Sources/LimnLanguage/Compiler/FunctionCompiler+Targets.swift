extension FunctionCompiler {
  // MARK: Declarations

  func compileDeclaration(_ targets: [Pattern], _ value: Expression) throws {
    if targets.count == 1 {
      try compileDeclaration(targets[0], value)
      return
    }
    let isGlobal = targets.contains { pattern in
      if let variable = variable(pattern), case .global = variable.place { return true }
      return false
    }
    let mark = nextRegister
    let first = nextRegister
    for _ in targets { _ = try allocate(value.span) }
    try takeApart(value, to: first, count: targets.count)
    for (index, target) in targets.enumerated() {
      guard let variable = variable(target) else { continue }
      if isGlobal { store(variable, from: first + index) } else { bind(variable, to: first + index) }
    }
    if isGlobal { nextRegister = mark }
  }

  private func compileDeclaration(_ target: Pattern, _ value: Expression) throws {
    guard let variable = variable(target) else {
      try temporaries { _ = try operand(value) }
      return
    }
    if case .global = variable.place {
      try temporaries { store(variable, from: try operand(value)) }
    } else {
      let register = try allocate(value.span)
      try compile(value, to: register)
      bind(variable, to: register)
    }
  }

  /// Several values from one list, or from as many expressions, to consecutive registers.
  private func takeApart(_ value: Expression, to first: Int, count: Int) throws {
    if case .values(let values) = value.kind {
      for (index, value) in values.enumerated() where index < count { try compile(value, to: first + index) }
      return
    }
    try temporaries {
      let list = try operand(value)
      code.mark(value.span, arguments: [value.span])
      code.emit(.destructure, first, count, list)
    }
  }

  // MARK: Assignment

  func compileAssignment(_ targets: [AssignmentTarget], _ value: Expression) throws {
    try temporaries {
      guard targets.count == 1 else {
        let first = nextRegister
        for _ in targets { _ = try allocate(value.span) }
        try takeApart(value, to: first, count: targets.count)
        for (index, target) in targets.enumerated() { try assign(target, from: first + index) }
        return
      }
      // An operation writes its target last, so it can write to a local's register itself.
      if case .name(let identifier) = targets[0],
        case .variable(let variable)? = resolution.references[identifier.span.start],
        case .register(let register) = location(of: variable), value.writesTargetLast
      {
        try compile(value, to: register)
        return
      }
      if case .subscripted(let object, let items, let span) = targets[0], items.count == 1,
        case .index(let index) = items[0], let constant = anyConstant(value)
      {
        try assign(object, index, span, constant: constant)
        return
      }
      // Where the target's parts may change a local, the value must not be that local's own register.
      try assign(targets[0], from: targets[0].mayChangeLocals ? try stableOperand(value) : try operand(value))
    }
  }

  private func assign(_ target: AssignmentTarget, from value: Int) throws {
    switch target {
    case .discard: break
    case .name(let identifier):
      switch resolution.references[identifier.span.start] {
      case .variable(let variable)?: store(variable, from: value)
      case .field(let index, _, let instance)?:
        code.emit(.setField, try register(of: instance, identifier.span), value, index)
      case nil: break
      }
    case .member(let object, let name):
      let receiver = try operand(object)
      code.mark(object.span.union(name.span), callee: name.span, arguments: [object.span])
      emitMember(.setMember, receiver, value, name.text)
    case .subscripted(let object, let items, let span):
      try assign(object, items, span, from: value)
    }
  }

  /// `object[items] = value`, and where the object is a value that cannot change, the changed copy to where it came
  /// from.
  private func assign(_ object: Expression, _ items: [SubscriptItem], _ span: Span, from value: Int) throws {
    let place = try self.place(object)
    let skip: CodeBuilder.Patch
    if items.count == 1, case .index(let index) = items[0] {
      let index = try operand(index)
      code.mark(span, arguments: [object.span] + items.map(\.span))
      code.emit(.setIndex, place.register, index, value)
      skip = code.emitDistance()
    } else {
      let shape = try compileShape(items)
      code.mark(span, arguments: [object.span] + items.map(\.span))
      code.emit(.setSubscript, place.register, value, shape.first)
      code.emit(word: shape.index)
      skip = code.emitDistance()
    }
    try place.storeBack()
    code.patch(skip)
  }

  /// The same, of one index and a constant.
  private func assign(_ object: Expression, _ index: Expression, _ span: Span, constant: Int) throws {
    let place = try self.place(object)
    let register = try operand(index)
    code.mark(span, arguments: [object.span, index.span])
    code.emit(.setIndexK, place.register, register, constant)
    let skip = code.emitDistance()
    try place.storeBack()
    code.patch(skip)
  }

  /// The number of a constant that an instruction can name in a byte.
  private func anyConstant(_ expression: Expression) -> Int? {
    let index: Int
    switch expression.withoutParentheses.kind {
    case .bool(let value): index = code.constant(bool: value)
    case .nilLiteral: index = code.constantNil()
    default: return smallConstant(expression)
    }
    return index < 256 ? index : nil
  }

  /// An expression that is a target's part: its value, and how a changed copy goes back to where it came from.
  private struct Place {
    var register: Int
    var storeBack: () throws -> Void
  }

  private func place(_ expression: Expression) throws -> Place {
    let object = expression.withoutParentheses
    switch object.kind {
    case .name(let name):
      switch resolution.references[object.span.start] {
      case .variable(let variable)?:
        let register = try operand(object)
        if !variable.isMutable { return Place(register: register) { [self] in rejectStore(name, object.span) } }
        return Place(register: register) { [self] in store(variable, from: register) }
      case .field(let index, let isMutable, let instance)?:
        let owner = try self.register(of: instance, object.span)
        let register = try allocate(object.span)
        code.mark(object.span)
        code.emit(.getField, register, owner, index)
        if !isMutable { return Place(register: register) { [self] in rejectStore(name, object.span) } }
        return Place(register: register) { [self] in code.emit(.setField, owner, register, index) }
      case nil: return Place(register: try operand(object)) {}
      }
    case .member(let owner, let name):
      let owner = try place(owner)
      let register = try allocate(object.span)
      code.mark(object.span, callee: name.span, arguments: [object.span])
      emitMember(.getMember, register, owner.register, name.text)
      return Place(register: register) { [self] in
        code.mark(object.span, callee: name.span, arguments: [object.span])
        emitMember(.setMember, owner.register, register, name.text)
      }
    case .subscripted(let owner, let items):
      return try place(owner, items, object.span)
    default:
      return Place(register: try operand(object)) { [self] in rejectStore("", object.span) }
    }
  }

  private func place(_ ownerExpression: Expression, _ items: [SubscriptItem], _ span: Span) throws -> Place {
    let owner = try place(ownerExpression)
    let register = try allocate(span)
    let spans = [ownerExpression.span] + items.map(\.span)
    if items.count == 1, case .index(let index) = items[0] {
      let index = try stableOperand(index)
      code.mark(span, arguments: spans)
      code.emit(.getIndex, register, owner.register, index)
      return Place(register: register) { [self] in
        code.mark(span, arguments: spans)
        code.emit(.setIndex, owner.register, index, register)
        let skip = code.emitDistance()
        try owner.storeBack()
        code.patch(skip)
      }
    }
    let shape = try compileShape(items)
    code.mark(span, arguments: spans)
    code.emit(.getSubscript, register, owner.register, shape.first)
    code.emit(word: shape.index)
    return Place(register: register) { [self] in
      code.mark(span, arguments: spans)
      code.emit(.setSubscript, owner.register, register, shape.first)
      code.emit(word: shape.index)
      let skip = code.emitDistance()
      try owner.storeBack()
      code.patch(skip)
    }
  }

  private func rejectStore(_ name: String, _ span: Span) {
    code.mark(span, arguments: [span])
    code.emit(.rejectAssignment)
    code.emit(word: code.constant(string: name))
  }
}

extension SubscriptItem {
  var span: Span {
    switch self {
    case .index(let expression): expression.span
    case .slice(_, _, _, let span), .ellipsis(let span): span
    }
  }
}

extension Expression {
  /// Whether its instructions read all that they need before they write the target.
  var writesTargetLast: Bool {
    switch kind {
    case .binary, .unary(.negate, _), .unary(.invert, _), .int, .float, .bool, .nilLiteral, .member, .subscripted,
      .call, .list:
      true
    case .parenthesized(let inner): inner.writesTargetLast
    default: false
    }
  }

  /// Whether statements stand in it that could change a local between two operands.
  var mayChangeLocals: Bool {
    switch kind {
    case .conditional, .attempt: true
    case .nilLiteral, .bool, .int, .float, .name, .function, .invalid: false
    case .string(let parts):
      parts.contains { if case .interpolation(let value, _) = $0 { value.mayChangeLocals } else { false } }
    case .list(let elements), .values(let elements): elements.contains(where: \.mayChangeLocals)
    case .map(let entries): entries.contains { $0.value.mayChangeLocals }
    case .unary(_, let operand), .parenthesized(let operand): operand.mayChangeLocals
    case .binary(_, let left, let right, _), .logical(_, let left, let right, _), .range(let left, let right, _),
      .pipe(let left, let right), .compose(let left, let right):
      left.mayChangeLocals || right.mayChangeLocals
    case .call(let callee, let arguments): callee.mayChangeLocals || arguments.contains { $0.value.mayChangeLocals }
    case .member(let object, _): object.mayChangeLocals
    case .subscripted(let object, let items):
      object.mayChangeLocals
        || items.contains(where: \.mayChangeLocals)
    }
  }
}

extension Expression {
  /// Whether evaluating it may run code of the program's, or change a variable.
  var mayHaveEffects: Bool {
    switch kind {
    case .nilLiteral, .bool, .int, .float, .name, .function: false
    case .parenthesized(let inner): inner.mayHaveEffects
    default: true
    }
  }
}

extension SubscriptItem {
  var mayChangeLocals: Bool {
    switch self {
    case .index(let value): value.mayChangeLocals
    case .slice(let lower, let upper, let step, _): [lower, upper, step].contains { $0?.mayChangeLocals ?? false }
    case .ellipsis: false
    }
  }
}

extension AssignmentTarget {
  var mayChangeLocals: Bool {
    switch self {
    case .name, .discard: false
    case .member(let object, _): object.mayChangeLocals
    case .subscripted(let object, let items, _): object.mayChangeLocals || items.contains(where: \.mayChangeLocals)
    }
  }
}
