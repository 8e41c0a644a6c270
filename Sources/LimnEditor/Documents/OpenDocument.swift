import FoundationEssentials
import LimnLanguage
import LimnNotebook
import LimnStandardLibrary

/// A text in an editor, read as far as it can be: a notebook's cells, or a script, which is one cell.
///
/// Places in a cell's source and in the file are turned into one another here.
final class OpenDocument {
  /// The whole text.
  let text: Source
  /// The notebook or script; nil when the text cannot be read as one.
  let document: NotebookDocument?
  /// What is wrong with front matter, fences, and options.
  let faults: [Diagnostic]
  /// The cells that are checked.
  let cells: [Cell]

  /// - Parameter name: The file's name; one that ends in `.md` is a notebook.
  convenience init(name: String, text: String) {
    let isNotebook = [".md", ".markdown"].contains(where: name.lowercased().hasSuffix)
    var document: NotebookDocument?
    var faults: [Diagnostic] = []
    do {
      document =
        isNotebook
        ? try NotebookDocument(parsing: Array(text.utf8), name: name)
        : try NotebookDocument(script: Array(text.utf8), name: name)
    } catch let error as UsageError {
      // An empty file is no fault while somebody writes it.
      faults = error.diagnostics.filter { $0.code != "empty-notebook" }
    } catch let error as DiagnosticError {
      faults = error.diagnostics
    } catch {
      faults = [Diagnostic(code: "error", message: "\(error)")]
    }
    self.init(Source(name: name, text: text), document, faults)
  }

  /// A document that was read without faults.
  convenience init(_ document: NotebookDocument) {
    self.init(Source(name: document.name, text: String(decoding: document.bytes, as: UTF8.self)), document, [])
  }

  /// The module of the standard library that this is, whose text sees what the module has natively: it has the module's
  /// text, or its name in a folder `stdlib`, where the text may be another one than that of this binary.
  ///
  /// - Parameter folder: The folder that holds the file.
  func libraryModule(in folder: String) -> String? {
    let file = text.name.split(separator: "/").last ?? ""
    guard file.hasSuffix(".limn") else { return nil }
    let name = String(file.dropLast(5))
    guard let module = StandardLibrary.modules[name] else { return nil }
    let isInLibrary = URL(filePath: folder).standardizedFileURL.lastPathComponent == "stdlib"
    return isInLibrary || text.text == module ? name : nil
  }

  private init(_ text: Source, _ document: NotebookDocument?, _ faults: [Diagnostic]) {
    self.text = text
    self.document = document
    self.faults = faults
    cells = document?.cells.filter { !$0.options.skip } ?? []
  }

  // MARK: Places

  /// The file's bytes at which a span of a cell, or of the whole text, stands; nil for another file's.
  func span(of span: Span, in source: Source) -> Span? {
    if source === text { return span }
    guard let cell = cells.first(where: { $0.source === source }) else {
      // Faults of front matter, fences, and options are marked in a source of their own, of the same text.
      return source.cell == nil && source.bytes == text.bytes ? span : nil
    }
    return Span(offset(of: span.start, in: cell), offset(of: span.end, in: cell))
  }

  func range(of span: Span, in source: Source, _ encoding: PositionEncoding) -> TextRange? {
    self.span(of: span, in: source).map { text.range(of: $0, encoding) }
  }

  /// The cell in whose code a byte of the file stands, and where; nil in prose.
  func place(at offset: Int) -> (cell: Cell, offset: Int)? {
    let line = text.line(at: offset)
    for cell in cells {
      let first = firstLine(of: cell)
      guard line >= first, line < first + cell.source.lineCount else { continue }
      let content = cell.source.lineBytes(line - first + 1)
      let whole = text.lineBytes(line)
      let column = offset - whole.startIndex - removed(whole, content)
      return (cell, content.startIndex + min(max(column, 0), content.count))
    }
    return nil
  }

  /// The line of the file that holds a cell's first line of code.
  private func firstLine(of cell: Cell) -> Int { document?.form == .script ? 1 : cell.line + 1 }

  private func offset(of offset: Int, in cell: Cell) -> Int {
    let line = cell.source.line(at: offset)
    let content = cell.source.lineBytes(line)
    let number = firstLine(of: cell) + line - 1
    guard number <= text.lineCount else { return text.bytes.count }
    let whole = text.lineBytes(number)
    return whole.startIndex + max(0, removed(whole, content)) + min(offset, content.endIndex) - content.startIndex
  }

  /// How many bytes of a line are the fence's indentation, or a byte order mark.
  private func removed(_ whole: ArraySlice<UInt8>, _ content: ArraySlice<UInt8>) -> Int { whole.count - content.count }
}
