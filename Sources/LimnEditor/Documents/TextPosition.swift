import LimnLanguage

/// A place in a file as editors count: lines and columns from 0.
public struct TextPosition: Sendable, Hashable, Comparable {
  public var line: Int
  /// In the units of a `PositionEncoding`.
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static func < (left: TextPosition, right: TextPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A stretch of a file; the end is not part of it.
public struct TextRange: Sendable, Hashable {
  public var start: TextPosition
  public var end: TextPosition

  public init(_ start: TextPosition, _ end: TextPosition) {
    self.start = start
    self.end = end
  }
}

/// What a column counts.
public enum PositionEncoding: String, Sendable {
  case utf8 = "utf-8"
  /// What an editor means that says nothing else.
  case utf16 = "utf-16"
  case utf32 = "utf-32"

  /// The units in some UTF-8.
  public func count(_ bytes: ArraySlice<UInt8>) -> Int {
    switch self {
    case .utf8: bytes.count
    // A lead byte of four bytes is a surrogate pair; a byte that goes on is part of what its lead counted.
    case .utf16: bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : $1 >= 0xF0 ? 2 : 1) }
    case .utf32: bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }
  }

  /// How many bytes of a line come before a column; all of them when it lies behind the line's end. A column within a
  /// character counts as that character's start.
  public func offset(ofColumn column: Int, in line: ArraySlice<UInt8>) -> Int {
    var units = 0
    var start = line.startIndex
    while start < line.endIndex {
      var end = start + 1
      while end < line.endIndex, line[end] & 0xC0 == 0x80 { end += 1 }
      units += count(line[start..<end])
      if units > column { break }
      start = end
    }
    return start - line.startIndex
  }
}

extension Source {
  /// Where a byte offset stands; a line's break belongs to the line.
  func position(of offset: Int, _ encoding: PositionEncoding) -> TextPosition {
    let line = line(at: min(max(offset, 0), bytes.count))
    let content = lineBytes(line)
    let end = min(max(offset, content.startIndex), content.endIndex)
    return TextPosition(line: line - 1, column: encoding.count(content[content.startIndex..<end]))
  }

  /// The byte offset of a place; the nearest there is when the text has no such place.
  func offset(of position: TextPosition, _ encoding: PositionEncoding) -> Int {
    guard position.line >= 0 else { return 0 }
    guard position.line < lineCount else { return bytes.count }
    let content = lineBytes(position.line + 1)
    return content.startIndex + encoding.offset(ofColumn: max(0, position.column), in: content)
  }

  func range(of span: Span, _ encoding: PositionEncoding) -> TextRange {
    TextRange(position(of: span.start, encoding), position(of: span.end, encoding))
  }
}
