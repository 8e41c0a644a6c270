import Foundation
import LimnLanguage
import LimnRuntime

/// A session in a folder of its own whose outputs are kept.
final class TestSession {
  let session: Session
  let folder: String
  private(set) var printed = ""
  private(set) var displayed: [(display: Display, id: String?)] = []
  private(set) var progress: [ProgressEvent] = []

  init(seed: UInt64 = 0, files: [String: String] = [:]) throws {
    folder = NSTemporaryDirectory() + "limn-runtime-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, text) in files { try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8) }
    session = Session(.init(seed: seed, folder: folder))
    session.output = { [unowned self] in printed += $0 }
    session.display = { [unowned self] in displayed.append(($0, $1)) }
    session.progress = { [unowned self] in progress.append($0) }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Runs one unit and gives its result as `str` writes it.
  @discardableResult
  func run(_ text: String) throws -> String {
    let value = try session.interpreter.evaluate(Source(name: "test.limn", text: text))
    return try session.interpreter.describe(value)
  }

  /// Runs one unit and gives its result as it stands in a program.
  func repr(of text: String) throws -> String {
    try session.interpreter.repr(session.interpreter.evaluate(Source(name: "test.limn", text: text)))
  }

  /// The first error of a unit that must fail; nil when it does not.
  func failure(of text: String) -> Diagnostic? {
    do {
      try run(text)
      return nil
    } catch {
      return error.diagnostics.first
    }
  }

  /// The first error of a unit, as a user sees it.
  func failureText(of text: String) -> String {
    failure(of: text).map { DiagnosticRenderer().render($0) } ?? "no error"
  }
}
