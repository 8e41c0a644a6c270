import LimnLanguage

/// Makes cells of the fences of a notebook, and collects what is wrong with them.
struct CellBuilder {
  let source: Source
  private(set) var cells: [Cell] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// Who took an id, and where it was said.
  private var takenIDs: [String: (cell: Int, span: Span)] = [:]

  init(source: Source) { self.source = source }

  mutating func add(_ fence: MarkdownFence) {
    let isCell = isCell(fence)
    guard let closingLine = fence.closingLine else {
      reportUnclosed(fence, isCell: isCell)
      return
    }
    guard isCell else { return }
    let number = cells.count + 1
    let reader = CellOptionsReader(source: source, fence: fence)
    let (options, idSpan) = reader.read(reporting: &diagnostics)
    let id = options.id ?? "cell-\(number)"
    claim(id, cell: number, at: idSpan ?? span(of: fence.openingLine), isGiven: options.id != nil)
    cells.append(
      Cell(
        number: number, id: id, options: options,
        source: Source(
          name: source.name, text: fence.content(in: source.bytes), cell: Source.Cell(number: number, id: options.id)),
        range: fence.openingLine.lowerBound..<TextLines.afterBreak(closingLine.upperBound, in: source.bytes),
        line: source.line(at: fence.openingLine.lowerBound)))
  }

  private func isCell(_ fence: MarkdownFence) -> Bool {
    let word = source.bytes[fence.info].prefix { !$0.isSpaceOrTab }
    return word.elementsEqual("limn".utf8)
  }

  private func span(of line: Range<Int>) -> Span {
    let spaces = source.bytes[line].prefix { $0 == UInt8(ascii: " ") }.count
    return Span(line.lowerBound + spaces, line.upperBound)
  }

  private mutating func reportUnclosed(_ fence: MarkdownFence, isCell: Bool) {
    let marker = String(repeating: String(UnicodeScalar(fence.marker)), count: fence.length)
    diagnostics.append(
      Diagnostic(
        code: "unclosed-fence", message: isCell ? "this cell is not closed" : "this fence is not closed",
        primary: Diagnostic.Mark(
          source: source, span: span(of: fence.openingLine), label: "everything behind it would be code"),
        help: "write \(marker) on a line of its own where the code ends"))
  }

  private mutating func claim(_ id: String, cell: Int, at span: Span, isGiven: Bool) {
    guard let first = takenIDs[id] else {
      takenIDs[id] = (cell, span)
      return
    }
    diagnostics.append(
      Diagnostic(
        code: "duplicate-id",
        message: isGiven
          ? "cell \(cell) has the id `\(id)`, but that is cell \(first.cell)'s"
          : "cell \(cell) has no id, and `\(id)`, its name without one, is cell \(first.cell)'s id",
        primary: Diagnostic.Mark(source: source, span: span),
        secondary: [Diagnostic.Mark(source: source, span: first.span, label: "taken here")],
        help: "ids name the files of a cell's outputs: give each cell its own"))
  }
}
