import LimnLanguage

/// A request that cannot be met as it stands: a file that cannot be read, a parameter that the notebook does not have.
///
/// The command ends with exit code 2, where a fault in a notebook's own text ends it with 1.
public struct UsageError: Error {
  public var diagnostics: [Diagnostic]

  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  init(_ code: String, _ message: String, mark: Diagnostic.Mark? = nil, notes: [String] = [], help: String? = nil) {
    diagnostics = [Diagnostic(code: code, message: message, primary: mark, notes: notes, help: help)]
  }
}

/// A picture may be shown where it cannot be saved: then the cell's error is this one.
extension UsageError: FaultConvertible {
  public var fault: Fault {
    let first = diagnostics.first
    return Fault(first?.code ?? "error", first?.message ?? "", notes: first?.notes ?? [], help: first?.help)
  }
}
