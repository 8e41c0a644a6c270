/// Takes a stream of bytes apart into messages: header lines, an empty line, and as many bytes as `Content-Length`
/// says.
struct MessageStream {
  private var buffer: [UInt8] = []
  private var start = 0

  /// A message longer than this is no text that anybody edits.
  static let maximumLength = 256 << 20

  enum Item {
    case message([UInt8])
    /// A header that does not say how long its message is; reading goes on behind it.
    case invalidHeader
  }

  mutating func append(_ bytes: some Sequence<UInt8>) {
    if start > 1 << 16 {
      buffer.removeFirst(start)
      start = 0
    }
    buffer.append(contentsOf: bytes)
  }

  /// The next message; nil when not all of it is there.
  mutating func next() -> Item? {
    guard let (length, bodyStart) = header() else { return nil }
    guard let length, (0...Self.maximumLength).contains(length) else {
      start = bodyStart
      return .invalidHeader
    }
    guard buffer.count - bodyStart >= length else { return nil }
    start = bodyStart + length
    return .message(Array(buffer[bodyStart..<start]))
  }

  /// What the header says, and where the message begins; nil when the header has not ended.
  private func header() -> (length: Int?, bodyStart: Int)? {
    var length: Int?
    var lineStart = start
    while let lineEnd = buffer[lineStart...].firstIndex(of: UInt8(ascii: "\n")) {
      var line = buffer[lineStart..<lineEnd]
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      // An empty line before any header is the rest of what went wrong.
      if line.isEmpty { return (length, lineEnd + 1) }
      let parts = String(decoding: line, as: UTF8.self).split(separator: ":", maxSplits: 1)
      if parts.count == 2, parts[0].lowercased() == "content-length" {
        length = Int(parts[1].filter { !$0.isWhitespace })
      }
      lineStart = lineEnd + 1
    }
    return nil
  }

  /// A message with its header.
  static func framed(_ body: [UInt8]) -> [UInt8] { Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body }
}
