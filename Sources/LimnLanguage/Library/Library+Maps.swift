extension CoreLibrary {
  /// Functions of maps. A map's keys are strings, ints and bools, in the order in which they were first set.
  static var maps: [Binding] {
    [
      Binding(
        "keys", [.required("m", .map)], "A list of the keys, in order.",
        example: "{a: 1, b: 2}.keys()   # [\"a\", \"b\"]"
      ) { call in .list(try call.map(0).keys) },
      Binding(
        "values", [.required("m", .map)], "A list of the values, in the order of their keys.",
        example: "{a: 1, b: 2}.values()   # [1, 2]"
      ) { call in .list(try call.map(0).values) },
      Binding(
        "items", [.required("m", .map)], "A list of `[key, value]` for each key, in order.",
        example: "{a: 1}.items()   # [[\"a\", 1]]"
      ) { call in .list(try call.map(0).map { .list([$0.key, $0.value]) }) },
      Binding(
        "get", [.required("m", .map), .required("key", .any), .optional("default", .any, .nil)],
        "The value of a key, or a default when the map lacks it.",
        example: "{a: 1}.get(\"a\")   # 1\n{a: 1}.get(\"b\", 0)   # 0"
      ) { call in
        try checkKey(call)
        return try call.map(0)[call[1]] ?? call[2]
      },
      Binding(
        "has", [.required("m", .map), .required("key", .any)], "Whether the map has a key.",
        example: "{a: 1}.has(\"a\")   # true"
      ) { call in
        try checkKey(call)
        return .bool(try call.map(0).has(call[1]))
      },
      Binding(
        "remove", [.required("m", .map), .required("key", .any)],
        "Takes a key out of a map and gives its value; it is an error when the map lacks it.",
        example: "let m = {a: 1, b: 2}\nm.remove(\"a\")   # 1\nm   # {b: 2}"
      ) { call in
        try checkKey(call)
        let map = try call.map(0)
        if let value = map.remove(call[1]) { return value }
        let near = call[1].asString.flatMap { Suggestion.closest(to: $0, among: map.keys.compactMap(\.asString)) }
        throw Fault(
          "missing-key", "the map has no key \(ValueText.literal(call[1]))", labels: [.init(.argument(1), "")],
          help: near.map { "did you mean \(ValueText.quoted($0))?" } ?? "ask `m.has(key)` first")
      },
      Binding(
        "merge", [.required("m", .map), .required("other", .map)],
        "A new map with the keys of both; where both have a key, the second's value counts.",
        example: "{a: 1, b: 2}.merge({b: 3, c: 4})   # {a: 1, b: 3, c: 4}"
      ) { call in
        let result = MapObject()
        for (key, value) in try call.map(0) { result[key] = value }
        for (key, value) in try call.map(1) { result[key] = value }
        return .object(result)
      },
    ]
  }

  private static func checkKey(_ call: Call) throws {
    guard !MapObject.isKey(call[1]) else { return }
    let got = ValueText.withArticle(call[1].typeName)
    throw Fault(
      "invalid-key", "\(got) cannot be a key", labels: [.init(.argument(1), "keys are strings, ints and bools")])
  }

  static var ranges: [Binding] {
    [
      Binding(
        "step", [.required("r", .range), .required("by", .int)],
        """
        The range in steps: every `by`-th element from the first on. With a negative step a range goes down from its \
        start.
        """,
        example: "list((0..<10).step(3))   # [0, 3, 6, 9]\nlist((5...1).step(-2))   # [5, 3, 1]"
      ) { call in
        let (range, step) = (try call.range(0), try call.int(1))
        guard step != 0 else { throw Fault.unsuitable(1, "a step is not zero", label: "this is 0") }
        return .range(range.lower, range.upper, closed: range.isClosed, step: step)
      }
    ]
  }
}
