import LimnTestSupport
import Testing

/// `limn test` and `limn fmt` as processes.
@Suite(.serialized) struct TestCommandTests {
  private func run(_ arguments: String..., in folder: TemporaryFolder) throws -> Command.Result {
    try Command(arguments, in: folder).finish()
  }

  @Test func eachTestHasALineAndTheSummaryIsTheLast() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.limn", "test \"good\" { assert 1 == 1 }\ntest \"bad\" { assert 1 + 1 == 3 }\n")
    try folder.write("sub/b.md", "# t\n```limn\ntest \"too\" { }\n```\n")
    try folder.write("sub/c.md", "# no code\n")
    try folder.write("sub/c.out/c.md", "```limn\ntest \"no\" { }\n```\n")
    let result = try run("test", in: folder)
    #expect(result.exitCode == 1)
    #expect(
      result.output == """
        passed  a.limn: good
        FAILED  a.limn: bad
        error[assertion-failed]: the assertion does not hold
         --> a.limn, line 2
          |
        2 | test "bad" { assert 1 + 1 == 3 }
          |                     ^^^^^ is 2
          |                              - is 3

        passed  sub/b.md: too
        2 passed, 1 failed

        """)
  }

  @Test func testsThatPassEndWithZero() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.limn", "test \"good\" { }\ntest \"bad\" { assert false }\n")
    let result = try run("test", "a.limn", "--filter", "good", in: folder)
    #expect(result.exitCode == 0)
    #expect(result.output == "passed  a.limn: good\n1 passed, 0 failed\n")
  }

  @Test(arguments: [["test", "absent.limn"], ["test", "a.txt"], ["test", "--timeout", "-1"], ["fmt", "absent"]])
  func wrongUsageEndsWithTwo(_ arguments: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.write("a.txt", "")
    #expect(try Command(arguments, in: folder).finish().exitCode == 2)
  }

  @Test func checkNamesTheFilesThatDifferAndChangesNothing() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.limn", "x=1\n")
    try folder.write("b.limn", "let x = 1\n")
    try folder.write("c.md", "# t\n\n```limn\ny=1\n```\n")
    let check = try run("fmt", "--check", in: folder)
    #expect(check.exitCode == 1)
    #expect(check.output == "a.limn\nc.md\n")
    #expect(folder.text("a.limn") == "x=1\n")
    #expect(try run("fmt", in: folder).exitCode == 0)
    #expect(folder.text("a.limn") == "x = 1\n")
    #expect(folder.text("c.md") == "# t\n\n```limn\ny = 1\n```\n")
    #expect(try run("fmt", "--check", in: folder).exitCode == 0)
  }

  @Test func whatDoesNotParseStaysAsItIs() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.limn", "x  =1\nlet = 3\n")
    try folder.write("b.limn", "x  =1\n")
    let result = try run("fmt", "a.limn", "b.limn", in: folder)
    #expect(result.exitCode == 1)
    #expect(result.errors.hasPrefix("error[unexpected-token]: "))
    #expect(folder.text("a.limn") == "x  =1\nlet = 3\n")
    #expect(folder.text("b.limn") == "x = 1\n")
  }
}
