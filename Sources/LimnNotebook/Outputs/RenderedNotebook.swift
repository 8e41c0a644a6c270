/// A notebook with its outputs, as Markdown.
///
/// The text of the notebook stays as it is, byte for byte, but for the line `executed: true` in its front matter and
/// for code that a cell hides. Behind each cell come its outputs: text in fences, pictures as links, and its caption.
struct RenderedNotebook {
  private let document: NotebookDocument
  private let outputs: [CellOutputs]
  private var result: [UInt8] = []

  private init(_ document: NotebookDocument, _ outputs: [CellOutputs]) {
    self.document = document
    self.outputs = outputs
  }

  /// - Parameter outputs: Those of each cell, in order.
  static func bytes(of document: NotebookDocument, outputs: [CellOutputs]) -> [UInt8] {
    var rendered = RenderedNotebook(document, outputs)
    rendered.render()
    return rendered.result
  }

  private mutating func render() {
    result = ExecutedFrontMatter.head(of: document)
    for segment in document.segments {
      switch segment {
      case .frontMatter: break
      case .prose(let range): add(prose: range)
      case .cell(let index, let range): add(cell: index, range)
      }
    }
  }

  private mutating func add(prose range: Range<Int>) {
    // A byte order mark stands before the front matter, where the head has put it.
    let start = range.lowerBound == 0 ? NotebookText.startOfText(document.bytes) : range.lowerBound
    if let first = document.bytes[max(start, range.lowerBound)..<range.upperBound].first, !first.isLineBreak {
      separateFromOutput()
    }
    result += document.bytes[start..<range.upperBound]
    endsInOutput = false
  }

  /// The text so far ends in an output, which wants a blank line behind it.
  private var endsInOutput = false

  private mutating func separateFromOutput() {
    if endsInOutput { result.append(UInt8(ascii: "\n")) }
  }

  private mutating func add(cell index: Int, _ range: Range<Int>) {
    let cell = document.cells[index]
    if !cell.options.hidesCode {
      separateFromOutput()
      result += document.bytes[range]
      if result.last?.isLineBreak == false { result.append(UInt8(ascii: "\n")) }
      endsInOutput = false
    }
    guard index < outputs.count else { return }
    let blocks = OutputMarkdown.blocks(of: outputs[index], options: cell.options)
    for block in blocks {
      if result.last != nil, !endsInBlankLine { result.append(UInt8(ascii: "\n")) }
      result += Array(block.utf8)
      endsInOutput = true
    }
  }

  private var endsInBlankLine: Bool { result.suffix(2).elementsEqual("\n\n".utf8) }
}

extension UInt8 {
  var isLineBreak: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
}
