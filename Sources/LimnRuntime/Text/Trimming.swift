extension StringProtocol {
  /// The text without the blanks and tabs around it; line breaks stay.
  package var withoutBlanksAround: String {
    func isBlank(_ character: Character) -> Bool { character.isWhitespace && !character.isNewline }
    guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(self[first...last])
  }
}
