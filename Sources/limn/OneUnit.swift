import LimnLanguage
import LimnRuntime

/// A text that runs once as a single unit: `limn -e 'code'`, and standard input when it is no terminal.
enum OneUnit {
  /// Runs the text, prints its result, and gives the exit code: 0, 1 after an error, 130 after Control-C.
  static func run(_ text: String, name: String, seed: UInt64) -> Int32 {
    let session = Session(.init(seed: seed))
    let terminal = Terminal(session: session)
    Interrupt.isRunning.store(true, ordering: .relaxed)
    Interrupt.install { session.interrupt() }
    do {
      guard let unit = try session.interpreter.compile([Source(name: name, text: text)]).first else { return 0 }
      let value = try session.interpreter.run(unit)
      if !value.isNil, !unit.isQuiet { terminal.show(try session.presentation(of: value)) }
      return 0
    } catch {
      terminal.show(error)
      return error.isInterruption ? 130 : 1
    }
  }

  /// Runs all of standard input.
  static func runStandardInput(seed: UInt64) -> Int32 {
    let bytes = StandardStream.readInput()
    guard let text = String(validating: bytes, as: UTF8.self) else {
      StandardStream.errors.write("error[bad-encoding]: standard input is not UTF-8 text\n")
      return 2
    }
    return run(text, name: "<input>", seed: seed)
  }
}
