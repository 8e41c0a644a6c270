import LimnLanguage

/// What Tab offers: names in scope, members after a point, keyword arguments inside a call, commands after `%`.
struct Completion {
  let interpreter: Interpreter
  let commands: [String]

  /// The candidates for the word that ends at a byte offset of a line, and where that word starts.
  func candidates(_ line: String, _ end: Int) -> (start: Int, candidates: [String]) {
    let bytes = Array(line.utf8)[..<min(end, line.utf8.count)]
    var start = bytes.endIndex
    while start > 0, Self.isNameByte(bytes[start - 1]) { start -= 1 }
    let word = String(decoding: bytes[start...], as: UTF8.self)
    let before = bytes[..<start]

    if before == [UInt8(ascii: "%")] { return (0, commands.map { "%" + $0 }.filter { $0.hasPrefix("%" + word) }) }
    if before.last == UInt8(ascii: "."), let value = receiver(before.dropLast()) {
      return (start, interpreter.memberNames(of: value).filter { $0.hasPrefix(word) })
    }
    if before.last == UInt8(ascii: ".") { return (start, []) }
    let keywords = keywordArguments(before).map { $0 + ": " }
    let names = interpreter.globalNames + interpreter.builtinNames + CodePlace.keywords
    return (start, (keywords + Set(names).sorted()).filter { $0.hasPrefix(word) })
  }

  /// The value of a path of names, `g.project`, that ends where the text does. Only names and fields are looked up:
  /// completing must not run anything.
  private func receiver(_ bytes: ArraySlice<UInt8>) -> Value? {
    var start = bytes.endIndex
    while start > bytes.startIndex, Self.isNameByte(bytes[start - 1]) || bytes[start - 1] == UInt8(ascii: ".") {
      start -= 1
    }
    let path = String(decoding: bytes[start...], as: UTF8.self).split(separator: ".", omittingEmptySubsequences: false)
    return interpreter.value(at: path.map(String.init))
  }

  /// Names of the parameters of the innermost call that is open at the end of the text.
  private func keywordArguments(_ bytes: ArraySlice<UInt8>) -> [String] {
    var depth = 0
    var position = bytes.endIndex
    while position > bytes.startIndex {
      position -= 1
      switch bytes[position] {
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth += 1
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth -= 1
      case UInt8(ascii: "(") where depth == 0:
        let callee = bytes[..<position]
        var start = callee.endIndex
        while start > callee.startIndex, Self.isNameByte(callee[start - 1]) { start -= 1 }
        guard start < callee.endIndex else { return [] }
        let name = String(decoding: callee[start...], as: UTF8.self)
        if start > callee.startIndex, callee[start - 1] == UInt8(ascii: ".") {
          guard let receiver = receiver(callee[..<(start - 1)]) else { return [] }
          return interpreter.parameterNames(ofMember: name, of: receiver)
        }
        return interpreter.global(name)?.parameterNames ?? []
      case UInt8(ascii: "("): depth -= 1
      default: break
      }
      if depth < 0 { return [] }
    }
    return []
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte >= 0x80
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }
}
