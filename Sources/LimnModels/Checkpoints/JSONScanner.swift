import LimnTensor

/// Reads JSON from the front, value by value, for a header whose form is known.
///
/// Foundation's parser keeps one of two members with the same name and says nothing; a checkpoint in which a name
/// stands twice has to be rejected. It is strict (RFC 8259), and what is deeply nested is an error, not a deep
/// recursion.
struct JSONScanner {
  /// What is wrong, and at which byte.
  struct Fault: Error {
    var reason: String
    var position: Int
  }

  private static let maximumDepth = 64

  private let bytes: [UInt8]
  private(set) var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads an object; `member` is called with each name and must read that member's value.
  mutating func object(_ member: (inout JSONScanner, String) throws(Fault) -> Void) throws(Fault) {
    try expect("{")
    if skip("}") { return }
    repeat {
      let name = try string()
      try expect(":")
      try member(&self, name)
    } while skip(",")
    try expect("}")
  }

  /// Reads an array; `element` must read one element.
  mutating func array(_ element: (inout JSONScanner) throws(Fault) -> Void) throws(Fault) {
    try expect("[")
    if skip("]") { return }
    repeat { try element(&self) } while skip(",")
    try expect("]")
  }

  /// Reads an array of integers that are not negative.
  mutating func counts() throws(Fault) -> [Int] {
    var counts: [Int] = []
    try array { scanner throws(Fault) in counts.append(try scanner.count()) }
    return counts
  }

  /// Reads an integer that is not negative and that an `Int` holds.
  mutating func count() throws(Fault) -> Int {
    skipSpace()
    let start = position
    var value = 0
    while let digit = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
      guard !overflow, !carry else { throw Fault(reason: "a number is too large", position: start) }
      value = sum
      position += 1
    }
    let isFraction = peek().map { [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains($0) } ?? false
    let hasLeadingZero = position - start > 1 && bytes[start] == UInt8(ascii: "0")
    guard position > start, !isFraction, !hasLeadingZero else {
      throw Fault(reason: "a count should stand here", position: start)
    }
    return value
  }

  /// Reads a string.
  mutating func string() throws(Fault) -> String {
    try expect("\"")
    let start = position
    var content: [UInt8] = []
    while let byte = peek() {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: content, as: UTF8.self) else {
          throw Fault(reason: "a string is not UTF-8", position: start)
        }
        return text
      case UInt8(ascii: "\\"): content += try escape()
      case 0..<0x20: throw Fault(reason: "a string holds a control character", position: position - 1)
      default: content.append(byte)
      }
    }
    throw Fault(reason: "a string does not end", position: start)
  }

  /// Passes over any value.
  mutating func skipValue(depth: Int = 0) throws(Fault) {
    guard depth < Self.maximumDepth else { throw Fault(reason: "values are nested too deeply", position: position) }
    skipSpace()
    switch peek() {
    case UInt8(ascii: "{"):
      try object { scanner, _ throws(Fault) in try scanner.skipValue(depth: depth + 1) }
    case UInt8(ascii: "["): try array { scanner throws(Fault) in try scanner.skipValue(depth: depth + 1) }
    case UInt8(ascii: "\""): _ = try string()
    default: try skipWord()
    }
  }

  /// Makes sure that nothing but white space is left.
  mutating func end() throws(Fault) {
    skipSpace()
    guard position == bytes.count else { throw Fault(reason: "text follows the end", position: position) }
  }

  // MARK: - Parts

  private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard peek() == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(Fault) {
    guard skip(character) else { throw Fault(reason: "'\(character)' should stand here", position: position) }
  }

  /// A number, true, false or null.
  private mutating func skipWord() throws(Fault) {
    let start = position
    while let byte = peek(), !",]} \n\r\t".utf8.contains(byte) { position += 1 }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    let isNumber = Double(word) != nil && word.utf8.allSatisfy { "+-.eE0123456789".utf8.contains($0) }
    guard isNumber || ["true", "false", "null"].contains(word) else {
      throw Fault(reason: "a value should stand here", position: start)
    }
  }

  private mutating func escape() throws(Fault) -> [UInt8] {
    guard let byte = peek() else { throw Fault(reason: "a string does not end", position: position) }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return Array(String(try unicodeEscape()).utf8)
    default: throw Fault(reason: "a string holds an unknown escape", position: position - 1)
    }
  }

  /// Four hexadecimal digits, or eight with an escape between them for a surrogate pair.
  private mutating func unicodeEscape() throws(Fault) -> Unicode.Scalar {
    let start = position
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    if (0xD800...0xDBFF).contains(first), peek() == UInt8(ascii: "\\") {
      position += 1
      if peek() == UInt8(ascii: "u") {
        position += 1
        let second = try hexadecimal()
        if (0xDC00...0xDFFF).contains(second),
          let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        {
          return scalar
        }
      }
    }
    throw Fault(reason: "a string holds half of a surrogate pair", position: start)
  }

  private mutating func hexadecimal() throws(Fault) -> UInt32 {
    let end = position + 4
    guard end <= bytes.count,
      bytes[position..<end].allSatisfy({ "0123456789abcdefABCDEF".utf8.contains($0) }),
      let value = UInt32(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16)
    else { throw Fault(reason: "an escape lacks its four digits", position: position) }
    position = end
    return value
  }
}
