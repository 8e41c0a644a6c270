import Foundation
import LimnLanguage
import Testing

@testable import LimnEditor

/// The exact text of each warning, in `Snapshots/<code>.txt`: the source, a line `~~~~`, and what a user sees.
@Suite struct LintSnapshotTests {
  private static let separator = "\n~~~~\n"
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Snapshots")

  @Test(arguments: LintCode.allCases)
  func messageIsExactlyAsRecorded(_ code: LintCode) throws {
    let file = Self.folder.appending(path: code.rawValue + ".txt")
    let parts = try String(contentsOf: file, encoding: .utf8).components(separatedBy: Self.separator)
    let found = try lint(parts[0], name: "script.limn")
    #expect(found.contains { $0.code == code.rawValue })
    let text = DiagnosticRenderer().render(found) + "\n"
    if ProcessInfo.processInfo.environment["LIMN_UPDATE_SNAPSHOTS"] == "1" {
      try (parts[0] + Self.separator + text).write(to: file, atomically: true, encoding: .utf8)
    } else {
      #expect(parts.count == 2 && parts[1] == text)
    }
  }
}
