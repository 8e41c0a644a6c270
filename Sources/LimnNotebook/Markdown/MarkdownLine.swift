/// One line of Markdown while its blocks are recognized: a cursor that knows columns, since a tab reaches to the next
/// multiple of four.
struct MarkdownLine {
  private let bytes: [UInt8]
  /// Where the line's text ends, before its line break.
  let end: Int
  /// The cursor, an offset in the text.
  private(set) var offset: Int
  /// The cursor's column, from 0.
  private(set) var column = 0

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    offset = range.lowerBound
    end = range.upperBound
  }

  /// The byte under the cursor; nil at the end of the line.
  var current: UInt8? { offset < end ? bytes[offset] : nil }

  /// The byte at a distance from the next character that is no space or tab.
  func peek(_ distance: Int = 0) -> UInt8? {
    let position = nextNonspace.offset + distance
    return position < end ? bytes[position] : nil
  }

  /// The text from the next character that is no space or tab.
  var text: ArraySlice<UInt8> { bytes[nextNonspace.offset..<end] }

  var isBlank: Bool { nextNonspace.offset == end }
  /// Columns of space before the next character.
  var indentation: Int { nextNonspace.column - column }
  /// Deep enough for indented code.
  var isIndented: Bool { indentation >= 4 }

  private var nextNonspace: (offset: Int, column: Int) {
    var position = offset
    var reached = column
    while position < end {
      if bytes[position] == UInt8(ascii: " ") {
        reached += 1
      } else if bytes[position] == UInt8(ascii: "\t") {
        reached += 4 - reached % 4
      } else {
        break
      }
      position += 1
    }
    return (position, reached)
  }

  mutating func skipSpaces() { (offset, column) = nextNonspace }

  /// Moves on by characters other than tabs.
  mutating func advance(characters: Int) {
    let step = min(characters, end - offset)
    offset += step
    column += step
  }

  /// Moves on by columns, through part of a tab if need be; stops at the end of the line.
  mutating func advance(columns count: Int) {
    var remaining = count
    while remaining > 0, offset < end {
      guard bytes[offset] == UInt8(ascii: "\t") else {
        offset += 1
        column += 1
        remaining -= 1
        continue
      }
      let width = 4 - column % 4
      let step = min(width, remaining)
      column += step
      remaining -= step
      if step == width { offset += 1 }
    }
  }
}

extension UInt8 {
  var isSpaceOrTab: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
  var isASCIIDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
  var isASCIILetter: Bool {
    (self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z")) || (self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z"))
  }
}
