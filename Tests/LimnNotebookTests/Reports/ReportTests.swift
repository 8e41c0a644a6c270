import Foundation
import LimnLanguage
import LimnRuntime
import Testing

@testable import LimnNotebook

/// Keeps what a report writes to the two streams.
private final class Streams {
  var output = ""
  var errors = ""
  var time = 0.0
}

private let place = CellPlace(number: 3, count: 12, id: "train")

@Suite struct ConsoleReportTests {
  private func console(_ change: (inout ConsoleReport.Style) -> Void = { _ in }) -> (ConsoleReport, Streams) {
    let streams = Streams()
    var style = ConsoleReport.Style()
    change(&style)
    let report = ConsoleReport(
      style, output: { streams.output += $0 }, errors: { streams.errors += $0 }, now: { streams.time })
    return (report, streams)
  }

  @Test func textAndResultsGoToStandardOutput() {
    let (report, streams) = console()
    report.follow(.text("printed\n"))
    report.follow(.result("42"))
    #expect(streams.output == "printed\n42\n")
    #expect(streams.errors.isEmpty)
  }

  @Test func aCellHasOneLineWithItsTime() {
    let (report, streams) = console()
    report.follow(.cellFinished(CellReport(place: place, status: .succeeded, seconds: 12.4, diagnostics: [])))
    #expect(streams.errors == "[ 3/12] train  12 s\n")
    #expect(streams.output.isEmpty)
  }

  @Test(arguments: [
    (CellStatus.skipped, "skipped"), (.failedAsExpected, "1.0 s, failed as expected"), (.failed, "failed after 1.0 s"),
    (.timedOut, "stopped after 1.0 s: its time is up"), (.interrupted, "interrupted after 1.0 s"),
  ])
  func theLineTellsHowItWent(status: CellStatus, text: String) {
    let (report, streams) = console()
    report.follow(.cellFinished(CellReport(place: place, status: status, seconds: 1, diagnostics: [])))
    #expect(streams.errors.hasSuffix("train  \(text)\n"))
  }

  @Test func anErrorIsToldBeforeItsCellsLine() {
    let (report, streams) = console()
    let diagnostic = Diagnostic(code: "unknown-name", message: "no x")
    report.follow(.cellFinished(CellReport(place: place, status: .failed, seconds: 1, diagnostics: [diagnostic])))
    #expect(streams.errors == "error[unknown-name]: no x\n[ 3/12] train  failed after 1.0 s\n")
  }

  @Test func anExpectedErrorIsNotTold() {
    let (report, streams) = console()
    let diagnostic = Diagnostic(code: "unknown-name", message: "no x")
    report.follow(
      .cellFinished(CellReport(place: place, status: .failedAsExpected, seconds: 1, diagnostics: [diagnostic])))
    #expect(!streams.errors.contains("unknown-name"))
  }

  @Test func quietTellsErrorsAlone() {
    let (report, streams) = console { $0.isQuiet = true }
    report.follow(.text("printed\n"))
    report.follow(.progress(.began(id: 1, label: nil, total: 2)))
    report.follow(.cellFinished(CellReport(place: place, status: .succeeded, seconds: 1, diagnostics: [])))
    report.follow(.finished(RunReport(status: .succeeded, seconds: 1, outputFolder: "a.out", notebook: "a.md")))
    #expect(streams.output.isEmpty && streams.errors.isEmpty)
    report.follow(
      .cellFinished(
        CellReport(place: place, status: .failed, seconds: 1, diagnostics: [Diagnostic(code: "a", message: "b")])))
    #expect(streams.errors == "error[a]: b\n")
  }

  @Test func inAPipeThereIsNoCarriageReturn() {
    let (report, streams) = console()
    report.follow(.progress(.began(id: 1, label: "a", total: 100)))
    for count in 1...100 {
      streams.time = Double(count)
      report.follow(.progress(.advanced(id: 1, count: count, message: nil)))
    }
    report.follow(.progress(.ended(id: 1, count: 100)))
    #expect(!streams.errors.contains("\r") && !streams.errors.contains("\u{1B}"))
    #expect(streams.errors.split(separator: "\n").count == 11)
  }

  @Test func onATerminalTextClearsTheBarFirst() {
    let (report, streams) = console { $0.isTerminal = true }
    report.follow(.progress(.began(id: 1, label: "a", total: 100)))
    report.follow(.text("printed\n"))
    #expect(streams.errors.hasSuffix("\r\u{1B}[J"))
  }

  @Test func aScriptHasNoLineForItsCell() {
    let (report, streams) = console { $0.form = .script }
    report.follow(.cellFinished(CellReport(place: place, status: .succeeded, seconds: 1, diagnostics: [])))
    #expect(streams.errors.isEmpty)
  }
}

@Suite struct JSONReportTests {
  private func lines(_ body: (JSONReport, Streams) -> Void) throws -> [NSDictionary] {
    let streams = Streams()
    let report = JSONReport(output: { streams.output += $0 }, now: { streams.time })
    body(report, streams)
    return try streams.output.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? NSDictionary)
    }
  }

  @Test func eachEventIsOneLineOfJSON() throws {
    let events = try lines { report, _ in
      report.follow(.started(RunStart(document: "a.md", seed: .max, cellCount: 12)))
      report.follow(.cellStarted(place))
      report.follow(.text("two\nlines\n"))
      report.follow(.picture(PictureReport(file: "images/train-1.png", width: 2, height: 3, isReplacement: false)))
      report.follow(
        .cellFinished(
          CellReport(place: place, status: .failed, seconds: 1.5, diagnostics: [Diagnostic(code: "a", message: "b")])))
      report.follow(.finished(RunReport(status: .failed, seconds: 2, outputFolder: "a.out", notebook: "a.md")))
    }
    #expect(
      events.map { $0["event"] as? String } == [
        "started", "cell-started", "text", "picture", "cell-finished", "finished",
      ])
    #expect(events[2]["text"] as? String == "two\nlines\n")
    #expect(events[4]["status"] as? String == "failed")
    #expect(((events[4]["errors"] as? [NSDictionary])?.first)?["code"] as? String == "a")
    #expect(events[5]["exit_code"] as? Int == 1)
  }

  @Test func progressIsThinnedButItsEndIsTold() throws {
    let events = try lines { report, streams in
      report.follow(.progress(.began(id: 1, label: "a", total: 1000)))
      for count in 1...1000 {
        streams.time = Double(count) * 0.001
        report.follow(.progress(.advanced(id: 1, count: count, message: "m")))
      }
      report.follow(.progress(.ended(id: 1, count: 1000)))
    }
    #expect((10...13).contains(events.count))
    #expect(events.last?["over"] as? Bool == true)
    #expect(events.last?["count"] as? Int == 1000)
  }
}
