// What newcomers type, from Python, Swift, JavaScript or C, and what to type instead.

extension Parser {
  // MARK: Words of other languages

  /// A statement that begins with another language's keyword, followed by what cannot follow a name in Limn.
  mutating func foreignStatement() -> Abandon? {
    let word = text(of: token)
    guard let (message, help) = ForeignWords.statements[word] else { return nil }
    guard position + 1 < tokens.count else { return nil }
    let next = tokens[position + 1]
    if next.followsLineBreak || next.kind == .end {
      // `else:` and `except:` aside, a word alone on its line may be a name.
      guard ForeignWords.alone.contains(word) else { return nil }
    }
    switch next.kind {
    case .name, .keyword, .int, .float, .stringStart: break
    case .symbol(.leftBrace) where ["else", "elif", "except", "finally", "do", "loop", "struct", "class"].contains(word): break
    case .symbol(.colon) where ["except", "finally", "try"].contains(word): break
    case .symbol(.leftParenthesis) where ["elif", "switch", "foreach"].contains(word): break
    case .symbol, .foreign, .end, .invalid: if !(ForeignWords.alone.contains(word) && next.followsLineBreak) { return nil }
    default: return nil
    }
    if case .keyword(let keyword) = next.kind, Token.Kind.keyword(keyword).infix != nil { return nil }
    return fault(.foreignSyntax, message, at: token.span, help: help)
  }

  /// An operator of another language at the position.
  mutating func foreignFault() -> Abandon? {
    guard case .foreign(let symbol) = token.kind else { return nil }
    let span = token.span
    let text = symbol.rawValue
    if let assigned = symbol.assignedOperator {
      let start = statementStart < tokens.count ? tokens[statementStart].span.start : span.start
      let target = start < span.start ? source.text(of: Span(start, previousSpan.end)) : "x"
      let name = target.utf8.count <= 40 && !target.contains("\n") ? target : "x"
      return fault(
        .foreignSyntax, "there is no `\(text)`", at: span, help: "write `\(name) = \(name) \(assigned) ...`")
    }
    let (message, help): (String, String) =
      switch symbol {
      case .logicalAnd: ("`&&` is written `and`", "`a and b`")
      case .logicalOr: ("`||` is written `or`", "`a or b`")
      case .exclamation: ("`!` is written `not`", "`not x`")
      case .strictEqual: ("`===` is written `==`", "`a == b`; a bool is never equal to an int")
      case .strictNotEqual: ("`!==` is written `!=`", "`a != b`")
      case .notEqual: ("`<>` is written `!=`", "`a != b`")
      case .increment: ("there is no `++`", incrementHelp)
      case .question: ("there is no `? :`", "`if c { a } else { b }` is an expression")
      case .coalesce: ("there is no `??`", "`if x == nil { y } else { x }`, or `m.get(key, default)`")
      case .thinArrow: ("a function does not declare its result's type", "`fn f(x) { ... }`, or `x => e` for a short function")
      case .twoDots: ("`..` is not an operator", "`0..<n` leaves out its end, `0...n` includes it")
      case .walrus: ("`:=` is written `=`", "`let x = 1` makes a name, `x = 2` assigns to it")
      case .shiftLeft: ("there is no `<<`", "`x * 2 ** n`")
      case .dollar: ("`$` is not part of the language", "a value in a string is written `\\(x)`")
      case .backtick: ("a backtick is not part of the language", "strings are written `\"...\"`, of several lines `\"\"\"`")
      case .backslash: ("a line is not continued by `\\`", "a line goes on after an operator, a comma or an open bracket")
      default: ("there is no `\(text)`", "")
      }
    return fault(.foreignSyntax, message, at: span, help: help.isEmpty ? nil : help)
  }

  private var incrementHelp: String {
    let word =
      if position > 0, tokens[position - 1].kind == .name { text(of: tokens[position - 1]) }
      else if kind(at: 1) == .name { text(of: tokens[position + 1]) } else { "x" }
    return "write `\(word) = \(word) + 1`"
  }

  // MARK: Operands

