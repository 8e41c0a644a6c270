import LimnImage
import LimnLanguage

/// The module `csv`.
enum CSVBindings {
  static func all(in session: SessionReference) -> [Binding] { reading(session) + writing(session) }

  private static func reading(_ session: SessionReference) -> [Binding] {
    let options: [Parameter] = [
      .optional("header", .bool, true, namedOnly: true), .optional("separator", .string, ",", namedOnly: true),
      .optional("types", .bool, true, namedOnly: true), .optional("columns", .bool, false, namedOnly: true),
    ]
    return [
      Binding(
        "parse", module: "csv", [.required("text", .string)] + options,
        """
        The rows of a table as a list of maps, whose keys are the first row's fields.

        With `header: false` the first row is like the others, and rows are lists. With `columns: true` the table is a \
        map of its columns. A column whose fields are all ints, floats, or bools becomes that, and a field without text \
        in it nil; what is quoted, and digits after a leading zero, stay text. With `types: false` all stays text.

        Errors: `bad-csv` with line and column for a row of another length, a quote that does not end, a field's name \
        twice.
        """,
        example: """
          csv.parse("name,size\\ncat,4.5\\ndog,30\\n")   # [{name: "cat", size: 4.5}, {name: "dog", size: 30.0}]
          csv.parse("name,size\\ncat,4\\ndog,30\\n", columns: true)   # {name: ["cat", "dog"], size: [4, 30]}
          csv.parse("1;2\\n3;4", header: false, separator: ";")   # [[1, 2], [3, 4]]
          """
      ) { call in try table(Array(try call.string(0).utf8), name: nil, call) },
      Binding(
        "read", module: "csv", [.required("path", .string)] + options,
        """
        The rows of a table in a file, as `csv.parse` gives them. Errors: those of `csv.parse`, `missing-file`, \
        `permission-denied`, `cannot-read`.
        """, example: "csv.write(\"a.csv\", [{x: 1, y: \"a\"}])\ncsv.read(\"a.csv\")   # [{x: 1, y: \"a\"}]"
      ) { call in
        let path = session.session.resolve(try call.string(0))
        return try table(Files.read(path), name: path, call)
      },
    ]
  }

  private static func writing(_ session: SessionReference) -> [Binding] {
    let options: [Parameter] = [
      .required("table", .either([.list, .map])), .optional("separator", .string, ",", namedOnly: true),
    ]
    return [
      Binding(
        "text", module: "csv", options,
        """
        A table as text: a list of maps, whose keys become the first row, a list of lists, or a map of columns. Reading \
        it gives the same values. Errors: `invalid-argument` for rows or columns that do not fit each other, and for \
        what is no text, number, bool, or nil.
        """, example: "csv.text([{name: \"a,b\", size: 1}])   # \"name,size\\n\\\"a,b\\\",1\\n\""
      ) { call in .string(try text(call, table: 0)) },
      Binding(
        "write", module: "csv", [.required("path", .string)] + options,
        """
        Writes a table to a file as `csv.text` writes it, whole or not at all. Errors: those of `csv.text`, \
        `missing-folder`, `permission-denied`, `cannot-write`.
        """, example: "csv.write(\"a.csv\", {x: [1, 2]})\ncsv.read(\"a.csv\", columns: true)   # {x: [1, 2]}"
      ) { call in
        let text = try text(call, table: 1)
        try Files.write(Array(text.utf8), to: session.session.resolve(try call.string(0)))
        return .nil
      },
    ]
  }

  private static func text(_ call: Call, table: Int) throws -> String {
    var writer = CSVWriter(separator: try separator(call, table + 1), call.interpreter)
    try writer.write(table: call[table], argument: table)
    return writer.text
  }

  private static func separator(_ call: Call, _ index: Int) throws -> Character {
    let text = try call.string(index)
    guard let character = text.first, text.utf8.count == 1, !character.isNewline, character != "\"" else {
      throw Fault(
        "invalid-argument", "a separator is one ASCII character, no quote and no line break",
        labels: [.init(.named("separator"), "")], help: "a comma, a semicolon, or a tab: \",\" \";\" \"\\t\"")
    }
    return character
  }

  private static func table(_ bytes: [UInt8], name: String?, _ call: Call) throws -> Value {
    let (hasHeader, isTyped, isColumns) = (try call.bool(1), try call.bool(3), try call.bool(4))
    guard hasHeader || !isColumns else {
      throw Fault("invalid-argument", "columns have names in the header: `columns: true` needs `header: true`")
    }
    var reader = CSVReader(bytes, separator: try separator(call, 2).asciiValue ?? 0x2C, name: name)
    let all = try reader.rows(call.interpreter)
    guard let first = all.first else { return isColumns ? .object(MapObject()) : .list([]) }
    let rows = hasHeader ? all.dropFirst() : all[...]
    let types = first.fields.indices.map { column in
      isTyped ? CSVColumn(rows.lazy.map { $0.fields[column] }) : .text
    }
    guard hasHeader else { return .list(rows.map { row in .list(zip(types, row.fields).map { $0.value($1) }) }) }
    let names = first.fields.map(\.text)
    if let twice = names.enumerated().first(where: { names[..<$0].contains($1) }) {
      let place = name.map { $0 + ", " } ?? ""
      throw Fault(
        "bad-csv", "\(place)line \(first.line): two columns have the name \"\(twice.element)\"",
        labels: [.init(.argument(0), "")], help: "`header: false` gives rows as lists")
    }
    if isColumns {
      return .map(
        names.indices.map { column in (names[column], .list(rows.map { types[column].value($0.fields[column]) })) })
    }
    return .list(
      rows.map { row in .map(names.indices.map { (names[$0], types[$0].value(row.fields[$0])) }) })
  }
}
