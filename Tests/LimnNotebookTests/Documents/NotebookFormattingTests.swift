import LimnLanguage
import Testing

@testable import LimnNotebook

/// Of a notebook nothing but the code in its cells changes.
@Suite struct NotebookFormattingTests {
  private func formatted(_ text: String) throws -> String {
    String(decoding: try notebook(text).formatted(), as: UTF8.self)
  }

  @Test func proseAndFrontMatterStay() throws {
    let text =
      "---\ntitle:   x\n---\nSome  prose .\n\n~~~~ limn  extra\n#| id: a\nlet  x=1\n~~~~\n```python\na  =1\n```\n tail"
    #expect(try formatted(text) == text.replacing("let  x=1", with: "let x = 1"))
  }

  @Test func anIndentedFenceKeepsItsIndentation() throws {
    #expect(
      try formatted("  ```limn\n  if a{\nb\n\n\n  c}\n  ```\n") == "  ```limn\n  if a {\n    b\n\n    c\n  }\n  ```\n")
  }

  @Test func carriageReturnsStay() throws {
    #expect(try formatted("# t\r\n```limn\r\na=1\r\nb=2\r\n```\r\n") == "# t\r\n```limn\r\na = 1\r\nb = 2\r\n```\r\n")
  }

  @Test func anEmptyCellStaysACell() throws {
    #expect(try formatted("```limn\n\n\n```\n") == "```limn\n```\n")
    #expect(try formatted("```limn\n```\n") == "```limn\n```\n")
  }

  @Test func skippedCellsAndExpectedFaultsStay() throws {
    let text = "```limn\n#| skip: true\na  b\n```\n```limn\n#| expect-error: unexpected-token\nlet =  3\n```\n"
    #expect(try formatted(text) == text)
  }

  @Test func faultsOfAllCellsAreTold() {
    let text = cells("let = 3", "x", "let = 4")
    #expect(faults { _ = try notebook(text).formatted() }.map { $0.primary?.source.cell?.number } == [1, 3])
  }

  @Test func aScriptKeepsItsByteOrderMark() throws {
    let document = try NotebookDocument(script: Array("\u{FEFF}a=1".utf8), name: "a.limn")
    #expect(String(decoding: try document.formatted(), as: UTF8.self) == "\u{FEFF}a = 1\n")
  }
}
