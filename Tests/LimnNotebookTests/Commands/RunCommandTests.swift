import Foundation
import LimnTestSupport
import Testing

@testable import LimnNotebook

/// `limn run` as a process: streams, exit codes, signals.
@Suite(.serialized) struct RunCommandTests {
  private func run(_ text: String, _ arguments: String..., name: String = "n.md") throws -> (
    Command.Result, TemporaryFolder
  ) {
    let folder = try TemporaryFolder()
    try folder.write(name, text)
    return (try start(["run", name] + arguments, in: folder).finish(), folder)
  }

  private func start(_ arguments: [String], in folder: TemporaryFolder) throws -> Command {
    try Command(arguments, in: folder)
  }

  @Test func printedTextGoesToStandardOutputAndTheRestToStandardError() throws {
    let (result, folder) = try run(cells("#| id: first\nprint(1)", "1 + 1"))
    #expect(result.exitCode == 0)
    #expect(result.output == "1\n2\n")
    #expect(result.errors.hasPrefix("[1/2] first  "))
    #expect(result.errors.contains("n.out/n.md"))
    #expect(folder.names == ["n.md", "n.out/n.md", "n.out/run.json"])
  }

  @Test func aFailingCellEndsWithOne() throws {
    let (result, _) = try run(cells("[1][5]"))
    #expect(result.exitCode == 1)
    #expect(result.errors.contains("error["))
  }

  @Test func whatDoesNotResolveEndsWithOneBeforeAnythingRuns() throws {
    let (result, folder) = try run(cells("print(1)", "totl"))
    #expect(result.exitCode == 1)
    #expect(result.output.isEmpty)
    #expect(folder.names == ["n.md"])
  }

  @Test(arguments: [
    ["run"], ["run", "absent.md"], ["run", "n.md", "--timeout", "soon"], ["run", "n.md", "--timeout", "-1"],
    ["run", "n.md", "--threads", "0"], ["run", "n.md", "-p", "x=1"], ["run", "n.md", "--to", "nowhere"],
    ["run", "n.md", "--nonsense"],
    ["run", "n.md", "--params", "absent.yaml"], ["run", "n.md", "--quiet", "--json"], ["run", "."], ["run", "n.txt"],
    ["run", "n.md", "-o", "n.md"], ["run", "n.md", "-o", "."], ["run", "n.md", "--seed", "-1"],
  ])
  func wrongUsageEndsWithTwo(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.write("n.md", cells("1"))
    try folder.write("n.txt", "1")
    let result = try start(arguments, in: folder).finish()
    #expect(result.exitCode == 2)
    #expect(!result.errors.isEmpty)
    #expect(result.output.isEmpty)
  }

  @Test func aTimeOutEndsWith124() throws {
    #expect(try run(cells("while true { }"), "--timeout", "0.2").0.exitCode == 124)
  }

  @Test func controlCSavesAndEndsWith130() throws {
    let folder = try TemporaryFolder()
    try folder.write("n.md", cells("print(1)", "print(2)\nwhile true { }"))
    let command = try start(["run", "n.md"], in: folder)
    command.waitForOutput("2\n")
    command.send(SIGINT)
    #expect(command.finish().exitCode == 130)
    #expect(folder.text("n.out/n.md").contains("```output\n2\n"))
  }

  @Test func aKilledRunKeepsWhatItsCellsHadDone() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "n.md", cells("print(\"one\")", "show(rand(2, 2, 1))", "print(\"three\")\nwhile true { }", "print(4)"))
    let command = try start(["run", "n.md"], in: folder)
    command.waitForOutput("three\n")
    command.send(SIGKILL)
    #expect(command.finish().exitCode == 128 + SIGKILL)
    let rendered = folder.text("n.out/n.md")
    #expect(rendered.contains("```output\none\n```"))
    #expect(rendered.contains("![cell-2-1](images/cell-2-1.png)"))
    #expect(rendered.hasSuffix("```limn\nprint(4)\n```\n"))
    #expect(folder.names == ["n.md", "n.out/images/cell-2-1.png", "n.out/n.md", "n.out/run.json"])
    let record = try JSONDecoder().decode(RunRecord.self, from: Data(folder.bytes("n.out/run.json")))
    #expect(record.cells.map(\.status) == [.succeeded, .succeeded, .pending, .pending])
    #expect(record.files == ["images/cell-2-1.png", "n.md"])
  }

  @Test func parametersComeFromArgumentsAndFiles() throws {
    let folder = try TemporaryFolder()
    try folder.write("n.md", "---\nparams: {a: 1, b: 2, c: x}\n---\n" + cells("print(params)"))
    try folder.write("p.yaml", "a: 10\nb: 20\n")
    let result = try start(["run", "n.md", "--params", "p.yaml", "-p", "b=30", "-p", "c=-y"], in: folder).finish()
    #expect(result.output == "{a: 10, b: 30, c: \"-y\"}\n")
  }

  @Test func quietPrintsNothing() throws {
    let (result, _) = try run(cells("print(1)", "2"), "--quiet")
    #expect(result.output.isEmpty && result.errors.isEmpty)
  }

  @Test func jsonPrintsOneEventALine() throws {
    let (result, _) = try run(cells("print(1)"), "--json")
    let events = try result.output.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    #expect(
      events.compactMap { $0["event"] as? String } == ["started", "cell-started", "text", "cell-finished", "finished"])
    #expect(result.errors.isEmpty)
  }

  @Test func jsonTellsOfErrorsToo() throws {
    let (result, _) = try run(cells("totl"), "--json")
    #expect(result.output.contains(#""code":"unknown-name""#))
    #expect(result.errors.isEmpty)
    #expect(result.exitCode == 1)
  }

  @Test func aPipeSeesNoCarriageReturns() throws {
    let (result, _) = try run(cells("for i in progress(0..<1000, label: \"step\") { i }"))
    #expect(!result.errors.contains("\r") && !result.errors.contains("\u{1B}"))
  }

  @Test func aScriptPrintsAndLeavesNothing() throws {
    let (result, folder) = try run("print(1)\n2\n", name: "s.limn")
    #expect(result.output == "1\n")
    #expect(result.errors.isEmpty)
    #expect(folder.names == ["s.limn"])
  }

  @Test func aModuleThatCannotBeReadGetsNoHelpForOneThatIsMissing() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/torch.limn", withIntermediateDirectories: false)
    try folder.write("s.limn", "import torch")
    let result = try start(["run", "s.limn"], in: folder).finish()
    #expect(result.errors.contains("error[cannot-read]") && result.errors.contains("is a folder, not a file"))
    #expect(!result.errors.contains("help:"))
  }
}
