import LimnLanguage
import Testing

@testable import LimnNotebook

/// Running cells: order, results, options.
@Suite struct NotebookRunTests {
  @Test func cellsRunTopToBottomInOneSession() throws {
    let outcome = try RunFixture(cells("let x = 20", "fn double(y) { 2 * y }", "print(double(x) + 2)")).run()
    #expect(outcome.text == "42\n")
    #expect(outcome.statuses == [.succeeded, .succeeded, .succeeded])
    #expect(outcome.exitCode == 0)
  }

  @Test func aLastExpressionIsTheResultUnlessNilOrQuiet() throws {
    let fixture = try RunFixture(cells("1 + 1", "1 + 2;", "nil", "let x = 3", "print(4)", "\"text\""))
    #expect(try fixture.run().results == ["2", "text"])
    #expect(fixture.rendered.contains("```output\n2\n```"))
    #expect(!fixture.rendered.contains("nil\n```\n\n```output"))
  }

  @Test func everyCellIsResolvedBeforeTheFirstRuns() throws {
    let fixture = try RunFixture(cells("print(1)", "let total = 3", "totl + 1"))
    let found = faults { try fixture.run() }
    #expect(found.map(\.code) == ["unknown-name"])
    #expect(found.first?.primary?.source.cell?.number == 3)
    #expect(fixture.folder.names == ["n.md"])
  }

  @Test func everyParseErrorOfEveryCellIsTold() throws {
    let fixture = try RunFixture(cells("let = 1", "print(1)", "x = = 2"))
    #expect(Set(faults { try fixture.run() }.compactMap { $0.primary?.source.cell?.number }) == [1, 3])
  }

  @Test func aFailingCellEndsTheRun() throws {
    let fixture = try RunFixture(cells("print(1)", "[1][5]", "print(3)"))
    let outcome = try fixture.run()
    #expect(outcome.statuses == [.succeeded, .failed])
    #expect(outcome.exitCode == 1)
    #expect(outcome.text == "1\n")
    #expect(try fixture.record.cells.map(\.status) == [.succeeded, .failed, .pending])
    #expect(try fixture.record.status == .failed)
  }

  @Test func anErrorIsRenderedBehindItsCellInTheOneForm() throws {
    let fixture = try RunFixture(cells("print(1)\n[1][5]"))
    let outcome = try fixture.run()
    let diagnostics = try #require(outcome.cells.first?.diagnostics)
    #expect(fixture.rendered.contains("```output\n1\n" + DiagnosticRenderer().render(diagnostics) + "\n```\n"))
    #expect(fixture.rendered.contains("n.md, cell 1, line 2"))
    #expect(!fixture.rendered.contains(fixture.folder.path))
  }

  @Test func keepGoingRunsTheRestAndStillTells() throws {
    let outcome = try RunFixture(cells("[1][5]", "print(2)")).run { $0.keepsGoing = true }
    #expect(outcome.statuses == [.failed, .succeeded])
    #expect(outcome.text == "2\n")
    #expect(outcome.exitCode == 1)
  }

  @Test func effectsBeforeAFaultStand() throws {
    let outcome = try RunFixture(cells("var x = 1", "x = 2\n[1][5]\nx = 3", "print(x)")).run { $0.keepsGoing = true }
    #expect(outcome.text == "2\n")
  }

  @Test func aSkippedCellIsNeitherCheckedNorRun() throws {
    let outcome = try RunFixture(cells("#| skip: true\nlet = unknown(", "print(2)")).run()
    #expect(outcome.statuses == [.skipped, .succeeded])
    #expect(outcome.exitCode == 0)
  }

