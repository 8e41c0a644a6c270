import LimnLanguage
import LimnTestSupport
import Testing

@testable import LimnNotebook

/// Whatever a file contains, reading it ends in a document or in errors, never in a crash.
@Suite struct MutatedNotebookTests {
  private static let example = Array(
    """
    ---
    title: "größe 大" # comment
    seed: 42
    params: {epochs: 5, rate: 2e-4, names: [a, 'b'], nested: {x: &a [1, 2], y: *a}}
    requires: [fashion-mnist]
    ---
    > quote
    - item

      ```limn
      1
      ```

    ```limn
    #| id: train
    #| timeout: 1.5
    #| caption: >
    #|   two lines
    let x = 1
    ```
    <!-- comment -->
    ~~~~limn
    #| expect-error: unknown-name
    y
    ~~~~

    """.utf8)

  /// Pieces that begin or end something.
  private static let pieces = [
    "```", "```limn\n", "~~~~", "---\n", "#| ", "#|", ": ", "[", "]", "{", "}", "\"", "'", "&a ", "*a", "!!str ", "\t",
    "\n", "\r", "- ", "> ",
    "<!--", "|\n", "<<: *a\n", "? ", "%YAML 1.2\n", "\u{FEFF}", "\0", "é", "…", "99999999999999999999", ".inf", "\\",
  ].map { Array($0.utf8) }

  @Test func readingNeverCrashes() throws {
    var random = SplitMix(state: 1)
    var documents = 0
    var failures = 0
    for _ in 0..<4000 {
      var bytes = Self.example
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.remove(at: position)
        case 1: bytes[position] = UInt8.random(in: 0...255, using: &random)
        case 2: bytes.removeSubrange(position..<min(bytes.count, position + Int.random(in: 1...40, using: &random)))
        default: bytes.insert(contentsOf: Self.pieces.randomElement(using: &random) ?? [], at: position)
        }
        if bytes.isEmpty { bytes = Self.example }
      }
      do {
        let document = try NotebookDocument(parsing: bytes, name: "n.md")
        documents += 1
        let rendered = RenderedNotebook.bytes(of: document, outputs: document.cells.map { _ in CellOutputs() })
        #expect(try NotebookDocument(parsing: rendered, name: "n.md").frontMatter.isExecuted)
      } catch let error as DiagnosticError {
        failures += 1
        #expect(!DiagnosticRenderer().render(error.diagnostics).isEmpty)
      } catch let error as UsageError {
        failures += 1
        #expect(!error.diagnostics.isEmpty)
      }
    }
    #expect(documents > 500)
    #expect(failures > 500)
  }
}
