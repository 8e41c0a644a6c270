import FoundationEssentials
import LimnImage
import LimnLanguage
import LimnRuntime

/// The commands that begin with `%`.
struct ReplCommands {
  static let names = ["time", "who", "reset", "load", "save", "quit", "help"]

  let session: Session
  let transcript: Transcript
  let terminal: Terminal

  /// Runs a command line; false when the user wants to leave.
  func run(_ line: String) -> Bool {
    let words = line.dropFirst().split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
    let name = words.first.map(String.init) ?? ""
    let argument = words.count > 1 ? words[1].withoutBlanksAround : ""
    switch name {
    case "quit": return false
    case "help": terminal.say(Self.help)
    case "time": needing(argument, "%time EXPRESSION") { time(argument) }
    case "who": who()
    case "reset":
      session.interpreter.reset()
      transcript.forget()
    case "load": needing(argument, "%load FILE") { load(argument) }
    case "save": needing(argument, "%save FILE") { save(argument) }
    default:
      terminal.show(
        Diagnostic(
          code: "unknown-command", message: "there is no command %\(name)",
          help: Suggestion.closest(to: name, among: Self.names).map { "did you mean %\($0)?" }
            ?? "%help lists the commands"))
    }
    return true
  }

  private func needing(_ argument: String, _ usage: String, _ body: () -> Void) {
    guard !argument.isEmpty else {
      terminal.show(Diagnostic(code: "usage", message: "this command needs an argument", help: usage))
      return
    }
    body()
  }

  private func time(_ code: String) {
    let clock = ContinuousClock()
    let duration = clock.measure { transcript.run(code) }
    terminal.say("took \(DurationWords.text(duration / .seconds(1)))")
  }

  /// The names that the session has declared, each with its type.
  private func who() {
    let interpreter = session.interpreter
    let names = interpreter.globalNames.filter { $0 != "_" }
    let width = names.map(\.count).max() ?? 0
    for name in names {
      let type = interpreter.global(name)?.typeName ?? "not set"
      terminal.say(name + String(repeating: " ", count: width - name.count + 2) + type)
    }
  }

  private func load(_ path: String) {
    transcript.attempt {
      guard let text = String(validating: try Files.read(path), as: UTF8.self) else {
        throw DiagnosticError([
          Diagnostic(code: "bad-encoding", message: "\(path) is not UTF-8 text", help: "save it as UTF-8")
        ])
      }
      transcript.run(text)
    }
  }

  private func save(_ path: String) {
    transcript.attempt {
      let text = transcript.succeeded.map { $0 + "\n" }.joined()
      try Files.write(Array(text.utf8), to: path)
      terminal.say("saved \(transcript.succeeded.count) entries in \(path)")
    }
  }

  private static let help = """
    ?name          help on a function, a module, or a value
    %time CODE     runs the code and says how long it took
    %who           the names that this session has declared
    %reset         forgets them
    %load FILE     runs a file as an entry
    %save FILE     writes the entries that ran without an error
    %quit          leaves, like Control-D
    _              the last result
    An entry that is not complete goes on in the next line. A `;` at its end keeps its result quiet.
    Tab completes; Control-C stops what runs, or clears the line.
    """
}
