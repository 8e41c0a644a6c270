extension YAMLValue: CustomStringConvertible {
  /// The value as Limn prints it inside a container, and as flow YAML reads it: `[1, 2.0, "a"]`.
  public var description: String {
    switch self {
    case .null: "nil"
    case .bool(let value): String(value)
    case .int(let value): String(value)
    case .float(let value): value.isNaN ? "nan" : value.isInfinite ? (value < 0 ? "-inf" : "inf") : String(value)
    case .string(let value): Self.quoted(value)
    case .list(let values): "[\(values.map(\.description).joined(separator: ", "))]"
    case .map(let entries): "{\(entries.map { "\(Self.key($0.key)): \($0.value)" }.joined(separator: ", "))}"
    }
  }

  /// As `description`, but a string bare.
  var text: String {
    if case .string(let text) = self { return text }
    return description
  }

  private static func key(_ key: String) -> String {
    let isName = !key.isEmpty && !(key.utf8.first?.isASCIIDigit ?? true)
      && key.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "_") }
    return isName ? key : quoted(key)
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
