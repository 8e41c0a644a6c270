import Foundation

/// Files in Tests/LimnNotebookTests/Fixtures.
enum Fixtures {
  static func path(_ name: String, from file: String = #filePath) -> String {
    URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures").appendingPathComponent(name).path
  }
}
