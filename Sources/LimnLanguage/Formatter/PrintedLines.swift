/// The lines that the formatter has written, with the comments behind them, which are placed at the end.
struct PrintedLines {
  private struct Line {
    var indent: Int
    var text: String
    var comment: Lexeme.Comment?
    /// Nothing more may stand on the line.
    var isClosed = false

    var width: Int { indent + DisplayWidth.of(text) }
  }

  private var lines: [Line] = []
  /// The columns of the present line.
  private(set) var column = 0

  /// The blanks that the present line begins with. It may be the last of a text.
  var indentation: Int {
    guard let line = lines.last else { return 0 }
    return line.indent + line.text.prefix { $0 == " " }.count
  }

  /// Begins a line, which ends the one before.
  mutating func start(indent: Int) {
    lines.append(Line(indent: indent, text: ""))
    column = indent
  }

  /// Adds an empty line, unless nothing or an empty line stands before it.
  mutating func addBlank() {
    guard let last = lines.last, !last.text.isEmpty else { return }
    lines.append(Line(indent: 0, text: "", isClosed: true))
  }

  /// Adds to the present line; text of several lines ends in a line that goes on.
  mutating func append(_ text: String) {
    if lines.isEmpty { start(indent: 0) }
    let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
    lines[lines.count - 1].text += parts[0]
    column += DisplayWidth.of(parts[0])
    for part in parts.dropFirst() {
      lines.append(Line(indent: 0, text: String(part)))
      column = DisplayWidth.of(part)
    }
  }

  /// Keeps code and comments off the present line.
  mutating func closeLine() { lines[lines.count - 1].isClosed = true }

  /// Whether a comment can stand behind the present line's code.
  var takesComment: Bool { lines.last.map { !$0.isClosed && $0.comment == nil && !$0.text.isEmpty } ?? false }
  /// Whether code can go on on the present line.
  var takesCode: Bool { lines.last.map { !$0.isClosed && $0.comment == nil } ?? false }

  mutating func attach(_ comment: Lexeme.Comment) { lines[lines.count - 1].comment = comment }

  /// The lines as text. Comments keep their column where the code leaves room for them, two blanks at least; those of
  /// neighboring lines that stood below one another still do.
  func finished() -> [String] {
    var result: [String] = []
    var index = 0
    while index < lines.count {
      guard let comment = lines[index].comment else {
        result.append(text(lines[index]))
        index += 1
        continue
      }
      var end = index + 1
      while end < lines.count, let next = lines[end].comment, next.column == comment.column { end += 1 }
      let column = lines[index..<end].reduce(comment.column) { max($0, $1.width + 2) }
      for line in lines[index..<end] {
        let space = String(repeating: " ", count: column - line.width)
        result.append(text(line) + space + (line.comment?.text ?? ""))
      }
      index = end
    }
    return result
  }

  private func text(_ line: Line) -> String {
    line.text.isEmpty ? "" : String(repeating: " ", count: line.indent) + line.text
  }
}

/// The lines of a string in `"""`, which are moved together with its closing quotes so that its value stays.
enum MultilineText {
  /// The string with all its lines but the first moved to the right by so many columns, or to the left where it is
  /// negative, as far as the closing quotes have room.
  static func moved(_ text: String, by distance: Int) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let last = lines.last, distance != 0, !lines.contains(where: { blanks($0).contains("\t") }) else {
      return text
    }
    let old = blanks(last).count
    let shift = max(old + distance, 0) - old
    return (lines.prefix(1).map(String.init) + lines.dropFirst().map { moved($0, by: shift, base: old) })
      .joined(separator: "\n")
  }

  private static func moved(_ line: Substring, by shift: Int, base: Int) -> String {
    let count = blanks(line).count
    // A line of blanks alone that ends before the text's edge is empty.
    if count == line.count, count < base { return "" }
    return shift > 0 ? String(repeating: " ", count: shift) + line : String(line.dropFirst(-shift))
  }

  private static func blanks(_ line: Substring) -> Substring { line.prefix { $0 == " " || $0 == "\t" } }
}
