/// The lines of one source that a diagnostic shows, with their marks.
struct Snippet {
  let source: Source
  var marks: [PlacedMark]

  /// A mark, with the lines that it covers.
  struct PlacedMark {
    var span: Span
    var label: String
    var isPrimary: Bool
    var firstLine: Int
    var lastLine: Int
  }

  var firstMarkedLine: Int { marks.first?.firstLine ?? 1 }
  var lastLine: Int { marks.map(\.lastLine).max() ?? 1 }

  /// The lines to show, in order.
  var lines: [Int] { Set(marks.flatMap { [$0.firstLine, $0.lastLine] }).sorted() }

  /// Marks by their sources; the first mark is the primary one, and its source comes first.
  static func group(_ marks: [Diagnostic.Mark]) -> [Snippet] {
    var snippets: [Snippet] = []
    for (index, mark) in marks.enumerated() {
      let count = mark.source.bytes.count
      let start = min(max(0, mark.span.start), count)
      var end = min(max(start, mark.span.end), count)
      // A span that ends with line breaks covers the text before them.
      while end > start, mark.source.bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
      let placed = PlacedMark(
        span: Span(start, end), label: mark.label, isPrimary: index == 0, firstLine: mark.source.line(at: start),
        lastLine: mark.source.line(at: end))
      if let place = snippets.firstIndex(where: { $0.source === mark.source }) {
        snippets[place].marks.append(placed)
      } else {
        snippets.append(Snippet(source: mark.source, marks: [placed]))
      }
    }
    return snippets
  }
}

/// One line of a source as it is shown: tabs expanded, each character with its columns.
struct DisplayLine {
  struct Cell {
    var text: String
    var width: Int
    /// The offset of the character's first byte in the line.
    var offset: Int
  }

  let cells: [Cell]
  /// The bytes of the line.
  let byteCount: Int

  static let tabWidth = 4

  init(_ bytes: ArraySlice<UInt8>, isASCII: Bool) {
    var cells: [Cell] = []
    var offset = 0
    var column = 0
    for character in String(decoding: bytes, as: UTF8.self) {
      let cell = DisplayLine.cell(character, offset: offset, column: column, isASCII: isASCII)
      cells.append(cell)
      offset += character.utf8.count
      column += cell.width
    }
    self.cells = cells
    byteCount = bytes.count
  }

  private static func cell(_ character: Character, offset: Int, column: Int, isASCII: Bool) -> Cell {
    if character == "\t" {
      let width = tabWidth - column % tabWidth
      return Cell(text: String(repeating: " ", count: width), width: width, offset: offset)
    }
    let isControl = character.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
    if isControl || (isASCII && !character.isASCII) {
      let text = character.unicodeScalars.map { "\\u{\(String($0.value, radix: 16, uppercase: true))}" }.joined()
      return Cell(text: text, width: text.count, offset: offset)
    }
    return Cell(text: String(character), width: DisplayWidth.of(character), offset: offset)
  }

  var width: Int { cells.reduce(0) { $0 + $1.width } }

  /// The column, from 0, at which a byte's character begins.
  func column(of byte: Int) -> Int {
    var column = 0
    for (index, cell) in cells.enumerated() {
      let next = index + 1 < cells.count ? cells[index + 1].offset : byteCount
      if byte < next { return column }
      column += cell.width
    }
    return column
  }

  /// The column after the last character that begins before a byte.
  func endColumn(of byte: Int) -> Int {
    var column = 0
    for cell in cells {
      if cell.offset >= byte { break }
      column += cell.width
    }
    return column
  }

  /// The column of the first character that is no blank.
  var indentation: Int {
    var column = 0
    for cell in cells {
      guard cell.text.allSatisfy({ $0 == " " }) else { return column }
      column += cell.width
    }
    return 0
  }

  /// The text of some columns; a wide character that is cut in two becomes blanks.
  func text(from start: Int, to end: Int) -> String {
    var column = 0
    var result = ""
    for cell in cells {
      let next = column + cell.width
      if column >= start, next <= end {
        result += cell.text
      } else if next > start, column < end {
        result += String(repeating: " ", count: min(next, end) - max(column, start))
      }
      column = next
    }
    return result
  }
}
