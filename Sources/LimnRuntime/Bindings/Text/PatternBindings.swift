import LimnLanguage

/// Regular expressions in the module `strings`.
enum PatternBindings {
  static var all: [Binding] {
    let cache = PatternCache()
    let text = Parameter.required("text", .string)
    let pattern = Parameter.required("pattern", .string)
    let ignoreCase = Parameter.optional("ignore_case", .bool, false, namedOnly: true)
    return [
      Binding(
        "match", module: "strings", [text, pattern, ignoreCase],
        """
        The match of a regular expression with a whole text, as `find` gives it; nil when the text is not of that form.

        Patterns are Perl's (PCRE2): `\\d` a digit, `\\w` a letter, digit, or underscore, `\\s` a blank, `.` any \
        character, `[a-z]`, `*` `+` `?` `{2,3}` for how often, `( )` a group, `(?<name> )` one with a name, `|` or. \
        In a string a backslash is written twice.
        """,
        example: """
          strings.match("2024-06-01", "(\\\\d+)-(\\\\d+)-(\\\\d+)").groups   # ["2024", "06", "01"]
          strings.match("June 2024", "\\\\d+") == nil   # true
          """
      ) { call in
        let pattern = try cache.pattern(call, 1, ignoringCase: call.bool(2))
        let subject = Subject(try call.string(0))
        return try subject.searched(call) { bytes in
          try pattern.match(bytes, from: 0, whole: true).map { subject.value($0, pattern) } ?? .nil
        }
      },
      Binding(
        "find", module: "strings", [text, pattern, ignoreCase],
        """
        The first match of a regular expression in a text, or nil when there is none.

        It is a map: `text` is what matched, `start` and `end` are the indices of its first character and of the one \
        behind it, `groups` is a list of the groups' texts, nil for one that took no part, and `names` has those with \
        a name.
        """,
        example: """
          let m = strings.find("total: 42 kg", "(?<amount>\\\\d+) *(?<unit>\\\\w+)")
          m.text   # "42 kg"
          m.names   # {amount: "42", unit: "kg"}
          [m.start, m.end]   # [7, 12]
          """
      ) { call in
        let pattern = try cache.pattern(call, 1, ignoringCase: call.bool(2))
        let subject = Subject(try call.string(0))
        return try subject.searched(call) { bytes in
          try pattern.match(bytes, from: 0).map { subject.value($0, pattern) } ?? .nil
        }
      },
      Binding(
        "find_all", module: "strings", [text, pattern, ignoreCase],
        "A list of all matches of a regular expression in a text, each as `find` gives it. They do not overlap.",
        example: "strings.find_all(\"a1 b22\", \"\\\\d+\").map(m => m.text)   # [\"1\", \"22\"]"
      ) { call in
        let pattern = try cache.pattern(call, 1, ignoringCase: call.bool(2))
        let subject = Subject(try call.string(0))
        var found: [Value] = []
        try subject.searched(call) { bytes in
          try pattern.matches(bytes) { match in
            found.append(subject.value(match, pattern))
            try call.interpreter.checkInterrupt()
            return true
          }
        }
        return .list(found)
      },
      Binding(
        "has_match", module: "strings", [text, pattern, ignoreCase],
        "Whether a regular expression matches somewhere in a text.",
        example: "strings.has_match(\"Limn\", \"^l\", ignore_case: true)   # true"
      ) { call in
        let pattern = try cache.pattern(call, 1, ignoringCase: call.bool(2))
        return try Subject(try call.string(0)).searched(call) { .bool(try pattern.match($0, from: 0) != nil) }
      },
      Binding(
        "replace_pattern", module: "strings",
        [text, pattern, .required("replacement", .either([.string, .callable])), ignoreCase],
        """
        The text with every match of a regular expression replaced. In a string, `$1` stands for the first group, \
        `${name}` for one with a name, `$0` for the whole match, and `$$` for a dollar sign. A function is given the \
        match, as `find` gives it, and gives a string. An error for a group that the pattern lacks.
        """,
        example: """
          strings.replace_pattern("Ada Lovelace", "(\\\\w+) (\\\\w+)", "$2, $1")   # "Lovelace, Ada"
          strings.replace_pattern("3 and 4", "\\\\d+", m => str(int(m.text) ** 2))   # "9 and 16"
          """
      ) { call in
        let pattern = try cache.pattern(call, 1, ignoringCase: call.bool(3))
        let subject = Subject(try call.string(0))
        let template = try call[2].asString.map { try ReplacementTemplate($0, pattern, argument: 2) }
        var result = ""
        var end = 0
        try subject.searched(call) { bytes in
          try pattern.matches(bytes) { match in
            guard let whole = match[0] else { return false }
            result += subject.text(end..<whole.lowerBound)
            end = whole.upperBound
            if let template {
              result += template.filled { match[$0].map(subject.text) ?? "" }
            } else {
              let replacement = try call.interpreter.call(call[2], [subject.value(match, pattern)])
              guard let text = replacement.asString else {
                throw Fault(
                  "type-mismatch", "the function must give a string, but gave \(replacement.described)",
                  labels: [.init(.argument(2), "this gave \(replacement.described)")])
              }
              result += text
            }
            try call.interpreter.checkInterrupt()
            return true
          }
        }
        return .string(result + subject.text(end..<subject.count))
      },
      Binding(
        "split_pattern", module: "strings", [text, pattern, ignoreCase],
        "A list of the parts of a text between matches of a regular expression.",
        example: "strings.split_pattern(\"a1b22c\", \"\\\\d+\")   # [\"a\", \"b\", \"c\"]"
      ) { call in
        let pattern = try cache.pattern(call, 1, ignoringCase: call.bool(2))
        let subject = Subject(try call.string(0))
        var parts: [Value] = []
        var end = 0
        try subject.searched(call) { bytes in
          try pattern.matches(bytes) { match in
            guard let whole = match[0] else { return false }
            // Between all characters an empty pattern would match; it parts only those that have neighbors.
            if whole.isEmpty, whole.lowerBound == 0 || whole.lowerBound == bytes.count { return true }
            parts.append(.string(subject.text(end..<whole.lowerBound)))
            end = whole.upperBound
            return true
          }
        }
        return .list(parts + [.string(subject.text(end..<subject.count))])
      },
      Binding(
        "escape", module: "strings", [text],
        "A regular expression that matches just this text: with a backslash before what means something in patterns.",
        example: "strings.find_all(\"1+1=2\", strings.escape(\"1+1\"))[0].text   # \"1+1\""
      ) { call in
        let special = "\\^$.|?*+()[]{}#-"
        return .string(try call.string(0).reduce(into: "") { $0 += special.contains($1) ? "\\\($1)" : "\($1)" })
      },
    ]
  }
}

