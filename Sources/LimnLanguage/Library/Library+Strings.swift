extension CoreLibrary {
  /// Taking text apart, and putting it together.
  static var strings: [Binding] {
    [
      textFunction("upper", "The text in capital letters.", example: "\"größe\".upper()   # \"GRÖSSE\"") {
        $0.uppercased()
      },
      textFunction("lower", "The text in small letters.", example: "\"Limn\".lower()   # \"limn\"") { $0.lowercased() },
      textFunction(
        "trim", "The text without blanks and line breaks at its ends.", example: "\"  a b \".trim()   # \"a b\"", trim),
      Binding(
        "split",
        [.required("text", .string), .optional("separator", .either([.string, .nil]), .nil)],
        "A list of the parts between separators; without a separator the words between blanks.",
        example:
          "\"a,b,,c\".split(\",\")   # [\"a\", \"b\", \"\", \"c\"]\n\" one  two \".split()   # [\"one\", \"two\"]"
      ) { call in
        let text = try call.string(0)
        guard let separator = try call.optionalString(1) else {
          return .list(text.split { $0.isWhitespace }.map { .string(String($0)) })
        }
        guard !separator.isEmpty else {
          throw Fault.unsuitable(
            1, "a separator has at least one character", label: "this is empty", help: "`text.chars()` gives characters"
          )
        }
        return .list(parts(of: text, separator).map { .string(String($0)) })
      },
      Binding(
        "join", [.required("xs", .sequence), .optional("separator", .string, "")],
        "One text of the elements' texts, with a separator between them.",
        example: "[1, 2, 3].join(\", \")   # \"1, 2, 3\""
      ) { call in
        let texts = try elements(of: call[0], call).map { try call.interpreter.describe($0) }
        return .string(try joined(texts, separator: call.string(1), argument: 0))
      },
      Binding(
        "lines", [.required("text", .string)],
        "A list of the text's lines without their breaks. A break at the end begins no further line.",
        example: "\"a\\nb\\n\".lines()   # [\"a\", \"b\"]"
      ) { call in
        var lines = try call.string(0).split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return .list(lines.map { .string(String($0)) })
      },
      listFunction(
        "chars", "A list of the text's characters, as a reader counts them.",
        example: "\"né\".chars()   # [\"n\", \"é\"]"
      ) { text in
        text.map { .string(String($0)) }
      },
      listFunction(
        "code_points", "A list of the text's Unicode code points.", example: "\"né\".code_points()   # [110, 233]"
      ) { text in
        text.unicodeScalars.map { .int(Int($0.value)) }
      },
      listFunction("bytes", "A list of the bytes of the text in UTF-8.", example: "\"né\".bytes()   # [110, 195, 169]")
      { text in
        text.utf8.map { .int(Int($0)) }
      },
    ]
  }

  /// Searching text, and changing its shape.
  static var textShapes: [Binding] {
    [
      Binding(
        "replace",
        [.required("text", .string), .required("old", .string), .required("new", .string)],
        "The text with every occurrence of one part replaced by another.",
        example: "\"a-b-c\".replace(\"-\", \"+\")   # \"a+b+c\""
      ) { call in
        let old = try call.string(1)
        guard !old.isEmpty else {
          throw Fault.unsuitable(1, "the part to replace has at least one character", label: "this is empty")
        }
        return .string(try joined(parts(of: call.string(0), old), separator: call.string(2), argument: 2))
      },
      Binding(
        "starts_with", [.required("text", .string), .required("part", .string)],
        "Whether the text begins with a part.", example: "\"limn\".starts_with(\"li\")   # true"
      ) { call in .bool(try call.string(0).hasPrefix(call.string(1))) },
      Binding(
        "ends_with", [.required("text", .string), .required("part", .string)],
        "Whether the text ends with a part.", example: "\"a.png\".ends_with(\".png\")   # true"
      ) { call in .bool(try call.string(0).hasSuffix(call.string(1))) },
      Binding(
        "index_of", [.required("text", .string), .required("part", .string)],
        "The index of the character at which a part first stands; it is an error when it does not.",
        example: "\"größe\".index_of(\"ß\")   # 3"
      ) { call in
        let (text, part) = (try call.string(0), try call.string(1))
        if part.isEmpty { return 0 }
        guard let range = firstRange(of: Array(part), in: Array(text), from: 0) else {
          throw Fault.valueNotFound(excerpt(part), help: "ask `part in text` first")
        }
        return .int(range.lowerBound)
      },
      Binding(
        "repeat", [.required("text", .string), .required("count", .int)],
        "The text, so many times.",
        example: "\"ab\".repeat(3)   # \"ababab\""
      ) { call in
        let (text, count) = (try call.string(0), try call.int(1))
        guard count >= 0 else { throw Fault.unsuitable(1, "a count is not negative", label: "this is \(count)") }
        guard text.isEmpty || count <= maximumSize / text.utf8.count else { throw Fault.tooLarge(1) }
        return .string(text.isEmpty ? "" : String(repeating: text, count: count))
      },
      padding("pad_left", "before", example: "\"7\".pad_left(3)   # \"  7\"\n\"7\".pad_left(3, \"0\")   # \"007\"") {
        $0 + $1
      },
      padding("pad_right", "after", example: "\"ab\".pad_right(4) + \"|\"   # \"ab  |\"") { $1 + $0 },
    ]
  }

  private static func textFunction(
    _ name: String, _ documentation: String, example: String, _ function: @escaping (String) -> String
  ) -> Binding {
    Binding(name, [.required("text", .string)], documentation, example: example) { call in
      .string(function(try call.string(0)))
    }
  }

  private static func listFunction(
    _ name: String, _ documentation: String, example: String, _ function: @escaping (String) -> [Value]
  ) -> Binding {
    Binding(name, [.required("text", .string)], documentation, example: example) { call in
      .list(function(try call.string(0)))
    }
  }

  private static func padding(
    _ name: String, _ side: String, example: String, _ join: @escaping (_ padding: String, _ text: String) -> String
  ) -> Binding {
    Binding(
      name,
      [.required("text", .string), .required("width", .int), .optional("fill", .string, " ")],
      """
      The text with a character \(side) it as often as it takes to reach a width in characters. A longer text stays \
      as it is.
      """,
      example: example
    ) { call in
      let (text, width, fill) = (try call.string(0), try call.int(1), try call.string(2))
      guard fill.count == 1 else {
        throw Fault.unsuitable(2, "what fills is one character", label: "this has \(fill.count)")
      }
      guard width <= maximumSize / fill.utf8.count else { throw Fault.tooLarge(1) }
      let count = text.count
      return width <= count ? call[0] : .string(join(String(repeating: fill, count: width - count), text))
    }
  }

  /// Texts with a separator between them, unless that is absurdly long; the argument is blamed.
  private static func joined(_ texts: [String], separator: String, argument: Int) throws -> String {
    let (separators, overflows) = separator.utf8.count.multipliedReportingOverflow(by: max(0, texts.count - 1))
    guard !overflows, separators <= maximumSize, texts.reduce(separators, { $0 + $1.utf8.count }) <= maximumSize else {
      throw Fault.tooLarge(argument)
    }
    return texts.joined(separator: separator)
  }

  /// The stretches of a text between occurrences of a part that is not empty, compared character by character.
  private static func parts(of text: String, _ part: String) -> [String] {
    let (characters, wanted) = (Array(text), Array(part))
    var result: [String] = []
    var start = 0
    while let range = firstRange(of: wanted, in: characters, from: start) {
      result.append(String(characters[start..<range.lowerBound]))
      start = range.upperBound
    }
    return result + [String(characters[start...])]
  }

  private static func firstRange(of part: [Character], in text: [Character], from start: Int) -> Range<Int>? {
    guard let first = part.first, part.count <= text.count - start else { return nil }
    for index in start...(text.count - part.count) where text[index] == first {
      if text[index..<(index + part.count)].elementsEqual(part) { return index..<(index + part.count) }
    }
    return nil
  }
}
