import LimnLanguage
import LimnNotebook
import LimnRuntime
import LimnTensor

/// What `limn run` is asked for, and how it is done.
struct RunRequest {
  var file: String
  var parameters: [String] = []
  var parameterFile: String?
  var outputFolder: String?
  var seed: UInt64?
  var threads: Int?
  var timeout: Double?
  var keepGoing = false
  var lastCell: String?
  var quiet = false
  var json = false

  init(file: String) { self.file = file }

  /// Runs the file, and gives the exit code.
  func execute() -> Int32 {
    let report = RunReporter(isQuiet: quiet, isJSON: json, isScript: file.hasSuffix(".limn"))
    do {
      if let threads { ThreadPool.shared.threads = threads }
      let document = try NotebookDocument(contentsOf: file)
      let run = try NotebookRun(document, try options(for: document), report: report.follow)
      RunInterrupt.install { run.interrupt() }
      return try run.execute().exitCode
    } catch let error as UsageError {
      report.tell(error.diagnostics, exitCode: 2)
      return 2
    } catch let error as DiagnosticError {
      report.tell(error.diagnostics, exitCode: 1)
      return 1
    } catch {
      report.tell([Diagnostic(code: "error", message: "\(error)")], exitCode: 1)
      return 1
    }
  }

  private func options(for document: NotebookDocument) throws -> NotebookRun.Options {
    var replaced = Parameters(document)
    if let parameterFile { try replaced.replace(contentsOf: parameterFile) }
    for argument in parameters { try replaced.replace(argument: argument) }
    var options = NotebookRun.Options(folder: FilePath(file).parent)
    options.seed = seed
    options.parameters = replaced
    options.outputFolder = outputFolder
    options.timeout = timeout
    options.keepsGoing = keepGoing
    options.lastCell = lastCell
    return options
  }
}
