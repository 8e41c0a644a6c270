import Foundation
import LimnLanguage
import LimnRuntime
import Synchronization
import Testing

/// Nothing that can be written crashes the language, hangs it, or leaves it unable to go on.
///
/// The inputs follow from a seed: `LIMN_FUZZ_SEED` and `LIMN_FUZZ_COUNT` make other and longer runs. The input that runs
/// is in `limn-fuzz-input.limn` of the temporary folder, for the case that the process dies of it.
@Suite struct FuzzTests {
  @Test func anyTextEndsInAValueOrAnError() throws {
    let environment = ProcessInfo.processInfo.environment
    let seed = environment["LIMN_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
    let count = environment["LIMN_FUZZ_COUNT"].flatMap { Int($0) } ?? 6000
    var generator = ProgramGenerator(seed: seed, corpus: try Self.corpus())
    let watch = FuzzWatch()
    defer { watch.stop() }
    var kinds: [String: Int] = [:]
    var values = 0
    var subject = try FuzzSubject()
    for index in 0..<count {
      if index % 50 == 0 { subject = try FuzzSubject() }
      let (kind, text) = generator.next()
      watch.begins(text)
      if try subject.run(text, label: "seed \(seed), input \(index), \(kind)") { values += 1 }
      kinds[kind, default: 0] += 1
    }
    #expect(kinds.count == 4)
    // Some of the inputs are programs that run to their ends.
    #expect(values > count / 20)
  }

  /// Programs of the conformance suite and sources of the snapshots.
  private static func corpus() throws -> [String] {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    var texts: [String] = []
    for folder in ["Conformance", "Snapshots"] {
      let files = FileManager.default.enumerator(at: tests.appending(path: folder), includingPropertiesForKeys: nil)
      let urls = (files?.allObjects as? [URL] ?? []).sorted { $0.path < $1.path }
      for url in urls where ["limn", "txt"].contains(url.pathExtension) {
        let text = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n~~~~\n")[0]
        if text.utf8.count < 3000 { texts.append(text) }
      }
    }
    #expect(texts.count > 300)
    return texts
  }
}

/// A session that texts run in, one after the other, as at a prompt.
private final class FuzzSubject {
  private let test: TestSession
  private let renderer = DiagnosticRenderer(width: 60)
  /// The time for one text. What is asked for within a built-in is over a little later.
  private static let limit = Duration.milliseconds(300)

  init() throws { test = try TestSession() }

  /// Runs a text; whether it came to its end without an error.
  func run(_ text: String, label: String) throws -> Bool {
    let source = Source(name: "fuzz.limn", text: text)
    _ = Parser.completeness(of: text)
    for diagnostic in Parser.parse(source).diagnostics { check(diagnostic, source, label) }
    let interpreter = test.session.interpreter
    interpreter.setDeadline(after: Self.limit)
    defer { interpreter.setDeadline(after: nil) }
    do {
      let value = try interpreter.evaluate(source)
      _ = try? interpreter.repr(value)
      return true
    } catch {
      let diagnostics = error.diagnostics
      #expect(!diagnostics.isEmpty && diagnostics.count < 50, "\(label)")
      for diagnostic in diagnostics { check(diagnostic, nil, label) }
    }
    interpreter.setDeadline(after: nil)
    let sum = try interpreter.evaluate(Source(name: "after.limn", text: "fn after() { 1 + 1 }\nafter()"))
    #expect(sum.asInt == 2, "\(label)")
    return false
  }

  private func check(_ diagnostic: Diagnostic, _ source: Source?, _ label: String) {
    for mark in [diagnostic.primary].compactMap({ $0 }) + diagnostic.secondary {
      let inside = mark.span.start >= 0 && mark.span.start <= mark.span.end && mark.span.end <= mark.source.bytes.count
      #expect(inside, "\(label)")
      if let source { #expect(mark.source === source, "\(label)") }
    }
    #expect(renderer.render(diagnostic).hasPrefix("error["), "\(label)")
  }
}

/// Ends the process, and says of which text, when one takes far longer than it may.
private final class FuzzWatch: Sendable {
  private let began = Mutex<(time: ContinuousClock.Instant, isDone: Bool)>((.now, false))
  private let path = NSTemporaryDirectory() + "limn-fuzz-input.limn"

  init() {
    let thread = Thread { [self] in
      while true {
        Thread.sleep(forTimeInterval: 1)
        let (time, isDone) = began.withLock { $0 }
        if isDone { return }
        if ContinuousClock.now - time > .seconds(60) { fatalError("a text runs for a minute: \(path)") }
      }
    }
    thread.start()
  }

  func begins(_ text: String) {
    try? text.write(toFile: path, atomically: false, encoding: .utf8)
    began.withLock { $0.time = .now }
  }

  func stop() { began.withLock { $0.isDone = true } }
}
