import Foundation
import Testing

/// `docs/embedding.md` shows the programs that are built, and what they print.
@Suite struct EmbeddingDocumentTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test(arguments: ["Embedding", "HostType", "Limits"])
  func showsASnippetAndItsOutput(_ name: String) throws {
    let document = try String(contentsOf: Self.root.appendingPathComponent("docs/embedding.md"), encoding: .utf8)
    let snippet = try String(contentsOf: Self.root.appendingPathComponent("Snippets/\(name).swift"), encoding: .utf8)
    let output = try Self.output(of: name)
    let shown = "<!-- Snippets/\(name).swift -->\n```swift\n\(snippet)```\n\n```\n\(output)```\n"
    #expect(document.contains(shown), "it prints:\n\(output)")
  }

  /// What a snippet prints; it stands beside the program that runs the tests.
  private static func output(of name: String) throws -> String {
    let products = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    let process = Process()
    process.executableURL = products.appendingPathComponent(name)
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: bytes, as: UTF8.self)
  }
}
