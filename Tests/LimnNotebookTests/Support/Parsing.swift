import LimnLanguage
import Testing

@testable import LimnNotebook

/// A notebook from its text; the name is `test.md`.
func notebook(_ text: String) throws -> NotebookDocument {
  try NotebookDocument(parsing: Array(text.utf8), name: "test.md")
}

/// The diagnostics that reading a notebook ends in; none when it can be read.
func faults(_ text: String) -> [Diagnostic] { faults { _ = try notebook(text) } }

/// The diagnostics that something throws, as a fault of a text or as wrong usage.
func faults(_ body: () throws -> Void) -> [Diagnostic] {
  do {
    try body()
    return []
  } catch let error as DiagnosticError {
    return error.diagnostics
  } catch let error as UsageError {
    return error.diagnostics
  } catch {
    Issue.record("another error: \(error)")
    return []
  }
}

extension Diagnostic {
  /// The text under the carets, and its line.
  var marked: String? { primary.map { $0.source.text(of: $0.span) } }
  var line: Int? { primary.map { $0.source.line(at: $0.span.start) } }
}
