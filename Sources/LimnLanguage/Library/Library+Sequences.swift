extension CoreLibrary {
  /// Functions that go through a sequence and make a new value.
  static var sequences: [Binding] {
    [
      Binding(
        "map", [.required("xs", .sequence), .required("f", .callable)],
        "A list of what a function gives for each element.", example: "[1, 2, 3].map(x => x * 2)   # [2, 4, 6]"
      ) { call in
        let result = ListObject([])
        try call.interpreter.iterate(call[0]) { value in
          try gather(try call.interpreter.call(call[1], [value]), in: result)
          return true
        }
        return .object(result)
      },
      Binding(
        "filter", [.required("xs", .sequence), .required("f", .callable)],
        "A list of the elements for which a function gives true.",
        example: "(0..<6).filter(x => x % 2 == 0)   # [0, 2, 4]"
      ) { call in
        let result = ListObject([])
        try call.interpreter.iterate(call[0]) { value in
          if try holds(call, 1, value) { try gather(value, in: result) }
          return true
        }
        return .object(result)
      },
      Binding(
        "reduce",
        [.required("xs", .sequence), .required("f", .callable), .optional("start", .any, describedAs: "xs[0]")],
        "One value made of all elements: `f(f(start, x0), x1)` and so on.",
        example: "[1, 2, 3, 4].reduce((a, b) => a * b)   # 24\n[1, 2].reduce((a, b) => a + str(b), \"\")   # \"12\""
      ) { call in
        var total: Value? = call.isGiven(2) ? call[2] : nil
        try call.interpreter.iterate(call[0]) { value in
          if let present = total {
            total = try call.interpreter.call(call[1], [present, value])
          } else {
            total = value
          }
          return true
        }
        guard let total else { throw Fault.emptySequence("reduce", help: "give a start: `xs.reduce(f, 0)`") }
        return total
      },
      Binding(
        "zip", receivers: [.sequence], [.variadic("sequences")],
        "A list of lists: the first elements of all sequences, then the second, until the shortest ends.",
        example: "zip([1, 2], \"ab\")   # [[1, \"a\"], [2, \"b\"]]"
      ) { call in
        let columns = try call.list(0).elements.map { try elements(of: $0, call) }
        let count = columns.map(\.count).min() ?? 0
        return .list((0..<count).map { row in .list(columns.map { $0[row] }) })
      },
      Binding(
        "enumerate", [.required("xs", .any), .optional("start", .int, 0)],
        "A list of `[position, element]` for each element, counted from `start`.",
        example: "for i, x in enumerate([\"a\", \"b\"]) { print(i, x) }\nenumerate([\"a\"], start: 1)   # [[1, \"a\"]]"
      ) { call in
        var index = try call.int(1)
        let result = ListObject([])
        try call.interpreter.iterate(call[0]) { value in
          try gather(.list([.int(index), value]), in: result)
          index &+= 1
          return true
        }
        return .object(result)
      },
      Binding(
        "list", [.required("xs", .any)],
        "A list of what `for` goes through.", example: "list(0..<3)   # [0, 1, 2]\nlist(\"ab\")   # [\"a\", \"b\"]"
      ) { call in .list(try elements(of: call[0], call)) },
    ]
  }

  /// Questions about a sequence.
  static var queries: [Binding] {
    [
      Binding(
        "any",
        [.required("xs", .sequence), .optional("f", .either([.callable, .nil]), .nil)],
        """
        Whether a function gives true for some element; without a function, whether some element is true. False when \
        there is none.
        """,
        example: "[1, -2].any(x => x < 0)   # true\nany([false, false])   # false"
      ) { call in .bool(try exists(call, true)) },
      Binding(
        "all",
        [.required("xs", .sequence), .optional("f", .either([.callable, .nil]), .nil)],
        """
        Whether a function gives true for every element; without a function, whether every element is true. True \
        when there is none.
        """,
        example: "[1, 2].all(x => x > 0)   # true\nall([])   # true"
      ) { call in .bool(try !exists(call, false)) },
      Binding(
        "unique", [.required("xs", .sequence)],
        "A list of the elements without repetitions, in the order of their first appearance.",
        example: "[2, 1, 2, 3, 1].unique()   # [2, 1, 3]"
      ) { call in .list(try unique(elements(of: call[0], call), call.interpreter)) },
      Binding(
        "reversed", [.required("xs", .either([.string, .list, .range]))],
        "The elements from back to front: a list, or the string for a string.",
        example: "[1, 2, 3].reversed()   # [3, 2, 1]\n\"abc\".reversed()   # \"cba\""
      ) { call in
        if let text = call[0].asString { return .string(String(text.reversed())) }
        return .list(try elements(of: call[0], call).reversed())
      },
    ]
  }

  /// Puts a value at the end of a result, unless that would be absurdly long; the sequence is blamed.
  private static func gather(_ value: Value, in result: ListObject) throws {
    guard result.count < maximumSize else { throw Fault.tooLarge(0) }
    result.append(value)
  }

  /// Everything that `for` goes through.
  public static func elements(of sequence: Value, _ call: Call) throws -> [Value] {
    if let list = sequence.asList { return list.elements }
    let most = maximumSize
    if let range = sequence.asRange, range.count > most { throw Fault.tooLarge(0) }
    var result: [Value] = []
    try call.interpreter.iterate(sequence) { value in
      guard result.count < most else { throw Fault.tooLarge(0) }
      result.append(value)
      return true
    }
    return result
  }

  /// What the predicate at an argument's position says of a value.
  private static func holds(_ call: Call, _ index: Int, _ value: Value) throws -> Bool {
    let answer = try call.interpreter.call(call[index], [value])
    guard let bool = try answer.asBool ?? answer.asHost?.asBool() else { throw Fault.notBool(answer, from: index) }
    return bool
  }

  /// Whether the answer stands for some element.
  private static func exists(_ call: Call, _ answer: Bool) throws -> Bool {
    var found = false
    try call.interpreter.iterate(call[0]) { value in
      if call.isGiven(1) {
        found = try holds(call, 1, value) == answer
      } else {
        guard let bool = try value.asBool ?? value.asHost?.asBool() else {
          let got = ValueText.withArticle(value.typeName)
          throw Fault(
            "not-a-bool", "the elements must be bools, but one is \(got)", labels: [.init(.argument(0), "")],
            help: "give a function: `xs.any(x => x > 0)`")
        }
        found = bool == answer
      }
      return !found
    }
    return found
  }

  private static func unique(_ values: [Value], _ interpreter: Interpreter) throws -> [Value] {
    let seen = MapObject()
    var others: [Value] = []
    return try values.filter { value in
      if MapObject.isKey(value) {
        if seen.has(value) { return false }
        seen[value] = true
        // A float is equal to an int, so ints are looked for among the floats that came before.
        guard case .int = value else { return true }
      } else if case .float(let number) = value, let int = Int(exactly: number), seen.has(.int(int)) {
        return false
      }
      for other in others where try interpreter.equal(other, value) { return false }
      if !MapObject.isKey(value) { others.append(value) }
      return true
    }
  }
}
