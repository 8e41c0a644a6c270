extension Lexer {
  /// Reads an operator, a bracket or a separator: the longest that fits.
  mutating func readSymbol() {
    let start = position
    let first = bytes[position]
    if first == UInt8(ascii: "."), byte(1).isDigit { return rejectLeadingPoint() }

    if let foreign = longestForeign() {
      position += foreign.rawValue.utf8.count
      append(.foreign(foreign), from: start)
      return
    }
    for length in stride(from: 3, through: 1, by: -1) where position + length <= bytes.count {
      guard let symbol = SymbolTable.symbol(bytes[position..<(position + length)]) else { continue }
      if frames.isEmpty || trackInterpolation(symbol) {
        position += length
        append(.symbol(symbol), from: start)
      }
      return
    }
    if let scalar = scalar(at: position) {
      position += 1
      reportCharacter(scalar, at: Span(start, position))
      append(.strangeCharacter, from: start)
    }
  }

  /// A foreign operator at the position, unless a longer text of Limn's own begins there.
  private func longestForeign() -> ForeignSymbol? {
    switch bytes[position] {
    case UInt8(ascii: "&"):
      looking(at: "&&") ? .logicalAnd : looking(at: "&=") && byte(2) != UInt8(ascii: "=") ? .andAssign : nil
    case UInt8(ascii: "|"):
      looking(at: "||") ? .logicalOr : looking(at: "|=") && byte(2) != UInt8(ascii: "=") ? .orAssign : nil
    case UInt8(ascii: "="): looking(at: "===") ? .strictEqual : nil
    case UInt8(ascii: "!"): looking(at: "!==") ? .strictNotEqual : byte(1) == UInt8(ascii: "=") ? nil : .exclamation
    case UInt8(ascii: "+"): looking(at: "++") ? .increment : looking(at: "+=") ? .addAssign : nil
    case UInt8(ascii: "-"): looking(at: "->") ? .thinArrow : looking(at: "-=") ? .subtractAssign : nil
    case UInt8(ascii: "*"): looking(at: "**=") ? .powerAssign : looking(at: "*=") ? .multiplyAssign : nil
    case UInt8(ascii: "/"): looking(at: "//=") ? .floorDivideAssign : looking(at: "/=") ? .divideAssign : nil
    case UInt8(ascii: "%"): looking(at: "%=") ? .moduloAssign : nil
    case UInt8(ascii: "@"): looking(at: "@=") ? .matrixAssign : nil
    case UInt8(ascii: "^"): looking(at: "^=") ? .xorAssign : nil
    case UInt8(ascii: "?"): looking(at: "??") ? .coalesce : .question
    case UInt8(ascii: "."):
      looking(at: "..") && !looking(at: "...") && !looking(at: "..<") ? .twoDots : nil
    // In an interpolation a colon starts the format, so `:=` is not looked for there.
    case UInt8(ascii: ":"): frames.isEmpty && looking(at: ":=") ? .walrus : nil
    case UInt8(ascii: "<"): looking(at: "<<") ? .shiftLeft : looking(at: "<>") ? .notEqual : nil
    case UInt8(ascii: "$"): .dollar
    case UInt8(ascii: "`"): .backtick
    case UInt8(ascii: "\\"): .backslash
    default: nil
    }
  }

  /// `.5`, and `x.0` on a list.
  private mutating func rejectLeadingPoint() {
    let start = position
    let touches = start > 0 && tokens.last?.span.end == start
    position += 1
    while byte().isDigit || byte() == UInt8(ascii: "_") { position += 1 }
    let digits = source.text(of: Span(start + 1, position))
    if touches {
      report(
        .unexpectedToken, "a member is a name, not a number", at: Span(start, position), help: "write `[\(digits)]`")
      return
    }
    skipWord()
    report(
      .invalidNumber, "a float has digits on both sides of its point", at: Span(start, position),
      help: "write `0\(source.text(of: Span(start, position)))`")
    append(.float(0), from: start)
  }

  /// Reports a character that no token begins with, and says what to type where that is known.
  ///
  /// One such character in a line is reported: they come in pairs, as quotes do, and in runs.
  mutating func reportCharacter(_ scalar: Unicode.Scalar, at span: Span) {
    let line = source.line(at: span.start)
    guard lastStrangeLine != line else { return }
    lastStrangeLine = line
    let code =
      "U+" + String(repeating: "0", count: max(0, 4 - String(scalar.value, radix: 16).count))
      + String(scalar.value, radix: 16, uppercase: true)
    if let (what, instead) = SymbolTable.lookalikes[scalar] {
      report(.invalidCharacter, "\(what) (\(code)) is not part of the language", at: span, help: "write \(instead)")
    } else if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
      report(.invalidCharacter, "a control character (\(code)) cannot stand in a program", at: span, help: "delete it")
    } else if scalar == "\u{FFFD}" {
      report(
        .invalidText, "this text is not valid UTF-8", at: span, label: "these bytes could not be read",
        help: "save the file in UTF-8")
    } else if scalar.isInvisible {
      report(.invalidCharacter, "an invisible character (\(code)) stands here", at: span, help: "write a plain space")
    } else {
      report(
        .invalidCharacter, "`\(scalar)` (\(code)) is not part of the language", at: span,
        help: "such characters stand in strings and comments alone")
    }
  }
}

