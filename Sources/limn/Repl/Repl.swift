import FoundationEssentials
import LimnImage
import LimnLanguage
import LimnRuntime

/// The interactive session: reads entries, runs them, shows their results, until Control-D or `%quit`.
struct Repl {
  private let session: Session
  private let editor: LineEditor
  private let terminal: Terminal
  private let transcript: Transcript
  private let commands: ReplCommands

  init(seed: UInt64) {
    let session = Session(.init(seed: seed))
    let terminal = Terminal(session: session)
    let transcript = Transcript(session: session, terminal: terminal)
    self.session = session
    self.terminal = terminal
    self.transcript = transcript
    commands = ReplCommands(session: session, transcript: transcript, terminal: terminal)
    editor = LineEditor(historyFile: Self.historyFile)
    let completion = Completion(interpreter: session.interpreter, commands: ReplCommands.names)
    LineEditor.complete = { completion.candidates($0, $1) }
    Interrupt.install { session.interrupt() }
  }

  /// Runs until the user leaves.
  func run() {
    print("Limn \(Limn.version). Type ?name for help on a name, %help for commands, Control-D to leave.")
    defer { editor.saveHistory() }
    while true {
      switch readEntry() {
      case .entry(let text):
        editor.remember(text)
        if !submit(text) { return }
      case .cleared: continue
      case .end:
        print()
        return
      }
    }
  }

  /// Runs one entry; false when it asks to leave.
  private func submit(_ text: String) -> Bool {
    if text.hasPrefix("?") {
      terminal.say(
        Help(interpreter: session.interpreter).text(on: text.dropFirst().withoutBlanksAround))
      return true
    }
    if text.hasPrefix("%") { return commands.run(text) }
    transcript.run(text)
    return true
  }

  private enum Entry {
    case entry(String)
    case cleared
    case end
  }

  /// Reads lines until they make a whole entry.
  private func readEntry() -> Entry {
    var text = ""
    while true {
      switch editor.read(prompt: text.isEmpty ? "> " : "... ") {
      case .cleared: return .cleared
      case .end: return text.isEmpty ? .end : .entry(text)
      case .text(let line):
        text += text.isEmpty ? line : "\n" + line
        let entry = PastedPrompts.stripped(from: text)
        if entry.allSatisfy(\.isWhitespace) {
          text = ""
          continue
        }
        // An empty line ends an entry that could go on, so that nobody is locked in one.
        let isCommand = entry.hasPrefix("?") || entry.hasPrefix("%")
        if isCommand || line.isEmpty || Parser.completeness(of: entry) != .incomplete { return .entry(entry) }
      }
    }
  }

  /// `$XDG_STATE_HOME/limn/history`, or its default under the home folder.
  private static var historyFile: String? {
    let environment = ProcessInfo.processInfo.environment
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/limn/history" }
    return environment["HOME"].map { $0 + "/.local/state/limn/history" }
  }
}