/// A text in which something is looked for.
private struct Subject {
  let string: String
  private let bytes: [UInt8]
  /// Whether byte offsets are indices of characters.
  private let isSimple: Bool

  init(_ text: String) {
    string = text
    bytes = Array(text.utf8)
    isSimple = bytes.allSatisfy { $0 < 0x80 && $0 != 0x0D }
  }

  var count: Int { bytes.count }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  @discardableResult
  func searched<T>(_ call: Call, _ body: (UnsafeBufferPointer<UInt8>) throws -> T) throws -> T {
    do {
      return try bytes.withUnsafeBufferPointer(body)
    } catch let failure as Pattern.Failure {
      throw Fault(
        "bad-pattern", failure.message, labels: [.init(.argument(1), "")],
        help: "a repetition within a repetition, such as `(a+)+`, has very many ways to match")
    }
  }

  /// A match as the language sees it.
  func value(_ match: Pattern.Match, _ pattern: Pattern) -> Value {
    let whole = match[0] ?? 0..<0
    let texts = match.map { range in range.map { Value.string(text($0)) } ?? .nil }
    return .map([
      ("text", texts[0]), ("start", .int(character(whole.lowerBound))), ("end", .int(character(whole.upperBound))),
      ("groups", .list(texts.dropFirst())), ("names", .map(pattern.names.map { ($0.name, texts[$0.group]) })),
    ])
  }

  /// The index of the character that holds a byte.
  private func character(_ offset: Int) -> Int {
    guard !isSimple else { return offset }
    let utf8 = string.utf8
    return string.distance(from: string.startIndex, to: utf8.index(utf8.startIndex, offsetBy: offset))
  }
}

/// What stands for matches: text, and groups by number or name.
private struct ReplacementTemplate {
  private enum Part {
    case text(String)
    case group(Int)
  }

  private var parts: [Part] = []

  init(_ template: String, _ pattern: Pattern, argument: Int) throws {
    func fault(_ message: String) -> Fault {
      Fault.unsuitable(argument, message, help: "a dollar sign by itself is written `$$`")
    }
    var rest = template[...]
    while let dollar = rest.firstIndex(of: "$") {
      parts.append(.text(String(rest[..<dollar])))
      rest = rest[dollar...].dropFirst()
      if rest.first == "$" {
        parts.append(.text("$"))
        rest = rest.dropFirst()
      } else if rest.first == "{", let end = rest.firstIndex(of: "}") {
        let name = String(rest[..<end].dropFirst())
        guard let group = Int(name) ?? pattern.names.first(where: { $0.name == name })?.group,
          (0...pattern.groupCount).contains(group)
        else {
          throw fault("the pattern has no group `\(name)`")
        }
        parts.append(.group(group))
        rest = rest[end...].dropFirst()
      } else {
        let digits = rest.prefix { ("0"..."9").contains($0) }
        guard let group = Int(digits) else { throw fault("`$` stands before a group's number, or `{name}`") }
        guard group <= pattern.groupCount else {
          throw fault("the pattern has \(pattern.groupCount) groups, and no group \(group)")
        }
        parts.append(.group(group))
        rest = rest[digits.endIndex...]
      }
    }
    parts.append(.text(String(rest)))
  }

  func filled(_ group: (Int) -> String) -> String {
    parts.reduce(into: "") { text, part in
      switch part {
      case .text(let literal): text += literal
      case .group(let number): text += group(number)
      }
    }
  }
}
