import LimnTestSupport
import Testing

@testable import LimnEditor

/// What requests answer, as the client sees it.
@Suite struct RequestTests {
  private let client = TestClient()

  @Test func hoverGivesMarkdownAndARange() {
    client.open("## Adds.\nfn add(a, b) { a + b }\nlet s = \"😀\"; add(1, 2)\n")
    let result = client.ask("hover", 2, 15)["result"]
    #expect(result["contents"] == ["kind": "markdown", "value": "```limn\nfn add(a, b)\n```\n\nAdds."])
    #expect(result["range"] == TextRange(.init(line: 2, column: 14), .init(line: 2, column: 17)).json)
    #expect(client.ask("hover", 9, 9)["result"] == .null)
  }

  @Test func completionReplacesTheWord() throws {
    client.open("let count = 1\nprint(cou)\n")
    let items = try #require(client.ask("completion", 1, 9)["result"].array)
    let item = try #require(items.first { $0["label"] == "count" })
    #expect(item["textEdit"]["range"] == TextRange(.init(line: 1, column: 6), .init(line: 1, column: 9)).json)
    #expect(item["textEdit"]["newText"] == "count")
    #expect(item["kind"] == 6)
    #expect(item["detail"] == "let count = 1")
  }

  @Test func definitionsAndReferencesAreLocations() {
    client.open("let x = 1\nprint(x)\n")
    let first = TextRange(.init(line: 0, column: 4), .init(line: 0, column: 5)).json
    #expect(client.ask("definition", 1, 6)["result"] == ["uri": "file:///nowhere/a.limn", "range": first])
    #expect(client.ask("references", 1, 6, ["context": ["includeDeclaration": true]])["result"].array?.count == 2)
    #expect(client.ask("references", 1, 6, ["context": ["includeDeclaration": false]])["result"].array?.count == 1)
    #expect(client.ask("documentHighlight", 1, 6)["result"].array?.map { $0["kind"] } == [3, 2])
  }

  @Test func renameGivesEdits() {
    client.open("let x = 1\nprint(x)\n")
    #expect(client.ask("prepareRename", 1, 6)["result"]["placeholder"] == "x")
    let edits = client.ask("rename", 1, 6, ["newName": "size"])["result"]["changes"]["file:///nowhere/a.limn"].array
    #expect(edits?.map { $0["newText"] } == ["size", "size"])
    let refused = client.ask("rename", 1, 2, ["newName": "size"])["error"]
    #expect(refused == ["code": -32803, "message": "`print` is built in, and cannot be renamed"])
  }

  @Test func renameReachesTheFilesThatImport() throws {
    let folder = try TemporaryFolder()
    let uri = ServerDocument.uri(of: folder.path + "/helper.limn")
    let text = "fn size(n) { n }\nfn other(size) { size }\n"
    try folder.write("helper.limn", text)
    try folder.write("a.limn", "import helper\nfrom helper import size\nprint(helper.size(1), size(2), \"size\")\n")
    try folder.write("b.limn", "let size = 1\nprint(size)\n")
    client.open(text, uri: uri)
    let changes = client.ask("rename", 0, 4, uri: uri, ["newName": "length"])["result"]["changes"]
    #expect(changes[uri].array?.count == 1)
    let edits = changes[ServerDocument.uri(of: folder.path + "/a.limn")].array ?? []
    #expect(
      edits.map { $0["range"]["start"] } == [
        TextPosition(line: 1, column: 19).json, TextPosition(line: 2, column: 13).json,
        TextPosition(line: 2, column: 22).json,
      ])
    #expect(changes[ServerDocument.uri(of: folder.path + "/b.limn")] == .null)
    let local = client.ask("rename", 1, 10, uri: uri, ["newName": "length"])["result"]["changes"]
    #expect(local[ServerDocument.uri(of: folder.path + "/a.limn")] == .null)
  }

  @Test func renameReachesAnOpenImporterThatHasNoFileYet() throws {
    let folder = try TemporaryFolder()
    func uri(_ name: String) -> String { ServerDocument.uri(of: folder.path + "/" + name) }
    client.open("fn size(n) { n }\n", uri: uri("helper.limn"))
    client.open("from helper import size\nprint(size(1))\n", uri: uri("new.limn"))
    client.open("from helper import size\nprint(size(1))\n", uri: "untitled:Untitled-1")
    let changes = client.ask("rename", 0, 4, uri: uri("helper.limn"), ["newName": "length"])["result"]["changes"]
    #expect(changes[uri("helper.limn")].array?.count == 1)
    #expect(
      changes[uri("new.limn")].array?.map { $0["range"]["start"] } == [
        TextPosition(line: 0, column: 19).json, TextPosition(line: 1, column: 6).json,
      ])
    #expect(changes["untitled:Untitled-1"] == .null)
  }

  @Test func formattingChangesOnlyTheLinesThatDiffer() {
    client.open("let a = 1\nlet  b=2\nlet c = 3\n")
    let edits = client.request("textDocument/formatting", ["textDocument": ["uri": "file:///nowhere/a.limn"]])["result"]
    let range = TextRange(.init(line: 1, column: 0), .init(line: 1, column: 8)).json
    #expect(edits == [["range": range, "newText": "let b = 2"]])
    client.change(["text": "let a = 1\n"])
    #expect(
      client.request("textDocument/formatting", ["textDocument": ["uri": "file:///nowhere/a.limn"]])["result"] == [])
    client.change(["text": "let = 1\n"])
    #expect(
      client.request("textDocument/formatting", ["textDocument": ["uri": "file:///nowhere/a.limn"]])["result"] == [])
  }

  @Test func formattingANotebookLeavesItsProse() {
    client.open("# t\n\n```limn\nx=1\n```\n\nend", uri: "file:///n/a.md", language: "markdown")
    let edits = client.request("textDocument/formatting", ["textDocument": ["uri": "file:///n/a.md"]])["result"].array
    #expect(edits?.map { $0["newText"] } == ["x = 1"])
  }

  @Test func signaturesMarkTheParameter() {
    client.open("fn f(a, b = 2) { 1 }\nf(1, ")
    let result = client.ask("signatureHelp", 1, 5)["result"]
    #expect(result["signatures"].array?.map { $0["label"] } == ["f(a, b = 2)"])
    #expect(result["activeParameter"] == 1)
  }

  @Test func theOutlineHasChildren() {
    client.open("type P(x) { fn m() { 1 } }\n")
    let symbols = client.request("textDocument/documentSymbol", ["textDocument": ["uri": "file:///nowhere/a.limn"]])[
      "result"
    ].array
    #expect(symbols?.map { $0["name"] } == ["P"])
    #expect(symbols?[0]["children"].array?.map { $0["name"] } == ["x", "m"])
  }
}
