extension CoreLibrary {
  /// From one type to another.
  static var conversions: [Binding] {
    [
      Binding(
        "str", [.required("x", .any)], "The text that `print` writes for a value.",
        example: "str(1.0)   # \"1.0\"\nstr(\"a\")   # \"a\""
      ) { call in .string(try call.interpreter.describe(call[0])) },
      Binding(
        "repr", [.required("x", .any)],
        "The text of a value as it stands in a program: a string with its quotes.",
        example: "repr(\"a\\n\")   # \"\\\"a\\\\n\\\"\""
      ) { call in .string(try call.interpreter.repr(call[0])) },
      Binding(
        "int",
        [.required("x", .either([.int, .bool, .number, .string]))],
        """
        An int of a number, whose fraction is cut off, of a bool (0 or 1), or of a text such as `\"42\"`, \
        `\"-1_000\"` or `\"0xff\"`.
        """,
        example: "int(-2.7)   # -2\nint(\"0xff\")   # 255\nint(true)   # 1"
      ) { call in
        switch call[0] {
        case .int: return call[0]
        case .bool(let value): return .int(value ? 1 : 0)
        case .float(let value): return .int(try truncated(value))
        default: return .int(try parseInt(call.string(0)))
        }
      },
      Binding(
        "float",
        [.required("x", .either([.number, .bool, .string]))],
        """
        A float of a number, of a bool (0.0 or 1.0), or of a text such as `\"0.5\"`, `\"1e-4\"`, `\"inf\"` or \
        `\"nan\"`.
        """,
        example: "float(3)   # 3.0\nfloat(\" 1e-4 \")   # 0.0001"
      ) { call in
        switch call[0] {
        case .bool(let value): return .float(value ? 1 : 0)
        case .object(let object) where object.kind == .string: return .float(try parseFloat(call.string(0)))
        default: return .float(try call.float(0))
        }
      },
      Binding(
        "bool", [.required("x", .either([.bool, .number, .string]))],
        "A bool of a number, which is true unless it is zero, or of the texts `\"true\"` and `\"false\"`.",
        example: "bool(0)   # false\nbool(\"true\")   # true"
      ) { call in
        switch call[0] {
        case .bool: return call[0]
        case .object(let object) where object.kind == .string:
          switch try call.string(0) {
          case "true": return true
          case "false": return false
          case let text:
            throw Fault.notConvertible(
              "\(excerpt(text)) is not a bool",
              help: "only \"true\" and \"false\" are; `len(text) > 0` asks whether there is text")
          }
        default: return .bool(try call.float(0) != 0)
        }
      },
    ]
  }

  /// A float without its fraction, as an int; NaN, infinity and what is too large are faults.
  static func truncated(_ value: Double) throws -> Int {
    guard let int = Int(exactly: value.rounded(.towardZero)) else {
      throw Fault.notConvertible(
        "\(ValueText.float(value)) is not an int",
        label: value.isFinite ? "an int has 64 bits, up to 9223372036854775807" : "only finite numbers are")
    }
    return int
  }

  /// Reads an int as a program writes it, with a sign and blanks around it.
  private static func parseInt(_ text: String) throws -> Int {
    let trimmed = trim(text)
    let isNegative = trimmed.hasPrefix("-")
    let unsigned = isNegative || trimmed.hasPrefix("+") ? trimmed.dropFirst() : Substring(trimmed)
    let isHex = unsigned.hasPrefix("0x") || unsigned.hasPrefix("0X")
    let digits = isHex ? unsigned.dropFirst(2) : unsigned
    let radix = isHex ? 16 : 10
    let isWellFormed =
      !digits.isEmpty && !digits.hasPrefix("_") && !digits.hasSuffix("_") && !digits.contains("__")
      && digits.utf8.allSatisfy { $0 == UInt8(ascii: "_") || (isHex ? $0.isHexDigit : $0.isDigit) }
    guard isWellFormed else {
      let isFloat = (try? parseFloat(text)) != nil
      throw Fault.notConvertible(
        "\(excerpt(text)) is not an int",
        help: isFloat ? "`int(float(text))` cuts off a fraction" : nil)
    }
    guard let value = Int((isNegative ? "-" : "") + digits.filter { $0 != "_" }, radix: radix) else {
      throw Fault.notConvertible(
        "\(excerpt(text)) does not fit into an int", label: "an int has 64 bits, up to 9223372036854775807",
        help: "`float(text)`")
    }
    return value
  }

  private static func parseFloat(_ text: String) throws -> Double {
    let trimmed = trim(text)
    switch trimmed {
    case "inf", "+inf": return .infinity
    case "-inf": return -.infinity
    case "nan": return .nan
    default: break
    }
    let allowed = trimmed.utf8.allSatisfy {
      $0.isDigit || $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") || $0 == UInt8(ascii: "+")
        || $0 == UInt8(ascii: "-")
        || $0 == UInt8(ascii: "_")
    }
    guard allowed, !trimmed.hasPrefix("_"), !trimmed.hasSuffix("_"), let value = Double(trimmed.filter { $0 != "_" })
    else {
      throw Fault.notConvertible("\(excerpt(text)) is not a number")
    }
    return value
  }

  /// Text without blanks at its ends.
  static func trim(_ text: String) -> String {
    let start = text.firstIndex { !$0.isWhitespace } ?? text.endIndex
    guard start < text.endIndex, let last = text.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(text[start...last])
  }

  /// A text in a message: quoted, and cut when it is long.
  static func excerpt(_ text: String) -> String {
    text.count <= 40 ? ValueText.quoted(text) : ValueText.quoted(String(text.prefix(37)) + "...")
  }
}