  /// No operand begins at the position.
  mutating func expectedOperand() -> Abandon {
    if let foreign = foreignFault() { return foreign }
    let span = token.span
    switch token.kind {
    case .symbol(let symbol) where symbol.isClosing && position == statementStart: return strayBracket(symbol)
    case .symbol(.floorDivide) where position == statementStart || token.followsLineBreak,
      .symbol(.slash) where kind(at: 1) == .symbol(.star):
      return fault(.foreignSyntax, "a comment begins with `#`", at: span, help: "`# a comment to the end of the line`")
    case .symbol(.plus):
      return fault(.expectedExpression, "`+` stands between two operands", at: span, help: "a positive number has no sign")
    case .symbol(.arrow):
      return fault(
        .ambiguousArrow, "`=>` follows a name, or names in parentheses", at: span, help: "`x => x * 2`, `(a, b) => a + b`")
    case .symbol(.at) where position == statementStart:
      return fault(.foreignSyntax, "there are no decorators", at: span, help: "`let f = decorate(f)`")
    case .symbol(.ellipsis):
      return fault(
        .expectedExpression, "`...` needs a start", at: span, help: "a range is `a...b`; a slice's open end is `x[:n]`")
    case .symbol(.halfOpenRange):
      return fault(.expectedExpression, "`..<` needs a start", at: span, help: "a range is `0..<n`; a slice's open end is `x[:n]`")
    default: break
    }
    if let unclosed = unclosedOrMismatched() { return unclosed }
    return fault(.expectedExpression, "expected an expression, but found \(found)", at: foundSpan, help: operandHelp)
  }

  private mutating func unclosedOrMismatched() -> Abandon? {
    guard !openBrackets.isEmpty else { return nil }
    let before = diagnostics.count
    let abandon = expected("an expression")
    guard diagnostics.count > before, let last = diagnostics.last else { return abandon }
    if last.code == SyntaxError.unexpectedToken.rawValue {
      diagnostics.removeLast()
      return nil
    }
    return abandon
  }

  private var operandHelp: String? {
    if case .keyword(.in) = token.kind { return "`for x in xs { ... }`" }
    guard case .symbol(let symbol) = position > 0 ? tokens[position - 1].kind : .end, symbol.infixText else { return nil }
    return "`\(symbol.rawValue)` needs a value on its right"
  }

  // MARK: Between statements

  /// What stands after an expression is another language's way to go on.
  mutating func foreignContinuation() -> Abandon? {
    if let foreign = foreignFault() { return foreign }
    guard position > 0, !endsLine else { return nil }
    let previous = tokens[position - 1]
    let word = token.kind == .name ? text(of: token) : ""
    switch token.kind {
    case .keyword(.if):
      return fault(
        .foreignSyntax, "`if` stands before what it decides", at: token.span, help: "`if c { a } else { b }` is an expression")
    case .keyword(.not) where kind(at: 1) == .keyword(.in):
      return fault(
        .foreignSyntax, "there is no `not in`", at: token.span.union(tokens[position + 1].span), help: "`not x in xs`")
    case .stringStart where previous.kind == .name && previous.span.end == token.span.start:
      return fault(
        .foreignSyntax, "a string has no prefix", at: previous.span,
        help: "every string takes values: `\"loss \\(loss)\"`")
    case .name where ["is", "instanceof"].contains(word):
      return fault(
        .foreignSyntax, "there is no `\(word)`", at: token.span, help: "`a == b`, `x == nil`, or `type_of(x) == \"int\"`")
    case .name where previous.kind == .name && text(of: previous) == "lambda":
      return fault(.foreignSyntax, "a short function is written with `=>`", at: previous.span, help: "`x => x * 2`")
    default:
      return nil
    }
  }

  /// A closing bracket that no open one waits for.
  mutating func strayBracket(_ symbol: Symbol) -> Abandon {
    // The one that it closes may have gone with text that could not be read.
    if let index = lostBrackets.lastIndex(where: { $0.closing == symbol }) {
      lostBrackets.removeSubrange(index...)
      return Abandon()
    }
    return fault(
      .unmatchedBracket, "`\(symbol.rawValue)` closes nothing", at: token.span,
      help: "delete it, or add the bracket that it should close")
  }