extension Unicode.Scalar {
  /// Whether the character cannot be seen: a kind of blank, or a mark that steers the layout of text.
  var isInvisible: Bool { properties.isWhitespace || properties.generalCategory == .format }
}

/// What symbols look like.
enum SymbolTable {
  private static let symbols: [[UInt8]: Symbol] = Dictionary(
    uniqueKeysWithValues: Symbol.allCases.map { (Array($0.rawValue.utf8), $0) })

  /// Symbols of one byte, by that byte: most of a program's symbols.
  private static let single: [Symbol?] = (0..<128).map { byte in symbols[[UInt8(byte)]] }

  static func symbol(_ bytes: ArraySlice<UInt8>) -> Symbol? {
    guard let first = bytes.first else { return nil }
    if bytes.count == 1 { return first < 128 ? single[Int(first)] : nil }
    // No symbol's second byte is a letter, digit, blank or bracket.
    switch bytes[bytes.startIndex + 1] {
    case UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "."), UInt8(ascii: "*"), UInt8(ascii: "/"):
      return symbols[Array(bytes)]
    default: return nil
    }
  }

  /// Characters that editors, web pages and mathematics put in place of ASCII.
  static let lookalikes: [Unicode.Scalar: (what: String, instead: String)] = [
    "\u{201C}": ("a typographic quote", "`\"`"), "\u{201D}": ("a typographic quote", "`\"`"),
    "\u{201E}": ("a typographic quote", "`\"`"), "\u{00AB}": ("a typographic quote", "`\"`"),
    "\u{00BB}": ("a typographic quote", "`\"`"), "\u{2018}": ("a typographic quote", "`\"`"),
    "\u{2019}": ("a typographic quote", "`\"`"), "\u{2212}": ("a minus sign", "`-`"),
    "\u{2013}": ("a dash", "`-`"), "\u{2014}": ("a dash", "`-`"), "\u{00D7}": ("a multiplication sign", "`*`"),
    "\u{00F7}": ("a division sign", "`/`"), "\u{2264}": ("a less-or-equal sign", "`<=`"),
    "\u{2265}": ("a greater-or-equal sign", "`>=`"), "\u{2260}": ("a not-equal sign", "`!=`"),
    "\u{2192}": ("an arrow", "`=>`"), "\u{2026}": ("an ellipsis", "`...`"),
    "\u{00A0}": ("a no-break space", "a plain space"),
    "\u{FF08}": ("a full-width parenthesis", "`(`"), "\u{FF09}": ("a full-width parenthesis", "`)`"),
    "\u{FF0C}": ("a full-width comma", "`,`"), "\u{FF1A}": ("a full-width colon", "`:`"),
  ]
}
