/// One error as a user reads it, in the one form that every front end prints.
///
/// The parser and the resolver make diagnostics directly; a `Fault` at run time becomes one when it leaves the
/// interpreter.
public struct Diagnostic: Sendable {
  public enum Severity: String, Sendable { case error, warning }

  public var severity: Severity
  /// The stable code in brackets: `shape-mismatch`, `unknown-name`.
  public var code: String
  public var message: String
  /// The smallest text that is wrong.
  public var primary: Mark?
  /// Where the cause lies, when that is elsewhere.
  public var secondary: [Mark]
  /// Lines after `=`.
  public var notes: [String]
  /// What to type.
  public var help: String?
  /// The calls that led here, innermost first, in the user's frames.
  public var trace: [TraceFrame]

  /// A span of a source and what to say beside its carets.
  public struct Mark: Sendable {
    public var source: Source
    public var span: Span
    public var label: String

    public init(source: Source, span: Span, label: String = "") {
      self.source = source
      self.span = span
      self.label = label
    }
  }

  public init(
    severity: Severity = .error, code: String, message: String, primary: Mark? = nil, secondary: [Mark] = [],
    notes: [String] = [], help: String? = nil, trace: [TraceFrame] = []
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.primary = primary
    self.secondary = secondary
    self.notes = notes
    self.help = help
    self.trace = trace
  }
}

/// One call in a trace.
public struct TraceFrame: Sendable {
  /// The function's name as the user wrote it; nil at a unit's top level.
  public var function: String?
  public var source: Source
  public var span: Span

  public init(function: String?, source: Source, span: Span) {
    self.function = function
    self.source = source
    self.span = span
  }
}

/// What a unit's failure throws: its diagnostics, at least one.
public struct DiagnosticError: Error {
  public var diagnostics: [Diagnostic]

  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}
