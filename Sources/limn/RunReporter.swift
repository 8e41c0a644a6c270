import LimnLanguage
import LimnNotebook

/// Where the events of `limn run` go: to people, or as JSON lines to a script.
struct RunReporter {
  private let console: ConsoleReport?
  private let json: JSONReport?

  init(isQuiet: Bool, isJSON: Bool, isScript: Bool) {
    let start = ContinuousClock.now
    let now = {
      let elapsed = (ContinuousClock.now - start).components
      return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
    }
    if isJSON {
      json = JSONReport(output: { StandardStream.output.write($0) }, now: now)
      console = nil
      return
    }
    var style = ConsoleReport.Style()
    style.isTerminal = StandardStream.errors.isTerminal
    style.usesColor = StandardStream.errors.usesColor
    style.unicode = !style.isTerminal || StandardStream.isUnicode
    style.isQuiet = isQuiet
    style.form = isScript ? .script : .notebook
    json = nil
    console = ConsoleReport(
      style, width: { StandardStream.errors.isTerminal ? StandardStream.errors.width : 100 }, output: { StandardStream.output.write($0) },
      errors: { StandardStream.errors.write($0) }, now: now)
  }

  func follow(_ event: RunEvent) {
    console?.follow(event)
    json?.follow(event)
  }

  /// Tells of what ended the command outside of any cell.
  func tell(_ diagnostics: [Diagnostic], exitCode: Int32) {
    console?.tell(diagnostics)
    json?.tell(diagnostics, exitCode: exitCode)
  }
}
