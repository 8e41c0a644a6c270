import Foundation
import LimnLanguage
import Testing

/// The README says what is true.
@Suite struct ReadmeTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private let readme: String

  init() throws { readme = try String(contentsOf: Self.root.appendingPathComponent("README.md"), encoding: .utf8) }

  /// The program that the README shows is the one that is built.
  @Test func showsTheEmbeddingSnippetWhole() throws {
    let snippet = try String(contentsOf: Self.root.appendingPathComponent("Snippets/Embedding.swift"), encoding: .utf8)
    #expect(readme.contains("```swift\n\(snippet)```"))
  }

  @Test func linksToFilesThatAreThere() throws {
    for match in readme.matches(of: /\]\(([^)#:]+)\)/) {
      let path = String(match.1)
      #expect(FileManager.default.fileExists(atPath: Self.root.appendingPathComponent(path).path), "\(path)")
    }
  }

  /// Cells of the notebooks and the README's own programs parse.
  @Test(arguments: ["README.md", "notebooks/tour.md", "notebooks/dcgan.md", "notebooks/dcgan-icons.md"])
  func everyProgramParses(_ path: String) throws {
    let text = try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
    let cells = text.matches(of: /(?ms)^```limn\n(.*?)^```/)
    #expect(!cells.isEmpty)
    for cell in cells {
      let diagnostics = Parser.parse(Source(name: path, text: String(cell.1))).diagnostics
      #expect(diagnostics.isEmpty, "\(diagnostics.map { DiagnosticRenderer().render($0) })")
    }
  }
}
