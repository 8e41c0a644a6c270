/// A string that is being read: its text, or an interpolation in it.
struct StringFrame {
  var isMultiline: Bool
  /// The offset of the opening quote.
  var start: Int
  var startToken: Int
  /// Whether the text is being read, rather than an interpolation.
  var isInText = true
  var interpolation = Span(0, 0)
  var interpolationToken = 0
  /// The brackets open within the interpolation.
  var brackets: [Symbol] = []
  /// The texts of a multi-line string, whose indentation is known only at its end.
  var segments: [StringSegment] = []
}

/// A stretch of a multi-line string's text, with the places where its lines begin.
struct StringSegment {
  var textIndex: Int
  var text: [UInt8] = []
  var lines: [Line] = []

  struct Line {
    /// Where the line begins in the segment's text.
    var offset: Int
    /// Where it begins in the source.
    var source: Int
    /// How many blanks it begins with, as written: escapes do not count.
    var blanks: Int
  }
}

extension Lexer {
  mutating func openString() {
    let start = position
    guard frames.count < Lexer.maximumStringDepth else {
      position += 1
      report(.tooDeep, "strings are nested too deeply", at: Span(start, position), help: "give the inner text a name")
      position = bytes.count
      frames.removeAll()
      append(.invalid, from: start)
      return
    }
    var frame = StringFrame(isMultiline: looking(at: "\"\"\""), start: start, startToken: tokens.count)
    position += frame.isMultiline ? 3 : 1
    append(.stringStart, from: start)
    if frame.isMultiline {
      var segment = StringSegment(textIndex: 0)
      let rest = position
      while byte() == UInt8(ascii: " ") || byte() == UInt8(ascii: "\t") || byte() == UInt8(ascii: "\r") {
        position += 1
      }
      if byte() == UInt8(ascii: "\n") {
        position += 1
        segment.lines.append(lineStart(offset: 0))
      } else if position < bytes.count {
        position = rest
        report(
          .invalidMultilineString, "the text of a multi-line string begins on the line after its `\"\"\"`",
          at: Span(start, start + 3), help: "break the line here, or use one `\"` on each side")
      }
      frame.segments.append(segment)
    }
    frames.append(frame)
  }

  /// Reads text up to the next interpolation, the string's end, or a fault.
  mutating func readStringText() {
    guard var frame = frames.popLast() else { return }
    let start = position
    var segment = frame.segments.popLast() ?? StringSegment(textIndex: 0)
    scan: while true {
      guard position < bytes.count else {
        frames.append(frame)
        endsInsideString = frames.first?.isMultiline ?? false
        return abandonString()
      }
      switch bytes[position] {
      case UInt8(ascii: "\"") where !frame.isMultiline || looking(at: "\"\"\""):
        break scan
      case UInt8(ascii: "\\"):
        if byte(1) == UInt8(ascii: "(") { break scan }
        readEscape(into: &segment, isMultiline: frame.isMultiline)
      case UInt8(ascii: "\r") where byte(1) == UInt8(ascii: "\n"):
        position += 1
      case UInt8(ascii: "\n"):
        guard frame.isMultiline else {
          frames.append(frame)
          return abandonString()
        }
        position += 1
        segment.text.append(UInt8(ascii: "\n"))
        segment.lines.append(lineStart(offset: segment.text.count))
      case 0..<0x20 where bytes[position] != UInt8(ascii: "\t"), 0x7F:
        let scalar = Unicode.Scalar(bytes[position])
        position += 1
        reportCharacter(scalar, at: Span(position - 1, position))
      default:
        segment.text.append(bytes[position])
        position += 1
      }
    }

    segment.textIndex = texts.count
    texts.append(frame.isMultiline ? "" : String(decoding: segment.text, as: UTF8.self))
    if position > start { append(.stringText(segment.textIndex), from: start) }
    if frame.isMultiline { frame.segments.append(segment) }
    if bytes[position] == UInt8(ascii: "\\") {
      openInterpolation(&frame)
      frames.append(frame)
    } else {
      closeString(frame)
    }
  }

  private mutating func openInterpolation(_ frame: inout StringFrame) {
    frame.isInText = false
    frame.interpolation = Span(position, position + 2)
    frame.interpolationToken = tokens.count
    frame.brackets = []
    if frame.isMultiline { frame.segments.append(StringSegment(textIndex: 0)) }
    let start = position
    position += 2
    append(.interpolationStart, from: start)
  }

  private mutating func closeString(_ frame: StringFrame) {
    let start = position
    position += frame.isMultiline ? 3 : 1
    if frame.isMultiline { stripIndentation(frame, closing: Span(start, position)) }
    append(.stringEnd, from: start)
    if let checkpoint, frames.count <= checkpoint.frame { self.checkpoint = nil }
  }

