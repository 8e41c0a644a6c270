import LimnTestSupport
import Testing

@testable import LimnEditor

/// Texts follow the client's changes, and diagnostics follow the texts.
@Suite struct DocumentSyncTests {
  @Test func changesOfRangesAreAppliedInOrder() {
    let client = TestClient()
    client.open("let a = \"😀\"\nb\n")
    client.change(JSON(change: "xy", 0, 9, 0, 11), JSON(change: "\nc", 1, 1, 1, 1), JSON(change: "", 0, 0, 0, 4))
    #expect(client.text() == "a = \"xy\"\nb\nc\n")
  }

  @Test func aChangeWithoutARangeIsTheWholeText() {
    let client = TestClient()
    client.open("a")
    client.change(["text": "b\n"])
    #expect(client.text() == "b\n")
  }

  @Test func columnsCountInTheAgreedUnits() {
    let client = TestClient(encodings: ["utf-8"])
    client.open("\"😀\" + é")
    client.change(JSON(change: "1", 0, 9, 0, 11))
    #expect(client.text() == "\"😀\" + 1")
  }

  @Test(
    arguments: [
      JSON(change: "x", 99, 0, 99, 0), JSON(change: "x", 0, 5, 0, 2), ["range": ["start": 3], "text": "x"], ["text": 3],
      ["range": .null], 3,
    ] as [JSON])
  func changesWithoutSenseDoNoHarm(_ change: JSON) {
    let client = TestClient()
    client.open("let a = 1\n")
    client.change(change)
    #expect(client.text() != nil)
    #expect(client.diagnostics() != nil)
  }

  @Test func diagnosticsComeAndGoWithTheText() throws {
    let client = TestClient()
    client.open("let é = 1\nprint(totl)\n")
    let found = try #require(client.diagnostics())
    #expect(found.map { $0["code"] } == ["unknown-name"])
    #expect(found[0]["severity"] == 1)
    #expect(found[0]["range"] == TextRange(.init(line: 1, column: 6), .init(line: 1, column: 10)).json)
    client.change(JSON(change: "é", 1, 6, 1, 10))
    #expect(client.diagnostics() == [])
    client.notify("textDocument/didClose", ["textDocument": ["uri": "file:///nowhere/a.limn"]])
    #expect(client.diagnostics() == [])
    #expect(client.server.documents.isEmpty)
  }

  @Test func cellsOfANotebookShareNamesInOrder() throws {
    let client = TestClient()
    client.open(
      "# t\n\n```limn\nlet a = later\n```\n\n```limn\nlet later = a\n```\n", uri: "file:///n/a.md", language: "markdown"
    )
    let found = try #require(client.diagnostics(uri: "file:///n/a.md"))
    #expect(found.map { $0["range"]["start"]["line"] } == [3])
    #expect(found.map { $0["code"] } == ["unknown-name"])
  }

  @Test func whatCannotBeReadAsANotebookIsToldToo() throws {
    let client = TestClient()
    client.open("---\nseed: many\n---\n", uri: "file:///n/a.md", language: "markdown")
    #expect(try #require(client.diagnostics(uri: "file:///n/a.md")).map { $0["code"] } == ["invalid-front-matter"])
    client.open("", uri: "file:///n/b.md", language: "markdown")
    #expect(client.diagnostics(uri: "file:///n/b.md") == [])
  }

  @Test func aSavedModuleIsReadAnew() throws {
    let folder = try TemporaryFolder()
    try folder.write("helper.limn", "let size = 1\n")
    let uri = ServerDocument.uri(of: folder.path + "/a.limn")
    let client = TestClient()
    client.open("import helper\nprint(helper.sise)\n", uri: uri)
    #expect(client.diagnostics(uri: uri)?.count == 1)
    try folder.write("helper.limn", "let sise = 1\n")
    client.notify("textDocument/didSave", ["textDocument": ["uri": .string(uri)]])
    #expect(client.diagnostics(uri: uri) == [])
    try folder.write("helper.limn", "let =\n")
    client.notify("textDocument/didSave", ["textDocument": ["uri": .string(uri)]])
    let found = try #require(client.diagnostics(uri: uri))
    #expect(found.allSatisfy { $0["range"]["start"]["line"] == 0 } && !found.isEmpty)
  }

  @Test func textsThatAreNoFilesAreServed() {
    let client = TestClient()
    client.open("totl", uri: "untitled:Untitled-1")
    #expect(client.diagnostics(uri: "untitled:Untitled-1")?.count == 1)
    client.open("```limn\ntotl\n```\n", uri: "untitled:Untitled-2", language: "markdown")
    #expect(client.diagnostics(uri: "untitled:Untitled-2")?.count == 1)
  }

  /// Edits at random, against an editor that counts in UTF-16 itself.
  @Test func editsAtRandomKeepBothTextsTheSame() {
    let client = TestClient()
    let words = ["a", "é", "😀", "\n", "let x = 1", "\r\n", "{", "\"", ""]
    var state: UInt64 = 42
    func below(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    var text = "let a = \"😀\"\nb\n"
    client.open(text)
    for _ in 0..<500 {
      let scalars = Array(text.unicodeScalars)
      let start = below(scalars.count + 1)
      let end = min(scalars.count, start + below(6))
      // A carriage return and its line feed are one line break, which no editor takes apart.
      guard ![start, end].contains(where: { $0 > 0 && $0 < scalars.count && scalars[$0] == "\n" && scalars[$0 - 1] == "\r" })
      else { continue }
      func position(_ index: Int) -> (line: Int, column: Int) {
        let before = scalars[..<index]
        let lineStart = (before.lastIndex(of: "\n") ?? -1) + 1
        return (before.count { $0 == "\n" }, before[lineStart...].reduce(0) { $0 + ($1.value > 0xFFFF ? 2 : 1) })
      }
      let inserted = words[below(words.count)]
      let (from, to) = (position(start), position(end))
      client.change(JSON(change: inserted, from.line, from.column, to.line, to.column))
      var changed = String.UnicodeScalarView()
      changed.append(contentsOf: scalars[..<start])
      changed.append(contentsOf: inserted.unicodeScalars)
      changed.append(contentsOf: scalars[end...])
      text = String(changed)
      #expect(client.text() == text)
    }
  }

  /// Whatever a user types, in whatever order, the server goes on.
  @Test func damagedTextsDoNoHarm() {
    let client = TestClient()
    let text =
      "import gan as g\ntype T(n = 1) {\n  let f = \"a \\(n:.2f)\"\n  fn call(x) { x |> self.f(n: 1) >> g.step }\n}\nfor k, v in {a: 1} { T(1)(k) }\n"
    client.open(text)
    for end in stride(from: 0, through: text.utf8.count, by: 3) {
      client.change(["text": .string(String(decoding: text.utf8.prefix(end), as: UTF8.self))])
      #expect(client.diagnostics() != nil)
      let lines = (client.text() ?? "").split(separator: "\n", omittingEmptySubsequences: false)
      for method in ["hover", "completion", "definition", "references", "signatureHelp", "prepareRename"] {
        let answer = client.ask(method, lines.count - 1, lines.last?.count ?? 0)
        #expect(answer["error"] == .null || method == "prepareRename", "\(method) at \(end)")
      }
      #expect(
        client.request("textDocument/documentSymbol", ["textDocument": ["uri": "file:///nowhere/a.limn"]])["error"]
          == .null)
    }
  }
}
