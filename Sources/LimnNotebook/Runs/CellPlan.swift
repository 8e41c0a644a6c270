import LimnLanguage

/// What is to be done with one cell, decided before any cell runs.
enum CellPlan {
  case run(CompiledUnit)
  /// Its `skip` option says so: it was neither parsed nor resolved.
  case skip
  /// It does not parse or resolve, just as its `expect-error` says.
  case failed(DiagnosticError)

  /// Parses and resolves the cells in order, each seeing the names of those before it.
  ///
  /// A cell that must fail may do so here already; the other cells then go on without the names that it would have
  /// declared.
  ///
  /// - Throws: `DiagnosticError` with every error of every cell that was not expected.
  static func make(_ document: NotebookDocument, _ interpreter: Interpreter) throws -> [CellPlan] {
    var failures: [Int: DiagnosticError] = [:]
    while true {
      let indices = document.cells.indices.filter { !document.cells[$0].options.skip && failures[$0] == nil }
      do {
        let units = try interpreter.compile(indices.map { document.cells[$0].source })
        let compiled = Dictionary(uniqueKeysWithValues: zip(indices, units))
        return document.cells.indices.map { index in
          if let failure = failures[index] { return .failed(failure) }
          return compiled[index].map(CellPlan.run) ?? .skip
        }
      } catch let error as DiagnosticError {
        let expected = indices.compactMap { index in
          expectedFailure(of: document.cells[index], in: error).map { (index, $0) }
        }
        guard !expected.isEmpty else { throw error }
        for (index, failure) in expected { failures[index] = failure }
      }
    }
  }

  /// The cell's own errors, when one of them is what its `expect-error` asks for.
  private static func expectedFailure(of cell: Cell, in error: DiagnosticError) -> DiagnosticError? {
    guard let expected = cell.options.expectedError else { return nil }
    let own = error.diagnostics.filter { $0.primary?.source === cell.source }
    return own.contains { $0.matches(expected) } ? DiagnosticError(own) : nil
  }
}

extension Diagnostic {
  /// Whether this is the error that an `expect-error` option names, by its code or by text in its message.
  package func matches(_ expected: String) -> Bool { code == expected || message.contains(expected) }
}
