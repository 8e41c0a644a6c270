import LimnLanguage

/// Reads tables of RFC 4180.
///
/// SwiftCSV 0.10 was tried and does not do: it drops blanks around fields and an empty field at the end, fills rows
/// that are too short, takes a quote that never ends, and says of no error where it is.
struct CSVReader {
  struct Field {
    var text: String
    var isQuoted: Bool
  }

  struct Row {
    var fields: [Field]
    /// The line on which it begins, and the place behind its last character.
    var line: Int
    var endLine = 1
    var endColumn = 1
  }

  private let bytes: [UInt8]
  private let separator: UInt8
  /// The file's name, for messages.
  private let name: String?
  private var position = 0
  private var line = 1
  private var lineStart = 0

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  init(_ bytes: [UInt8], separator: UInt8, name: String?) {
    self.bytes = bytes
    self.separator = separator
    self.name = name
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { (position, lineStart) = (3, 3) }
  }

  /// All rows; lines that are empty are passed over. Throws `bad-csv`.
  mutating func rows(_ interpreter: Interpreter) throws -> [Row] {
    var rows: [Row] = []
    while position < bytes.count {
      if rows.count & 0xFFF == 0 { try interpreter.checkInterrupt() }
      if skipLineBreak() { continue }
      let row = try row()
      if let first = rows.first, first.fields.count != row.fields.count {
        let (wanted, got) = (first.fields.count, row.fields.count)
        throw fault(
          "the row has \(got) field\(got == 1 ? "" : "s"), and the first one has \(wanted)",
          place: "line \(row.endLine), column \(row.endColumn)")
      }
      rows.append(row)
    }
    return rows
  }

  private mutating func row() throws -> Row {
    var row = Row(fields: [], line: line)
    while true {
      row.fields.append(try field())
      (row.endLine, row.endColumn) = (line, column(of: position))
      guard position < bytes.count, !skipLineBreak() else { return row }
      // Only a separator is left to stand here.
      position += 1
      if position == bytes.count {
        row.fields.append(Field(text: "", isQuoted: false))
        row.endColumn += 1
        return row
      }
    }
  }

  private mutating func field() throws -> Field {
    if position < bytes.count, bytes[position] == Self.quote { return try quotedField() }
    let start = position
    while position < bytes.count, !isEnd(bytes[position]) {
      if bytes[position] == Self.quote {
        throw fault("a quote within a field that does not begin with one", line: line, column: position)
      }
      position += 1
    }
    return Field(text: try text(bytes[start..<position], at: start), isQuoted: false)
  }

  private mutating func quotedField() throws -> Field {
    let (start, startLine, startColumn) = (position, line, column(of: position))
    var content: [UInt8] = []
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      if byte == Self.quote {
        position += 1
        guard position < bytes.count, bytes[position] == Self.quote else {
          guard position == bytes.count || isEnd(bytes[position]) else {
            throw fault(
              "text behind a closing quote", line: line, column: position,
              help: "a quote within a quoted field is written twice")
          }
          return Field(text: try text(content[...], at: start), isQuoted: true)
        }
        content.append(byte)
        position += 1
      } else if byte == Self.lineFeed || byte == Self.carriageReturn {
        let begin = position
        _ = skipLineBreak()
        content += bytes[begin..<position]
      } else {
        content.append(byte)
        position += 1
      }
    }
    throw fault("the quote that begins here does not end", place: "line \(startLine), column \(startColumn)")
  }

  private func isEnd(_ byte: UInt8) -> Bool {
    byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn
  }

  /// Passes over a line break, if one stands here.
  private mutating func skipLineBreak() -> Bool {
    guard position < bytes.count else { return false }
    switch bytes[position] {
    case Self.carriageReturn: position += position + 1 < bytes.count && bytes[position + 1] == Self.lineFeed ? 2 : 1
    case Self.lineFeed: position += 1
    default: return false
    }
    line += 1
    lineStart = position
    return true
  }

  // MARK: Faults

  private func text(_ bytes: ArraySlice<UInt8>, at start: Int) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw fault("the field is not UTF-8 text", line: line, column: start)
    }
    return text
  }

  /// The column of a byte in the present line, in characters from 1.
  private func column(of position: Int) -> Int {
    position < lineStart ? 1 : String(decoding: bytes[lineStart..<position], as: UTF8.self).count + 1
  }

  private func fault(_ message: String, line: Int, column position: Int, help: String? = nil) -> Fault {
    fault(message, place: "line \(line), column \(column(of: position))", help: help)
  }

  private func fault(_ message: String, place: String, help: String? = nil) -> Fault {
    Fault(
      "bad-csv", "\(name.map { $0 + ", " } ?? "")\(place): \(message)", labels: [.init(.argument(0), "")], help: help)
  }
}
