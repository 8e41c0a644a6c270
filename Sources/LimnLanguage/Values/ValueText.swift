/// Words and literals that messages and signatures share.
enum ValueText {
  /// A default value as a signature shows it; host objects by their type.
  static func literal(_ value: Value) -> String {
    switch value {
    case .nil: return "nil"
    case .bool(let value): return value ? "true" : "false"
    case .int(let value): return String(value)
    case .float(let value): return float(value)
    case .object(let object):
      if let string = object as? StringObject { return quoted(string.text) }
      if let list = object as? ListObject { return "[\(list.map(literal).joined(separator: ", "))]" }
      if let range = object as? RangeObject { return ValueText.range(range) }
      return object.typeName
    }
  }

  /// The shortest text that reads back, always with a point or an exponent, as Python writes it: `1.0`, `1e-05`, `inf`.
  static func float(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    if value == 0 { return value.sign == .minus ? "-0.0" : "0.0" }
    // Swift's shortest digits are right; where it puts the point and how it writes the exponent differ from Python's.
    let text = "\(value.magnitude)"
    let parts = text.split(separator: "e")
    var digits = parts[0].filter { $0 != "." }
    let point =
      parts[0].firstIndex(of: ".").map { parts[0].distance(from: parts[0].startIndex, to: $0) } ?? parts[0].count
    var exponent = point - 1 + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    while digits.hasPrefix("0"), digits.count > 1 {
      digits.removeFirst()
      exponent -= 1
    }
    while digits.hasSuffix("0"), digits.count > 1 { digits.removeLast() }
    let sign = value < 0 ? "-" : ""
    if exponent < -4 || exponent >= 16 {
      let fraction = digits.dropFirst()
      let magnitude = String(exponent.magnitude)
      let mantissa = fraction.isEmpty ? String(digits.prefix(1)) : "\(digits.prefix(1)).\(fraction)"
      return "\(sign)\(mantissa)e\(exponent < 0 ? "-" : "+")\(magnitude.count < 2 ? "0" : "")\(magnitude)"
    }
    if exponent < 0 { return "\(sign)0.\(String(repeating: "0", count: -exponent - 1))\(digits)" }
    if digits.count <= exponent + 1 {
      return "\(sign)\(digits)\(String(repeating: "0", count: exponent + 1 - digits.count)).0"
    }
    return "\(sign)\(digits.prefix(exponent + 1)).\(digits.dropFirst(exponent + 1))"
  }

  static func range(_ range: RangeObject) -> String {
    let text = "\(range.lower)\(range.isClosed ? "..." : "..<")\(range.upper)"
    return range.step == 1 ? text : "(\(text)).step(\(range.step))"
  }

  /// A string literal that reads back.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\0": result += "\\0"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// Whether a text could be a name: letters, digits and underscores, not beginning with a digit.
  static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first == "_" || first.properties.isXIDStart else { return false }
    return text.unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isXIDContinue }
  }

  /// `a list`, `an int`; `nil` alone.
  static func withArticle(_ name: String) -> String {
    guard let first = name.first, name != "nil" else { return name }
    return "aeiou".contains(first.lowercased()) ? "an \(name)" : "a \(name)"
  }

  /// `a`, `a or b`, `a, b, or c`.
  static func alternatives(_ words: [String]) -> String {
    switch words.count {
    case 0: ""
    case 1: words[0]
    case 2: "\(words[0]) or \(words[1])"
    default: "\(words.dropLast().joined(separator: ", ")), or \(words[words.count - 1])"
    }
  }

  /// `1 argument`, `2 arguments`.
  static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
