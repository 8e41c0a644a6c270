import LimnLanguage

/// A notebook or a script as its file holds it: front matter, prose, and cells.
///
///     let document = try NotebookDocument(parsing: bytes, name: "dcgan.md")
///     for cell in document.cells { print(cell.id, cell.source.text) }
///
/// The document keeps every byte: `bytes` is what was read, and the ranges of its segments tile it.
public struct NotebookDocument: Sendable {
  /// What the file is.
  public enum Form: Sendable {
    /// Markdown with cells in fences.
    case notebook
    /// Code; one cell.
    case script
  }

  /// A piece of the text, in order; together they cover it without a gap.
  public enum Segment: Sendable, Hashable {
    /// From the opening `---` through the closing one.
    case frontMatter(Range<Int>)
    case prose(Range<Int>)
    /// A cell with its fence; the index counts in `cells`.
    case cell(Int, Range<Int>)
  }

  public let form: Form
  /// The file's name, without its folder.
  public let name: String
  public let bytes: [UInt8]
  /// The whole text, in which faults of front matter, fences, and options are marked.
  public let source: Source
  public let frontMatter: FrontMatter
  public let cells: [Cell]
  public let segments: [Segment]

  /// Reads a notebook from the bytes of a Markdown file.
  ///
  /// - Throws: `DiagnosticError` with one diagnostic for each fault in its front matter, fences, and options;
  ///   `UsageError` for a text that is empty, is not UTF-8, or holds a NUL.
  public init(parsing bytes: [UInt8], name: String) throws {
    let text = try NotebookText.validated(bytes, name: name)
    let source = Source(name: name, text: text)
    let start = NotebookText.startOfText(bytes)
    var diagnostics: [Diagnostic] = []

    let block = try FrontMatterBlock.find(in: source, from: start)
    var frontMatter = FrontMatter()
    if let block {
      do {
        frontMatter = try FrontMatter(parsing: block.yaml)
      } catch let error as DiagnosticError {
        diagnostics += error.diagnostics
      }
    }
    var builder = CellBuilder(source: source)
    for fence in MarkdownScanner.fences(in: bytes, from: block?.range.upperBound ?? start) { builder.add(fence) }
    diagnostics += builder.diagnostics
    guard diagnostics.isEmpty else { throw DiagnosticError(diagnostics) }

    form = .notebook
    self.name = name
    self.bytes = bytes
    self.source = source
    self.frontMatter = frontMatter
    cells = builder.cells
    segments = NotebookDocument.segments(of: bytes, frontMatter: block?.range, cells: builder.cells)
  }

  /// Reads a script: the whole text is its one cell.
  ///
  /// - Throws: `UsageError` for a text that is not UTF-8 or holds a NUL.
  public init(script bytes: [UInt8], name: String) throws {
    _ = try NotebookText.validated(bytes, name: name, allowingEmpty: true)
    form = .script
    self.name = name
    self.bytes = bytes
    source = Source(name: name, text: String(decoding: bytes[NotebookText.startOfText(bytes)...], as: UTF8.self))
    frontMatter = FrontMatter()
    cells = [
      Cell(number: 1, id: "cell-1", options: CellOptions(), source: source, range: 0..<bytes.count, line: 1)
    ]
    segments = bytes.isEmpty ? [] : [.cell(0, 0..<bytes.count)]
  }

  private static func segments(of bytes: [UInt8], frontMatter: Range<Int>?, cells: [Cell]) -> [Segment] {
    var segments: [Segment] = []
    var position = 0
    func addProse(until end: Int) {
      if end > position { segments.append(.prose(position..<end)) }
    }
    if let frontMatter {
      addProse(until: frontMatter.lowerBound)
      segments.append(.frontMatter(frontMatter))
      position = frontMatter.upperBound
    }
    for (index, cell) in cells.enumerated() {
      addProse(until: cell.range.lowerBound)
      segments.append(.cell(index, cell.range))
      position = cell.range.upperBound
    }
    addProse(until: bytes.count)
    return segments
  }
}
