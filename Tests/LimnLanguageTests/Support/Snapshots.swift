import Foundation
import Testing

@testable import LimnLanguage

/// One error message as a file: the source, a line `~~~~`, and the exact text that a user sees.
///
/// Snapshots stand in `Tests/Snapshots/<code>/<name>.txt`; a `<name>.command.txt` is a command's, which is run whole. With `LIMN_UPDATE_SNAPSHOTS=1` in the environment the expected
/// texts are written anew; the difference is then read and judged in version control.
struct Snapshot: CustomTestStringConvertible {
  static let separator = "\n~~~~\n"
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Snapshots")
  static var updates: Bool { ProcessInfo.processInfo.environment["LIMN_UPDATE_SNAPSHOTS"] == "1" }

  var code: String
  var name: String
  var source: String
  var expected: String
  var file: URL

  var testDescription: String { "\(code)/\(name)" }

  /// Every snapshot, in the order of codes and names.
  static func all() throws -> [Snapshot] {
    let files = FileManager.default
    return try files.contentsOfDirectory(atPath: folder.path).sorted().filter { $0 != "README.md" }.flatMap { code in
      let directory = folder.appending(path: code)
      return try files.contentsOfDirectory(atPath: directory.path).sorted().filter { !$0.hasSuffix(".command.txt") }.map {
        file in
        let url = directory.appending(path: file)
        let text = try String(contentsOf: url, encoding: .utf8)
        let parts = text.components(separatedBy: separator)
        return Snapshot(
          code: code, name: file.replacing(".txt", with: ""), source: parts[0],
          expected: parts.count > 1 ? parts[1...].joined(separator: separator) : "", file: url)
      }
    }
  }

  func update(_ text: String) throws {
    try (source + Self.separator + text + "\n").write(to: file, atomically: true, encoding: .utf8)
  }
}
