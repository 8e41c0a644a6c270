import Foundation
import LimnLanguage
import LimnRuntime
import Testing

/// Messages of the standard library, whole: `Tests/RuntimeSnapshots/<code>/<name>.txt` has a program, a line `~~~~`, and
/// the exact text that a user sees. With `LIMN_UPDATE_SNAPSHOTS=1` in the environment the texts are written anew.
@Suite struct RuntimeSnapshotTests {
  struct Snapshot: Sendable, CustomTestStringConvertible {
    var code: String
    var file: URL
    var testDescription: String { "\(code)/\(file.lastPathComponent)" }
  }

  private static let separator = "\n~~~~\n"
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("RuntimeSnapshots")

  static func all() throws -> [Snapshot] {
    let files = FileManager.default
    return try files.contentsOfDirectory(atPath: folder.path).sorted().flatMap { code in
      let directory = folder.appendingPathComponent(code)
      return try files.contentsOfDirectory(atPath: directory.path).sorted().map {
        Snapshot(code: code, file: directory.appendingPathComponent($0))
      }
    }
  }

  @Test(arguments: try all())
  func messageIsExactlyAsRecorded(_ snapshot: Snapshot) throws {
    let parts = try String(contentsOf: snapshot.file, encoding: .utf8).components(separatedBy: Self.separator)
    let session = try TestSession()
    let failure = try #require(session.failure(of: parts[0]))
    #expect(failure.code == snapshot.code)
    // The session's folder has another name each time.
    let text = DiagnosticRenderer().render(failure).replacing(session.folder + "/", with: "") + "\n"
    if ProcessInfo.processInfo.environment["LIMN_UPDATE_SNAPSHOTS"] == "1" {
      try (parts[0] + Self.separator + text).write(to: snapshot.file, atomically: true, encoding: .utf8)
    } else {
      #expect(parts.count == 2 && text == parts[1])
    }
  }

  /// Each code that only the standard library's modules have is shown.
  @Test(arguments: ["bad-pattern", "bad-json", "json-unsupported", "bad-csv", "bad-date", "file-exists", "bad-encoding"])
  func everyCodeOfTheModulesHasASnapshot(_ code: String) throws {
    #expect(try Self.all().contains { $0.code == code })
  }
}
