import Foundation
import LimnLanguage
import LimnTestSupport

@testable import LimnNotebook

/// A notebook or script in a folder of its own, to be run.
struct RunFixture {
  let folder: TemporaryFolder
  let name: String

  /// - Parameter name: Its ending says whether it is a notebook.
  init(_ text: String, name: String = "n.md") throws {
    folder = try TemporaryFolder()
    self.name = name
    try folder.write(name, text)
  }

  /// Runs it and gives the report with everything that was told on the way.
  @discardableResult
  func run(_ change: (inout NotebookRun.Options) throws -> Void = { _ in }) throws -> Outcome {
    let events = EventLog()
    var options = NotebookRun.Options(folder: folder.path)
    try change(&options)
    let report = try prepare(options) { events.events.append($0) }.execute()
    return Outcome(report: report, events: events.events)
  }

  /// A run whose events go to `report`.
  func prepare(_ options: NotebookRun.Options? = nil, report: @escaping (RunEvent) -> Void) throws -> NotebookRun {
    let document = try NotebookDocument(contentsOf: folder.path + "/" + name)
    return try NotebookRun(document, options ?? NotebookRun.Options(folder: folder.path), report: report)
  }

  /// The rendered notebook.
  var rendered: String { folder.text("n.out/n.md") }

  var record: RunRecord {
    get throws { try JSONDecoder().decode(RunRecord.self, from: Data(folder.bytes("n.out/run.json"))) }
  }

  struct Outcome {
    var report: RunReport
    var events: [RunEvent]

    var exitCode: Int32 { report.exitCode }
    var text: String {
      events.map { if case .text(let text) = $0 { text } else { "" } }.joined()
    }
    var results: [String] {
      events.compactMap { if case .result(let text) = $0 { text } else { nil } }
    }
    var cells: [CellReport] {
      events.compactMap { if case .cellFinished(let report) = $0 { report } else { nil } }
    }
    var statuses: [CellStatus] { cells.map(\.status) }
  }

  private final class EventLog { var events: [RunEvent] = [] }
}

/// A notebook of cells, each given by its lines.
func cells(_ cells: String...) -> String {
  cells.map { "```limn\n\($0)\n```\n" }.joined(separator: "\n")
}
