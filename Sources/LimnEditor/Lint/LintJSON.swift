import FoundationEssentials
import LimnLanguage
import LimnNotebook
import LimnRuntime

/// A diagnostic as one JSON object, which takes one line.
///
/// `severity` ("error" or "warning"), `code`, and `message` are always there. `file`, `line`, `column`, `end_line`, and
/// `end_column` say where: lines and columns count from 1 in the file, columns in Unicode code points, and the end is
/// behind the last character that is marked. `cell` is the number of the notebook's cell. `label` is the text beside
/// the mark, `notes` a list of sentences, `help` what to type. What a diagnostic does not have is left out.
public struct LintJSON: Encodable {
  private var severity: String
  private var code: String
  private var message: String
  private var file: String
  private var line: Int?
  private var column: Int?
  private var endLine: Int?
  private var endColumn: Int?
  private var cell: Int?
  private var label: String?
  private var notes: [String]
  private var help: String?

  private enum CodingKeys: String, CodingKey {
    case severity, code, message, file, line, column, cell, label, notes, help
    case endLine = "end_line"
    case endColumn = "end_column"
  }

  /// - Parameter path: What the file is called in the object.
  public static func lines(_ diagnostics: [Diagnostic], of document: NotebookDocument?, path: String) -> [String] {
    let open = document.map(OpenDocument.init)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return diagnostics.compactMap { diagnostic in
      let object = LintJSON(diagnostic, open, path: path)
      return (try? encoder.encode(object)).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// The diagnostics that are none of those that were told before: an imported file's fault is found by each importer, and
  /// by the file itself.
  ///
  /// - Parameters:
  ///   - path: What the file is called.
  ///   - told: What has been told of other files; what is new is added.
  public static func fresh(
    _ diagnostics: [Diagnostic], of document: NotebookDocument?, path: String, told: inout Set<ToldFault>
  ) -> [Diagnostic] {
    let open = document.map(OpenDocument.init)
    return diagnostics.filter { diagnostic in
      let object = LintJSON(diagnostic, open, path: path)
      guard let line = object.line, let column = object.column else { return true }
      let place = [line, column, object.endLine ?? line, object.endColumn ?? column]
      return told.insert(
        ToldFault(code: object.code, message: object.message, file: FilePath.normalized(object.file), place: place)
      ).inserted
    }
  }

  /// A fault that has been told, and where it stands.
  public struct ToldFault: Hashable {
    let code: String
    let message: String
    let file: String
    let place: [Int]
  }

  private init(_ diagnostic: Diagnostic, _ document: OpenDocument?, path: String) {
    severity = diagnostic.severity.rawValue
    code = diagnostic.code
    message = diagnostic.message
    notes = diagnostic.notes
    help = diagnostic.help
    file = path
    guard let mark = diagnostic.primary else { return }
    label = mark.label.isEmpty ? nil : mark.label
    cell = mark.source.cell?.number
    // A fault in an imported file stands there.
    let range: TextRange
    if let own = document?.range(of: mark.span, in: mark.source, .utf32) {
      range = own
    } else {
      range = mark.source.range(of: mark.span, .utf32)
      if let document, mark.source.name != document.text.name {
        let folder = FilePath(path).parent
        file = folder == "." ? mark.source.name : folder + "/" + mark.source.name
      }
    }
    (line, column) = (range.start.line + 1, range.start.column + 1)
    (endLine, endColumn) = (range.end.line + 1, range.end.column + 1)
  }
}
