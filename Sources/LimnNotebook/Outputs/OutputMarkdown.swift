/// A cell's outputs as Markdown blocks, each with its line break.
enum OutputMarkdown {
  static func blocks(of outputs: CellOutputs, options: CellOptions) -> [String] {
    let items =
      options.hidesOutput ? outputs.items.filter { if case .error = $0 { true } else { false } } : outputs.items
    var blocks: [String] = []
    var text = ""
    func endText() {
      if !text.isEmpty { blocks.append(fence(text)) }
      text = ""
    }
    for item in items {
      switch item {
      case .text(let more):
        text += more
      case .progress(let bar):
        add(line: bar.summary, to: &text)
      case .error(let lines):
        add(line: lines, to: &text)
      case .picture(let picture):
        endText()
        let description =
          options.caption ?? picture.file.split(separator: "/").last.map { String($0.dropLast(4)) } ?? ""
        blocks.append("![\(escape(description))](\(picture.file))\n")
      }
    }
    endText()
    if !options.hidesOutput, let caption = options.caption, !blocks.isEmpty, !caption.isEmpty {
      blocks.append("*\(escape(caption))*\n")
    }
    return blocks
  }

  private static func add(line: String, to text: inout String) {
    if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
    text += line + "\n"
  }

  /// Text in an `output` fence that is longer than any run of backticks in the text.
  static func fence(_ text: String) -> String {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)output\n\(text)\(text.hasSuffix("\n") ? "" : "\n")\(fence)\n"
  }

  /// Text that Markdown shows as it is, on one line.
  private static func escape(_ text: String) -> String {
    var result = ""
    for character in text {
      if character.isNewline {
        result += " "
        continue
      }
      if let scalar = character.unicodeScalars.first, "\\`*_[]<>&#!~|".unicodeScalars.contains(scalar) {
        result += "\\"
      }
      result.append(character)
    }
    return result
  }
}
