// Faults of blocks and of assignments.

extension Parser {
  // MARK: Blocks

  /// A head is not followed by `{`.
  mutating func missingBraces(after head: String) -> Abandon {
    if let foreign = foreignContinuation() { return foreign }
    if at(.colon) { return colonFault() }
    if at(.assign) {
      return fault(
        .assignmentInExpression, "`=` assigns, it does not compare", at: token.span, help: "compare with `==`")
    }
    if token.kind == .symbol(.leftBrace) {
      return fault(
        .missingBraces, "the `{` stands on the line of its `\(head)`", at: token.span,
        help: "a line that begins with `{` begins a new statement")
    }
    if let unclosed = unclosedOrMismatched() { return unclosed }
    return fault(
      .missingBraces, "expected `{` and the block of `\(head)`, but found \(found)", at: foundSpan,
      help: blockHelp(head))
  }

  private func blockHelp(_ head: String) -> String {
    switch head {
    case "if": "`if c { ... } else { ... }`"
    case "else": "`else { ... }` or `else if c { ... }`"
    case "for": "`for x in xs { ... }`"
    case "while": "`while c { ... }`"
    case "fn": "`fn f(x) { ... }`"
    case "type": "`type Point(x, y) { ... }`"
    case "test": "`test \"name\" { ... }`"
    default: "`try { ... } catch e { ... }`"
    }
  }

  /// A colon where a block should begin, as in Python.
  mutating func colonFault() -> Abandon {
    let isBlock =
      position + 1 < tokens.count && (tokens[position + 1].followsLineBreak || tokens[position + 1].kind == .end)
    if isBlock || isBlockHead {
      let abandon = fault(
        .missingBraces, "a block is written in braces, not after a colon", at: token.span,
        help: "`{` here, and `}` at its end")
      usesColonBlocks = true
      return abandon
    }
    return fault(.unexpectedToken, "`:` cannot stand here", at: token.span, help: "a map is written `{key: value}`")
  }

  private var isBlockHead: Bool {
    switch tokens[statementStart].kind {
    case .keyword(.if), .keyword(.for), .keyword(.while), .keyword(.fn), .keyword(.type), .keyword(.try),
      .keyword(.else):
      true
    default: false
    }
  }

  /// After a block with a colon, `else:` and `except:` lines are the same fault: they are passed without a word.
  mutating func skipsColonBlockRest() -> Bool {
    guard usesColonBlocks else { return false }
    let word = text(of: token)
    guard ["else", "elif", "except", "finally", "catch"].contains(word) else { return false }
    repeat { advance() } while token.kind != .end && !token.followsLineBreak
    return true
  }

  /// `else` or `catch` without an `if` or `try` before it.
  mutating func misplacedElse(_ keyword: Keyword) -> Abandon {
    let partner = keyword == .else ? "if" : "try"
    report(
      .misplacedElse, "`\(keyword.rawValue)` has no `\(partner)`", at: token.span, help: blockHelp(partner))
    // What belongs to it is read for its own faults.
    while token.kind != .end, token.kind != .symbol(.leftBrace), token.kind != .symbol(.rightBrace) {
      advance()
      if token.followsLineBreak { break }
    }
    if token.kind == .symbol(.leftBrace), !token.followsLineBreak { _ = try? parseBlock() }
    return Abandon(resumesHere: true)
  }

  // MARK: Assignments

  mutating func missingInitialValue(_ word: String, _ targets: [Pattern]) -> Abandon {
    if let foreign = foreignFault() { return foreign }
    var name = "x"
    if case .name(let identifier)? = targets.first { name = identifier.text }
    if at(.equal) {
      return fault(.missingValue, "`==` compares, it does not assign", at: token.span, help: "`\(word) \(name) = ...`")
    }
    return fault(
      .missingValue, "`\(name)` needs a value", at: foundSpan,
      help: "`\(word) \(name) = nil`, or the value that it begins with")
  }

  mutating func typeAnnotation() -> Abandon {
    fault(
      .foreignSyntax, "types are not written down", at: token.span, label: "delete the type",
      help: "`let x = 1`, `fn f(x) { ... }`")
  }

  mutating func assignmentInCondition(_ left: Expression) -> Abandon {
    let text = source.text(of: left.span)
    return fault(
      .assignmentInExpression, "`=` assigns, it does not compare", at: token.span,
      help: text.utf8.count <= 40 && !text.contains("\n") ? "compare with `\(text) == ...`" : "compare with `==`")
  }

  mutating func assignmentInArgument(_ left: Expression) -> Abandon {
    if case .name(let name) = left.kind {
      return fault(
        .assignmentInExpression, "an argument's name is followed by `:`", at: token.span,
        help: "`\(name): ...` names an argument, `\(name) == ...` compares")
    }
    return assignmentInCondition(left)
  }

  mutating func chainedAssignment() -> Abandon {
    fault(
      .assignmentInExpression, "an assignment is a statement, not a value", at: token.span,
      help: "write one statement for each")
  }

  mutating func invalidTarget(_ expression: Expression) -> Abandon {
    let what =
      switch expression.kind {
      case .call, .pipe: "a call"
      case .int, .float, .string, .nilLiteral, .bool: "a literal"
      case .list: "a list"
      case .parenthesized: "an expression in parentheses"
      default: "this expression"
      }
    let help: String
    if case .list = expression.kind {
      help = "`a, b = list` takes a list apart"
    } else {
      help = "compare with `==`; targets of `=` are names, `x[i]` and `x.name`"
    }
    return fault(
      .invalidTarget, "\(what) cannot be assigned to", at: expression.span, secondary: [(token.span, "assigned here")],
      help: help)
  }

  mutating func ambiguousArrow(_ left: Expression) -> Abandon {
    if case .parenthesized = left.kind {
      return fault(
        .ambiguousArrow, "`=>` stands on the line of its parameters", at: token.span, help: "`(a, b) => a + b`")
    }
    switch left.kind {
    case .int, .float, .string, .bool, .nilLiteral, .list, .map, .call, .subscripted:
      return fault(
        .ambiguousArrow, "`=>` follows a name, or names in parentheses", at: token.span,
        help: "`x => x * 2`, `(a, b) => a + b`")
    default: break
    }
    return fault(
      .ambiguousArrow, "a short function inside an expression needs parentheses", at: token.span,
      secondary: [(left.span, "this would be its parameter")], help: "`f >> (x => x * 2)`")
  }
}