  /// Two statements stand on one line.
  mutating func missingLineBreak() -> Abandon {
    if let foreign = foreignContinuation() { return foreign }
    let previous = tokens[position - 1]
    switch token.kind {
    case .symbol(let symbol) where symbol.isClosing && symbol != .rightBrace: return strayBracket(symbol)
    case .symbol(.colon): return colonFault()
    case .symbol(.arrow):
      return fault(
        .ambiguousArrow, "`=>` follows a name, or names in parentheses", at: token.span,
        help: "`x => x * 2`, `(a, b) => a + b`")
    case .symbol(.assign):
      return fault(.invalidTarget, "`=` cannot stand here", at: token.span, help: "`==` compares, `let x = e` makes a name")
    case .keyword(let keyword) where keyword == .else || keyword == .catch: return misplacedElse(keyword)
    case .symbol(.leftBrace):
      return fault(
        .unexpectedToken, "a block cannot stand here", at: token.span,
        help: "a block follows `if`, `for`, `while`, `try`, `fn(...)`, or a call on the same line")
    default: break
    }
    let word = text(of: previous)
    if previous.kind == .name, position - 1 == statementStart, beginsOperand(token.kind),
      ["print", "show", "exit", "echo"].contains(word)
    {
      return fault(.missingLineBreak, "a call has parentheses", at: token.span, help: "`\(word)(...)`")
    }
    let hasSlashes = tokens[statementStart..<position].contains {
      $0.kind == .symbol(.floorDivide) && source.line(at: $0.span.start) == source.line(at: token.span.start)
    }
    return fault(
      .missingLineBreak, "expected the end of the statement, but found \(found)", at: token.span,
      help: hasSlashes
        ? "a comment begins with `#`; `//` divides and rounds down"
        : beginsOperand(token.kind)
          ? "begin a new line, or add the operator, comma or parentheses that are missing" : nil)
  }

  func beginsOperand(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .name, .int, .float, .stringStart, .keyword(.nil), .keyword(.true), .keyword(.false), .keyword(.fn): true
    default: false
    }
  }

  // MARK: Blocks

  /// A head is not followed by `{`.
  mutating func missingBraces(after head: String) -> Abandon {
    if let foreign = foreignContinuation() { return foreign }
    if at(.colon) { return colonFault() }
    if at(.assign) {
      return fault(.assignmentInExpression, "`=` assigns, it does not compare", at: token.span, help: "compare with `==`")
    }
    if token.kind == .symbol(.leftBrace) {
      return fault(
        .missingBraces, "the `{` stands on the line of its `\(head)`", at: token.span,
        help: "a line that begins with `{` begins a new statement")
    }
    if let unclosed = unclosedOrMismatched() { return unclosed }
    return fault(
      .missingBraces, "expected `{` and the block of `\(head)`, but found \(found)", at: foundSpan, help: blockHelp(head))
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
    let isBlock = position + 1 < tokens.count && (tokens[position + 1].followsLineBreak || tokens[position + 1].kind == .end)
    if isBlock || isBlockHead {
      let abandon = fault(
        .missingBraces, "a block is written in braces, not after a colon", at: token.span, help: "`{` here, and `}` at its end")
      usesColonBlocks = true
      return abandon
    }
    return fault(.unexpectedToken, "`:` cannot stand here", at: token.span, help: "a map is written `{key: value}`")
  }

  private var isBlockHead: Bool {
    switch tokens[statementStart].kind {
    case .keyword(.if), .keyword(.for), .keyword(.while), .keyword(.fn), .keyword(.type), .keyword(.try), .keyword(.else): true
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
    if at(.in), word == "let" || word == "var" {
      return fault(.foreignSyntax, "the loop's name has no `\(word)`", at: token.span, help: "`for \(name) in xs { ... }`")
    }
    return fault(
      .missingValue, "`\(name)` needs a value", at: foundSpan, help: "`\(word) \(name) = nil`, or the value that it begins with")
  }

  mutating func typeAnnotation() -> Abandon {
    fault(
      .foreignSyntax, "types are not written down", at: token.span, label: "delete the type", help: "`let x = 1`, `fn f(x) { ... }`")
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
    fault(.assignmentInExpression, "an assignment is a statement, not a value", at: token.span, help: "write one statement for each")
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
      .invalidTarget, "\(what) cannot be assigned to", at: expression.span, secondary: [(token.span, "assigned here")], help: help)
  }

  mutating func ambiguousArrow(_ left: Expression) -> Abandon {
    if case .parenthesized = left.kind {
      return fault(
        .ambiguousArrow, "`=>` stands on the line of its parameters", at: token.span, help: "`(a, b) => a + b`")
    }
    switch left.kind {
    case .int, .float, .string, .bool, .nilLiteral, .list, .map, .call, .subscripted:
      return fault(
        .ambiguousArrow, "`=>` follows a name, or names in parentheses", at: token.span, help: "`x => x * 2`, `(a, b) => a + b`")
    default: break
    }
    return fault(
      .ambiguousArrow, "a short function inside an expression needs parentheses", at: token.span,
      secondary: [(left.span, "this would be its parameter")], help: "`f >> (x => x * 2)`")
  }
}

