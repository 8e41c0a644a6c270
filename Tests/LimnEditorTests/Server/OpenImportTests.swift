import LimnTestSupport
import Testing

@testable import LimnEditor

/// What is imported is read as it is open in the editor, not as it is saved.
@Suite struct OpenImportTests {
  let folder: TemporaryFolder
  let client = TestClient()
  let script: String
  let helper: String

  init() throws {
    folder = try TemporaryFolder()
    script = ServerDocument.uri(of: folder.path + "/a.limn")
    helper = ServerDocument.uri(of: folder.path + "/helper.limn")
  }

  private var codes: [JSON]? { client.diagnostics(uri: script)?.map { $0["code"] } }

  private func close(_ uri: String) {
    client.notify("textDocument/didClose", ["textDocument": ["uri": .string(uri)]])
  }

  @Test func anImporterSeesEditsThatAreNotSaved() throws {
    try folder.write("helper.limn", "let size = 1\n")
    client.open("import helper\nprint(helper.sise)\n", uri: script)
    client.open("let size = 1\n", uri: helper)
    #expect(codes?.count == 1)
    client.change(JSON(change: "sise", 0, 4, 0, 8), uri: helper)
    #expect(codes == [])
    // The importer is told anew without a change of its own, and so it is when the edits are given up.
    close(helper)
    #expect(codes?.count == 1)
  }

  @Test func faultsOfTheOpenTextAreToldAtTheImport() throws {
    try folder.write("helper.limn", "let size = 1\n")
    client.open("import helper\nprint(helper.size)\n", uri: script)
    #expect(codes == [])
    client.open("let =\n", uri: helper)
    #expect(codes?.isEmpty == false)
  }

  @Test func aTextThatHasNeverBeenSavedCanBeImported() {
    client.open("import helper\nhelper.s\n", uri: script)
    #expect(codes == ["unknown-module"])
    client.open("# first\nlet size = 1\n", uri: helper)
    let members = client.ask("completion", 1, 8, uri: script)["result"].array ?? []
    #expect(members.contains { $0["label"] == "size" })
    client.change(JSON(change: "ize", 1, 8, 1, 8), uri: script)
    #expect(codes == [])
    let definition = client.ask("definition", 1, 9, uri: script)["result"]
    #expect(definition["uri"] == .string(helper))
    #expect(definition["range"]["start"] == TextPosition(line: 1, column: 4).json)
    client.open("import ", uri: script)
    let modules = client.ask("completion", 0, 7, uri: script)["result"].array ?? []
    #expect(modules.contains { $0["label"] == "helper" })
  }

  @Test func whatAnImportImportsIsOpenToo() throws {
    try folder.write("helper.limn", "import deeper\nlet size = deeper.size\n")
    let deeper = ServerDocument.uri(of: folder.path + "/deeper.limn")
    client.open("import helper\nprint(helper.size)\n", uri: script)
    client.open("let other = 1\n", uri: deeper)
    #expect(codes?.isEmpty == false)
    client.change(JSON(change: "size", 0, 4, 0, 9), uri: deeper)
    #expect(codes == [])
  }

  @Test func aNotebookSeesThemAndOtherFoldersDoNot() throws {
    let notebook = ServerDocument.uri(of: folder.path + "/a.md")
    client.open("```limn\nimport helper\nprint(helper.size)\n```\n", uri: notebook, language: "markdown")
    client.open("let size = 1\n", uri: "file:///nowhere/helper.limn")
    #expect(client.diagnostics(uri: notebook)?.map { $0["code"] }.contains("unknown-module") == true)
    client.open("let size = 1\n", uri: helper)
    #expect(client.diagnostics(uri: notebook) == [])
  }
}
