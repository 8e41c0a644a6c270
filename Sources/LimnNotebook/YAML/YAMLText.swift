import LimnLanguage

/// YAML text that stands inside another text, line by line, so that every fault in it can be marked where the user sees
/// it.
///
/// Front matter is a run of whole lines; a cell's options are lines behind `#|`; a `-p` argument is what follows its
/// `=`.
struct YAMLText {
  /// The text around it, in which marks are placed.
  let source: Source
  /// For each line, its bytes in `source` without the line break. The YAML is these lines joined.
  let lines: [Range<Int>]

  /// The YAML, with line feeds between its lines.
  var text: String {
    lines.map { String(decoding: source.bytes[$0], as: UTF8.self) }.joined(separator: "\n")
  }

  /// The offset in the source of a line and column of the YAML.
  ///
  /// - Parameters:
  ///   - line: From 1. A line after the last stands for the end.
  ///   - column: From 1, counted in Unicode scalars, as libYAML does.
  func offset(line: Int, column: Int) -> Int {
    guard line >= 1, line <= lines.count else { return lines.last?.upperBound ?? 0 }
    let range = lines[line - 1]
    var offset = range.lowerBound
    var remaining = column - 1
    while remaining > 0, offset < range.upperBound {
      offset += 1
      while offset < range.upperBound, source.bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      remaining -= 1
    }
    return offset
  }

  /// From an offset to the end of its line, without trailing spaces; at least one byte where the line has one.
  func restOfLine(from offset: Int) -> Span {
    let line = lines.first { $0.contains(offset) || $0.upperBound == offset } ?? offset..<offset
    var end = line.upperBound
    while end > offset, source.bytes[end - 1] == UInt8(ascii: " ") || source.bytes[end - 1] == UInt8(ascii: "\t") {
      end -= 1
    }
    return Span(offset, max(end, offset))
  }

  /// A line as a whole, without the spaces around its text.
  func span(ofLine line: Int) -> Span {
    guard line >= 1, line <= lines.count else {
      let end = lines.last?.upperBound ?? 0
      return Span(end, end)
    }
    var start = lines[line - 1].lowerBound
    while start < lines[line - 1].upperBound, source.bytes[start] == UInt8(ascii: " ") { start += 1 }
    return restOfLine(from: start)
  }

  func mark(_ span: Span, _ label: String = "") -> Diagnostic.Mark {
    Diagnostic.Mark(source: source, span: span, label: label)
  }
}
