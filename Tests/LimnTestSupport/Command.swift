import Foundation

/// The built `limn`, run as a user runs it, with its standard streams in files.
package struct Command {
  /// What a finished command leaves. After a signal the exit code is 128 and the signal's number, as a shell has it.
  package struct Result {
    package var exitCode: Int32
    package var output: String
    package var errors: String
  }

  private struct CannotStart: Error { var code: Int32 }

  private let streams: TemporaryFolder
  private let process: pid_t

  /// Starts it; it stands beside the program that runs the tests.
  ///
  /// - Parameters:
  ///   - input: What it reads from standard input.
  ///   - environment: Variables that are added to the environment, as `NAME=value`.
  ///   - addressSpace: The bytes that it may map at most; nil for no limit.
  package init(
    _ arguments: [String], in folder: TemporaryFolder, input: String = "", environment: [String] = [],
    addressSpace: Int? = nil
  ) throws {
    try self.init(arguments, at: folder.path, input: input, environment: environment, addressSpace: addressSpace)
  }

  /// Starts it in a folder by its path.
  package init(
    _ arguments: [String], at folder: String, input: String = "", environment: [String] = [], addressSpace: Int? = nil
  ) throws {
    streams = try TemporaryFolder()
    let inputPath = try streams.write("input", input)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, inputPath, O_RDONLY, 0)
    for (descriptor, name) in [(Int32(1), "output"), (2, "errors")] {
      posix_spawn_file_actions_addopen(&actions, descriptor, streams.path + "/" + name, O_WRONLY | O_CREAT, 0o600)
    }

    let limit = addressSpace.map { "ulimit -v \($0 >> 10) && " } ?? ""
    let script = limit + #"cd "$0" && exec "$@""#
    let command = ["sh", "-c", script, folder, "env"] + environment + [Self.executable] + arguments
    var strings = command.map { strdup($0) } + [nil]
    defer { for string in strings { free(string) } }
    var started: pid_t = 0
    let code = posix_spawn(&started, "/bin/sh", &actions, nil, &strings, environ)
    guard code == 0 else { throw CannotStart(code: code) }
    process = started
  }

  package static let executable: String = {
    let products = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    return products.appendingPathComponent("limn").path
  }()

  /// Waits until text stands in standard output, or a minute has passed.
  package func waitForOutput(_ text: String) {
    for _ in 0..<6000 where !streams.text("output").contains(text) { usleep(10_000) }
  }

  package func send(_ signal: Int32) { kill(process, signal) }

  /// Waits for its end; after a minute it is killed.
  package func finish() -> Result {
    var status: Int32 = 0
    var polls = 0
    while waitpid(process, &status, WNOHANG) == 0 {
      usleep(10_000)
      polls += 1
      if polls == 6000 { kill(process, SIGKILL) }
    }
    let signal = status & 0x7F
    return Result(
      exitCode: signal == 0 ? status >> 8 & 0xFF : 128 + signal, output: streams.text("output"),
      errors: streams.text("errors"))
  }
}
