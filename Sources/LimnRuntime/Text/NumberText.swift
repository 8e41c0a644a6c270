import Glibc

/// Numbers as C's `printf` writes them.
enum NumberText {
  /// With so many digits, from 0 to 17, behind the point: `3.14`.
  static func fixed(_ number: Double, digits: Int) -> String { printed("%.*f", [Int32(digits), number]) }

  /// With so many significant digits, from 0 to 17, where they say something: `3.14`, `3e+20`.
  static func general(_ number: Double, digits: Int) -> String { printed("%.*g", [Int32(digits), number]) }

  /// An int that is not negative, with zeros before it up to a width: `07`.
  static func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  private static func printed(_ format: String, _ arguments: [any CVarArg]) -> String {
    // The largest double has 309 digits before the point.
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 340) { buffer in
      let count = withVaList(arguments) { vsnprintf(buffer.baseAddress, buffer.count, format, $0) }
      return String(decoding: buffer.prefix(max(0, Int(count))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}
