extension CoreLibrary {
  /// Output, input, and what can be asked of every value.
  static var values: [Binding] {
    [
      Binding(
        "print", [.variadic("values")],
        "Writes values to the output, a blank between them and a line break after them. Strings are written bare.",
        example: "print(\"loss\", 0.5, [1, \"a\"])   # loss 0.5 [1, \"a\"]"
      ) { call in
        let texts = try call.list(0).elements.map { try call.interpreter.describe($0) }
        call.interpreter.output(texts.joined(separator: " ") + "\n")
        return .nil
      },
      Binding(
        "show", [.required("x", .any), .optional("id", .either([.string, .nil]), .nil)],
        """
        Shows a value as a cell's result is shown: a picture as a picture. With `id:` it takes the place of the last \
        one shown with that id.
        """,
        example: "show([1, 2])"
      ) { call in
        try call.interpreter.display(call[0], call.optionalString(1))
        return .nil
      },
      Binding(
        "input", [.optional("prompt", .string, "")],
        "Asks for a line of text and gives it without its line break. At the end of the input it is an error.",
        example: "let ask = () => input(\"name? \")"
      ) { call in
        guard let line = try call.interpreter.input(call.string(0)) else {
          throw Fault(
            "end-of-input", "there is no more input", help: "`try { input() } catch e { ... }` goes on without")
        }
        return .string(line)
      },
      Binding(
        "type_of", [.required("x", .any)],
        "The name of a value's type: `\"int\"`, `\"list\"`, or the name of the type that an instance was made by.",
        example: "type_of(1.5)   # \"float\""
      ) { call in .string(call[0].typeName) },
      Binding(
        "len", [.required("x", .any)],
        """
        The number of elements of a list, range or tensor, of characters of a string, of keys of a map; what \
        `length` gives for an instance.
        """,
        example: "len(\"größe\")   # 5\n[1, 2].len()   # 2"
      ) { call in .int(try call.interpreter.length(of: call[0])) },
      Binding(
        "error", [.required("message", .string), .optional("kind", .string, "error")],
        "An error that can be thrown. Who catches it reads `message` and `kind`.",
        example: "try { throw error(\"no data\", kind: \"data\") } catch e { e.kind }   # \"data\""
      ) { call in .error(try call.string(0), kind: try call.string(1)) },
      Binding(
        "copy", [.required("x", .any)],
        """
        A deep copy: lists, maps and instances in it are new ones. What the original shares within itself, the copy \
        shares too.
        """,
        example: "let a = [[1]]\nlet b = copy(a)\nb[0].append(2)\na   # [[1]]"
      ) { call in try call.interpreter.copy(call[0]) },
      Binding(
        "equal", [.required("a", .any), .required("b", .any)],
        """
        Whether two values are equal as wholes: element by element, tensors too. It is one bool, where `==` on \
        tensors is a mask.
        """,
        example: "equal([1, {a: 2}], [1, {a: 2}])   # true"
      ) { call in .bool(try call.interpreter.equal(call[0], call[1])) },
      Binding(
        "close",
        [
          .required("a", .any), .required("b", .any), .optional("relative", .float, 1e-5, namedOnly: true),
          .optional("absolute", .float, 1e-8, namedOnly: true),
        ],
        """
        Whether two numbers, or the numbers in two lists or maps, are almost equal: `|a - b| <= absolute + relative \
        * |b|`. What is no number must be equal.
        """,
        example: "close(0.1 + 0.2, 0.3)   # true\nclose([1.0, 2.0], [1.0, 2.1])   # false"
      ) { call in
        let (relative, absolute) = (try call.float(2), try call.float(3))
        return .bool(try Closeness(relative, absolute, call.interpreter).holds(call[0], call[1], depth: 0))
      },
    ]
  }
}

/// Compares as `close` does.
private struct Closeness {
  let relative: Double
  let absolute: Double
  let interpreter: Interpreter

  init(_ relative: Double, _ absolute: Double, _ interpreter: Interpreter) {
    self.relative = relative
    self.absolute = absolute
    self.interpreter = interpreter
  }

  func holds(_ left: Value, _ right: Value, depth: Int) throws -> Bool {
    if let a = left.asFloat, let b = right.asFloat {
      return a == b || (a - b).magnitude <= absolute + relative * b.magnitude && b.isFinite
    }
    // A list that holds itself has no end.
    guard depth < 100 else {
      throw Fault(
        "invalid-argument", "these values are nested too deeply to compare", labels: [.init(.argument(0), "")])
    }
    if let a = left.asList, let b = right.asList {
      guard a.count == b.count else { return false }
      for (x, y) in zip(a.elements, b.elements) where try !holds(x, y, depth: depth + 1) { return false }
      return true
    }
    if let a = left.asMap, let b = right.asMap {
      guard a.count == b.count else { return false }
      for (key, x) in a {
        guard let y = b[key], try holds(x, y, depth: depth + 1) else { return false }
      }
      return true
    }
    return try interpreter.equal(left, right)
  }
}
