/// One text that is parsed as a unit: a file, a notebook's cell, or a REPL entry.
///
/// Positions in it are offsets in UTF-8 bytes. Lines count from 1 within the unit.
public final class Source: Sendable {
  /// What the user calls the text: `dcgan.md`, `script.limn`, `<input>`.
  public let name: String
  /// The cell that holds the text, when it comes from a notebook or a numbered entry.
  public let cell: Cell?
  public let text: String
  /// The text's bytes, in which spans are offsets.
  public let bytes: [UInt8]
  /// Offsets at which lines begin; the first is 0.
  let lineStarts: [Int]
  /// Library code: its frames fold in a trace.
  public let isLibrary: Bool

  /// Where in a document a unit stands.
  public struct Cell: Sendable, Hashable {
    /// The cell's number in its document, from 1.
    public var number: Int
    /// The cell's id, when the author gave one.
    public var id: String?

    public init(number: Int, id: String? = nil) {
      self.number = number
      self.id = id
    }
  }

  public init(name: String, text: String, cell: Cell? = nil, isLibrary: Bool = false) {
    self.name = name
    self.text = text
    self.cell = cell
    self.isLibrary = isLibrary
    bytes = Array(text.utf8)
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
    lineStarts = starts
  }

  /// How many lines there are; behind a last line break one that is empty.
  public var lineCount: Int { lineStarts.count }

  /// The line, from 1, that holds a byte offset.
  public func line(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The bytes of a line without its line break.
  public func lineBytes(_ line: Int) -> ArraySlice<UInt8> {
    let start = lineStarts[line - 1]
    var end = line < lineStarts.count ? lineStarts[line] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return bytes[start..<end]
  }

  /// The `##` lines at the text's head, without their marks: what a module says of itself. A blank line ends them;
  /// lines directly above a declaration speak of that declaration.
  public var headDocumentation: String? {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let head = lines.prefix { $0.hasPrefix("##") }
    guard !head.isEmpty, head.count == lines.count || lines[head.count].allSatisfy(\.isWhitespace) else { return nil }
    return head.map { line in
      let text = line.dropFirst(2)
      return String(text.hasPrefix(" ") ? text.dropFirst() : text)
    }.joined(separator: "\n")
  }

  /// The text that a span covers.
  public func text(of span: Span) -> String {
    String(decoding: bytes[span.start..<span.end], as: UTF8.self)
  }

  /// How a place is named in prose, as in a note: `cell 2, line 5`, `train.limn, line 5`.
  public func describe(line: Int) -> String {
    if let cell { return "cell \(cell.number), line \(line)" }
    return "\(name), line \(line)"
  }
}

/// A half-open range of UTF-8 offsets in a source.
public struct Span: Sendable, Hashable {
  public var start: Int
  public var end: Int

  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  /// The smallest span that covers both.
  public func union(_ other: Span) -> Span { Span(min(start, other.start), max(end, other.end)) }
}
