import LimnLanguage

/// Writes tables such that reading them gives the same values.
struct CSVWriter {
  let separator: Character
  let interpreter: Interpreter
  private(set) var text = ""

  init(separator: Character, _ interpreter: Interpreter) {
    self.separator = separator
    self.interpreter = interpreter
  }

  /// Appends the rows of a list of maps, a list of lists, or a map of lists. Throws `invalid-argument`.
  mutating func write(table: Value, argument: Int) throws {
    func fault(_ message: String) -> Fault {
      Fault("invalid-argument", message, labels: [.init(.argument(argument), "")])
    }
    if let columns = table.asMap {
      let lists = try columns.values.map { value in
        guard let list = value.asList else { throw fault("a table's columns are lists, and one is \(value.described)") }
        return list
      }
      guard Set(lists.map(\.count)).count <= 1 else { throw fault("the columns are not of one length") }
      try write(row: columns.keys)
      for row in 0..<(lists.first?.count ?? 0) { try write(row: lists.map { $0[row] }) }
      return
    }
    guard let rows = table.asList else { throw fault("a table is a list of rows, or a map of columns") }
    var header: [Value]?
    for (number, row) in rows.enumerated() {
      if let map = row.asMap {
        if number == 0 {
          header = map.keys
          try write(row: map.keys)
        }
        guard let header, map.count == header.count else { throw fault("row \(number) has other keys than the first") }
        try write(
          row: header.map { key in
            guard let value = map[key] else { throw fault("row \(number) has no key \(try interpreter.repr(key))") }
            return value
          })
      } else if let list = row.asList, header == nil {
        guard list.count == rows[0].asList?.count else { throw fault("row \(number) is not as long as the first") }
        try write(row: list.elements)
      } else {
        throw fault("rows are all maps or all lists, and row \(number) is \(row.described)")
      }
    }
  }

  private mutating func write(row: [Value]) throws {
    let fields = try row.map(field)
    // A line with nothing in it would be passed over.
    text += fields == [""] ? "\"\"" : fields.joined(separator: String(separator))
    text += "\n"
  }

  private func field(_ value: Value) throws -> String {
    switch value {
    case .nil: return ""
    case .bool, .int, .float: return try interpreter.describe(value)
    case .object:
      guard let string = value.asString else {
        throw Fault("invalid-argument", "a field holds a text, a number, a bool, or nil, and not \(value.described)")
      }
      return needsQuotes(string) ? "\"\(string.replacing("\"", with: "\"\""))\"" : string
    }
  }

  /// Whether a text would be read as something else without quotes.
  private func needsQuotes(_ text: String) -> Bool {
    if text.contains(where: { $0 == separator || $0 == "\"" || $0.isNewline }) || text.contains("\r") { return true }
    return text == "true" || text == "false" || CSVColumn.float(text) != nil
  }
}
