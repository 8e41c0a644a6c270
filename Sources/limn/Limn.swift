import ArgumentParser
import Glibc
import LimnRuntime

/// The command line: `limn` alone is the REPL, `limn -e 'code'` runs a text, `limn run FILE` a notebook or a script.
struct LimnCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "limn",
    abstract: "Notebooks for generative models: build, train, and sample them in a small language.",
    discussion: """
      Without a subcommand: the REPL on a terminal; else standard input is run as one text, and its result printed.
      """,
    version: "limn \(Limn.version)",
    subcommands: [
      RunCommand.self, TestCommand.self, FormatCommand.self, LintCommand.self, LanguageServerCommand.self,
      DocCommand.self, ExplainCommand.self,
    ])

  @Option(
    name: .customShort("e"), parsing: .unconditional,
    help: ArgumentHelp("Run this text and print its result.", valueName: "code"))
  var code: String?

  @Option(help: ArgumentHelp("Where random numbers begin.", valueName: "n"))
  var seed: UInt64 = 0

  func run() throws {
    if let code { throw ExitCode(OneUnit.run(code, name: "<command>", seed: seed)) }
    if isatty(STDIN_FILENO) == 0 { throw ExitCode(OneUnit.runStandardInput(seed: seed)) }
    Repl(seed: seed).run()
  }

  /// Parses the arguments and runs what they name. Wrong usage ends with 2.
  static func start() -> Never {
    if let status = PlainCommand.run(Array(CommandLine.arguments.dropFirst())) { Glibc.exit(status) }
    do {
      var command = try parseAsRoot()
      try command.run()
      exit(withError: nil)
    } catch {
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      StandardStream.errors.write(fullMessage(for: error) + "\n")
      Glibc.exit(2)
    }
  }
}
