import Testing

@testable import LimnNotebook

@Suite struct CellOptionsTests {
  private func options(_ lines: String...) throws -> CellOptions {
    try #require(try notebook("```limn\n" + lines.joined(separator: "\n") + "\n1\n```\n").cells.first).options
  }

  private func fault(_ lines: String...) throws -> (code: String, marked: String?, line: Int?, help: String?) {
    let found = faults("```limn\n" + lines.joined(separator: "\n") + "\n1\n```\n")
    #expect(found.count == 1)
    let first = try #require(found.first)
    return (first.code, first.marked, first.line, first.help)
  }

  @Test func allOptionsAreRead() throws {
    let options = try options(
      "#| id: train", "#| skip: true", "#| expect-error: shape-mismatch", "#| timeout: 1.5", "#| hide: code",
      "#| caption: \"Loss: by step\"")
    #expect(options.id == "train")
    #expect(options.skip)
    #expect(options.expectedError == "shape-mismatch")
    #expect(options.timeout == 1.5)
    #expect(options.hide == .code)
    #expect(options.caption == "Loss: by step")
  }

  @Test func optionsStandInLeadingLinesOnly() throws {
    #expect(try options("let x = 1", "#| id: train").id == nil)
  }

  @Test func theSpaceBehindTheBarMayBeMissing() throws {
    #expect(try options("#|id: train").id == "train")
  }

  @Test func aBlockOfYAMLMaySpanLines() throws {
    #expect(try options("#| caption: >", "#|   two", "#|   lines").caption == "two lines")
  }

  @Test func anUnknownOptionIsAnErrorWithDidYouMean() throws {
    let fault = try fault("#| id: a", "#| tiemout: 3")
    #expect(fault == ("unknown-option", "tiemout", 3, "did you mean `timeout`?"))
  }

  @Test func anOptionUnlikeAnyListsThemAll() throws {
    #expect(try fault("#| echo: false").help?.contains("`expect-error`") == true)
  }

  @Test(arguments: [
    ("#| id: a b", "a b"), ("#| id: ../x", "../x"), ("#| id: é", "é"), ("#| skip: yes", "yes"), ("#| timeout: 0", "0"),
    ("#| timeout: -1", "-1"), ("#| timeout: soon", "soon"), ("#| timeout: .inf", ".inf"),
    ("#| timeout: 1e999", "1e999"),
    ("#| hide: everything", "everything"), ("#| hide: [code]", "[code]"), ("#| caption: {a: 1}", "{a: 1}"),
  ])
  func aMistypedOptionIsMarked(line: String, value: String) throws {
    let fault = try fault(line)
    #expect(fault.code == "invalid-option")
    #expect(fault.marked == value)
    #expect(fault.line == 2)
  }

  @Test(arguments: ["#| id", "#| [", "#| id: a: b", "#| \"id", "#| - id", "#| id: a\n#| id: b", "#| ? [a]: b"])
  func whatIsNoMapIsAnError(line: String) throws {
    #expect(try fault(line).code == "invalid-option")
  }

  @Test func idsAreUnique() throws {
    let found = faults("```limn\n#| id: a\n```\n```limn\n#| id: b\n```\n```limn\n#| id: a\n```\n")
    #expect(found.map(\.code) == ["duplicate-id"])
    #expect(found.first?.line == 8)
    #expect(found.first?.secondary.count == 1)
  }

  @Test func aGivenIdMayNotBeAnotherCellsNumber() {
    #expect(faults("```limn\n#| id: cell-2\n```\n```limn\n```\n").map(\.code) == ["duplicate-id"])
  }

  @Test func marksAreRightInAnIndentedFenceAndBehindWideText() throws {
    let found = try #require(faults("größe 大\n\n  ```limn\n  #| caption: 大きい\n  #| hdie: all\n  ```\n").first)
    #expect(found.marked == "hdie")
    #expect(found.line == 5)
  }
}
