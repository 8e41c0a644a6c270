import Foundation
import LimnTestSupport
import Testing

/// What a command says when it fails, as a file: the command, the files that it finds, a line `~~~~`, and the exact text
/// of standard error.
///
/// ```
/// $ limn run n.md -p epohcs=20
/// --- n.md
/// ...
/// ~~~~
/// error[unknown-parameter]: ...
/// ```
///
/// Variables of the environment may stand before `limn`: `$ NAME=value limn ...`. A command that ends in `^C` is interrupted once it has printed `ready`. In a file `%FF` is a byte. Snapshots stand in
/// `Tests/Snapshots/<code>/<name>.command.txt`; `LIMN_UPDATE_SNAPSHOTS=1` writes their texts anew.
struct CommandSnapshot: CustomTestStringConvertible, Sendable {
  static let separator = "\n~~~~\n"
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Snapshots")
  static var updates: Bool { ProcessInfo.processInfo.environment["LIMN_UPDATE_SNAPSHOTS"] == "1" }

  let code: String
  let file: URL
  let environment: [String]
  let arguments: [String]
  let isInterrupted: Bool
  let files: [(name: String, text: String)]
  let source: String
  let expected: String

  var testDescription: String { "\(code)/\(file.lastPathComponent)" }

  static func all() throws -> [CommandSnapshot] {
    try names().flatMap { code, files in
      try files.filter { $0.hasSuffix(".command.txt") }.map {
        try CommandSnapshot(code: code, file: folder.appending(path: code).appending(path: $0))
      }
    }
  }

  /// Every code that has snapshots, with their files, in order.
  static func names() throws -> [(code: String, files: [String])] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).filter(\.hasDirectoryPath)
      .map { directory in
        (directory.lastPathComponent, try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted())
      }.sorted { $0.0 < $1.0 }
  }

  private init(code: String, file: URL) throws {
    self.code = code
    self.file = file
    let parts = try String(contentsOf: file, encoding: .utf8).components(separatedBy: Self.separator)
    source = parts[0]
    expected = parts.dropFirst().joined(separator: Self.separator)
    let lines = source.components(separatedBy: "\n")
    var words = lines[0].split(separator: " ").dropFirst().map(String.init)
    isInterrupted = words.last == "^C"
    if isInterrupted { words.removeLast() }
    environment = Array(words.prefix { $0.contains("=") })
    arguments = Array(words.dropFirst(environment.count + 1))
    var files: [(name: String, text: String)] = []
    for line in lines.dropFirst() {
      if line.hasPrefix("--- ") {
        files.append((String(line.dropFirst(4)), ""))
      } else if !files.isEmpty {
        files[files.count - 1].text += line + "\n"
      }
    }
    self.files = files
  }

  /// Runs the command in a folder of its own and gives what it says.
  func run() throws -> String {
    let folder = try TemporaryFolder()
    for (name, text) in files {
      let url = URL(filePath: folder.path).appending(path: name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(Self.bytes(text)).write(to: url)
    }
    let command = try Command(arguments, in: folder, environment: environment)
    if isInterrupted {
      command.waitForOutput("ready")
      command.send(SIGINT)
    }
    return Self.withoutMachine(command.finish().errors)
  }

  private static func bytes(_ text: String) -> [UInt8] {
    var result: [UInt8] = []
    var rest = text[...]
    while let match = rest.firstMatch(of: #/%([0-9A-F]{2})/#) {
      result += rest[..<match.range.lowerBound].utf8
      result.append(UInt8(match.1, radix: 16) ?? 0)
      rest = rest[match.range.upperBound...]
    }
    return result + rest.utf8
  }

  /// What is different on each machine is left out.
  private static func withoutMachine(_ text: String) -> String {
    text.replacing(#/= .* are in use, and the machine has .*/#, with: "= ... are in use, and the machine has ...")
  }
}
