import LimnLanguage

/// What the fields of a column mean: of one type in every row.
enum CSVColumn {
  case int, float, bool, text

  /// The narrowest type that all of a column's fields have; empty ones have any. What is quoted is text, and so are
  /// digits after a leading zero: `007` is a name.
  init(_ fields: some Sequence<CSVReader.Field>) {
    var (canBeInt, canBeFloat, canBeBool, isEmpty) = (true, true, true, true)
    for field in fields {
      if field.isQuoted {
        self = .text
        return
      }
      if field.text.isEmpty { continue }
      isEmpty = false
      canBeInt = canBeInt && Self.int(field.text) != nil
      canBeFloat = canBeFloat && Self.float(field.text) != nil
      canBeBool = canBeBool && (field.text == "true" || field.text == "false")
      if !canBeFloat, !canBeBool { break }
    }
    self = isEmpty ? .text : canBeInt ? .int : canBeFloat ? .float : canBeBool ? .bool : .text
  }

  /// The value of a field; nil for an empty one of a column that is no text.
  func value(_ field: CSVReader.Field) -> Value {
    switch self {
    case .text: .string(field.text)
    case .int: Self.int(field.text).map { .int($0) } ?? .nil
    case .float: Self.float(field.text).map { .float($0) } ?? .nil
    case .bool: field.text.isEmpty ? .nil : .bool(field.text == "true")
    }
  }

  private static func int(_ text: String) -> Int? { hasPlainDigits(text) && !text.contains(".") ? Int(text) : nil }

  static func float(_ text: String) -> Double? {
    switch text {
    case "nan": .nan
    case "inf": .infinity
    case "-inf": -.infinity
    default: hasPlainDigits(text) ? Double(text) : nil
    }
  }

  /// Whether a text begins as a decimal number does: an optional sign, and no zero before another digit.
  private static func hasPlainDigits(_ text: String) -> Bool {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard let first = digits.first, first.isASCII, first.isNumber, !text.contains("x"), !text.contains("p") else {
      return false
    }
    return first != "0" || !(digits.dropFirst().first?.isNumber ?? false)
  }
}
