import LimnImage
import LimnLanguage

/// The module `json`.
enum JSONBindings {
  static func all(in session: SessionReference) -> [Binding] {
    let value = Parameter.required("value", .any)
    let indent = Parameter.optional("indent", .optional(.int), .nil, namedOnly: true)
    return [
      Binding(
        "parse", module: "json", [.required("text", .string)],
        """
        The value of a JSON text: maps with their keys' order, lists, strings, ints, floats, bools, nil. Errors: \
        `bad-json` with line and column, also for the same key twice and for ints beyond 64 bits.
        """,
        example: """
          json.parse("{\\"name\\": \\"relu\\", \\"units\\": [64, 0.5, null]}")   # {name: "relu", units: [64, 0.5, nil]}
          json.parse("1.0")   # 1.0
          """
      ) { call in try JSONReader.value(of: Array(try call.string(0).utf8), name: nil) },
      Binding(
        "text", module: "json", [value, indent],
        """
        A value as JSON text: on one line, or indented by so many blanks a level. Tensors are nested lists. Errors: \
        `json-unsupported` for `nan`, `inf`, instances, functions, keys that are no strings, and what holds itself.
        """,
        example: """
          json.text({a: [1, 2.0], b: nil})   # "{\\"a\\":[1,2.0],\\"b\\":null}"
          print(json.text({a: tensor([[1, 2], [3, 4]])}, indent: 2))
          """
      ) { call in .string(try text(call, value: 0, indent: 1)) },
      Binding(
        "read", module: "json", [.required("path", .string)],
        """
        The value of a JSON file. Errors: those of `json.parse`, `missing-file`, `permission-denied`, `cannot-read`.
        """, example: "json.write(\"a.json\", {a: 1})\njson.read(\"a.json\")   # {a: 1}"
      ) { call in
        let path = session.session.resolve(try call.string(0))
        return try JSONReader.value(of: Files.read(path), name: path)
      },
      Binding(
        "write", module: "json", [.required("path", .string), value, indent],
        """
        Writes a value to a JSON file, whole or not at all. Errors: those of `json.text`, `missing-folder`, \
        `permission-denied`, `cannot-write`.
        """, example: "import files\njson.write(\"a.json\", [1, 2])\nfiles.read_text(\"a.json\")   # \"[1,2]\\n\""
      ) { call in
        let text = try text(call, value: 1, indent: 2)
        try Files.write(Array((text + "\n").utf8), to: session.session.resolve(try call.string(0)))
        return .nil
      },
    ]
  }

  private static func text(_ call: Call, value: Int, indent: Int) throws -> String {
    let blanks = try call.optionalInt(indent)
    guard (0...32).contains(blanks ?? 0) else {
      throw Fault("invalid-argument", "`indent` is from 0 to 32", labels: [.init(.named("indent"), "")])
    }
    var writer = JSONWriter(indent: blanks, call.interpreter)
    do {
      try writer.write(call[value])
    } catch let fault as Fault where fault.code == "json-unsupported" && fault.labels.isEmpty {
      throw Fault(fault.code, fault.message, labels: [.init(.argument(value), "")], help: fault.help)
    }
    return writer.text
  }
}
