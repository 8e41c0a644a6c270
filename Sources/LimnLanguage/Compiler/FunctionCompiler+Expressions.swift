extension FunctionCompiler {
  // MARK: Operands

  /// The register that holds an expression's value: a local's own, or a new one.
  func operand(_ expression: Expression) throws -> Int {
    if let register = localRegister(expression) { return register }
    let register = try allocate(expression.span)
    try compile(expression, to: register)
    return register
  }

  /// A register of its own for an expression's value, which no assignment to a local changes.
  func stableOperand(_ expression: Expression) throws -> Int {
    let register = try allocate(expression.span)
    try compile(expression, to: register)
    return register
  }

  /// The left operand of an operator whose right one is evaluated before both are read.
  func leftOperand(_ expression: Expression, before right: Expression) throws -> Int {
    right.mayChangeLocals ? try stableOperand(expression) : try operand(expression)
  }

  /// The register in which a local's value lies, when the expression is such a name.
  private func localRegister(_ expression: Expression) -> Int? {
    guard case .name = expression.withoutParentheses.kind else { return nil }
    let start = expression.withoutParentheses.span.start
    if case .variable(let variable)? = resolution.references[start],
      case .register(let register) = location(of: variable)
    {
      return register
    }
    return nil
  }

  /// The place of a global, when the expression is such a name, and its value is the same before and after what follows.
  private func globalSlot(_ expression: Expression, before next: Expression) -> Int? {
    let name = expression.withoutParentheses
    guard case .name = name.kind, case .variable(let variable)? = resolution.references[name.span.start],
      case .global(let slot) = location(of: variable), !variable.isMutable || !next.mayHaveEffects
    else { return nil }
    return slot
  }

  /// The number of a constant that an instruction can name in a byte: an int, a float, or such a literal with a minus.
  func smallConstant(_ expression: Expression) -> Int? {
    let index: Int
    switch expression.withoutParentheses.kind {
    case .int(let value): index = code.constant(int: value)
    case .float(let value): index = code.constant(float: value)
    case .unary(.negate, let inner):
      switch inner.kind {
      case .int(let value): index = code.constant(int: -value)
      case .float(let value): index = code.constant(float: -value)
      default: return nil
      }
    default: return nil
    }
    return index < 256 ? index : nil
  }

  // MARK: Expressions

  /// Compiles an expression; its value goes to the target.
  func compile(_ expression: Expression, to target: Int) throws {
    let span = expression.span
    switch expression.kind {
    case .nilLiteral, .invalid: code.emit(.loadNil, target)
    case .bool(let value): code.emit(value ? .loadTrue : .loadFalse, target)
    case .int(let value):
      if Int16(exactly: value) != nil {
        code.emit(.loadInt, target, wide: value)
      } else {
        try load(constant: code.constant(int: value), to: target, span)
      }
    case .float(let value): try load(constant: code.constant(float: value), to: target, span)
    case .string(let parts): try compileString(parts, to: target, span)
    case .name: try compileName(expression, to: target)
    case .list(let elements), .values(let elements): try compileList(elements, to: target, span)
    case .map(let entries): try compileMap(entries, to: target, span)
    case .unary(let operation, let operand): try compileUnary(operation, operand, to: target, span)
    case .binary(let operation, let left, let right, _): try compileBinary(operation, left, right, to: target, span)
    case .logical: try compileLogical(expression, to: target)
    case .range(let lower, let upper, let isClosed):
      try temporaries {
        let low = try leftOperand(lower, before: upper)
        let high = try operand(upper)
        code.mark(span, arguments: [lower.span, upper.span])
        code.emit(isClosed ? .makeClosedRange : .makeRange, target, low, high)
      }
    case .call(let callee, let arguments): try compileCall(callee, arguments, to: target, span)
    case .member(let object, let name):
      try temporaries {
        let receiver = try operand(object)
        code.mark(span, callee: name.span, arguments: [object.span])
        emitMember(.getMember, target, receiver, name.text)
      }
    case .subscripted(let object, let items): try compileSubscript(object, items, to: target, span)
    case .function(let literal): code.emit(.makeFunction, target, wide: try compileFunction(literal, name: nil))
    case .pipe(let value, let destination): try compilePipe(value, destination, to: target, span)
    case .compose(let first, let second):
      try temporaries {
        let left = try leftOperand(first, before: second)
        let right = try operand(second)
        code.mark(span, arguments: [first.span, second.span])
        code.emit(.compose, target, left, right)
      }
    case .conditional(let branches, let otherwise): try compileConditional(branches, otherwise, to: target)
    case .attempt(let body, let name, let handler): try compileAttempt(body, name, handler, to: target)
    case .parenthesized(let inner): try compile(inner, to: target)
    }
  }

  private func load(constant index: Int, to target: Int, _ span: Span) throws {
    guard index <= Int(UInt16.max) else { throw tooComplex(span, "this function has too many constants") }
    code.emit(.loadConstant, target, wide: index)
  }

  private func compileName(_ expression: Expression, to target: Int) throws {
    switch resolution.references[expression.span.start] {
    case .variable(let variable)?: load(variable, to: target, expression.span)
    case .field(let index, _, let instance)?:
      try temporaries {
        let owner = try register(of: instance, expression.span)
        code.mark(expression.span)
        code.emit(.getField, target, owner, index)
      }
    case nil: code.emit(.loadNil, target)
    }
  }

  /// How many values are gathered in registers before they go to their container.
  private static let chunk = 48

  private func compileList(_ elements: [Expression], to target: Int, _ span: Span) throws {
    try temporaries {
      // The target may be a local that a later element reads, so a long list grows elsewhere.
      let list = elements.count > FunctionCompiler.chunk ? try allocate(span) : target
      var isFirst = true
      var rest = elements[...]
      repeat {
        try temporaries {
          let first = nextRegister
          for element in rest.prefix(FunctionCompiler.chunk) { _ = try stableOperand(element) }
          code.emit(isFirst ? .makeList : .extendList, list, first, nextRegister - first)
        }
        isFirst = false
        rest = rest.dropFirst(FunctionCompiler.chunk)
      } while !rest.isEmpty
      if list != target { code.emit(.move, target, list) }
    }
  }

  private func compileMap(_ entries: [MapEntry], to target: Int, _ span: Span) throws {
    try temporaries {
      let map = try allocate(span)
      code.emit(.makeMap, map)
      for entry in entries {
        try temporaries {
          let key = try allocate(entry.value.span)
          let keySpan: Span
          switch entry.key {
          case .name(let identifier):
            keySpan = identifier.span
            try load(constant: code.constant(string: identifier.text), to: key, identifier.span)
          case .expression(let expression):
            keySpan = expression.span
            try compile(expression, to: key)
          }
          let value = try operand(entry.value)
          code.mark(keySpan, arguments: [keySpan, entry.value.span])
          code.emit(.mapEntry, map, key, value)
        }
      }
      code.emit(.move, target, map)
    }
  }

  private func compileString(_ parts: [StringPart], to target: Int, _ span: Span) throws {
    switch parts.count {
    case 0:
      try load(constant: code.constant(string: ""), to: target, span)
      return
    case 1:
      if case .text(let text) = parts[0] {
        try load(constant: code.constant(string: text), to: target, span)
        return
      }
    default: break
    }
    try temporaries {
      let first = nextRegister
      for part in parts {
        if nextRegister - first >= FunctionCompiler.chunk {
          code.mark(span)
          code.emit(.interpolate, first, first, nextRegister - first)
          nextRegister = first + 1
        }
        let register = try allocate(span)
        switch part {
        case .text(let text): try load(constant: code.constant(string: text), to: register, span)
        case .interpolation(let value, let format):
          try compile(value, to: register)
          if let format, let specification = FormatSpecification(format.text) {
            code.mark(value.span, arguments: [value.span])
            code.emit(.format, register, register)
            code.emit(word: code.add(specification))
          }
        }
      }
      code.mark(span)
      code.emit(.interpolate, target, first, nextRegister - first)
    }
  }

  // MARK: Subscripts

  private func compileSubscript(_ object: Expression, _ items: [SubscriptItem], to target: Int, _ span: Span) throws {
    let spans = [object.span] + items.map(\.span)
    try temporaries {
      if items.count == 1, case .index(let index) = items[0], let slot = globalSlot(object, before: index) {
        let place = try operand(index)
        code.mark(span, arguments: spans)
        code.emit(.getIndexGlobal, target, 0, place)
        code.emit(word: slot)
        return
      }
      let changes = items.contains(where: \.mayChangeLocals)
      let receiver = changes ? try stableOperand(object) : try operand(object)
      if items.count == 1, case .index(let index) = items[0] {
        let index = try operand(index)
        code.mark(span, arguments: spans)
        code.emit(.getIndex, target, receiver, index)
        return
      }
      let shape = try compileShape(items)
      code.mark(span, arguments: spans)
      code.emit(.getSubscript, target, receiver, shape.first)
      code.emit(word: shape.index)
    }
  }

  /// Compiles the parts of several places or slices to consecutive registers, and describes them.
  func compileShape(_ items: [SubscriptItem]) throws -> (first: Int, index: Int) {
    let first = nextRegister
    let shape: [Prototype.SubscriptShape] = try items.map { item in
      switch item {
      case .index(let value):
        _ = try stableOperand(value)
        return .index
      case .slice(let lower, let upper, let step, _):
        for part in [lower, upper, step] { if let part { _ = try stableOperand(part) } }
        return .slice(lower: lower != nil, upper: upper != nil, step: step != nil)
      case .ellipsis: return .ellipsis
      }
    }
    return (first, code.add(shape))
  }

  // MARK: Members

  /// Emits an instruction on a member: its name, and two words of cache.
  func emitMember(_ opcode: Opcode, _ a: Int, _ b: Int, _ name: String, _ c: Int = 0) {
    code.emit(opcode, a, b, c)
    code.emit(word: code.constant(string: name))
    code.emit(word: 0)
    code.emit(word: 0)
  }
}
