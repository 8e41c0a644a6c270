import Testing

/// A program and the text of its result, or the code of its error.
struct ProgramCase: Sendable, CustomTestStringConvertible {
  var program: String
  var expected: String

  init(_ program: String, _ expected: String) {
    self.program = program
    self.expected = expected
  }

  var testDescription: String { program.split(separator: "\n").joined(separator: "; ") }

  /// Runs it in a new session, with modules imported.
  func check(importing modules: String..., sourceLocation: SourceLocation = #_sourceLocation) throws {
    let session = try TestSession()
    try session.run(modules.map { "import \($0)\n" }.joined())
    let result: String
    do { result = try session.repr(of: program) } catch { result = error.diagnostics.first?.code ?? "\(error)" }
    #expect(result == expected, sourceLocation: sourceLocation)
  }
}
