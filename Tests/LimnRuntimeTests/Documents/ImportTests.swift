import Foundation
import Testing

/// What the sources may import.
@Suite struct ImportTests {
  private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")

  /// All of Foundation brings tables of 40 MB along, and doubles the time that a start takes.
  @Test("no source imports more of Foundation than FoundationEssentials")
  func foundation() throws {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: Self.sources.path).filter { $0.hasSuffix(".swift") }
    #expect(paths.count > 300)
    let importing = try paths.filter { path in
      try String(contentsOf: Self.sources.appendingPathComponent(path), encoding: .utf8)
        .split(separator: "\n").contains { $0.split(separator: " ").suffix(2) == ["import", "Foundation"] }
    }
    #expect(importing == [])
  }
}
