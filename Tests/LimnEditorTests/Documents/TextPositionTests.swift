import LimnLanguage
import LimnNotebook
import Testing

@testable import LimnEditor

/// Editors count lines and columns in units of their own.
@Suite struct TextPositionTests {
  private let source = Source(name: "a", text: "a😀é\r\nb\n")

  @Test(arguments: [(PositionEncoding.utf8, [0, 1, 5, 7]), (.utf16, [0, 1, 3, 4]), (.utf32, [0, 1, 2, 3])])
  func columnsCountUnitsOfTheEncoding(_ encoding: PositionEncoding, columns: [Int]) {
    for (offset, column) in zip([0, 1, 5, 7], columns) {
      let position = TextPosition(line: 0, column: column)
      #expect(source.position(of: offset, encoding) == position)
      #expect(source.offset(of: position, encoding) == offset)
    }
  }

  @Test func placesThatAreNotThereAreTheNearest() {
    #expect(source.offset(of: TextPosition(line: 0, column: 99), .utf16) == 7)
    #expect(source.offset(of: TextPosition(line: 99, column: 0), .utf16) == source.bytes.count)
    #expect(source.offset(of: TextPosition(line: -1, column: 0), .utf16) == 0)
    // Half of the emoji's pair is its start.
    #expect(source.offset(of: TextPosition(line: 0, column: 2), .utf16) == 1)
    #expect(source.position(of: 8, .utf16) == TextPosition(line: 0, column: 4))
  }

  @Test func placesInCellsAreFoundInTheFile() throws {
    let text = "# é\n\n  ```limn\n  let x = 1\n  x\n  ```\n\n```limn\ny\n```\n"
    let document = OpenDocument(name: "a.md", text: text)
    let first = document.cells[0].source
    #expect(first.text == "let x = 1\nx\n")
    #expect(
      document.range(of: Span(4, 5), in: first, .utf16)
        == TextRange(.init(line: 3, column: 6), .init(line: 3, column: 7)))
    #expect(document.range(of: Span(0, 1), in: document.cells[1].source, .utf16)?.start == .init(line: 8, column: 0))
    for cell in document.cells {
      for offset in 0..<cell.source.bytes.count - 1 {
        let span = try #require(document.span(of: Span(offset, offset), in: cell.source))
        let place = try #require(document.place(at: span.start))
        #expect(place.cell.number == cell.number && place.offset == offset)
      }
    }
    #expect(document.place(at: 0) == nil)
    #expect(document.range(of: Span(0, 1), in: Source(name: "b", text: "x"), .utf8) == nil)
  }

  @Test func aByteOrderMarkIsNoCode() throws {
    let document = OpenDocument(name: "a.limn", text: "\u{FEFF}let x = 1\n")
    #expect(document.span(of: Span(4, 5), in: document.cells[0].source) == Span(7, 8))
    #expect(document.place(at: 7)?.offset == 4)
  }
}
