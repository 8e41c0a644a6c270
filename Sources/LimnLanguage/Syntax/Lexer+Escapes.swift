extension Lexer {
  /// Reads one escape: `\n \t \r \0 \\ \" \' \u{...}`, or in a multi-line string a `\` that joins two lines.
  mutating func readEscape(into segment: inout StringSegment, isMultiline: Bool) {
    let start = position
    let letter = byte(1)
    let plain: UInt8? =
      switch letter {
      case UInt8(ascii: "n"): UInt8(ascii: "\n")
      case UInt8(ascii: "t"): UInt8(ascii: "\t")
      case UInt8(ascii: "r"): UInt8(ascii: "\r")
      case UInt8(ascii: "0"): 0
      case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): letter
      default: nil
      }
    if let plain {
      segment.text.append(plain)
      position += 2
    } else if letter == UInt8(ascii: "u") {
      position += 2
      if let scalar = readScalar() {
        segment.text.append(contentsOf: Array(String(scalar).utf8))
      } else {
        report(
          .invalidEscape, "this is not a Unicode scalar", at: Span(start, position),
          help: "write one to eight hexadecimal digits in braces: `\\u{1F3A8}`")
      }
    } else if isMultiline, joinsLines() {
      segment.lines.append(lineStart(offset: segment.text.count))
    } else {
      position += 1
      if position < bytes.count, let scalar = scalar(at: position), scalar != "\n", scalar != "\r" {
        position += scalar.utf8.count
        segment.text.append(contentsOf: Array(String(scalar).utf8))
      }
      report(
        .invalidEscape, "`\(source.text(of: Span(start, position)))` is not an escape", at: Span(start, position),
        label: "escapes are \\n \\t \\r \\0 \\\\ \\\" \\' \\u{...} and \\(value)",
        help: "a backslash itself is written `\\\\`")
    }
  }

  /// Reads `{1F3A8}`; nil, with the position after what was read, when that is no scalar.
  private mutating func readScalar() -> Unicode.Scalar? {
    guard byte() == UInt8(ascii: "{") else { return nil }
    position += 1
    let first = position
    while byte().isHexDigit { position += 1 }
    let digits = String(decoding: bytes[first..<position], as: UTF8.self)
    guard byte() == UInt8(ascii: "}") else { return nil }
    position += 1
    guard (1...8).contains(digits.count), let value = UInt32(digits, radix: 16) else { return nil }
    return Unicode.Scalar(value)
  }

  /// Whether a `\` ends its line; then the position is after the line break.
  private mutating func joinsLines() -> Bool {
    var end = position + 1
    while end < bytes.count, [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")].contains(bytes[end]) {
      end += 1
    }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "\n") else { return false }
    position = end + 1
    return true
  }

  // MARK: Indentation of multi-line strings

  /// The line that begins at the position, at an offset of its segment's text.
  func lineStart(offset: Int) -> StringSegment.Line {
    var blanks = 0
    while byte(blanks) == UInt8(ascii: " ") || byte(blanks) == UInt8(ascii: "\t") { blanks += 1 }
    return .init(offset: offset, source: position, blanks: blanks)
  }

  /// Takes the closing quotes' indentation from every line, and fills in the texts.
  mutating func stripIndentation(_ frame: StringFrame, closing: Span) {
    var segments = frame.segments
    guard var last = segments.popLast() else { return }
    var indentation: [UInt8] = []
    if let line = last.lines.last, line.offset + line.blanks == last.text.count,
      line.source + line.blanks == closing.start
    {
      indentation = Array(last.text[line.offset...])
      last.text.removeSubrange(line.offset...)
      last.lines.removeLast()
      if last.text.last == UInt8(ascii: "\n"), line.offset > 0 { last.text.removeLast() }
    } else if !diagnostics.contains(where: { $0.primary?.span.start == frame.start }) {
      report(
        .invalidMultilineString, "the closing `\"\"\"` stands on a line of its own", at: closing,
        help: "break the line before it")
    }
    segments.append(last)

    var faulty: StringSegment.Line?
    for (index, segment) in segments.enumerated() {
      let (text, fault) = segment.stripped(of: indentation, isLast: index == segments.count - 1)
      texts[segment.textIndex] = String(decoding: text, as: UTF8.self)
      faulty = faulty ?? fault
    }
    if let faulty {
      diagnostics.append(
        Diagnostic(
          code: SyntaxError.invalidMultilineString.rawValue,
          message: "this line is indented less than the string's closing `\"\"\"`",
          primary: .init(source: source, span: Span(faulty.source, faulty.source + max(1, faulty.blanks))),
          secondary: [.init(source: source, span: closing, label: "every line begins with this line's indentation")],
          help: "indent every line as the closing `\"\"\"`"))
    }
  }
}

extension StringSegment {
  /// The text without each line's indentation, and the first line that lacks it. Lines of blanks alone may be shorter.
  func stripped(of indentation: [UInt8], isLast: Bool) -> (text: [UInt8], fault: Line?) {
    var result: [UInt8] = []
    var fault: Line?
    var copied = 0
    for line in lines where line.offset <= text.count {
      result.append(contentsOf: text[copied..<line.offset])
      copied = line.offset
      let rest = text[line.offset...]
      if line.blanks >= indentation.count, rest.starts(with: indentation) {
        copied += indentation.count
      } else {
        let end = min(line.offset + line.blanks, text.count)
        let isBlank = end < text.count ? text[end] == UInt8(ascii: "\n") : isLast
        if isBlank { copied = end } else { fault = fault ?? line }
      }
    }
    result.append(contentsOf: text[copied...])
    return (result, fault)
  }
}
