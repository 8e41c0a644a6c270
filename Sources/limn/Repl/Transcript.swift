import LimnLanguage
import LimnRuntime

/// The entries of a session: runs each, shows its result or its errors, and keeps what ran.
final class Transcript {
  private let session: Session
  private let terminal: Terminal
  private var count = 0
  /// Entries that ran without an error, for `%save`.
  private(set) var succeeded: [String] = []

  init(session: Session, terminal: Terminal) {
    self.session = session
    self.terminal = terminal
  }

  /// Runs an entry and shows its result; `_` then names the result.
  func run(_ text: String) {
    count += 1
    let source = Source(name: "entry \(count)", text: text)
    guard let result = attempt({ try execute(source) }) else { return }
    succeeded.append(text)
    guard let value = result.value, !value.isNil else { return }
    session.interpreter.define("_", value)
    if !result.isQuiet { attempt { try terminal.show(session.presentation(of: value)) } }
  }

  func forget() { succeeded = [] }

  private func execute(_ source: Source) throws -> (value: Value?, isQuiet: Bool) {
    guard let unit = try session.interpreter.compile([source]).first else { return (nil, true) }
    session.interpreter.interruptSignal.reset()
    Interrupt.isRunning.store(true, ordering: .relaxed)
    defer { Interrupt.isRunning.store(false, ordering: .relaxed) }
    return (try session.interpreter.run(unit), unit.isQuiet)
  }

  /// Does something and shows its error, if it has one.
  @discardableResult
  func attempt<Result>(_ body: () throws -> Result) -> Result? {
    do {
      return try body()
    } catch {
      terminal.show(error)
      return nil
    }
  }
}
