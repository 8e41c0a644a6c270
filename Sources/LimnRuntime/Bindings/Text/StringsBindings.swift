import LimnLanguage
@_spi(_Unicode) import Swift

/// The module `strings`, as far as it is Swift: what characters are, counting, code points, numbers as text.
enum StringsBindings {
  static var all: [Binding] { kinds + searching + conversions + numbers + PatternBindings.all }

  // MARK: Kinds of characters

  private static var kinds: [Binding] {
    [
      kind("is_digit", "a digit from 0 to 9", "strings.is_digit(\"2024\")   # true\nstrings.is_digit(\"-1\")   # false")
      {
        $0.isASCII && $0.isNumber
      },
      kind("is_alpha", "a letter, of any script", "strings.is_alpha(\"größe\")   # true") { $0.isLetter },
      kind("is_alnum", "a letter or a number", "strings.is_alnum(\"r2d2\")   # true") { $0.isLetter || $0.isNumber },
      kind("is_space", "a blank, a tab, or a line break", "strings.is_space(\" \\t\\n\")   # true") { $0.isWhitespace },
      kind("is_ascii", "one of the 128 of ASCII", "strings.is_ascii(\"größe\")   # false") { $0.isASCII },
      casing(
        "is_upper", "Whether a text has letters and none of them is small.", "strings.is_upper(\"GPU 2\")   # true"
      ) {
        $0.uppercased() == $0 && $0.lowercased() != $0
      },
      casing(
        "is_lower", "Whether a text has letters and none of them is a capital.", "strings.is_lower(\"Limn\")   # false"
      ) {
        $0.lowercased() == $0 && $0.uppercased() != $0
      },
    ]
  }

  private static func kind(
    _ name: String, _ what: String, _ example: String, _ holds: @escaping (Character) -> Bool
  ) -> Binding {
    casing(name, "Whether a text has characters and each of them is \(what).", example) { text in
      !text.isEmpty && text.allSatisfy(holds)
    }
  }

  private static func casing(
    _ name: String, _ documentation: String, _ example: String, _ holds: @escaping (String) -> Bool
  ) -> Binding {
    Binding(name, module: "strings", [.required("text", .string)], documentation, example: example) { call in
      .bool(holds(try call.string(0)))
    }
  }

  // MARK: Searching and comparing

  private static var searching: [Binding] {
    [
      Binding(
        "count", module: "strings", [.required("text", .string), .required("part", .string)],
        "How often a part stands in a text, without overlapping. An error for an empty part.",
        example: "strings.count(\"banana\", \"an\")   # 2"
      ) { call in .int(try positions(call).count) },
      Binding(
        "positions", module: "strings", [.required("text", .string), .required("part", .string)],
        "A list of the indices at which a part stands in a text, without overlapping. An error for an empty part.",
        example: "strings.positions(\"banana\", \"an\")   # [1, 3]"
      ) { call in .list(try positions(call).map { .int($0) }) },
      Binding(
        "edit_distance", module: "strings", [.required("a", .string), .required("b", .string)],
        "How many characters must be put in, taken out, replaced, or swapped with their neighbor to make `b` of `a`.",
        example: "strings.edit_distance(\"kitten\", \"sitting\")   # 3"
      ) { call in
        let (a, b) = (Array(try call.string(0)), Array(try call.string(1)))
        guard a.count * max(1, b.count) <= 100_000_000 else {
          throw Fault("too-large", "texts of \(a.count) and \(b.count) characters are too long to compare so")
        }
        return .int(Suggestion.editDistance(a, b))
      },
    ]
  }

  private static func positions(_ call: Call) throws -> [Int] {
    let (text, part) = (Array(try call.string(0)), Array(try call.string(1)))
    guard let first = part.first else {
      throw Fault.unsuitable(1, "the part has at least one character", label: "this is empty")
    }
    var (found, index) = ([Int](), 0)
    while index + part.count <= text.count {
      if text[index] == first, text[index..<(index + part.count)].elementsEqual(part) {
        found.append(index)
        index += part.count
      } else {
        index += 1
      }
    }
    return found
  }

  // MARK: Conversions

