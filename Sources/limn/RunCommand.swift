import ArgumentParser

/// `limn run FILE`: runs a notebook or a script.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a notebook or a script.",
    discussion: """
      A notebook (.md) is Markdown whose fences that begin with ```limn are its cells. Outputs are saved in \
      NAME.out beside it: the notebook with its outputs, pictures, and run.json. A script (.limn) prints to \
      standard output, and has an output folder only with -o or when it shows a picture.

      Exit codes: 0 all cells did what they should; 1 a cell failed, or text does not parse or resolve; 2 \
      wrong usage or an unreadable file; 124 a time-out; 130 interrupted.
      """)

  @ArgumentParser.Argument(
    help: "The notebook (.md) or script (.limn).", completion: .file(extensions: ["md", "limn"]))
  var file: String

  @Option(
    name: .customShort("p"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Replace a parameter of the notebook by a YAML value.", valueName: "name=value"))
  var parameters: [String] = []

  @Option(
    name: .customLong("params"), help: ArgumentHelp("Replace parameters by those of a YAML file.", valueName: "file"))
  var parameterFile: String?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Save outputs in this folder.", valueName: "dir"))
  var outputFolder: String?

  @Option(help: ArgumentHelp("Go before the seed of the front matter.", valueName: "n"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("Compute on so many threads; the result does not depend on it.", valueName: "n"))
  var threads: Int?

  @Option(
    help: ArgumentHelp("Stop a cell after so many seconds, unless it has a timeout of its own.", valueName: "seconds"))
  var timeout: Double?

  @Flag(help: "Go on after a cell that failed; the exit code still tells.")
  var keepGoing = false

  @Option(name: .customLong("to"), help: ArgumentHelp("Stop after the cell of this id.", valueName: "id"))
  var lastCell: String?

  @Flag(help: "Print nothing but errors.")
  var quiet = false

  @Flag(help: "Print one JSON event a line.")
  var json = false

  func validate() throws {
    if let timeout, !(timeout > 0 && timeout.isFinite) {
      throw ValidationError("--timeout is a number of seconds above 0")
    }
    if let threads, !(1...256).contains(threads) { throw ValidationError("--threads is a number from 1 to 256") }
    if quiet, json { throw ValidationError("--quiet and --json exclude each other") }
  }

  func run() throws {
    var request = RunRequest(file: file)
    request.parameters = parameters
    request.parameterFile = parameterFile
    request.outputFolder = outputFolder
    request.seed = seed
    request.threads = threads
    request.timeout = timeout
    request.keepGoing = keepGoing
    request.lastCell = lastCell
    request.quiet = quiet
    request.json = json
    throw ExitCode(request.execute())
  }
}
