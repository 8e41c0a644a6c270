import LimnLanguage
import LimnNotebook

/// Finds what is wrong or suspicious in a document without running it.
///
///     let linter = Linter(try NotebookDocument(contentsOf: "a.limn"), folder: ".")
///     print(DiagnosticRenderer().render(linter.diagnostics))
///
/// Errors are those that a run would report before anything runs; warnings are this linter's own, and each is about
/// code that does nothing, or the same always. A name that begins with `_` is never reported as unused.
public struct Linter {
  /// In the order of the text.
  public let diagnostics: [Diagnostic]

  public init(_ document: NotebookDocument, folder: String) {
    self.init(DocumentAnalysis(OpenDocument(document), folder: ImportFolder(path: folder)))
  }

  init(_ analysis: DocumentAnalysis) {
    let document = analysis.document
    var found = document.faults.map { (cell: 0, diagnostic: $0) }
    for (cell, unit) in zip(document.cells, analysis.units) {
      var errors = unit.syntaxFaults + unit.nameFaults
      if let expected = cell.options.expectedError, errors.contains(where: { $0.matches(expected) }) { errors = [] }
      found += errors.map { (cell.number, $0) }
    }
    // What cannot be read may use any name, and may end a block anywhere.
    if analysis.units.allSatisfy(\.syntaxFaults.isEmpty) {
      for (cell, unit) in zip(document.cells, analysis.units) {
        found += StatementRules.check(unit.unit).map { (cell.number, $0) }
      }
      found += NameRules(analysis).diagnostics.map { ($0.primary?.source.cell?.number ?? 1, $0) }
    }
    let keyed = found.enumerated().map { (cell: $1.cell, start: $1.diagnostic.primary?.span.start ?? 0, index: $0) }
    diagnostics = keyed.sorted { ($0.cell, $0.start, $0.index) < ($1.cell, $1.start, $1.index) }
      .map { found[$0.index].diagnostic }
  }
}

/// The codes of warnings.
enum LintCode: String, CaseIterable {
  case unusedName = "unused-name"
  case unusedImport = "unused-import"
  case unusedResult = "unused-result"
  case unreachableCode = "unreachable-code"
  case selfAssignment = "self-assignment"
  case sameOperands = "same-operands"
  case duplicateTest = "duplicate-test"

  func warning(
    _ message: String, _ source: Source, _ span: Span, label: String = "",
    secondary: [Diagnostic.Mark] = [], help: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      severity: .warning, code: rawValue, message: message,
      primary: Diagnostic.Mark(source: source, span: span, label: label), secondary: secondary, help: help)
  }
}
