import LimnTestSupport

/// Statements at random whose lines are often too long: operators of every kind without parentheses, and brackets, blocks
/// and strings among them. Lines are broken where they may be. The same seed gives the same statements.
///
/// Not all of them parse: comparisons do not chain, and some operators want parentheses.
struct LongLineGenerator {
  private var random: SplitMix
  private var isInBrackets = false

  init(seed: UInt64) { random = SplitMix(state: seed) }

  mutating func program() -> String {
    (0..<1 + random.below(3)).map { _ in statement(depth: 3) + pick(["\n", "\n\n", "  # note\n", "; b\n"]) }.joined()
  }

  // MARK: Statements

  private mutating func statement(depth: Int) -> String {
    let value = expression(depth: depth)
    switch random.below(14) {
    case 0, 1: return "let \(name()) =\(gap())\(value)"
    case 2: return "let a, \(name()) = \(value),\(gap())\(expression(depth: depth))"
    case 3: return "\(name()).in[\(bracketed { $0.expression(depth: 1) })] = \(value)"
    case 4: return "if \(value) \(block(depth))"
    case 5:
      let other = expression(depth: depth)
      return "let x = if \(value) \(block(depth)) else if \(other) \(block(depth)) else \(block(depth))"
    case 6: return "for \(name()), b in \(value) \(block(depth))"
    case 7: return "while \(value) \(block(depth))"
    case 8: return "fn f(\(name()) = \(bracketed { $0.expression(depth: 1) })) {\n  return \(value),\(gap())2\n}"
    case 9: return "assert \(value),\(gap())\"\(name())\""
    case 10: return "let f = x =>\(gap())\(value)"
    case 11: return "let x = try \(block(depth)) catch e \(block(depth))"
    default: return value
    }
  }

  private mutating func block(_ depth: Int) -> String {
    let outer = isInBrackets
    isInBrackets = false
    defer { isInBrackets = outer }
    guard depth > 0 else { return "{ \(name()) }" }
    return switch random.below(5) {
    case 0: "{ }"
    case 1: "{\n\(statement(depth: depth - 1))\n\(statement(depth: depth - 1)) }"
    default: "{ \(statement(depth: depth - 1)) }"
    }
  }

  // MARK: Expressions

  private mutating func expression(depth: Int) -> String {
    var text = ""
    for index in 0..<1 + random.below(5) {
      if index > 0 { text += infix() }
      text += operand(depth: depth)
    }
    return text
  }

  private mutating func infix() -> String {
    let common = ["+", "-", "*", "@", "//", "and", "or", "|", "&", "+ -", "+ ~"]
    let symbol = pick(random.below(4) > 0 ? common : ["==", "in", "**", ">>", "|>", "and not"])
    if symbol == ">>" || symbol == "|>", random.below(2) == 0 { return "\n  \(symbol) " }
    return " \(symbol)\(gap())"
  }

  private mutating func operand(depth: Int) -> String {
    guard depth > 0 else { return name() }
    switch random.below(24) {
    case 0: return "(\(bracketed { $0.expression(depth: depth - 1) }))"
    case 1, 2: return "\(name())(\(items(depth)))"
    case 3: return "[\(items(depth))]"
    case 4: return "{a: \(bracketed { $0.expression(depth: depth - 1) }), \"b\": 2}"
    case 5: return "\(name()).\(name())(\(items(depth))).or"
    case 6: return "\(name())[\(bracketed { $0.expression(depth: depth - 1) }):b, ...]"
    case 7: return "\(name())(x => \(bracketed { $0.expression(depth: depth - 1) }))"
    case 8: return "\(name())(fn(x) \(block(depth - 1)))"
    case 9: return isInBrackets ? "f(2) \(block(depth - 1))" : name()
    case 10: return "\"\(name()) \\(a+b)\""
    case 11: return random.below(4) == 0 ? "\"\"\"\n    \(name())\n      b\n    \"\"\"" : "nil"
    case 12: return "f(or: \(bracketed { $0.expression(depth: depth - 1) }))"
    case 13: return "\(name())\n  .map(\(items(depth)))"
    case 14: return random.below(3) == 0 ? "fn(x) \(block(depth - 1))" : "minimize(a) \(block(depth - 1))"
    case 15: return "if \(name()) \(block(depth - 1)) else \(block(depth - 1))"
    default: return name()
    }
  }

  private mutating func items(_ depth: Int) -> String {
    bracketed { generator in
      let items = (0..<generator.random.below(4)).map { _ in generator.expression(depth: depth - 1) + generator.gap() }
      return generator.gap() + items.joined(separator: ", ")
    }
  }

  private mutating func bracketed(_ body: (inout LongLineGenerator) -> String) -> String {
    let outer = isInBrackets
    isInBrackets = true
    defer { isInBrackets = outer }
    return body(&self)
  }

  /// What may stand behind an operator.
  private mutating func gap() -> String { random.below(40) == 0 ? " # why\n" : pick([" ", " ", " ", " ", "\n"]) }

  private mutating func name() -> String {
    String(repeating: "n", count: 1 + random.below(random.below(4) == 0 ? 50 : 14))
  }

  private mutating func pick(_ texts: [String]) -> String { texts[random.below(texts.count)] }
}
