import Foundation
import LimnTestSupport
import Testing

/// `limn lint` as a process.
@Suite(.serialized) struct LintCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String..., input: String = "") throws -> Command.Result {
    try Command(arguments, in: folder, input: input).finish()
  }

  @Test func warningsAloneEndWithZeroAndErrorsWithOne() throws {
    try folder.write("a.limn", "import data\n")
    let warned = try run("lint", "a.limn")
    #expect(warned.exitCode == 0)
    #expect(warned.output.hasPrefix("warning[unused-import]: "))
    #expect(warned.output.hasSuffix("\n\n0 errors, 1 warning\n"))
    try folder.write("b.limn", "totl\n")
    let failed = try run("lint")
    #expect(failed.exitCode == 1)
    #expect(failed.output.hasSuffix("\n\n1 error, 1 warning\n"))
  }

  @Test func soundFilesSayNothing() throws {
    try folder.write("a.limn", "print(1)\n")
    let result = try run("lint")
    #expect(result.output.isEmpty && result.errors.isEmpty && result.exitCode == 0)
  }

  @Test func jsonIsOneObjectALineWithPlacesInTheFile() throws {
    try folder.write("n.md", "# é\n\n  ```limn\n  let s = \"é\"; totl\n  ```\n")
    let result = try run("lint", "--format", "json")
    #expect(result.exitCode == 1)
    #expect(
      result.output == #"""
        {"cell":1,"code":"unknown-name","column":16,"end_column":20,"end_line":4,"file":"n.md","label":"unknown name","line":4,"message":"nothing here is named `totl`","notes":[],"severity":"error"}

        """#)
  }

  @Test func faultsOfImportedFilesStandThere() throws {
    try folder.write("sub/helper.limn", "let = 3\n")
    try folder.write("sub/a.limn", "import helper\nprint(helper)\n")
    let result = try run("lint", "sub/a.limn", "--format", "json")
    #expect(result.output.contains(#""file":"sub/helper.limn""#))
  }

  @Test func aFaultOfAnImportedFileIsToldOnce() throws {
    try folder.write("sub/a.limn", "import helper\nprint(helper)\n")
    try folder.write("sub/b.limn", "import helper\nprint(helper)\ntotl\n")
    try folder.write("sub/helper.limn", "let = 3\n")
    let json = try run("lint", "sub/", "--format", "json")
    let lines = json.output.split(separator: "\n")
    #expect(lines.count == 2 && json.exitCode == 1)
    #expect(lines.first?.contains(#""file":"sub/helper.limn""#) == true)
    #expect(lines.last?.contains(#""file":"sub/b.limn""#) == true)
    #expect(try run("lint", "sub").output.hasSuffix("\n\n2 errors, 0 warnings\n"))
    // The same text elsewhere is another fault.
    try folder.write("other/helper.limn", "let = 3\n")
    #expect(try run("lint", "sub", "other").output.hasSuffix("\n\n3 errors, 0 warnings\n"))
  }

  @Test func aScriptMayBeCalledLikeAModuleOfTheLibrary() throws {
    // What the library's module has natively is nothing to a user's script.
    let text = "print(replace_pattern(\"a\", \"a\", \"b\"))\n"
    try folder.write("strings.limn", text)
    let own = try run("lint", "strings.limn")
    #expect(own.exitCode == 1 && own.output.contains("unknown-name"))
    try folder.write("stdlib/strings.limn", text)
    #expect(try run("lint", "stdlib/strings.limn").output.isEmpty)
  }

  @Test func standardInputHasTheNameThatIsGiven() throws {
    try folder.write("helper.limn", "let size = 3\n")
    let result = try run(
      "lint", "-", "--name", "b.limn", "--format", "json", input: "import helper\nprint(helper.sise)\n")
    #expect(result.output.contains(#""file":"b.limn""#))
    #expect(result.output.contains("did you mean `size`?"))
    #expect(result.exitCode == 1)
  }

  @Test func standardInputIsFormattedToo() throws {
    let script = try run("fmt", "-", input: "let  x=1")
    #expect(script.output == "let x = 1\n" && script.exitCode == 0)
    let notebook = try run("fmt", "-", "--name", "a.md", input: "a  b\n```limn\nx=1\n```\n")
    #expect(notebook.output == "a  b\n```limn\nx = 1\n```\n")
    let check = try run("fmt", "-", "--check", input: "let  x=1")
    #expect(check.output.isEmpty && check.exitCode == 1)
    let broken = try run("fmt", "-", input: "let = 1")
    #expect(broken.output.isEmpty && broken.exitCode == 1)
  }

  @Test func anUnreadableFileEndsWithTwo() throws {
    #expect(try run("lint", "absent.limn").exitCode == 2)
    #expect(try run("lint", "--format", "yaml").exitCode == 2)
  }
}
