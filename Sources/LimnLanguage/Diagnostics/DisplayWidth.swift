/// How many columns a terminal gives to text.
public enum DisplayWidth {
  /// The columns of one character as a terminal shows it: 2 for CJK and emoji, 0 for a mark without a base.
  public static func of(_ character: Character) -> Int {
    var isEmoji = false
    var width = 0
    for scalar in character.unicodeScalars {
      if scalar.value == 0xFE0F { isEmoji = true }
      width = max(width, self.of(scalar))
    }
    return isEmoji ? 2 : width
  }

  /// The columns of a text.
  public static func of(_ text: some StringProtocol) -> Int {
    // ASCII has one column a character; a carriage return belongs to the line feed behind it.
    if text.utf8.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "\r") }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return scalar.value == 0xAD ? 0 : 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if scalar.properties.isEmojiPresentation { return 2 }
    return wideRanges.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  /// Blocks whose characters are wide or full-width in Unicode's EastAsianWidth.txt.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xA960...0xA97F,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1B000...0x1B2FF,
    0x20000...0x3FFFD,
  ]
}
