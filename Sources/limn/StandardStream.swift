import FoundationEssentials
import Glibc
import LimnLanguage

/// Standard output or standard error: written to at once, without a buffer, so that text shows as it comes.
struct StandardStream {
  static let output = StandardStream(descriptor: STDOUT_FILENO)
  static let errors = StandardStream(descriptor: STDERR_FILENO)

  let descriptor: Int32

  /// Whether the user's terminal shows more than ASCII, by the locale.
  static var isUnicode: Bool {
    let environment = ProcessInfo.processInfo.environment
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    return locale.map { $0.lowercased().contains("utf") } ?? false
  }

  var isTerminal: Bool { isatty(descriptor) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb" }

  /// A terminal, unless `NO_COLOR` is set (https://no-color.org).
  var usesColor: Bool { isTerminal && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty }

  /// The terminal's columns; without one 80.
  var width: Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// All of standard input.
  static func readInput() -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(STDIN_FILENO, &chunk, chunk.count)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { return bytes }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  /// Writes diagnostics in the one form, as wide and as colorful as the stream can show.
  func write(_ diagnostics: [Diagnostic]) {
    let renderer = DiagnosticRenderer(
      width: isTerminal ? width : 100, usesColor: usesColor, isASCII: isTerminal && !StandardStream.isUnicode)
    write(renderer.render(diagnostics) + "\n")
  }

  /// Writes all of the text; gives up where the reader is gone.
  func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        let count = Glibc.write(descriptor, start, rest.count)
        if count < 0, errno == EINTR || errno == EAGAIN { continue }
        guard count > 0 else { return }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
  }
}
