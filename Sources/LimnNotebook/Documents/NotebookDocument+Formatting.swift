import LimnLanguage

extension NotebookDocument {
  /// The document with its code in the one style; of a notebook nothing but the code in its cells changes.
  ///
  /// Cells that are skipped stay as they are, and so do those that do not parse as their `expect-error` says.
  ///
  /// - Throws: `DiagnosticError` with the faults of every other cell that does not parse.
  public func formatted() throws -> [UInt8] {
    var texts: [Int: String] = [:]
    var diagnostics: [Diagnostic] = []
    for (index, cell) in cells.enumerated() where !cell.options.skip {
      do {
        texts[index] = try SourceFormatter.format(cell.source)
      } catch let error as DiagnosticError {
        let isExpected = cell.options.expectedError.map { expected in
          error.diagnostics.contains { $0.matches(expected) }
        }
        if isExpected != true { diagnostics += error.diagnostics }
      }
    }
    guard diagnostics.isEmpty else { throw DiagnosticError(diagnostics) }
    guard form == .notebook else { return mark + Array((texts[0] ?? source.text).utf8) }

    let result = replacing(texts)
    guard let changed = try? NotebookDocument(parsing: result, name: name), changed.hasCells(of: self, texts) else {
      throw SourceFormatter.fault(name, "have the same cells")
    }
    return result
  }

  /// The byte order mark, where the text begins with one.
  private var mark: [UInt8] { Array(bytes[..<NotebookText.startOfText(bytes)]) }

  private func hasCells(of other: NotebookDocument, _ texts: [Int: String]) -> Bool {
    cells.map(\.options) == other.cells.map(\.options)
      && cells.map(\.source.text) == other.cells.enumerated().map { texts[$0] ?? $1.source.text }
  }

  /// The text of a notebook with the code of some cells replaced; each line ends with a line feed.
  private func replacing(_ texts: [Int: String]) -> [UInt8] {
    var result: [UInt8] = []
    for segment in segments {
      switch segment {
      case .frontMatter(let range), .prose(let range): result += bytes[range]
      case .cell(let index, let range):
        guard let text = texts[index], text != cells[index].source.text else {
          result += bytes[range]
          continue
        }
        let place = codePlace(in: range)
        result += bytes[range.lowerBound..<place.code.lowerBound]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
          if !line.isEmpty { result += [UInt8](repeating: UInt8(ascii: " "), count: place.indentation) }
          result += Array(line.utf8) + place.lineBreak
        }
        result += bytes[place.code.upperBound..<range.upperBound]
      }
    }
    return result
  }

  /// Where the code of a cell stands in the text, and how its lines begin and end.
  private func codePlace(in range: Range<Int>) -> (code: Range<Int>, indentation: Int, lineBreak: [UInt8]) {
    var lines = TextLines(bytes, from: range.lowerBound)
    let opening = lines.next() ?? range
    let start = lines.position
    // The last line is the closing fence.
    var closing = start
    while lines.next() != nil, lines.position < range.upperBound { closing = lines.position }
    return (
      start..<closing, bytes[opening].prefix { $0 == UInt8(ascii: " ") }.count,
      Array(bytes[opening.upperBound..<TextLines.afterBreak(opening.upperBound, in: bytes)])
    )
  }
}
