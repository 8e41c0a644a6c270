import Foundation
import LimnTestSupport

/// Makes texts that nobody would write, always the same ones from one seed: random bytes, words of the language in any
/// order, damaged programs, and programs that fit the grammar and mean nothing.
struct ProgramGenerator {
  private var random: SplitMix
  /// Whole programs to damage.
  private let corpus: [[UInt8]]
  /// Names that the program being written has declared.
  private var names: [String] = []
  /// Those of them that may be assigned to.
  private var variables: [String] = []
  private var loops = 0
  private var functions = 0

  init(seed: UInt64, corpus: [String]) {
    random = SplitMix(state: seed)
    self.corpus = corpus.map { Array($0.utf8) }
  }

  /// The next text, and what kind it is.
  mutating func next() -> (kind: String, text: String) {
    switch random.below(10) {
    case 0: ("bytes", bytes())
    case 1, 2: ("words", words())
    case 3, 4, 5: ("damaged", damaged())
    default: ("grammar", program())
    }
  }

  // MARK: Bytes and words

  private mutating func bytes() -> String {
    let isText = random.below(2) == 0
    let bytes = (0..<random.below(200)).map { _ in
      isText ? UInt8(9 + random.below(118)) : UInt8(truncatingIfNeeded: random.next())
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func words() -> String {
    var text = ""
    for _ in 0...random.below(60) {
      text += pick(random.below(4) == 0 ? Vocabulary.pieces : Vocabulary.words)
      if random.below(3) != 0 { text += random.below(6) == 0 ? "\n" : " " }
    }
    return text
  }

  // MARK: Damage

  private mutating func damaged() -> String {
    guard !corpus.isEmpty else { return words() }
    var text = corpus[random.below(corpus.count)]
    for _ in 0...random.below(5) {
      let place = random.below(text.count + 1)
      switch random.below(7) {
      case 0: text.removeSubrange(place..<min(text.count, place + 1 + random.below(12)))
      case 1: text.insert(contentsOf: Array(pick(Vocabulary.words).utf8), at: place)
      case 2: text.insert(contentsOf: Array(pick(Vocabulary.pieces).utf8), at: place)
      case 3:
        let other = corpus[random.below(corpus.count)]
        let start = random.below(other.count + 1)
        text.insert(contentsOf: other[start..<min(other.count, start + random.below(80))], at: place)
      case 4: replaceNumber(in: &text, near: place)
      case 5: swapLines(in: &text)
      default: if place < text.count { text[place] = UInt8(truncatingIfNeeded: random.next()) }
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func replaceNumber(in text: inout [UInt8], near place: Int) {
    func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    guard let start = text[place...].firstIndex(where: isDigit) else { return }
    let end = text[start...].firstIndex { !isDigit($0) } ?? text.count
    text.replaceSubrange(start..<end, with: Array(pick(Vocabulary.numbers).utf8))
  }

  private mutating func swapLines(in text: inout [UInt8]) {
    var lines = text.split(separator: 10, omittingEmptySubsequences: false)
    guard lines.count > 1 else { return }
    lines.swapAt(random.below(lines.count), random.below(lines.count))
    text = Array(lines.joined(separator: [10]))
  }

  // MARK: Grammar

  private mutating func program() -> String {
    names = ["xs", "m", "s", "f"]
    variables = names
    var text = "var xs = [3, 1, 2]\nvar m = {a: 1, b: [2]}\nvar s = \"aé🎨\"\nvar f = x => x\n"
    for _ in 0...random.below(8) {
      let statement = statement(depth: 3)
      let declares = ["var ", "fn ", "type "].contains { statement.hasPrefix($0) }
      // Most go on after an error.
      text += declares || random.below(8) == 0 ? statement + "\n" : "try { \(statement) } catch _ { }\n"
    }
    return text
  }

  private mutating func statement(depth: Int) -> String {
    if depth == 0 { return "\(pick(variables)) = \(expression(depth: 1))" }
    switch random.below(15) {
    case 0, 1: return declaration(depth)
    case 2: return "\(pick(variables)) = \(expression(depth: depth))"
    case 3: return "\(pick(variables))[\(expression(depth: 1))] = \(expression(depth: depth))"
    case 4: return "m.\(pick(["a", "keys", "k1"])) = \(expression(depth: depth))"
    case 5: return "if \(expression(depth: depth)) \(block(depth)) else \(block(depth))"
    case 6: return "for i in \(expression(depth: depth)) \(loopBody(depth, ["i"]))"
    case 7: return "for k, v in \(expression(depth: depth)) \(loopBody(depth, ["k", "v"]))"
    case 8: return "try \(block(depth)) catch e { print(e.kind, e.message) }"
    case 9: return function(depth)
    case 10: return "while len(xs) < \(random.below(9)) { xs.append(\(expression(depth: 1))) }"
    case 11: return "assert \(expression(depth: depth)), \"\(pick(names))\""
    case 12: return "print(\(expression(depth: depth)))"
    case 13: return type(depth)
    default: return expression(depth: depth)
    }
  }

  private mutating func declaration(_ depth: Int) -> String {
    let name = "v\(random.below(1000))_\(names.count)"
    let text = "var \(name) = \(expression(depth: depth))"
    names.append(name)
    variables.append(name)
    return text
  }

  private mutating func function(_ depth: Int) -> String {
    let name = "g\(random.below(1000))_\(names.count)"
    let text = "fn \(name)(a, b = \(expression(depth: 1)), ...c) \(functionBody(depth, ["a", "b", "c"]))"
    names.append(name)
    return text
  }

  private mutating func type(_ depth: Int) -> String {
    let name = "T\(random.below(1000))_\(names.count)"
    let method = pick(["add", "call", "show", "equal", "less", "index", "length", "iterate", "neg", "mul"])
    let text = "type \(name)(p = \(expression(depth: 1))) { fn \(method)(o = 1) \(functionBody(depth - 1, ["p", "o"])) }"
    names.append(name)
    return text + "\nvar i\(names.count) = \(name)()"
  }

  private mutating func loopBody(_ depth: Int, _ declared: [String]) -> String {
    let outer = names
    names += declared
    loops += 1
    defer {
      names = outer
      loops -= 1
    }
    return block(depth)
  }

  private mutating func functionBody(_ depth: Int, _ parameters: [String]) -> String {
    let outer = (names, variables, loops)
    names += parameters
    variables += parameters
    loops = 0
    functions += 1
    defer {
      (names, variables, loops) = outer
      functions -= 1
    }
    return block(depth)
  }

  private mutating func block(_ depth: Int) -> String {
    let outer = (names, variables)
    defer { (names, variables) = outer }
    var lines = (0..<random.below(4)).map { _ in statement(depth: max(0, depth - 1)) }
    switch random.below(12) {
    case 0 where functions > 0: lines.append("return \(expression(depth: 1))")
    case 1 where loops > 0: lines.append("break")
    case 2: lines.append("throw error(\"\(random.below(9))\")")
    default: break
    }
    return "{ \(lines.joined(separator: "\n")) }"
  }

  private mutating func expression(depth: Int) -> String {
    guard depth > 0 else {
      switch random.below(4) {
      case 0: return pick(Vocabulary.numbers)
      case 1: return pick(Vocabulary.literals)
      default: return pick(names)
      }
    }
    func operand(_ generator: inout ProgramGenerator) -> String {
      "(\(generator.expression(depth: depth - 1)))"
    }
    switch random.below(14) {
    case 0, 1: return "\(operand(&self)) \(pick(Vocabulary.operators)) \(operand(&self))"
    case 2: return "\(pick(["-", "not ", "~"]))\(operand(&self))"
    case 3: return "[\(operand(&self)), \(operand(&self))]"
    case 4: return "{a: \(operand(&self)), (\(operand(&self))): 1}"
    case 5: return "\(operand(&self))[\(operand(&self))]"
    case 6: return "\(operand(&self))[\(operand(&self)):\(operand(&self)):\(pick(Vocabulary.numbers))]"
    case 7: return "\(operand(&self)).\(pick(Vocabulary.functions))(\(operand(&self)))"
    case 8: return "\(pick(Vocabulary.functions))(\(operand(&self)))"
    case 9: return "\(pick(Vocabulary.functions))(\(operand(&self)), \(operand(&self)))"
    case 10: return "(y => \(operand(&self)))"
    case 11: return "if \(operand(&self)) { \(operand(&self)) } else { \(operand(&self)) }"
    case 12: return "\"\\(\(operand(&self))\(pick(["", ":5", ":.2f", ":x", ":^9.1%"])))\""
    default: return "\(operand(&self)) |> \(pick(Vocabulary.functions))"
    }
  }

  private mutating func pick(_ texts: [String]) -> String { texts[random.below(texts.count)] }
}
