/// A value that YAML text spells, read by the core schema of YAML 1.2.
///
/// YAML 1.1 reads `no` as false and `1:30` as ninety; here only `true` and `false` are bools, and what does not look
/// like a number is a string.
public enum YAMLValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int)
  case float(Double)
  case string(String)
  case list([YAMLValue])
  /// In the order of the text.
  case map([Entry])

  /// A key and its value.
  public struct Entry: Sendable, Hashable {
    public var key: String
    public var value: YAMLValue

    public init(key: String, value: YAMLValue) {
      self.key = key
      self.value = value
    }
  }

  /// The kind of value in words, as messages say it: `an int`.
  public var kind: String {
    switch self {
    case .null: "nil"
    case .bool: "a bool"
    case .int: "an int"
    case .float: "a float"
    case .string: "a string"
    case .list: "a list"
    case .map: "a map"
    }
  }

  /// The value that a plain (unquoted) scalar spells; nil for an integer that 64 bits cannot hold.
  ///
  /// Source: YAML 1.2.2, section 10.3.2, "Tag Resolution".
  public init?(plain text: String) {
    switch text {
    case "", "~", "null", "Null", "NULL": self = .null
    case "true", "True", "TRUE": self = .bool(true)
    case "false", "False", "FALSE": self = .bool(false)
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": self = .float(.infinity)
    case "-.inf", "-.Inf", "-.INF": self = .float(-.infinity)
    case ".nan", ".NaN", ".NAN": self = .float(.nan)
    default:
      switch Self.numberForm(of: text) {
      case .integer(let digits, let radix):
        guard let value = Int(digits, radix: radix) else { return nil }
        self = .int(value)
      case .decimal:
        self = Double(text).map(YAMLValue.float) ?? .string(text)
      case .none:
        self = .string(text)
      }
    }
  }

  private enum NumberForm {
    case integer(digits: String, radix: Int)
    case decimal
    case none
  }

  private static func numberForm(of text: String) -> NumberForm {
    if text.hasPrefix("0x"), text.count > 2, text.dropFirst(2).allSatisfy({ $0.isASCII && $0.isHexDigit }) {
      return .integer(digits: String(text.dropFirst(2)), radix: 16)
    }
    if text.hasPrefix("0o"), text.count > 2, text.dropFirst(2).allSatisfy({ ("0"..."7").contains($0) }) {
      return .integer(digits: String(text.dropFirst(2)), radix: 8)
    }
    var bytes = Array(text.utf8)[...]
    func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
    func takeDigits() -> Int {
      let digits = bytes.prefix(while: isDigit).count
      bytes = bytes.dropFirst(digits)
      return digits
    }
    func takeSign() {
      if bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
    }

    takeSign()
    let whole = takeDigits()
    if bytes.isEmpty { return whole > 0 ? .integer(digits: text, radix: 10) : .none }
    var fraction = 0
    if bytes.first == UInt8(ascii: ".") {
      bytes = bytes.dropFirst()
      fraction = takeDigits()
    }
    guard whole + fraction > 0 else { return .none }
    if bytes.first == UInt8(ascii: "e") || bytes.first == UInt8(ascii: "E") {
      bytes = bytes.dropFirst()
      takeSign()
      guard takeDigits() > 0 else { return .none }
    }
    return bytes.isEmpty ? .decimal : .none
  }
}