  private static var conversions: [Binding] {
    [
      Binding(
        "from_code_points", module: "strings", [.required("numbers", .sequence)],
        "The text of Unicode code points, as `code_points` lists them. An error for a number that is none.",
        example: "strings.from_code_points([76, 105, 109, 110])   # \"Limn\""
      ) { call in
        var text = String.UnicodeScalarView()
        for value in try CoreLibrary.elements(of: call[0], call) {
          guard let number = value.asInt, let code = UInt32(exactly: number), let scalar = Unicode.Scalar(code) else {
            throw Fault.unsuitable(0, "\(try call.interpreter.repr(value)) is not a code point", label: "in this")
          }
          text.append(scalar)
        }
        return .string(String(text))
      },
      Binding(
        "from_bytes", module: "strings", [.required("numbers", .sequence)],
        "The text of bytes in UTF-8, as `bytes` lists them. An error for bytes that are not UTF-8.",
        example: "strings.from_bytes([110, 195, 169])   # \"né\""
      ) { call in
        let bytes = try CoreLibrary.elements(of: call[0], call).map { value in
          guard let number = value.asInt, let byte = UInt8(exactly: number) else {
            throw Fault.unsuitable(0, "\(try call.interpreter.repr(value)) is not a byte", label: "in this")
          }
          return byte
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
          throw Fault.unsuitable(0, "these bytes are not UTF-8 text")
        }
        return .string(text)
      },
      Binding(
        "normalize", module: "strings", [.required("text", .string)],
        "The text with characters composed (Unicode NFC): what looks the same and compares the same has the same bytes.",
        example: "strings.normalize(\"e\\u{301}\").code_points()   # [233]"
      ) { call in
        var composed = String.UnicodeScalarView()
        composed.append(contentsOf: try call.string(0)._nfc)
        return .string(String(composed))
      },
    ]
  }

  // MARK: Numbers as text

  private static var numbers: [Binding] {
    [
      Binding(
        "grouped", module: "strings",
        [
          .required("x", .number), .optional("separator", .string, ","),
          .optional("digits", .optional(.int), .nil, namedOnly: true),
        ],
        """
        A number with its digits in groups of three. `digits` says how many stand behind the point; without it, none \
        for an int and as many as needed for a float. An error for digits that are not from 0 to 17.
        """,
        example:
          "strings.grouped(1234567)   # \"1,234,567\"\nstrings.grouped(-9876.5, \" \", digits: 2)   # \"-9 876.50\""
      ) { call in
        let digits = try call.optionalInt(2)
        guard (0...17).contains(digits ?? 0) else { throw Fault.unsuitable(2, "digits are from 0 to 17") }
        var text = try call.interpreter.describe(call[0])
        if let digits { text = NumberText.fixed(try call.float(0), digits: digits) }
        let start = text.firstIndex(where: \.isNumber) ?? text.startIndex
        let end = text[start...].firstIndex { !$0.isNumber } ?? text.endIndex
        guard !text.contains("e") else { return .string(text) }
        let whole = Array(text[start..<end])
        let groups = stride(from: whole.count, to: 0, by: -3).map { String(whole[max(0, $0 - 3)..<$0]) }
        return .string(text[..<start] + groups.reversed().joined(separator: try call.string(1)) + text[end...])
      },
      Binding(
        "byte_size", module: "strings", [.required("count", .int)],
        "A number of bytes as people read it, in units of 1024.",
        example: "strings.byte_size(1536)   # \"1.5 KiB\"\nstrings.byte_size(512)   # \"512 B\""
      ) { call in
        let count = try call.int(0)
        let units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
        var (value, unit) = (Double(count), -1)
        while value.magnitude >= 1023.95, unit < units.count - 1 {
          value /= 1024
          unit += 1
        }
        return .string(unit < 0 ? "\(count) B" : NumberText.fixed(value, digits: 1) + " " + units[unit])
      },
      Binding(
        "in_base", module: "strings", [.required("n", .int), .required("base", .int)],
        "The digits of an int in a base from 2 to 36. An error for another base.",
        example: "strings.in_base(255, 16)   # \"ff\"\nstrings.in_base(-5, 2)   # \"-101\""
      ) { call in .string(String(try call.int(0), radix: try base(call))) },
      Binding(
        "int_in_base", module: "strings", [.required("text", .string), .required("base", .int)],
        "The int whose digits in a base from 2 to 36 a text is. An error for any other text.",
        example: "strings.int_in_base(\"ff\", 16)   # 255"
      ) { call in
        let (text, base) = (try call.string(0), try base(call))
        guard let value = Int(text, radix: base) else {
          throw Fault(
            "invalid-conversion", "\(try call.interpreter.repr(call[0])) is not an int in base \(base)",
            labels: [.init(.argument(0), "")])
        }
        return .int(value)
      },
    ]
  }

  private static func base(_ call: Call) throws -> Int {
    let base = try call.int(1)
    guard (2...36).contains(base) else { throw Fault.unsuitable(1, "a base is from 2 to 36", label: "this is \(base)") }
    return base
  }
}
