import LimnLanguage

extension Error {
  /// The error as a user reads it: what the interpreter threw, or an error of the engine outside of any program.
  public var diagnostics: [Diagnostic] {
    switch self {
    case let error as DiagnosticError: error.diagnostics
    case let fault as Fault: [fault.diagnostic]
    case let error as any FaultConvertible: [error.fault.diagnostic]
    default: [Diagnostic(code: "error", message: "\(self)")]
    }
  }

  /// Whether it says that the user, or whoever sent the signal, stopped what ran.
  public var isInterruption: Bool { diagnostics.first?.code == "interrupted" }
}

extension Fault {
  fileprivate var diagnostic: Diagnostic {
    Diagnostic(
      code: code, message: message, primary: primary, secondary: secondary, notes: notes, help: help, trace: trace)
  }
}
