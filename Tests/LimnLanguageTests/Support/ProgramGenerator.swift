/// Programs at random, in any layout that the grammar allows: every construct, with blanks, line breaks, and comments
/// wherever they may stand. The same seed gives the same program.
struct ProgramGenerator {
  private var state: UInt64
  private var depth = 0
  /// Whether a line break means nothing here.
  private var isInBrackets = false

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func program() -> String {
    (0..<(1 + below(6))).map { _ in statement() + end() }.joined()
  }

  private mutating func below(_ count: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(count))
  }

  private mutating func pick(_ texts: String...) -> String { texts[below(texts.count)] }

  // MARK: Layout

  /// What stands between two tokens that could also touch.
  private mutating func gap() -> String {
    if isInBrackets { return pick("", "", " ", "  ", "\n", " # note\n", "\n\n# own\n   ") }
    return pick("", "", " ", "   ")
  }

  /// A gap after an operator, where a line goes on.
  private mutating func open() -> String { pick(" ", "", "\n  ", "  # why\n") }

  private mutating func end() -> String { pick("\n", "\n\n\n", "  # trailing\n", "\n# own\n", ";\n", "\n  ") }

  private mutating func inBrackets(_ body: (inout ProgramGenerator) -> String) -> String {
    let outer = isInBrackets
    isInBrackets = true
    defer { isInBrackets = outer }
    return body(&self)
  }

  private mutating func list(_ count: Int, _ item: (inout ProgramGenerator) -> String) -> String {
    inBrackets { generator in
      var text = generator.gap()
      for index in 0..<count {
        text += item(&generator) + generator.gap()
        if index < count - 1 || generator.below(4) == 0 { text += "," + generator.gap() }
      }
      return text
    }
  }

  private mutating func block() -> String {
    depth += 1
    let outer = isInBrackets
    isInBrackets = false
    defer {
      depth -= 1
      isInBrackets = outer
    }
    if below(5) == 0 { return "{" + pick("", " ", "\n") + "}" }
    if below(3) == 0 { return "{ \(statement()) }" }
    return "{" + pick("\n", " # why\n", " ") + (0..<(1 + below(3))).map { _ in statement() + end() }.joined() + "}"
  }

  // MARK: Statements

  private mutating func statement() -> String {
    let choice = below(depth > 3 ? 5 : 14)
    switch choice {
    case 0: return "let \(name())\(gap())=\(open())\(expression())"
    case 1: return "var \(name()),\(gap())\(name()) = \(expression()),\(open())\(expression())"
    case 2: return "\(name())[\(list(1) { $0.expression() })].b = \(expression())"
    case 3: return "assert \(expression())"
    case 4: return expression()
    case 5: return "if \(head()) \(block()) else if \(head()) \(block()) else \(block())"
    case 6: return "for \(name()),\(gap())\(name()) in \(head()) \(block())"
    case 7: return "while \(head()) \(block())"
    case 8: return "fn \(name())(\(list(below(3)) { $0.parameter() }))\(gap())\(block())"
    case 9:
      return "type \(name())(\(list(below(3)) { $0.parameter() })) {\n let f = \(expression())\(end())"
        + "fn m() \(block())\n}"
    case 10: return "let \(name()) = try \(block()) catch e \(block())"
    case 11: return "throw \(expression())"
    case 12: return "let s = \"\"\"\n    one\n      two \\(\(name()))\n\n    \"\"\""
    default: return "f(\(list(1) { $0.expression() })) \(block())"
    }
  }

  private mutating func parameter() -> String { below(3) == 0 ? "\(name())\(gap())=\(gap())\(expression())" : name() }

  /// A condition, in which no block may begin.
  private mutating func head() -> String { "(\(inBrackets { $0.expression() }))" }

  // MARK: Expressions

  private mutating func name() -> String { pick("a", "b", "value", "xs", "rather_a_long_name_for_a_number") }

  private mutating func expression() -> String {
    depth += 1
    defer { depth -= 1 }
    guard depth < 7 else { return name() }
    switch below(18) {
    case 0, 1: return name()
    case 2: return pick("1", "0xff", "3.25", "1e-4", "nil", "true")
    case 3: return pick("\"text\"", "\"a \\( b+1 :.2f) c\"", "\"\"")
    case 4, 5:
      let symbol = pick("+", "-", "*", "/", "//", "@", "%", "and", "or", "&", "|")
      return "(\(inBrackets { "\($0.expression()) \(symbol) \($0.gap())\($0.expression())" }))"
    case 6:
      return
        "(\(inBrackets { "\($0.expression())\($0.gap())\($0.pick("==", "<", ">=", "!=", "..<", "..."))\($0.gap())\($0.name())" }))"
    case 7: return "f(\(list(below(4)) { $0.expression() }))"
    case 8: return "\(name()).m(\(list(1) { "k\($0.gap()):\($0.gap())\($0.expression())" }))"
    case 9: return "[\(list(below(5)) { $0.expression() })]"
    case 10: return "{\(list(below(3)) { "k\($0.below(1000)):\($0.gap())\($0.expression())" })}"
    case 11: return "\(name())[\(list(2) { "\($0.name()):\($0.name())" })]"
    case 12: return "-\(name())"
    case 13: return "(not \(name()))"
    case 14: return "((\(list(2) { $0.name() })) => \(expression()))"
    case 15: return "fn(\(list(below(2)) { $0.parameter() })) \(block())"
    case 16: return "(\(name()) |>\(gap()) \(name()) \(pick("", "\n"))|> f(\(list(1) { $0.expression() })))"
    default: return "(x => \(expression()) >>\(gap()) \(name()))"
    }
  }
}
