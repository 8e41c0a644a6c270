import Foundation
import LimnTestSupport

/// The built `limn` with standard error on a terminal of some columns: what a person sees of an error.
struct TerminalCommand {
  struct CannotStart: Error { var code: Int32 }

  /// What stands on the terminal when the command is over.
  let text: String

  /// - Parameters:
  ///   - environment: All variables that the command has.
  ///   - columns: The terminal's width.
  init(_ arguments: [String], in folder: TemporaryFolder, environment: [String: String], columns: UInt16) throws {
    let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    defer { close(terminal) }
    var isLocked: Int32 = 0
    var number: Int32 = 0
    guard terminal >= 0, ioctl(terminal, Self.setLock, &isLocked) == 0, ioctl(terminal, Self.getNumber, &number) == 0
    else { throw CannotStart(code: errno) }
    let end = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    var isOpen = true
    defer { if isOpen { close(end) } }
    var size = winsize(ws_row: 40, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard ioctl(end, UInt(TIOCSWINSZ), &size) == 0 else { throw CannotStart(code: errno) }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, end, 2)
    let command = ["sh", "-c", #"cd "$0" && exec "$@""#, folder.path, Command.executable] + arguments
    var strings = command.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for string in strings + variables { free(string) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, "/bin/sh", &actions, nil, &strings, &variables)
    guard code == 0 else { throw CannotStart(code: code) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    close(end)
    isOpen = false
    text = TerminalCommand.read(terminal)
  }

  /// Linux's requests to a pseudoterminal, macros that Swift does not see: TIOCSPTLCK and TIOCGPTN (ioctl_tty(2)).
  private static let setLock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430

  /// What has been written; a terminal writes a line break as two characters.
  ///
  /// Text reaches this side some time after it was written. With the other side closed, a read waits for it, and fails
  /// when all has been read.
  private static func read(_ terminal: Int32) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Foundation.read(terminal, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
  }
}
