/// Takes the prompts off lines that were copied from a session and pasted into one.
enum PastedPrompts {
  /// The text without `> ` and `... ` before its lines, when its first line has a prompt; outputs between them are
  /// dropped.
  static func stripped(from text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.first, first.hasPrefix("> ") else { return text }
    return lines.compactMap { line -> Substring? in
      if line.hasPrefix("> ") { return line.dropFirst(2) }
      if line.hasPrefix("... ") { return line.dropFirst(4) }
      if line == "..." { return "" }
      return nil
    }.joined(separator: "\n")
  }
}
