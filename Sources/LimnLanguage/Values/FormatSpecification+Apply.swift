#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension FormatSpecification {
  /// The text of a value in this format, as Python writes it. `text` gives the text of what is not a number.
  ///
  /// Throws a `Fault` that marks operand 0 when the value is not what the format is for.
  func apply(to value: Value, text: (Value) throws -> String) throws -> String {
    switch conversion {
    case .decimal, .hexadecimal:
      guard let int = try ValueType.int.converting(value)?.asInt else { throw mismatch(value, "an int") }
      let digits = String(int.magnitude, radix: conversion == .decimal ? 10 : 16)
      return padded(int < 0 ? "-\(digits)" : digits, isNumber: true)
    case .fixed, .exponent, .general, .percent:
      guard let float = try ValueType.float.converting(value)?.asFloat else { throw mismatch(value, "a number") }
      return padded(number(float), isNumber: true)
    case nil:
      if precision != nil, case .float(let float) = value { return padded(number(float), isNumber: true) }
      let isNumber = value.asFloat != nil
      let full = try text(value)
      return padded(isNumber ? full : precision.map { String(full.prefix($0)) } ?? full, isNumber: isNumber)
    }
  }

  private func mismatch(_ value: Value, _ wanted: String) -> Fault {
    let type = ValueText.withArticle(value.typeName)
    let letter = conversion.map { String($0.rawValue) } ?? ""
    return Fault(
      "type-mismatch", "the format `\(letter)` is for \(wanted), not for \(type)",
      labels: [Fault.Label(.argument(0), "this is \(type)")])
  }

  /// A float's digits, without padding.
  private func number(_ value: Double) -> String {
    if value.isNaN || value.isInfinite {
      return ValueText.float(value) + (conversion == .percent ? "%" : "")
    }
    let digits = precision ?? 6
    switch conversion {
    case .exponent: return FormatSpecification.printf("%.*e", digits, value)
    case .percent: return FormatSpecification.printf("%.*f", digits, value * 100) + "%"
    case .fixed: return FormatSpecification.printf("%.*f", digits, value)
    default: return FormatSpecification.printf("%.*g", max(1, digits), value)
    }
  }

  private static func printf(_ format: String, _ precision: Int, _ value: Double) -> String {
    withVaList([Int32(clamping: precision), value]) { arguments in
      // The largest double has 309 digits before the point.
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400 + FormatSpecification.maximumSize) { buffer in
        guard let start = buffer.baseAddress else { return "" }
        let count = vsnprintf(start, buffer.count, format, arguments)
        let written = max(0, min(Int(count), buffer.count - 1))
        return String(decoding: UnsafeRawBufferPointer(start: start, count: written), as: UTF8.self)
      }
    }
  }

  /// The text at its place in the width; zeros go between the sign and the digits.
  private func padded(_ text: String, isNumber: Bool) -> String {
    guard let width, text.count < width else { return text }
    let missing = width - text.count
    if padsWithZeros, isNumber, alignment == nil {
      let sign = text.hasPrefix("-") ? "-" : ""
      return sign + String(repeating: "0", count: missing) + text.dropFirst(sign.count)
    }
    let fill = padsWithZeros && isNumber ? "0" : " "
    let left: Int
    switch alignment ?? (isNumber ? .right : .left) {
    case .left: left = 0
    case .right: left = missing
    case .center: left = missing / 2
    }
    return String(repeating: fill, count: left) + text + String(repeating: fill, count: missing - left)
  }
}