extension Symbol {
  /// Whether the symbol is an operator that needs an operand on its right.
  fileprivate var infixText: Bool {
    Token.Kind.symbol(self).infix != nil || [.pipe, .power, .tilde, .assign, .arrow].contains(self)
  }
}

/// Words that begin statements in other languages.
enum ForeignWords {
  /// A message and what to write, by word.
  static let statements: [String: (message: String, help: String)] = [
    "def": ("a function is declared with `fn`", "`fn f(x) { ... }`"),
    "func": ("a function is declared with `fn`", "`fn f(x) { ... }`"),
    "function": ("a function is declared with `fn`", "`fn f(x) { ... }`"),
    "fun": ("a function is declared with `fn`", "`fn f(x) { ... }`"),
    "local": ("a name is made with `let` or `var`", "`let x = 1`"),
    "const": ("a name is made with `let`", "`let x = 1`"),
    "auto": ("a name is made with `let` or `var`", "`let x = 1`"),
    "class": ("a type is declared with `type`", "`type Point(x, y) { ... }`"),
    "struct": ("a type is declared with `type`", "`type Point(x, y) { ... }`"),
    "enum": ("there are no enumerations", "strings serve: `let mode = \"train\"`"),
    "elif": ("`elif` is written `else if`", "`if a { ... } else if b { ... }`"),
    "elseif": ("`elseif` is written `else if`", "`if a { ... } else if b { ... }`"),
    "unless": ("`unless` is written `if not`", "`if not c { ... }`"),
    "switch": ("there is no `switch`", "`if x == 1 { ... } else if x == 2 { ... }`"),
    "match": ("there is no `match`", "`if x == 1 { ... } else if x == 2 { ... }`"),
    "do": ("there is no `do`", "`while c { ... }`, or `try { ... } catch e { ... }`"),
    "foreach": ("`foreach` is written `for`", "`for x in xs { ... }`"),
    "loop": ("an endless loop is written `while true`", "`while true { ... }`"),
    "raise": ("`raise` is written `throw`", "`throw error(\"message\")`"),
    "except": ("`except` is written `catch`", "`try { ... } catch e { ... }`"),
    "finally": ("there is no `finally`", "write what must follow after the `catch` block"),
    "pass": ("there is no `pass`", "an empty block is `{ }`"),
    "del": ("there is no `del`", "`m.remove(key)`, `xs.remove(value)`"),
    "new": ("an instance is made by calling its type", "`Point(1, 2)`"),
    "await": ("there is no `await`", "a call returns when it is done"),
    "async": ("there is no `async`", "declare it with `fn`"),
    "yield": ("there is no `yield`", "append to a list and return it"),
    "global": ("there is no `global`", "a function may assign to a `var` around it"),
    "nonlocal": ("there is no `nonlocal`", "a function may assign to a `var` around it"),
    "lambda": ("a short function is written with `=>`", "`x => x * 2`"),
    "with": ("there is no `with`", "a function that takes a block serves: `no_grad { ... }`"),
    "from": ("an import from a module ends with its names", "`from gan import train`"),
  ]

  /// Words that mean something alone on their line, too.
  static let alone: Set<String> = ["pass", "finally", "do"]
}
