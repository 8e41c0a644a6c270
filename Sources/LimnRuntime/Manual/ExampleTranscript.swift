import FoundationEssentials
import LimnLanguage

/// An example that was run: its text with what each statement truly gave in a comment behind it.
public struct ExampleTranscript: Sendable {
  /// The example, with its results.
  public private(set) var text = ""
  /// Where the example promises something else than what it gives, in words.
  public private(set) var broken: [String] = []

  /// Runs an example in a session of its own, in a new folder, with its module imported.
  ///
  /// - Throws: what the example throws.
  public init(_ example: String, module: String?) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/limn-example-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let session = Session(.init(seed: 0, folder: folder))
    let outputs = Outputs()
    session.output = { outputs.text += $0 }
    session.display = { display, _ in outputs.text += Self.words(display) + "\n" }
    if let module { _ = try session.interpreter.evaluate(Source(name: "example", text: "import \(module)")) }
    var lines: [String] = []
    for part in Self.parts(of: example) {
      outputs.text = ""
      let value = try session.interpreter.evaluate(Source(name: "example", text: part.code))
      lines.append(part.leading + part.code)
      let result = value.isNil ? nil : try Self.result(value, in: session)
      let given = outputs.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      let output =
        given.dropLast() + (result?.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) ?? [])
      if let promise = part.promise {
        let bare = try session.interpreter.describe(value)
        if ![result, bare, output.joined(separator: "\n")].contains(promise) {
          broken.append("\(part.code) gave \(output.joined(separator: "\n")), not \(promise)")
        }
      }
      if output.count == 1 {
        lines[lines.count - 1] += "   # " + output[0]
      } else {
        lines += output.map { $0.isEmpty ? "#" : "# " + $0 }
      }
    }
    text = lines.joined(separator: "\n")
  }

  private final class Outputs { var text = "" }

  /// A part of an example that runs as one unit.
  private struct Part {
    /// Lines of comments and blank lines before it.
    var leading: String
    var code: String
    /// What the comment at its end says.
    var promise: String?
  }

  /// Statements, those on one line together.
  private static func parts(of example: String) -> [Part] {
    let source = Source(name: "example", text: example)
    let tree = Parser.parse(source).unit
    var spans: [Span] = []
    for statement in tree.statements {
      if let last = spans.last, source.line(at: last.end) == source.line(at: statement.span.start) {
        spans[spans.count - 1] = last.union(statement.span)
      } else {
        spans.append(statement.span)
      }
    }
    var start = 0
    return spans.map { span in
      let line = source.line(at: span.end)
      let lineEnd = source.text(of: Span(span.end, source.bytes.count)).utf8.firstIndex(of: UInt8(ascii: "\n"))
      let rest = source.text(of: Span(span.end, source.bytes.count))
      let tail = lineEnd.map { rest[..<$0] } ?? rest[...]
      let end = span.end + tail.utf8.count
      let comment = tree.comments.first { $0.start >= span.end && source.line(at: $0.start) == line }
      let promise = comment.map { source.text(of: $0).dropFirst().withoutBlanksAround }
      let leading = source.text(of: Span(start, span.start))
      start = min(end + 1, source.bytes.count)
      return Part(leading: leading, code: source.text(of: span), promise: promise)
    }
  }

  private static func result(_ value: Value, in session: Session) throws -> String {
    if case .picture = try session.presentation(of: value) { return words(try session.presentation(of: value)) }
    return try session.interpreter.repr(value)
  }

  private static func words(_ display: Display) -> String {
    switch display {
    case .text(let text): text
    case .picture(let image): "a picture, \(image.width) by \(image.height)"
    }
  }
}
