/// The front matter of a rendered notebook: the notebook's own, with `executed: true`.
enum ExecutedFrontMatter {
  /// The bytes up to the end of the front matter, which is added where there is none.
  static func head(of document: NotebookDocument) -> [UInt8] {
    let mark = Array(document.bytes.prefix(NotebookText.startOfText(document.bytes)))
    for case .frontMatter(let range) in document.segments {
      return mark + marked(document, range)
    }
    return mark + Array("---\nexecuted: true\n---\n".utf8)
  }

  private static func marked(_ document: NotebookDocument, _ range: Range<Int>) -> [UInt8] {
    let bytes = document.bytes
    // Neither can fail: the document was parsed by the same steps.
    guard let block = try? FrontMatterBlock.find(in: document.source, from: range.lowerBound),
      let map = try? YAMLMap(block.yaml, code: "", subject: "")
    else { return Array(bytes[range]) }
    let lineBreak = Array(
      bytes[block.openingLine.upperBound..<TextLines.afterBreak(block.openingLine.upperBound, in: bytes)])

    if let entry = map["executed"] {
      return bytes[range.lowerBound..<entry.valueSpan.start] + Array("true".utf8)
        + bytes[entry.valueSpan.end..<range.upperBound]
    }
    if map.isFlow {
      guard let first = map.entries.first else {
        return replacing(block, by: Array("executed: true".utf8) + lineBreak, in: bytes, range)
      }
      let start = first.keySpan.start
      return bytes[range.lowerBound..<start] + Array("executed: true, ".utf8) + bytes[start..<range.upperBound]
    }
    let indentation = Array(repeating: UInt8(ascii: " "), count: max(0, map.column - 1))
    let line = indentation + Array("executed: true".utf8) + lineBreak
    return bytes[range.lowerBound..<block.closingLine.lowerBound] + line
      + bytes[block.closingLine.lowerBound..<range.upperBound]
  }

  /// The block with other content, between its own lines.
  private static func replacing(
    _ block: FrontMatterBlock, by content: [UInt8], in bytes: [UInt8], _ range: Range<Int>
  ) -> [UInt8] {
    let contentStart = TextLines.afterBreak(block.openingLine.upperBound, in: bytes)
    return bytes[range.lowerBound..<contentStart] + content + bytes[block.closingLine.lowerBound..<range.upperBound]
  }
}