  @Test(arguments: ["index-out-of-range", "5"])
  func anExpectedErrorIsToldByCodeOrText(expected: String) throws {
    let fixture = try RunFixture(cells("#| expect-error: \(expected)\n[1][5]", "print(2)"))
    let outcome = try fixture.run()
    #expect(
      outcome.statuses == [.failedAsExpected, .succeeded], "\(outcome.cells.first?.diagnostics.first?.code ?? "")")
    #expect(outcome.exitCode == 0)
    #expect(fixture.rendered.contains("error["))
  }

  @Test func anotherErrorThanTheExpectedFails() throws {
    let outcome = try RunFixture(cells("#| expect-error: shape-mismatch\n[1][5]")).run()
    #expect(outcome.statuses == [.failed])
    #expect(outcome.exitCode == 1)
  }

  @Test func failingToFailIsAFailure() throws {
    let fixture = try RunFixture(cells("#| expect-error: shape-mismatch\n1 + 1"))
    let outcome = try fixture.run()
    #expect(outcome.statuses == [.failed])
    #expect(outcome.cells.first?.diagnostics.first?.code == "expected-error")
    #expect(fixture.rendered.contains("did not fail"))
  }

  @Test func anExpectedErrorMayBeOneOfNamesOrSyntax() throws {
    let outcome = try RunFixture(
      cells("let total = 1", "#| expect-error: unknown-name\ntotl", "print(total)")
    ).run()
    #expect(outcome.statuses == [.succeeded, .failedAsExpected, .succeeded])
    #expect(outcome.text == "1\n")
  }

  @Test func anUnexpectedErrorOfNamesBesideAnExpectedOneIsStillTold() throws {
    let fixture = try RunFixture(cells("#| expect-error: unknown-name\ntotl", "othr"))
    #expect(faults { try fixture.run() }.compactMap { $0.primary?.source.cell?.number } == [2])
  }

  @Test func toEndsTheRunBehindACell() throws {
    let fixture = try RunFixture(cells("print(1)", "#| id: here\nprint(2)", "print(3)"))
    let outcome = try fixture.run { $0.lastCell = "here" }
    #expect(outcome.text == "1\n2\n")
    #expect(outcome.exitCode == 0)
    #expect(try fixture.record.cells.map(\.status) == [.succeeded, .succeeded, .pending])
  }

  @Test func toAnUnknownCellIsWrongUsageWithDidYouMean() throws {
    let fixture = try RunFixture(cells("#| id: train\n1"))
    let found = faults { try fixture.run { $0.lastCell = "trian" } }
    #expect(found.first?.help == "did you mean `train`?")
  }

  @Test(.timeLimit(.minutes(1))) func aTimedOutCellIsStopped() throws {
    let fixture = try RunFixture(cells("#| timeout: 0.2\nwhile true { }", "print(2)"))
    let outcome = try fixture.run()
    #expect(outcome.statuses == [.timedOut])
    #expect(outcome.exitCode == 124)
    #expect(outcome.report.seconds < 5)
  }

  @Test(.timeLimit(.minutes(1))) func theCommandsTimeoutHoldsForCellsWithoutOne() throws {
    let outcome = try RunFixture(cells("while true { }", "print(2)")).run {
      $0.timeout = 0.2
      $0.keepsGoing = true
    }
    #expect(outcome.statuses == [.timedOut, .succeeded])
    #expect(outcome.exitCode == 124)
  }

  @Test func aTimeoutIsNoExpectedError() throws {
    let outcome = try RunFixture(cells("#| timeout: 0.1\n#| expect-error: deadline\nwhile true { }")).run()
    #expect(outcome.statuses == [.timedOut])
  }

  @Test(.timeLimit(.minutes(1))) func anInterruptStopsTheCellAndSaves() throws {
    let fixture = try RunFixture(cells("print(1)", "print(2)\nwhile true { }", "print(3)"))
    let holder = Holder()
    let run = try fixture.prepare { event in
      if case .text("2\n") = event { holder.run?.interrupt() }
    }
    holder.run = run
    let report = try run.execute()
    #expect(report.exitCode == 130)
    #expect(try fixture.record.cells.map(\.status) == [.succeeded, .interrupted, .pending])
    #expect(fixture.rendered.contains("```output\n2\n"))
  }

  private final class Holder { var run: NotebookRun? }

  @Test func parametersAreAMap() throws {
    let fixture = try RunFixture(
      "---\nparams:\n  epochs: 5\n  rate: 0.5\n  names: [a, b]\n---\n" + cells("print(params)", "params.epochs + 1"))
    let outcome = try fixture.run { options in
      var parameters = Parameters(try NotebookDocument(contentsOf: fixture.folder.path + "/n.md"))
      try parameters.replace(argument: "epochs=20")
      options.parameters = parameters
    }
    #expect(outcome.text == "{epochs: 20, rate: 0.5, names: [\"a\", \"b\"]}\n")
    #expect(outcome.results == ["21"])
    #expect(try fixture.record.parameters.value.description.contains("epochs: 20"))
  }

  @Test func theCommandsSeedGoesBeforeTheFrontMatters() throws {
    let fixture = try RunFixture("---\nseed: 7\n---\n" + cells("1"))
    try fixture.run()
    #expect(try fixture.record.seed == 7)
    try fixture.run { $0.seed = 9 }
    #expect(try fixture.record.seed == 9)
  }

  @Test func aRunsOutputIsNotRunAgain() throws {
    let fixture = try RunFixture("---\nexecuted: true\n---\n" + cells("1"))
    #expect(throws: UsageError.self) { try fixture.run() }
    #expect(faults { try fixture.run() }.map(\.code) == ["already-executed"])
  }

  @Test func aNotebookWithoutCellsRuns() throws {
    let fixture = try RunFixture("# Title\n")
    #expect(try fixture.run().exitCode == 0)
    #expect(fixture.rendered == "---\nexecuted: true\n---\n# Title\n")
  }
}
