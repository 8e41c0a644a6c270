import LimnLanguage
import Testing

@testable import LimnNotebook

@Suite struct NotebookDocumentTests {
  private let example = """
    ---
    title: A title
    seed: 42
    params:
      epochs: 5
    ---
    # Heading

    ```limn
    #| id: first
    let x = 1
    ```

    Prose with ```code``` in it.

    ~~~~limn
    x + 1
    ~~~~
    ```python
    not_a_cell()
    ```

    """

  @Test func aCellIsATopLevelFenceWhoseFirstWordIsLimn() throws {
    let document = try notebook(example)
    #expect(document.cells.map(\.id) == ["first", "cell-2"])
    #expect(document.cells.map(\.source.text) == ["#| id: first\nlet x = 1\n", "x + 1\n"])
  }

  @Test(arguments: ["```limn\n1\n```", "```limn echo\n1\n```", "``` limn\n1\n```", "```limn\t{.wide}\n1\n```"])
  func theFirstWordAloneDecides(text: String) throws {
    #expect(try notebook(text).cells.count == 1)
  }

  @Test(arguments: ["```limnx\n1\n```", "```Limn\n1\n```", "```{limn}\n1\n```", "```py limn\n1\n```", "```\n1\n```"])
  func otherFencesAreProse(text: String) throws {
    #expect(try notebook(text).cells.isEmpty)
  }

  @Test func lineOneOfACellIsTheLineBehindItsFence() throws {
    let cell = try notebook(example).cells[0]
    #expect(cell.source.name == "test.md")
    #expect(cell.source.cell == Source.Cell(number: 1, id: "first"))
    #expect(cell.source.line(at: 0) == 1)
    #expect(cell.line == 9)
  }

  @Test func aFencesIndentationIsNoPartOfTheCode() throws {
    #expect(try notebook("  ```limn\n  if x {\n    1\n  }\n y\n  ```\n").cells[0].source.text == "if x {\n  1\n}\ny\n")
  }

  @Test func codeHasLineFeedsWhateverTheFileHas() throws {
    #expect(try notebook("```limn\r\nx\r\ny\r\n```\r\n").cells[0].source.text == "x\ny\n")
  }

  @Test(arguments: [
    "text\n", "\u{FEFF}text\n", "\u{FEFF}---\ntitle: x\n---\n```limn\n1\n```\n", "a\r\n```limn\r\n1\r\n```\r\nb",
    "---\n---\n", "```limn\n```", "\n\n```limn\n\n```\n\n\n", "- x\n\n  ```limn\n  1\n  ```\n",
  ])
  func segmentsTileTheTextByteForByte(text: String) throws {
    let document = try notebook(text)
    let joined = document.segments.flatMap { segment in
      switch segment {
      case .frontMatter(let range), .prose(let range), .cell(_, let range): document.bytes[range]
      }
    }
    #expect(joined == Array(text.utf8))
    #expect(document.bytes == Array(text.utf8))
  }

  @Test func anUnclosedCellMeansACutOffNotebook() throws {
    let fault = try #require(faults("text\n\n````limn\nlet x = 1\n```\n").first)
    #expect(fault.code == "unclosed-fence")
    #expect(fault.line == 3)
    #expect(fault.help?.contains("````") == true)
  }

  @Test func anyUnclosedFenceWouldHideCells() {
    #expect(faults("```python\nx\n\n```limn\n1\n").map(\.code) == ["unclosed-fence"])
  }

  @Test func aByteThatIsNoUTF8IsNamedByItsLine() throws {
    let fault = try #require(
      faults { _ = try NotebookDocument(parsing: Array("a\nb\n".utf8) + [0xFF], name: "n.md") }.first)
    #expect(fault.code == "not-text")
    #expect(fault.message.contains("line 3"))
  }

  @Test func aNULIsNoText() throws {
    let fault = try #require(faults("a\nb\0c\n").first)
    #expect(fault.code == "not-text")
    #expect(fault.message.contains("line 2"))
  }

  @Test(arguments: ["", "\n", "  \n\n", "\u{FEFF}", "\u{FEFF}\n"])
  func aBlankFileIsNoNotebook(text: String) {
    #expect(faults(text).map(\.code) == ["empty-notebook"])
  }

  @Test func everyFaultIsToldAtOnce() {
    let text = "---\nseed: x\n---\n```limn\n#| skpi: true\n#| hide: no\n```\n```limn\n#| id: a b\n```\n"
    #expect(
      faults(text).map(\.code) == ["invalid-front-matter", "unknown-option", "invalid-option", "invalid-option"])
  }

  @Test func aMissingFileIsWrongUsage() {
    #expect(throws: UsageError.self) { try NotebookDocument(contentsOf: "/nowhere/at-all.md") }
    #expect(faults { _ = try NotebookDocument(contentsOf: "/nowhere/at-all.md") }.map(\.code) == ["missing-file"])
  }

  @Test func aFolderIsNoNotebook() {
    #expect(faults { _ = try NotebookDocument(contentsOf: "/tmp") }.map(\.code) == ["unreadable-file"])
  }

  @Test func aScriptIsOneCell() throws {
    let document = try NotebookDocument(script: Array("\u{FEFF}let x = 1\nprint(x)\n".utf8), name: "a.limn")
    #expect(document.cells.count == 1)
    #expect(document.cells[0].source.text == "let x = 1\nprint(x)\n")
    #expect(document.cells[0].source.cell == nil)
  }

  @Test func anEmptyScriptDoesNothing() throws {
    #expect(try NotebookDocument(script: [], name: "a.limn").cells.count == 1)
  }
}
