import Foundation
import Testing

@testable import LimnNotebook

/// Which fences are at the top level, by CommonMark.
@Suite struct MarkdownScannerTests {
  private func infos(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return MarkdownScanner.fences(in: bytes).map { String(decoding: bytes[$0.info], as: UTF8.self) }
  }

  @Test func aFenceOfBackticksOrTildesIsFound() {
    #expect(infos("```limn\nx\n```\n") == ["limn"])
    #expect(infos("~~~limn\nx\n~~~\n") == ["limn"])
  }

  @Test func aFenceIsIndentedByThreeSpacesAtMost() {
    #expect(infos("   ```limn\nx\n   ```\n") == ["limn"])
    #expect(infos("    ```limn\nx\n    ```\n") == [])
  }

  @Test func aLongerFenceHoldsShorterOnes() {
    #expect(infos("````md\n```limn\nx\n```\n````\n") == ["md"])
  }

  @Test func aFenceIsClosedByItsOwnMarkerOnly() {
    #expect(infos("```limn\n~~~\n```\n```b\n```\n") == ["limn", "b"])
  }

  @Test func backticksInTheInfoStringMakeItNoFence() {
    #expect(infos("``` limn `x`\n") == [])
    #expect(infos("~~~ limn `x`\n~~~\n") == ["limn `x`"])
  }

  @Test(arguments: [
    "> ```limn\n> x\n> ```\n",
    "- ```limn\n  x\n  ```\n",
    "1. text\n\n   ```limn\n   x\n   ```\n",
    "<!--\n```limn\nx\n```\n-->\n",
    "<div>\n```limn\nx\n```\n</div>\n",
    "<script>\n\n```limn\nx\n```\n</script>\n",
    "text\n    ```limn\n",
  ])
  func fencesInsideOtherBlocksAreNotAtTheTopLevel(text: String) {
    #expect(infos(text) == [])
  }

  @Test(arguments: [
    "- item\n\n```limn\nx\n```\n",
    "> quote\n```limn\nx\n```\n",
    "1. item\n  ```limn\nx\n  ```\n",
    "<div>\n\n```limn\nx\n```\n</div>\n",
    "<!-- note -->\n```limn\nx\n```\n",
    "text\n```limn\nx\n```\n",
    "- item\n  > quote\n\n ```limn\nx\n ```\n",
  ])
  func fencesBehindOtherBlocksAre(text: String) {
    #expect(infos(text) == ["limn"])
  }

  @Test func anUnclosedFenceRunsToTheEnd() {
    let fence = MarkdownScanner.fences(in: Array("```limn\nx\ny".utf8)).first
    #expect(fence?.closingLine == nil)
    #expect(fence?.contentLines.count == 2)
  }

  @Test func carriageReturnsEndLinesToo() {
    #expect(infos("```limn\r\nx\r\n```\r\ntext\r```b\r```\r") == ["limn", "b"])
  }

  private struct Case: Decodable {
    var text: String
    var fences: [Fence]

    struct Fence: Decodable, Equatable {
      var line: Int
      var info: String
      var content: String

      init(line: Int, info: String, content: String) { (self.line, self.info, self.content) = (line, info, content) }

      init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        self.init(
          line: try values.decode(Int.self), info: try values.decode(String.self),
          content: try values.decode(String.self))
      }
    }
  }

  /// Expected values come from cmark 0.30.2 by Tests/Peers/markdown_fences.py.
  @Test func agreesWithTheReferenceImplementationOnAwkwardTexts() throws {
    let path = ProcessInfo.processInfo.environment["FENCES"] ?? Fixtures.path("fences.json")
    let cases = try JSONDecoder().decode([Case].self, from: try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(cases.count >= 400)
    for example in cases {
      let bytes = Array(example.text.utf8)
      let starts = Array(TextLines(bytes)).map(\.lowerBound)
      let found = MarkdownScanner.fences(in: bytes).map { fence in
        Case.Fence(
          line: starts.firstIndex(of: fence.openingLine.lowerBound) ?? -1,
          info: String(decoding: bytes[fence.info], as: UTF8.self), content: fence.content(in: bytes))
      }
      #expect(found == example.fences, "\(example.text)")
    }
  }
}
