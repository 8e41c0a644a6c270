import LimnLanguage
import LimnRuntime

/// A run as the command line tells it: printed text on standard output as it comes; errors, progress, and a line for
/// each cell with its time on standard error.
///
///     let console = ConsoleReport(style, output: ..., errors: ..., now: ...)
///     let run = try NotebookRun(document, options, report: console.follow)
public final class ConsoleReport {
  /// What standard error can show, and what is wanted of it.
  public struct Style: Sendable {
    /// It is a terminal, where bars are drawn in place; else progress comes in whole lines, at intervals.
    public var isTerminal = false
    public var usesColor = false
    /// False for a terminal that can only do ASCII.
    public var unicode = true
    /// Only errors are told.
    public var isQuiet = false
    /// A script has no line for its cell.
    public var form = NotebookDocument.Form.notebook

    public init() {}
  }

  private let style: Style
  private let width: () -> Int
  private let output: (String) -> Void
  private let errors: (String) -> Void
  private let now: () -> Double
  private var bars: TerminalProgress
  private var lines: PlainProgress

  /// - Parameters:
  ///   - width: Reads the columns of the terminal.
  ///   - output: Writes to standard output.
  ///   - errors: Writes to standard error.
  ///   - now: Reads a clock that only goes forward, in seconds.
  public init(
    _ style: Style, width: @escaping () -> Int = { 80 }, output: @escaping (String) -> Void,
    errors: @escaping (String) -> Void, now: @escaping () -> Double
  ) {
    self.style = style
    self.width = width
    self.output = output
    self.errors = errors
    self.now = now
    bars = TerminalProgress(unicode: style.unicode, width: width, write: errors)
    lines = PlainProgress(write: errors)
  }

  public func follow(_ event: RunEvent) {
    switch event {
    case .started, .cellStarted: break
    case .text(let text): show(text)
    case .result(let text): show(text + "\n")
    case .picture(let picture): say("\(picture.file), \(picture.width) x \(picture.height) pixels")
    case .progress(let event): follow(event)
    case .cellFinished(let report): tell(report)
    case .finished(let report): tell(report)
    }
  }

  /// Tells of errors before or outside any cell.
  public func tell(_ diagnostics: [Diagnostic]) {
    bars.clear()
    let renderer = DiagnosticRenderer(width: min(width(), 120), usesColor: style.usesColor, isASCII: !style.unicode)
    errors(renderer.render(diagnostics) + "\n")
  }

  private func show(_ text: String) {
    guard !style.isQuiet else { return }
    bars.clear()
    output(text)
    bars.wrote(text)
  }

  private func say(_ line: String) {
    guard !style.isQuiet else { return }
    bars.clear()
    errors(line + "\n")
  }

  private func follow(_ event: ProgressEvent) {
    guard !style.isQuiet else { return }
    if style.isTerminal { bars.follow(event, now: now()) } else { lines.follow(event, now: now()) }
  }

  private func tell(_ report: CellReport) {
    bars.reset()
    lines.reset()
    if !report.status.isSuccess { tell(report.diagnostics) }
    guard style.form == .notebook else { return }
    let count = String(report.place.count)
    let number = String(report.place.number)
    let padding = String(repeating: " ", count: max(0, count.count - number.count))
    say("[\(padding)\(number)/\(count)] \(report.place.id)  \(outcome(of: report))")
  }

  private func outcome(of report: CellReport) -> String {
    let time = DurationText.text(report.seconds)
    switch report.status {
    case .succeeded, .pending, .running: return time
    case .failedAsExpected: return "\(time), failed as expected"
    case .failed: return "failed after \(time)"
    case .timedOut: return "stopped after \(time): its time is up"
    case .interrupted: return "interrupted after \(time)"
    case .skipped: return "skipped"
    }
  }

  private func tell(_ report: RunReport) {
    guard let folder = report.outputFolder else { return }
    say("\(folder)/\(report.notebook ?? OutputFolder.recordName)  \(DurationText.text(report.seconds))")
  }
}
