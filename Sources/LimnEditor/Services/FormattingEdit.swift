import LimnLanguage

extension OpenDocument {
  /// The change that writes the document in the one style; nil where it is in it, or cannot be read.
  func formattingEdit(_ encoding: PositionEncoding) -> (range: TextRange, text: String)? {
    guard let result = try? document?.formatted(), result != text.bytes else { return nil }
    // Lines at both ends that stay are left out, so that a cursor in them stays too.
    let old = text.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let new = result.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let shorter = min(old.count, new.count)
    var head = 0
    while head < shorter - 1, old[head] == new[head] { head += 1 }
    var tail = 0
    while tail < shorter - head - 1, old[old.count - 1 - tail] == new[new.count - 1 - tail] { tail += 1 }
    var lines = Array(new[head..<(new.count - tail)].joined(separator: [UInt8(ascii: "\n")]))
    // A carriage return belongs to the line break behind the range.
    if lines.last == UInt8(ascii: "\r") { lines.removeLast() }
    let span = Span(old[head].startIndex, old[old.count - 1 - tail].endIndex)
    return (text.range(of: span, encoding), String(decoding: lines, as: UTF8.self))
  }
}
