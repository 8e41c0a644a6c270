import FoundationEssentials
import LimnImage
import LimnLanguage
import LimnRuntime

/// Where a session's text, pictures, and errors go when a person reads them as they come: the standard streams.
struct Terminal {
  private let colors = TerminalColors.detected(in: ProcessInfo.processInfo.environment)

  /// Connects a session's outputs to the standard streams.
  init(session: Session) {
    let terminal = self
    session.output = { StandardStream.output.write($0) }
    session.display = { display, _ in terminal.show(display) }
  }

  func say(_ text: String) { StandardStream.output.write(text + "\n") }

  /// Shows a value: a picture drawn in the terminal, or its summary in a pipe.
  func show(_ display: Display) {
    switch display {
    case .text(let text): say(text)
    case .picture(let image):
      let output = StandardStream.output
      output.write(image.terminalText(colors: output.isTerminal ? colors : .none, columns: output.width))
    }
  }

  func show(_ diagnostic: Diagnostic) { show(DiagnosticError([diagnostic])) }

  /// Shows an error on standard error, in the one form.
  func show(_ error: any Error) { StandardStream.errors.write(error.diagnostics) }
}
