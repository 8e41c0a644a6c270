import LimnLanguage
import LimnTestSupport
import Testing

@testable import LimnNotebook

/// `test` blocks run after the top level, each on its own.
@Suite struct TestRunTests {
  private func results(
    _ text: String, name: String = "t.limn", _ change: (inout TestRun.Options) -> Void = { _ in }
  ) throws -> [TestRun.Result] {
    let folder = try TemporaryFolder()
    try folder.write(name, text)
    var options = TestRun.Options(folder: folder.path)
    change(&options)
    return TestRun(try NotebookDocument(contentsOf: folder.path + "/" + name), options).execute()
  }

  @Test func theTopLevelRunsOnceAndEachTestInAScopeOfItsOwn() throws {
    let results = try results(
      """
      var count = 0
      count = count + 1
      test "one" { let x = 1; assert count == x }
      test "two" { let x = 1; assert count == x }
      """)
    #expect(results.map(\.name) == ["one", "two"])
    #expect(results.map(\.hasPassed) == [true, true])
  }

  @Test func aFailingTestDoesNotKeepTheOthersFromRunning() throws {
    let results = try results("test \"a\" { assert false }\ntest \"b\" { [][0] }\ntest \"c\" { assert true }")
    #expect(results.map(\.hasPassed) == [false, false, true])
    #expect(results.map { $0.diagnostics.first?.code } == ["assertion-failed", "index-out-of-range", nil])
  }

  @Test func theFilterChoosesByName() throws {
    let text = "test \"first half\" { assert false }\ntest \"second half\" { }"
    #expect(try results(text) { $0.filter = "second" }.map(\.name) == ["second half"])
  }

  @Test func everyTestDrawsTheSameNumbersWhicheverOthersRun() throws {
    let text = """
      let first = rand(3)
      test "a" { print(rand(2).list()) ; assert false }
      test "b" { print(rand(2).list()) ; assert false }
      """
    let all = try results(text)
    let one = try results(text) { $0.filter = "b" }
    #expect(all[0].output == all[1].output)
    #expect(one[0].output == all[1].output)
    #expect(try results(text) { $0.seed = 7 }[0].output != all[0].output)
  }

  @Test func aTopLevelThatFailsIsOneFailure() throws {
    let results = try results("print(1)\n[][0]\ntest \"a\" { }")
    #expect(results.count == 1 && results[0].name == nil && results[0].output == "1\n")
    #expect(try self.results("totl\ntest \"a\" { }").map { $0.diagnostics.first?.code } == ["unknown-name"])
  }

  @Test func cellsOfANotebookShareNamesAndParameters() throws {
    let text =
      "---\nparams: {n: 3}\n---\n" + cells("let m = params.n", "#| skip: true\nbroken", "test \"m\" { assert m == 3 }")
    #expect(try results(text, name: "t.md").map(\.hasPassed) == [true])
  }

  @Test func aCellThatMustFailMayFail() throws {
    let text = cells("#| expect-error: index-out-of-range\n[][0]", "test \"a\" { }")
    #expect(try results(text, name: "t.md").map(\.hasPassed) == [true])
  }

  @Test func aTestThatTakesTooLongIsStopped() throws {
    let results = try results("test \"a\" { while true { } }\ntest \"b\" { }") { $0.timeout = 0.2 }
    #expect(results.map { $0.diagnostics.first?.code } == ["deadline-exceeded", nil])
  }

  @Test(arguments: [("let x = 1", false), ("test \"a\" { }", true), ("let = 3", true)])
  func filesWithoutTestsNeedNotRun(_ text: String, isNeeded: Bool) throws {
    #expect(TestRun(try NotebookDocument(script: Array(text.utf8), name: "t.limn")).isNeeded == isNeeded)
  }
}
