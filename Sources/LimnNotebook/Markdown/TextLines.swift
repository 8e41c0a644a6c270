/// The lines of a text, as ranges of its bytes without their line breaks: a line feed, a carriage return, or both.
struct TextLines: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  /// Where the next line begins: after the last line's break.
  private(set) var position: Int

  init(_ bytes: [UInt8], from start: Int = 0) {
    self.bytes = bytes
    position = start
  }

  mutating func next() -> Range<Int>? {
    guard position < bytes.count else { return nil }
    let start = position
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n"), bytes[end] != UInt8(ascii: "\r") { end += 1 }
    position = TextLines.afterBreak(end, in: bytes)
    return start..<end
  }

  /// The offset behind the line break at `end`, or `end` itself at the end of the text.
  static func afterBreak(_ end: Int, in bytes: [UInt8]) -> Int {
    guard end < bytes.count else { return end }
    let isPair = bytes[end] == UInt8(ascii: "\r") && end + 1 < bytes.count && bytes[end + 1] == UInt8(ascii: "\n")
    return end + (isPair ? 2 : 1)
  }
}
