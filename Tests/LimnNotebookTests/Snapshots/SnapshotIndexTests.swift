import Foundation
import LimnLanguage
import LimnNotebook
import LimnRuntime
import Testing

/// `Tests/Snapshots/README.md` lists every error of every catalog with its snapshots, and none lacks one.
@Suite struct SnapshotIndexTests {
  static let catalog = ErrorCatalog(
    ErrorCatalog.language.entries + ErrorCatalog.runtime.entries + ErrorCatalog.notebook.entries)

  /// Errors of the Swift libraries that no program or command can bring about.
  static let unreachable = [
    "bad-text": "a text chunk that no PNG can hold: `PNG.write` in Swift",
    "cannot-format": "a fault of the formatter itself, which finds it by reading back what it has written",
    "memory-exceeded": "a limit that a program sets which embeds the language: `Interpreter.limits` in Swift",
    "steps-exceeded": "a limit that a program sets which embeds the language: `Interpreter.limits` in Swift",
    "missing-tensor": "a name that a safetensors file lacks: `Safetensors` in Swift",
  ]

  @Test(arguments: catalog.codes)
  func everyCodeHasASnapshotAndAStory(_ code: String) throws {
    #expect(Self.catalog[code]?.story.isEmpty == false)
    let names = try CommandSnapshot.names()
    #expect(names.contains { $0.code == code && !$0.files.isEmpty } || Self.unreachable[code] != nil)
  }

  @Test func everySnapshotsCodeIsInACatalog() throws {
    #expect(try CommandSnapshot.names().map(\.code).filter { Self.catalog[$0] == nil } == [])
  }

  @Test func theIndexIsUpToDate() throws {
    let file = CommandSnapshot.folder.appending(path: "README.md")
    let index = try index()
    if CommandSnapshot.updates {
      try index.write(to: file, atomically: true, encoding: .utf8)
    } else {
      #expect(try String(contentsOf: file, encoding: .utf8) == index)
    }
  }

  private func index() throws -> String {
    var text = """
      # Snapshots of errors

      The exact text of every error: a program or a command, a line `~~~~`, and what a user sees. `NAME.txt` is a program of
      the language alone; `NAME.command.txt` is a command that is run whole, with the files that it finds. Tests compare
      them; `LIMN_UPDATE_SNAPSHOTS=1 swift test --filter Snapshot` writes the texts and this page anew, and the difference
      is then read and judged.

      `limn explain CODE` tells the story of each.

      | code | snapshots |
      |---|---|

      """
    for (code, files) in try CommandSnapshot.names() {
      let links = files.map { file in
        let name = file.replacing(".command.txt", with: "").replacing(".txt", with: "")
        return "[\(name)](\(code)/\(file))"
      }
      text += "| `\(code)` | \(links.joined(separator: ", ")) |\n"
    }
    text += "\nNo program or command brings these about:\n\n"
    for (code, reason) in Self.unreachable.sorted(by: { $0.key < $1.key }) { text += "- `\(code)`: \(reason)\n" }
    return text
  }
}
