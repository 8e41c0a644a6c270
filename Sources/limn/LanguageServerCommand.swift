import ArgumentParser
import Glibc
import LimnEditor

/// `limn lsp`: a language server for editors.
struct LanguageServerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp",
    abstract: "Serve an editor: diagnostics, completion, hover, rename, formatting.",
    discussion: """
      Speaks the Language Server Protocol on standard input and output, for scripts (.limn) and the cells of notebooks \
      (.md). An editor starts it; editors/README.md says how, for VS Code, Neovim, and Helix.
      """)

  @Flag(name: .customLong("stdio"), help: "The default, which some editors ask for.")
  var usesStandardStreams = false

  func run() throws {
    // A client that leaves must not end the process by a signal.
    signal(SIGPIPE, SIG_IGN)
    throw ExitCode(ServerLoop().run())
  }
}
