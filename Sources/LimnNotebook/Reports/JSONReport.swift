import FoundationEssentials
import LimnLanguage
import LimnRuntime

/// A run as events in JSON, one to a line, for scripts.
///
///     {"cell":3,"event":"cell-finished","id":"train","seconds":12.3,"status":"succeeded"}
public final class JSONReport {
  /// Seconds between two events of one bar that goes on.
  private static let progressInterval = 0.1

  private let output: (String) -> Void
  private let now: () -> Double
  private let encoder = JSONEncoder()
  private var bars: [Int: Bar] = [:]

  private struct Bar {
    var label: String?
    var total: Int?
    var lastWritten: Double
  }

  /// - Parameters:
  ///   - output: Writes to standard output.
  ///   - now: Reads a clock that only goes forward, in seconds.
  public init(output: @escaping (String) -> Void, now: @escaping () -> Double) {
    self.output = output
    self.now = now
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  }

  public func follow(_ event: RunEvent) {
    switch event {
    case .started(let start):
      write(JSONEvent(event: "started", notebook: start.document, seed: start.seed, cells: start.cellCount))
    case .cellStarted(let place):
      write(JSONEvent(event: "cell-started", cell: place.number, id: place.id))
    case .text(let text):
      write(JSONEvent(event: "text", text: text))
    case .result(let text):
      write(JSONEvent(event: "result", text: text))
    case .picture(let picture):
      write(
        JSONEvent(
          event: "picture", file: picture.file, width: picture.width, height: picture.height,
          replaces: picture.isReplacement))
    case .progress(let event):
      follow(event)
    case .cellFinished(let report):
      bars.removeAll()
      write(
        JSONEvent(
          event: "cell-finished", cell: report.place.number, id: report.place.id, status: report.status.rawValue,
          seconds: report.seconds, errors: failures(report.diagnostics)))
    case .finished(let report):
      write(
        JSONEvent(
          event: "finished", notebook: report.notebook, status: report.status.rawValue, seconds: report.seconds,
          folder: report.outputFolder, exitCode: report.exitCode))
    }
  }

  /// Tells of errors before or outside any cell, which end the command.
  public func tell(_ diagnostics: [Diagnostic], exitCode: Int32) {
    write(JSONEvent(event: "error", errors: failures(diagnostics), exitCode: exitCode))
  }

  private func follow(_ event: ProgressEvent) {
    switch event {
    case .began(let id, let label, let total):
      bars[id] = Bar(label: label, total: total, lastWritten: now())
      write(JSONEvent(event: "progress", bar: id, label: label, total: total, count: 0))
    case .advanced(let id, let count, let message):
      let time = now()
      guard let bar = bars[id], time - bar.lastWritten >= Self.progressInterval else { return }
      bars[id]?.lastWritten = time
      write(JSONEvent(event: "progress", bar: id, label: bar.label, total: bar.total, count: count, message: message))
    case .ended(let id, let count):
      guard let bar = bars.removeValue(forKey: id) else { return }
      write(JSONEvent(event: "progress", bar: id, label: bar.label, total: bar.total, count: count, isOver: true))
    }
  }

  private func failures(_ diagnostics: [Diagnostic]) -> [JSONEvent.Failure]? {
    guard !diagnostics.isEmpty else { return nil }
    return diagnostics.map {
      JSONEvent.Failure(code: $0.code, message: $0.message, text: DiagnosticRenderer().render($0))
    }
  }

  private func write(_ event: JSONEvent) {
    // Numbers are finite and text is Unicode, so that encoding cannot fail.
    guard let data = try? encoder.encode(event) else { return }
    output(String(decoding: data, as: UTF8.self) + "\n")
  }
}

/// One line of the report; what does not belong to an event is left out.
private struct JSONEvent: Encodable {
  struct Failure: Encodable {
    var code: String
    var message: String
    var text: String
  }

  var event: String
  var notebook: String?
  var seed: UInt64?
  var cells: Int?
  var cell: Int?
  var id: String?
  var status: String?
  var seconds: Double?
  var text: String?
  var file: String?
  var width: Int?
  var height: Int?
  var replaces: Bool?
  var bar: Int?
  var label: String?
  var total: Int?
  var count: Int?
  var message: String?
  var isOver: Bool?
  var errors: [Failure]?
  var folder: String?
  var exitCode: Int32?

  private enum CodingKeys: String, CodingKey {
    case event, notebook, seed, cells, cell, id, status, seconds, text, file, width, height, replaces, bar, label, total
    case count, message, errors, folder
    case isOver = "over"
    case exitCode = "exit_code"
  }
}
