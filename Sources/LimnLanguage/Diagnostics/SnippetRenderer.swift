/// Draws a snippet's lines and the carets below them.
struct SnippetRenderer {
  let renderer: DiagnosticRenderer
  /// The columns of the widest line number.
  let gutter: Int
  let style: DiagnosticRenderer.Style

  /// Carets below one line.
  private struct Underline {
    var start: Int
    var end: Int
    var label: String
    var isPrimary: Bool
  }

  func render(_ snippet: Snippet) -> [String] {
    var result: [String] = []
    var previous: Int?
    for line in snippet.lines {
      if let previous, line > previous + 1 {
        result.append(gap(isOneLine: line == previous + 2, snippet, previous + 1))
      }
      previous = line
      result += render(line: line, of: snippet)
    }
    return result
  }

  /// What stands between two lines that are not neighbors: the line itself when it is one, else dots.
  private func gap(isOneLine: Bool, _ snippet: Snippet, _ line: Int) -> String {
    guard isOneLine else { return renderer.paint("...", .gutter) }
    let display = DisplayLine(snippet.source.lineBytes(line), isASCII: renderer.isASCII)
    return numbered(line, window(display, around: []).text)
  }

  private func render(line: Int, of snippet: Snippet) -> [String] {
    let display = DisplayLine(snippet.source.lineBytes(line), isASCII: renderer.isASCII)
    let lineStart = snippet.source.lineBytes(line).startIndex
    let underlines = snippet.marks.compactMap { underline($0, line: line, lineStart: lineStart, display) }
    let (text, shift) = window(display, around: underlines)
    var result = [numbered(line, text)]
    for row in rows(underlines) { result += draw(row, shift: shift) }
    return result
  }

  private func numbered(_ line: Int, _ text: String) -> String {
    let number = String(line)
    let padding = String(repeating: " ", count: max(0, gutter - number.count))
    let head = renderer.paint("\(padding)\(number) |", .gutter)
    return text.isEmpty ? head : "\(head) \(text)"
  }

  /// The part of a mark that lies on a line: all of it, or its beginning or end when it covers several lines.
  private func underline(_ mark: Snippet.PlacedMark, line: Int, lineStart: Int, _ display: DisplayLine) -> Underline? {
    guard line == mark.firstLine || line == mark.lastLine else { return nil }
    let start = line == mark.firstLine ? display.column(of: mark.span.start - lineStart) : display.indentation
    let end = line == mark.lastLine ? display.endColumn(of: mark.span.end - lineStart) : display.width
    return Underline(
      start: start, end: max(end, start + 1), label: line == mark.lastLine ? mark.label : "", isPrimary: mark.isPrimary)
  }

  /// Marks that can stand below one another's line: one row when only the rightmost has a label, else a row for each.
  private func rows(_ underlines: [Underline]) -> [[Underline]] {
    let sorted = underlines.sorted { $0.start < $1.start }
    let overlap = zip(sorted, sorted.dropFirst()).contains { $0.end > $1.start }
    if !overlap, sorted.dropLast().allSatisfy(\.label.isEmpty) { return [sorted] }
    return underlines.map { [$0] }
  }

  private func draw(_ row: [Underline], shift: Int) -> [String] {
    let room = renderer.width - gutter - 3
    var text = ""
    var column = 0
    for underline in row {
      // What lies beyond the window is marked at its edge.
      let start = min(max(0, underline.start - shift), room - 1)
      let end = max(start + 1, min(underline.end - shift, room))
      let carets = String(repeating: underline.isPrimary ? "^" : "-", count: end - start)
      text += String(repeating: " ", count: max(0, start - column))
      text += renderer.paint(carets, underline.isPrimary ? style : .secondary)
      column = end
    }
    guard let last = row.last, !last.label.isEmpty else { return ["\(renderer.edge(gutter)) \(text)"] }
    let label = renderer.printable(last.label)
    let labelStyle = last.isPrimary ? style : .secondary
    if column + 1 + DisplayWidth.of(label) <= room {
      return ["\(renderer.edge(gutter)) \(text) \(renderer.paint(label, labelStyle))"]
    }
    // A label that does not fit beside its carets stands below them, as far right as it can.
    let indent = max(0, min(last.start - shift, room - DisplayWidth.of(label)))
    return [
      "\(renderer.edge(gutter)) \(text)",
      "\(renderer.edge(gutter)) \(String(repeating: " ", count: indent))\(renderer.paint(label, labelStyle))",
    ]
  }

  /// A line as it fits, and how many columns were cut on its left. What is cut shows as an ellipsis.
  private func window(_ display: DisplayLine, around underlines: [Underline]) -> (text: String, shift: Int) {
    let room = renderer.width - gutter - 3
    guard display.width > room else { return (display.text(from: 0, to: display.width), 0) }
    let ellipsis = renderer.isASCII ? "..." : "…"
    let start = underlines.map(\.start).min() ?? 0
    let end = min(display.width, underlines.map(\.end).max() ?? 0)
    // The marks stand in the middle, with what comes before them in sight.
    var shift = 0
    if end + ellipsis.count > room { shift = max(0, min(start - room / 3, display.width - room)) }
    if shift > 0, shift <= ellipsis.count { shift = ellipsis.count + 1 }
    let isCutRight = display.width > shift + room
    let body = display.text(
      from: shift > 0 ? shift + ellipsis.count : 0, to: isCutRight ? shift + room - ellipsis.count : display.width)
    return ((shift > 0 ? ellipsis : "") + body + (isCutRight ? ellipsis : ""), shift)
  }
}
