/// The format of an interpolation, taken apart: `[<>^][0][width][.precision][d|f|e|g|x|%]`, each part with Python's
/// meaning.
public struct FormatSpecification: Sendable, Hashable {
  public enum Alignment: Character, Sendable {
    case left = "<"
    case right = ">"
    case center = "^"
  }
  public enum Conversion: Character, Sendable {
    case decimal = "d"
    case fixed = "f"
    case exponent = "e"
    case general = "g"
    case hexadecimal = "x"
    case percent = "%"
  }

  public var alignment: Alignment?
  /// Whether zeros fill the width, after the sign.
  public var padsWithZeros: Bool
  public var width: Int?
  public var precision: Int?
  public var conversion: Conversion?

  /// A width or precision beyond this is a mistake.
  public static let maximumSize = 1000

  /// Takes a format apart; nil when the text is not one, or asks for an absurd width or precision.
  public init?(_ text: String) {
    var rest = Substring(text)
    alignment = rest.first.flatMap(Alignment.init)
    if alignment != nil { rest.removeFirst() }
    padsWithZeros = rest.first == "0"
    if padsWithZeros { rest.removeFirst() }
    width = nil
    precision = nil
    if let digits = Self.takeDigits(&rest) {
      guard let value = Int(digits), value <= Self.maximumSize else { return nil }
      width = value
    }
    if rest.first == "." {
      rest.removeFirst()
      guard let digits = Self.takeDigits(&rest), let value = Int(digits), value <= Self.maximumSize else { return nil }
      precision = value
    }
    conversion = rest.first.flatMap(Conversion.init)
    if conversion != nil { rest.removeFirst() }
    guard rest.isEmpty, !text.isEmpty else { return nil }
  }

  private static func takeDigits(_ text: inout Substring) -> Substring? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty else { return nil }
    text.removeFirst(digits.count)
    return digits
  }
}
