import FoundationEssentials
import LimnImage
import LimnLanguage
import LimnRuntime
import Synchronization

/// One execution of a notebook or a script, from its first cell to its last.
///
///     let document = try NotebookDocument(contentsOf: "dcgan.md")
///     let run = try NotebookRun(document, NotebookRun.Options(folder: "."), report: { print($0) })
///     let report = try run.execute()
///     exit(report.exitCode)
///
/// Every cell is parsed and resolved before the first runs. Outputs are saved after each cell, so that a crash or a
/// failure keeps all that came before. The same document, seed and parameters give the same notebook and pictures, byte
/// for byte.
public final class NotebookRun {
  /// What the command says of a run.
  public struct Options: Sendable {
    /// Goes before the seed of the front matter, and that before 0.
    public var seed: UInt64?
    /// The notebook's parameters, replaced where the command says so; nil for the front matter's own.
    public var parameters: Parameters?
    /// The folder that holds the document: paths in it start there.
    public var folder: String
    /// Where outputs are saved; nil for `NAME.out` beside the document, and for a script only when it shows a picture.
    public var outputFolder: String?
    /// Seconds after which a cell is stopped, for cells without a `timeout` of their own.
    public var timeout: Double?
    /// Goes on behind a cell that failed or timed out.
    public var keepsGoing = false
    /// The id of the cell after which the run ends.
    public var lastCell: String?

    public init(folder: String = ".") { self.folder = folder }
  }

  let document: NotebookDocument
  let options: Options
  let report: (RunEvent) -> Void
  let session: Session
  let parameters: Parameters
  let seed: UInt64
  var state: RunState
  let started = Date()
  let startedClock = ContinuousClock.now
  private let isInterrupted = Atomic<Bool>(false)

  /// Prepares a run; nothing has been executed or written.
  ///
  /// - Throws: `UsageError` when the document is itself the output of a run, or there is no cell of the id `lastCell`.
  public init(
    _ document: NotebookDocument, _ options: Options = Options(), report: @escaping (RunEvent) -> Void = { _ in }
  ) throws {
    guard !document.frontMatter.isExecuted else {
      throw UsageError(
        "already-executed", "`\(document.name)` is the output of a run, and is not run again",
        notes: ["its front matter says `executed: true`"],
        help: "run the notebook that it was made from, or remove that line")
    }
    if let id = options.lastCell { try NotebookRun.check(lastCell: id, in: document) }
    self.document = document
    self.options = options
    self.report = report
    seed = options.seed ?? document.frontMatter.seed ?? 0
    parameters = options.parameters ?? Parameters(document)
    session = Session(Session.Options(seed: seed, folder: options.folder))
    state = RunState(document)
    session.interpreter.define("params", parameters.value)
    connect()
  }

  /// Stops the cell that runs, saves, and ends the run. May be called from another thread.
  public func interrupt() {
    isInterrupted.store(true, ordering: .relaxed)
    session.interpreter.interruptSignal.interrupt()
  }

  /// Runs the cells and saves what they put out.
  ///
  /// - Returns: How it ended, with the exit code.
  /// - Throws: `DiagnosticError` when text does not parse or resolve, or something that the notebook requires is
  ///   missing: then nothing has run and nothing is saved;
  ///   `UsageError` when the output folder cannot be used.
  public func execute() throws -> RunReport {
    let plan = try CellPlan.make(document, session.interpreter)
    try Requirement.check(document)
    try openFolderAtStart()
    report(.started(RunStart(document: document.name, seed: seed, cellCount: document.cells.count)))
    let lastIndex =
      options.lastCell.flatMap { id in document.cells.firstIndex { $0.id == id } } ?? document.cells.count - 1
    for (index, step) in plan.enumerated() where index <= lastIndex {
      if isInterrupted.load(ordering: .relaxed) {
        state.status = .interrupted
        break
      }
      try run(step, index)
      if state.mustStop(after: index, keepsGoing: options.keepsGoing) { break }
    }
    return try finish()
  }

  private static func check(lastCell id: String, in document: NotebookDocument) throws {
    let ids = document.cells.map(\.id)
    guard !ids.contains(id) else { return }
    throw UsageError(
      "unknown-cell", "`\(document.name)` has no cell `\(id)`",
      help: Suggestion.closest(to: id, among: ids).map { "did you mean `\($0)`?" }
        ?? "its cells are \(ids.map { "`\($0)`" }.joined(separator: ", "))")
  }
}
