import Foundation
import LimnTestSupport
import Testing

@testable import LimnNotebook

@Suite struct OutputFolderTests {
  private func record() throws -> RunRecord {
    let document = try notebook("```limn\n#| id: a\n1\n```\n")
    return RunRecord(
      notebook: "n.md", status: .running, seed: 0, parameters: JSONValue(.map([])), threads: 1, versions: [:],
      processor: .init(name: "p", kernels: "k"), started: "", seconds: 0, cells: RunState(document).cells, files: [])
  }

  private func picture(_ name: String) -> Picture {
    Picture(file: "images/\(name)", displayID: nil, width: 1, height: 1, digest: "", png: Array(name.utf8))
  }

  private func listed(_ folder: TemporaryFolder) throws -> [String] {
    try JSONDecoder().decode(RunRecord.self, from: Data(folder.bytes("run.json"))).files
  }

  @Test func nothingIsWrittenUntilItIsMade() throws {
    let folder = try TemporaryFolder()
    _ = try OutputFolder(folder.path + "/out", writing: ["n.md"], pictureIDs: ["a"])
    #expect(folder.names.isEmpty)
  }

  @Test func picturesNotebookAndRecordAreSaved() throws {
    let folder = try TemporaryFolder()
    var out = try OutputFolder(folder.path, writing: ["n.md"], pictureIDs: ["a"])
    try out.create()
    try out.save(record(), pictures: [picture("a-1.png")], notebook: ("n.md", Array("text".utf8)))
    #expect(folder.names == ["images/a-1.png", "n.md", "run.json"])
    #expect(folder.text("images/a-1.png") == "a-1.png")
    #expect(try listed(folder) == ["images/a-1.png", "n.md"])
  }

  @Test func whatThePreviousRunLeftIsRemovedAtTheEndAndNothingElse() throws {
    let folder = try TemporaryFolder()
    var first = try OutputFolder(folder.path, writing: ["n.md"], pictureIDs: ["a"])
    try first.create()
    try first.save(record(), pictures: [picture("a-1.png"), picture("a-2.png")], notebook: ("n.md", []))
    try first.finish(record())
    try folder.write("images/own.png", "mine")
    try folder.write("notes.txt", "mine")

    var second = try OutputFolder(folder.path, writing: ["n.md"], pictureIDs: ["a"])
    try second.save(record(), pictures: [picture("a-1.png")], notebook: ("n.md", []))
    #expect(folder.names.contains("images/a-2.png"))
    #expect(try listed(folder).contains("images/a-2.png"))
    try second.finish(record())
    #expect(folder.names == ["images/a-1.png", "images/own.png", "n.md", "notes.txt", "run.json"])
    #expect(try listed(folder) == ["images/a-1.png", "n.md"])
  }

  @Test func aTamperedRecordCannotRemoveFilesElsewhere() throws {
    let folder = try TemporaryFolder()
    try folder.write("precious.txt", "mine")
    try folder.write("out/deep/er.txt", "mine")
    try folder.write(
      "out/run.json",
      """
      {"format": 1, "files": ["../precious.txt", "\(folder.path)/precious.txt", "images/../../precious.txt",
        "deep/er.txt", "", "."]}
      """)
    var out = try OutputFolder(folder.path + "/out", writing: [], pictureIDs: [])
    try out.finish(record())
    #expect(folder.names == ["out/deep/er.txt", "out/run.json", "precious.txt"])
  }

  @Test(arguments: ["n.md", "run.json", "images/a-12.png"])
  func aFileThatIsNoRunsIsNotWrittenOver(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(name, "mine")
    #expect(
      faults { _ = try OutputFolder(folder.path, writing: ["n.md"], pictureIDs: ["a"]) }.map(\.code) == [
        "output-folder"
      ])
    #expect(folder.text(name) == "mine")
  }

  @Test func otherPicturesAreNotInTheWay() throws {
    let folder = try TemporaryFolder()
    try folder.write("images/b-1.png", "mine")
    try folder.write("images/a-x.png", "mine")
    #expect(faults { _ = try OutputFolder(folder.path, writing: ["n.md"], pictureIDs: ["a"]) }.isEmpty)
  }

  @Test func aFileInTheFoldersPlaceIsWrongUsage() throws {
    let folder = try TemporaryFolder()
    try folder.write("out", "")
    #expect(throws: UsageError.self) { try OutputFolder(folder.path + "/out", writing: [], pictureIDs: []) }
  }

  @Test func theRecordReadsBack() throws {
    let folder = try TemporaryFolder()
    var out = try OutputFolder(folder.path, writing: [], pictureIDs: [])
    var written = try record()
    written.parameters = JSONValue(
      .map([.init(key: "a", value: .list([.int(1), .float(.infinity), .null, .bool(true)]))]))
    try out.save(written, pictures: [], notebook: nil)
    let read = try JSONDecoder().decode(RunRecord.self, from: Data(folder.bytes("run.json")))
    #expect(
      read.parameters.value == .map([.init(key: "a", value: .list([.int(1), .string("inf"), .null, .bool(true)]))]))
    #expect(read.cells.map(\.id) == ["a"])
  }
}