  // MARK: Interpolations

  /// Follows brackets within an interpolation; gives false when the symbol ended it, or its string.
  mutating func trackInterpolation(_ symbol: Symbol) -> Bool {
    let index = frames.count - 1
    if symbol.isOpening {
      frames[index].brackets.append(symbol)
    } else if symbol.isClosing {
      if frames[index].brackets.last?.closing == symbol {
        frames[index].brackets.removeLast()
      } else if checkpoint != nil, symbol != .rightParenthesis || !frames[index].brackets.isEmpty {
        // Over several lines a bracket that does not fit means that the interpolation was never closed.
        abandonString()
        return false
      } else if symbol == .rightParenthesis {
        while let open = frames[index].brackets.popLast() {
          if open == .leftParenthesis { return true }
        }
        closeInterpolation()
        return false
      } else {
        frames[index].brackets = frames[index].brackets.dropLast()
      }
    } else if symbol == .colon, frames[index].brackets.isEmpty {
      readFormat()
      return false
    }
    return true
  }

  private mutating func closeInterpolation() {
    let start = position
    position += 1
    append(.interpolationEnd, from: start)
    frames[frames.count - 1].isInText = true
  }

  /// Reads `:format)`, literal up to the parenthesis.
  private mutating func readFormat() {
    position += 1
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: ")") {
      if bytes[position] == UInt8(ascii: "\n") { return abandonString() }
      if bytes[position] == UInt8(ascii: "\""), frames.last?.isMultiline == false { return abandonString(after: 1) }
      position += 1
    }
    guard position < bytes.count else {
      endsInsideString = true
      return abandonString()
    }
    append(.interpolationFormat, from: start)
    closeInterpolation()
  }

  // MARK: Faults

  /// Gives up on the outermost string that cannot end: reports it, and leaves one token in its place.
  ///
  /// A one-line string ends with its line. When its interpolation ran on over following lines, the lexer goes back to
  /// the first line's end and reads those lines anew.
  mutating func abandonString(after skipped: Int = 0) {
    var index = frames.firstIndex { !$0.isMultiline } ?? 0
    position += skipped
    if let checkpoint {
      position = checkpoint.position
      diagnostics.removeSubrange(checkpoint.diagnosticCount...)
      comments.removeSubrange(checkpoint.commentCount...)
      index = checkpoint.frame
      self.checkpoint = nil
    }
    guard index < frames.count else { return }
    let frame = frames[index]
    if !frame.isInText {
      report(
        .invalidInterpolation, "this interpolation is not closed", at: frame.interpolation,
        label: "its `)` is missing", help: "write `\\(value)` or `\\(value:format)`")
    } else if frame.isMultiline {
      report(
        .unclosedString, "this multi-line string is not closed", at: Span(frame.start, frame.start + 3),
        help: "close it with `\"\"\"` on a line of its own")
    } else {
      report(
        .unclosedString, "this string is not closed on its line", at: Span(frame.start, position),
        help: "close it with `\"`, or use `\"\"\"` for text of several lines")
    }
    discardTokens(from: frame.startToken)
    frames.removeSubrange(index...)
    append(.invalid, from: frame.start)
    // A multi-line string around it goes on as text.
    if let outer = frames.last {
      discardTokens(from: outer.interpolationToken + 1)
      append(.invalid, from: outer.interpolation.end)
      append(.interpolationEnd, from: position)
      frames[frames.count - 1].isInText = true
    }
  }

  private mutating func discardTokens(from index: Int) {
    guard index < tokens.count else { return }
    setFollowsLineBreak(tokens[index].followsLineBreak)
    tokens.removeSubrange(index...)
  }

  /// Text in single quotes is read as the string that was meant.
  mutating func readQuotedText() {
    let start = position
    var end = position + 1
    while end < bytes.count, bytes[end] != UInt8(ascii: "'"), bytes[end] != UInt8(ascii: "\n") {
      if bytes[end] == UInt8(ascii: "\\") { end += 1 }
      end += 1
    }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "'") else {
      position += 1
      report(
        .invalidCharacter, "`'` is not part of the language", at: Span(start, position),
        help: "strings are written in double quotes")
      append(.invalid, from: start)
      return
    }
    let text = source.text(of: Span(start + 1, end))
    report(
      .foreignSyntax, "strings are written in double quotes", at: Span(start, end + 1), help: "write `\"\(text)\"`")
    append(.stringStart, from: start)
    position = end + 1
    append(.stringText(texts.count), from: start + 1)
    texts.append(text)
    append(.stringEnd, from: end)
  }
}
