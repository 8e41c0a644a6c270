import LimnLanguage
import LimnRuntime

/// One execution of the `test` blocks of a notebook or a script.
///
///     let run = TestRun(try NotebookDocument(contentsOf: "queue.limn"), TestRun.Options(folder: "."))
///     for result in run.execute() { print(result.name ?? "", result.diagnostics.isEmpty) }
///
/// The top level runs once, cell by cell; then each test runs in a scope of its own. Before each test random numbers
/// begin anew from the seed, so that what a test draws does not depend on which others run.
public final class TestRun {
  public struct Options: Sendable {
    /// Runs only tests whose names contain this text.
    public var filter: String?
    /// Goes before the seed of the front matter, and that before 0.
    public var seed: UInt64?
    /// Seconds after which the top level, or a test, is stopped.
    public var timeout: Double?
    /// The folder that holds the document: paths in it start there.
    public var folder: String

    public init(folder: String = ".") { self.folder = folder }
  }

  /// How a test ended, or why no test could run.
  public struct Result: Sendable {
    /// The test's name; nil when the top level did not get to its end.
    public var name: String?
    /// What went wrong; empty when the test passed.
    public var diagnostics: [Diagnostic]
    /// What was printed on the way.
    public var output: String

    public init(name: String?, diagnostics: [Diagnostic] = [], output: String = "") {
      self.name = name
      self.diagnostics = diagnostics
      self.output = output
    }

    public var hasPassed: Bool { diagnostics.isEmpty }
  }

  private let document: NotebookDocument
  private let options: Options
  private let session: Session
  private var output = ""

  public init(_ document: NotebookDocument, _ options: Options = Options()) {
    self.document = document
    self.options = options
    session = Session(
      Session.Options(seed: options.seed ?? document.frontMatter.seed ?? 0, folder: options.folder))
    session.interpreter.define("params", Parameters(document).value)
    session.output = { [unowned self] in output += $0 }
  }

  /// Stops what runs. May be called from another thread.
  public func interrupt() { session.interrupt() }

  /// Whether there is anything to run: a test that the filter lets through, or a fault that may hide one.
  public var isNeeded: Bool {
    document.cells.contains { cell in
      guard !cell.options.skip else { return false }
      let (unit, faults) = Parser.parse(cell.source)
      if !faults.isEmpty { return cell.options.expectedError == nil }
      return unit.statements.contains { statement in
        if case .test(let name, _) = statement.kind { matches(name) } else { false }
      }
    }
  }

  /// Runs the top level and the tests, and reports on each as it ends.
  ///
  /// - Returns: The results in order. When the top level fails there is one, without a name.
  @discardableResult
  public func execute(report: (Result) -> Void = { _ in }) -> [Result] {
    var results: [Result] = []
    func add(_ name: String?, _ diagnostics: [Diagnostic]) {
      let result = Result(name: name, diagnostics: diagnostics, output: output)
      output = ""
      results.append(result)
      report(result)
    }
    let tests: [TestBlock]
    do {
      tests = try runTopLevel()
    } catch {
      add(nil, error.diagnostics)
      return results
    }
    output = ""
    for test in tests where matches(test.name) {
      session.restartRandomNumbers()
      do {
        try timed { try session.interpreter.run(test) }
        add(test.name, [])
      } catch {
        add(test.name, error.diagnostics)
        if error.isInterruption { break }
      }
    }
    return results
  }

  private func matches(_ name: String) -> Bool { options.filter.map(name.contains) ?? true }

  /// Runs every cell; gives the tests in them.
  private func runTopLevel() throws -> [TestBlock] {
    var tests: [TestBlock] = []
    let plans = try CellPlan.make(document, session.interpreter)
    try Requirement.check(document)
    for (cell, plan) in zip(document.cells, plans) {
      guard case .run(let unit) = plan else { continue }
      tests += unit.tests
      do {
        try timed { try session.interpreter.run(unit) }
      } catch {
        guard let expected = cell.options.expectedError, error.diagnostics.contains(where: { $0.matches(expected) })
        else { throw error }
      }
    }
    return tests
  }

  private func timed(_ body: () throws -> Void) throws {
    session.interpreter.setDeadline(after: options.timeout.map { .seconds($0) })
    defer { session.interpreter.setDeadline(after: nil) }
    try body()
  }
}
