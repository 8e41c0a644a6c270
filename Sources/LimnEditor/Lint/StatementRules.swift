import LimnLanguage

/// Statements that do nothing, or that nothing reaches.
struct StatementRules: SyntaxVisitor {
  private let source: Source
  private var diagnostics: [Diagnostic] = []

  static func check(_ unit: SyntaxUnit) -> [Diagnostic] {
    var rules = StatementRules(source: unit.source)
    rules.check(unit.statements)
    rules.walk(unit.statements)
    return rules.diagnostics
  }

  private init(source: Source) { self.source = source }

  mutating func visit(_ block: Block) {
    check(block.statements)
    walk(block)
  }

  mutating func visit(_ statement: Statement) {
    if case .assignment(let targets, let value) = statement.kind, targets.count == 1 {
      checkSelfAssignment(targets[0], value, statement.span)
    }
    walk(statement)
  }

  mutating func visit(_ expression: Expression) {
    switch expression.kind {
    case .binary(let operation, let left, let right, _):
      if Self.comparisons.contains(operation), left.isStill, !left.isLiteral, isSame(left, right) {
        diagnostics.append(
          LintCode.sameOperands.warning(
            "both sides of `\(operation.rawValue)` are the same", source, expression.span,
            help: operation == .equal || operation == .notEqual ? "only NaN differs from itself" : nil))
      }
    case .logical(let operation, let left, let right, _):
      if left.isStill, !left.isLiteral, isSame(left, right) {
        diagnostics.append(
          LintCode.sameOperands.warning(
            "both sides of `\(operation.rawValue)` are the same", source, expression.span, help: "one side is enough"))
      }
    default: break
    }
    walk(expression)
  }

  private static let comparisons: Set<BinaryOperator> = [
    .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
  ]

  /// Statements of one block, in order.
  private mutating func check(_ statements: [Statement]) {
    for (statement, next) in zip(statements, statements.dropFirst()) {
      if let word = statement.leavingWord {
        diagnostics.append(
          LintCode.unreachableCode.warning(
            "nothing behind `\(word)` is reached", source, next.span.firstLine(in: source),
            secondary: [Diagnostic.Mark(source: source, span: statement.span, label: "the block is left here")],
            help: "delete it, or move it before `\(word)`"))
        break
      }
      if case .expression(let expression) = statement.kind, expression.doesNothing {
        let isEqual = if case .binary(.equal, _, _, _) = expression.kind { true } else { false }
        diagnostics.append(
          LintCode.unusedResult.warning(
            "nothing uses this value", source, expression.span.firstLine(in: source),
            help: isEqual ? "to assign, write `=`; to check, `assert`" : "delete it, or give it a name"))
      }
    }
  }

  private mutating func checkSelfAssignment(_ target: AssignmentTarget, _ value: Expression, _ span: Span) {
    let isSelf =
      switch target {
      case .name(let name): value.kind.isName(name.text)
      case .member(let object, let name):
        if case .member(let other, let member) = value.kind {
          object.isStill && isSame(object, other) && member.text == name.text
        } else {
          false
        }
      case .subscripted(let object, let items, _):
        if case .subscripted(let other, let otherItems) = value.kind {
          object.isStill && isSame(object, other) && isSame(items, otherItems)
        } else {
          false
        }
      case .discard: false
      }
    guard isSelf else { return }
    diagnostics.append(
      LintCode.selfAssignment.warning(
        "this assigns a value to itself", source, span, help: "delete it, or assign what was meant"))
  }

  // MARK: Comparing

  private func isSame(_ left: Expression, _ right: Expression) -> Bool {
    switch (left.kind, right.kind) {
    case (.name(let a), .name(let b)): a == b
    case (.int(let a), .int(let b)): a == b
    case (.bool(let a), .bool(let b)): a == b
    case (.string, .string), (.float, .float): source.text(of: left.span) == source.text(of: right.span)
    case (.member(let a, let m), .member(let b, let n)): m.text == n.text && isSame(a, b)
    case (.subscripted(let a, let x), .subscripted(let b, let y)): isSame(a, b) && isSame(x, y)
    case (.parenthesized(let a), _): isSame(a, right)
    case (_, .parenthesized(let b)): isSame(left, b)
    default: false
    }
  }

  private func isSame(_ left: [SubscriptItem], _ right: [SubscriptItem]) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).allSatisfy { pair in
      guard case (.index(let a), .index(let b)) = pair else { return false }
      return a.isStill && isSame(a, b)
    }
  }
}

extension Statement {
  /// The word of a statement behind which its block does not go on.
  fileprivate var leavingWord: String? {
    switch kind {
    case .returnValue: "return"
    case .throwError: "throw"
    case .breakLoop: "break"
    case .continueLoop: "continue"
    default: nil
    }
  }
}

extension Expression.Kind {
  fileprivate func isName(_ text: String) -> Bool { if case .name(text) = self { true } else { false } }
}

extension Expression {
  /// Whether evaluating it twice is the same as once: no call, no text with something in it.
  fileprivate var isStill: Bool {
    switch kind {
    case .name, .int, .bool, .float, .nilLiteral: true
    case .string(let parts): parts.allSatisfy { if case .text = $0 { true } else { false } }
    case .member(let object, _), .parenthesized(let object): object.isStill
    case .subscripted(let object, let items):
      object.isStill && items.allSatisfy { if case .index(let index) = $0 { index.isStill } else { false } }
    default: false
    }
  }

  fileprivate var isLiteral: Bool {
    switch kind {
    case .int, .float, .bool, .nilLiteral: true
    case .string: isStill
    case .unary(_, let operand), .parenthesized(let operand): operand.isLiteral
    default: false
    }
  }

  /// Whether the expression is all value and no effect: as a statement it is probably a slip. A text alone may be
  /// somebody's note.
  fileprivate var doesNothing: Bool {
    switch kind {
    case .name, .int, .float, .bool, .nilLiteral: true
    case .binary(let operation, let left, let right, _):
      operation != .matrixProduct && left.isStill && right.isStill
    default: false
    }
  }
}

extension Span {
  /// The part of the span on its first line.
  fileprivate func firstLine(in source: Source) -> Span {
    let end = source.bytes[start..<end].firstIndex(of: UInt8(ascii: "\n")) ?? end
    return Span(start, end).trimmed(in: source)
  }
}
