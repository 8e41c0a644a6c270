import LimnLanguage
import LimnRuntime

extension NotebookRun {
  /// Runs one cell, reports on it, and saves.
  func run(_ step: CellPlan, _ index: Int) throws {
    let cell = document.cells[index]
    let place = CellPlace(number: cell.number, count: document.cells.count, id: cell.id)
    state.begin(index)
    report(.cellStarted(place))

    let clock = ContinuousClock()
    let start = clock.now
    let (status, diagnostics) = perform(step, cell, index)
    let seconds = (clock.now - start).seconds

    state.cells[index].status = status
    state.cells[index].seconds = seconds
    if let first = diagnostics.first {
      state.cells[index].error = CellRecord.ErrorRecord(code: first.code, message: first.message)
    }
    state.cells[index].memory = RunEnvironment.memory
    try save()
    report(.cellFinished(CellReport(place: place, status: status, seconds: seconds, diagnostics: diagnostics)))
  }

  /// Does what the plan says, and judges how it went.
  private func perform(_ step: CellPlan, _ cell: Cell, _ index: Int) -> (CellStatus, [Diagnostic]) {
    let failure: DiagnosticError
    switch step {
    case .skip:
      return (.skipped, [])
    case .failed(let error):
      failure = error
    case .run(let unit):
      do {
        try execute(unit, cell)
        guard let expected = cell.options.expectedError else { return (.succeeded, []) }
        failure = DiagnosticError([unmetExpectation(of: cell, expected)])
        state.outputs[index].add(error: render(failure))
        return (.failed, failure.diagnostics)
      } catch {
        failure = DiagnosticError(error.diagnostics)
      }
    }
    let status = status(of: failure, cell)
    if status == .failedAsExpected {
      state.outputs[index].add(lines: render(failure))
    } else {
      state.outputs[index].add(error: render(failure))
    }
    return (status, failure.diagnostics)
  }

  private func execute(_ unit: CompiledUnit, _ cell: Cell) throws {
    let timeout = cell.options.timeout ?? options.timeout
    session.interpreter.setDeadline(after: timeout.map { .seconds($0) })
    defer { session.interpreter.setDeadline(after: nil) }
    let value = try session.interpreter.run(unit)
    guard document.form == .notebook, !unit.isQuiet, !value.isNil else { return }
    switch try session.presentation(of: value) {
    case .text(let text):
      state.outputs[state.current].add(lines: text)
      report(.result(text))
    case .picture(let image):
      try add(image, id: nil)
    }
  }

  private func status(of failure: DiagnosticError, _ cell: Cell) -> CellStatus {
    switch failure.diagnostics.first?.code {
    case "interrupted": return .interrupted
    case "deadline-exceeded": return .timedOut
    default:
      guard let expected = cell.options.expectedError else { return .failed }
      return failure.diagnostics.contains { $0.matches(expected) } ? .failedAsExpected : .failed
    }
  }

  private func unmetExpectation(of cell: Cell, _ expected: String) -> Diagnostic {
    Diagnostic(
      code: "expected-error", message: "cell \(cell.number) was to fail with `\(expected)`, but it did not fail",
      help: "remove `expect-error`, or mend the cell so that it shows the error")
  }

  private func render(_ failure: DiagnosticError) -> String {
    DiagnosticRenderer().render(failure.diagnostics)
  }
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
