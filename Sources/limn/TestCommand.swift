import ArgumentParser
import LimnLanguage
import LimnNotebook
import LimnRuntime
import Synchronization

/// `limn test FILE...`: runs `test` blocks.
struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests in scripts and notebooks.",
    discussion: """
      A test is a block `test "name" { ... }` at the top level of a script (.limn) or a notebook (.md). Of each file \
      that has tests, the top level runs once, then each test in a scope of its own; before each, random numbers begin \
      anew from the seed. A failing `assert a == b` shows both sides.

        limn test                            every test below this folder
        limn test queue.limn --filter empty  those whose names contain `empty`

      Exit codes: 0 all tests passed; 1 one failed, or a file did not get to its tests; 2 wrong usage or an unreadable \
      file; 130 interrupted.
      """)

  @ArgumentParser.Argument(
    help: "Notebooks, scripts, and folders of them; this folder when none is named.",
    completion: .file(extensions: ["md", "limn"]))
  var paths: [String] = ["."]

  @Option(help: ArgumentHelp("Run only tests whose names contain this text.", valueName: "text"))
  var filter: String?

  @Option(help: ArgumentHelp("Go before the seed of the front matter.", valueName: "n"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("Stop a test after so many seconds.", valueName: "seconds"))
  var timeout: Double?

  func validate() throws {
    if let timeout, !(timeout > 0 && timeout.isFinite) {
      throw ValidationError("--timeout is a number of seconds above 0")
    }
  }

  func run() throws {
    throw ExitCode(execute())
  }

  private func execute() -> Int32 {
    var report = TestReport()
    do {
      for file in try DocumentFile.find(paths) {
        if try test(file, &report) == .interrupted { return 130 }
      }
    } catch let error as UsageError {
      StandardStream.errors.write(error.diagnostics)
      return 2
    } catch {
      StandardStream.errors.write(error.diagnostics)
      return 1
    }
    report.summarize()
    return report.failed == 0 ? 0 : 1
  }

  private enum Outcome { case finished, interrupted }

  private func test(_ file: DocumentFile, _ report: inout TestReport) throws -> Outcome {
    let document: NotebookDocument
    do {
      document = try NotebookDocument(contentsOf: file.path)
    } catch let error as DiagnosticError {
      report.tell(TestRun.Result(name: nil, diagnostics: error.diagnostics), path: file.path)
      return .finished
    } catch let error as UsageError {
      // In a folder there may be Markdown of any kind.
      guard file.isNamed else { return .finished }
      throw error
    }
    if document.frontMatter.isExecuted, !file.isNamed { return .finished }
    var options = TestRun.Options(folder: file.folder)
    options.filter = filter
    options.seed = seed
    options.timeout = timeout
    let run = TestRun(document, options)
    guard run.isNeeded else { return .finished }
    RunInterrupt.install { run.interrupt() }
    let results = run.execute { report.tell($0, path: file.path) }
    return results.last?.diagnostics.first?.code == "interrupted" ? .interrupted : .finished
  }
}

/// The lines of `limn test`: one a test, below it what went wrong, and the summary.
private struct TestReport {
  private(set) var passed = 0
  private(set) var failed = 0

  mutating func tell(_ result: TestRun.Result, path: String) {
    let name = result.name.map { "\(path): \($0)" } ?? "\(path) did not get to its tests"
    if result.hasPassed {
      passed += 1
      say(paint("passed", "32") + "  " + name)
      return
    }
    failed += 1
    say(paint("FAILED", "1;31") + "  " + name)
    if !result.output.isEmpty {
      let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
      say("printed:")
      for line in lines.last == "" ? lines.dropLast() : lines[...] { say("  " + line) }
    }
    StandardStream.output.write(result.diagnostics)
    say("")
  }

  func summarize() { say("\(passed) passed, \(failed) failed") }

  private func say(_ text: String) { StandardStream.output.write(text + "\n") }

  private func paint(_ text: String, _ style: String) -> String {
    StandardStream.output.usesColor ? "\u{1B}[\(style)m\(text)\u{1B}[0m" : text
  }
}
