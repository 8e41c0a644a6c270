extension Lexer {
  /// Reads `42`, `0xff`, `1_000`, `3.14`, `1e-4`.
  ///
  /// A point belongs to the number when a digit follows it, so `1..<n` and `1.abs()` begin with an int. A malformed
  /// number still becomes a number token.
  mutating func readNumber() {
    let start = position
    if byte() == UInt8(ascii: "0"), byte(1) | 0x20 == UInt8(ascii: "x") { return readHexadecimal(from: start) }

    var isFloat = false
    skipDigits()
    if byte() == UInt8(ascii: "."), byte(1).isDigit {
      isFloat = true
      position += 1
      skipDigits()
    }
    if byte() | 0x20 == UInt8(ascii: "e") {
      let sign = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-") ? 1 : 0
      if byte(1 + sign).isDigit {
        isFloat = true
        position += 1 + sign
        skipDigits()
      }
    }
    if isFollowedByJunk() { return rejectNumber(from: start) }
    let digits = bytes[start..<position].filter { $0 != UInt8(ascii: "_") }
    if hasStrayUnderscore(in: start..<position) {
      report(
        .invalidNumber, "an underscore stands between digits", at: Span(start, position),
        help: "write `\(String(decoding: digits, as: UTF8.self))`")
    }
    if isFloat {
      appendFloat(String(decoding: digits, as: UTF8.self), from: start)
    } else {
      appendInt(digits, radix: 10, from: start)
    }
  }

  private mutating func readHexadecimal(from start: Int) {
    position += 2
    let first = position
    while byte().isHexDigit || byte() == UInt8(ascii: "_") { position += 1 }
    if position == first || isFollowedByJunk() || (byte() == UInt8(ascii: ".") && byte(1).isDigit) {
      return rejectNumber(from: start)
    }
    if hasStrayUnderscore(in: first..<position) {
      report(.invalidNumber, "an underscore stands between digits", at: Span(start, position))
    }
    appendInt(bytes[first..<position].filter { $0 != UInt8(ascii: "_") }, radix: 16, from: start)
  }

  private mutating func skipDigits() {
    while byte().isDigit || byte() == UInt8(ascii: "_") { position += 1 }
  }

  /// Whether letters, or a point that no digit follows, come directly after a number.
  private func isFollowedByJunk() -> Bool {
    if byte().isWordByte { return true }
    if byte() >= 0x80, let scalar = scalar(at: position), scalar.properties.isXIDContinue { return true }
    guard byte() == UInt8(ascii: ".") else { return false }
    if byte(1) == UInt8(ascii: ".") { return false }
    // `1.abs()` reads a member; `1.e5` and `1. + x` were meant as floats.
    if byte(1) | 0x20 == UInt8(ascii: "e") {
      return byte(2).isDigit || ((byte(2) == UInt8(ascii: "-") || byte(2) == UInt8(ascii: "+")) && byte(3).isDigit)
    }
    return !(byte(1).isWordByte || byte(1) >= 0x80)
  }

  private func hasStrayUnderscore(in range: Range<Int>) -> Bool {
    range.contains { index in
      bytes[index] == UInt8(ascii: "_")
        && !(index > range.lowerBound && bytes[index - 1].isHexDigit && index + 1 < range.upperBound
          && bytes[index + 1].isHexDigit)
    }
  }

  private mutating func appendInt(_ digits: [UInt8], radix: UInt64, from start: Int) {
    var magnitude: UInt64 = 0
    var overflows = false
    for digit in digits {
      let value = digit.isDigit ? digit - UInt8(ascii: "0") : (digit | 0x20) - UInt8(ascii: "a") + 10
      let (product, high) = magnitude.multipliedReportingOverflow(by: radix)
      let (sum, carry) = product.addingReportingOverflow(UInt64(value))
      overflows = overflows || high || carry
      magnitude = sum
    }
    if overflows || magnitude > 1 << 63 {
      reportTooLargeInt(Span(start, position))
      magnitude = 0
    }
    append(.int(magnitude), from: start)
  }

  private mutating func reportTooLargeInt(_ span: Span) {
    report(
      .numberTooLarge, "this int does not fit into 64 bits", at: span, label: "the largest is 9223372036854775807",
      help: "write a float: `1e20`")
  }

  private mutating func appendFloat(_ text: String, from start: Int) {
    var value = Double(text) ?? 0
    if value.isInfinite {
      report(
        .numberTooLarge, "this float is too large", at: Span(start, position),
        label: "the largest is 1.7976931348623157e+308", help: "infinity is written `inf`")
      value = 0
    }
    append(.float(value), from: start)
  }

  /// Reports a malformed number and leaves a number token for all of its text.
  private mutating func rejectNumber(from start: Int) {
    let digits = String(decoding: bytes[start..<position], as: UTF8.self)
    let endsWithPoint = byte() == UInt8(ascii: ".")
    if endsWithPoint { position += 1 }
    let tail = position
    skipWord()
    let span = Span(start, position)
    let text = source.text(of: span)
    if endsWithPoint {
      report(
        .invalidNumber, "a float has digits on both sides of its point", at: span,
        help: "write `\(digits).0\(source.text(of: Span(tail, position)))`")
    } else if text.hasPrefix("0b") || text.hasPrefix("0o") {
      let radix = text.hasPrefix("0b") ? 2 : 8
      let value = Int(text.dropFirst(2).filter { $0 != "_" }, radix: radix)
      report(
        .invalidNumber, "`\(text)` is not a number", at: span, label: "numbers are decimal or hexadecimal",
        help: value.map { "write `\($0)` or `0x\(String($0, radix: 16))`" })
    } else {
      report(
        .invalidNumber, "`\(text)` is not a number", at: span,
        help: text.hasPrefix("0x")
          ? "hexadecimal digits are 0 to 9 and a to f: `0xff`"
          : "a name does not begin with a digit, and a product needs its `*`: `2 * x`")
    }
    append(.int(0), from: start)
  }
}
