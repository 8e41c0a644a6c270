import LimnLanguage

extension DisplayWidth {
  /// The text, cut to a number of columns.
  static func cut(_ text: String, to limit: Int) -> String {
    guard of(text) > limit else { return text }
    var used = 0
    return String(text.prefix { character in
      used += of(character)
      return used <= limit
    })
  }
}
