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
    case .symbol(.leftBrace)
    where ["else", "elif", "except", "finally", "do", "loop", "struct", "class"].contains(word): break
    case .symbol(.colon) where ["except", "finally", "try"].contains(word): break
    case .symbol(.leftParenthesis) where ["elif", "switch", "foreach"].contains(word): break
    case .symbol, .foreign, .end, .invalid:
      if !(ForeignWords.alone.contains(word) && next.followsLineBreak) { return nil }
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
      case .thinArrow:
        ("a function does not declare its result's type", "`fn f(x) { ... }`, or `x => e` for a short function")
      case .twoDots: ("`..` is not an operator", "`0..<n` leaves out its end, `0...n` includes it")
      case .walrus: ("`:=` is written `=`", "`let x = 1` makes a name, `x = 2` assigns to it")
      case .shiftLeft: ("there is no `<<`", "`x * 2 ** n`")
      case .dollar: ("`$` is not part of the language", "a value in a string is written `\\(x)`")
      case .backtick:
        ("a backtick is not part of the language", "strings are written `\"...\"`, of several lines `\"\"\"`")
      case .backslash:
        ("a line is not continued by `\\`", "a line goes on after an operator, a comma or an open bracket")
      default: ("there is no `\(text)`", "")
      }
    return fault(.foreignSyntax, message, at: span, help: help.isEmpty ? nil : help)
  }

  private var incrementHelp: String {
    let word =
      if position > 0, tokens[position - 1].kind == .name {
        text(of: tokens[position - 1])
      } else if kind(at: 1) == .name { text(of: tokens[position + 1]) } else { "x" }
    return "write `\(word) = \(word) + 1`"
  }

  /// What stands after an expression is another language's way to go on.
  mutating func foreignContinuation() -> Abandon? {
    if let foreign = foreignFault() { return foreign }
    guard position > 0, !endsLine else { return nil }
    let previous = tokens[position - 1]
    let word = token.kind == .name ? text(of: token) : ""
    switch token.kind {
    case .keyword(.if):
      return fault(
        .foreignSyntax, "`if` stands before what it decides", at: token.span,
        help: "`if c { a } else { b }` is an expression")
    case .keyword(.not) where kind(at: 1) == .keyword(.in):
      return fault(
        .foreignSyntax, "there is no `not in`", at: token.span.union(tokens[position + 1].span), help: "`not x in xs`")
    case .stringStart where previous.kind == .name && previous.span.end == token.span.start:
      return fault(
        .foreignSyntax, "a string has no prefix", at: previous.span,
        help: "every string takes values: `\"loss \\(loss)\"`")
    case .name where ["is", "instanceof"].contains(word):
      return fault(
        .foreignSyntax, "there is no `\(word)`", at: token.span,
        help: "`a == b`, `x == nil`, or `type_of(x) == \"int\"`")
    case .name where previous.kind == .name && text(of: previous) == "lambda":
      return fault(.foreignSyntax, "a short function is written with `=>`", at: previous.span, help: "`x => x * 2`")
    default:
      return nil
    }
  }
}
