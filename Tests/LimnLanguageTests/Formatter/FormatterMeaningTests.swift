import Foundation
import LimnTestSupport
import Testing

@testable import LimnLanguage

/// Formatting changes neither what a program means nor, the second time, anything at all.
@Suite struct FormatterMeaningTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Every script of the project, and the cells of its notebooks.
  static let texts: [String] = {
    var texts: [String] = []
    for folder in ["stdlib", "notebooks", "Benchmarks", "Tests"] {
      let files = FileManager.default.enumerator(at: root.appending(path: folder), includingPropertiesForKeys: nil)
      for case let file as URL in files ?? FileManager.DirectoryEnumerator() {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
        if file.pathExtension == "limn" { texts.append(text) }
        if file.pathExtension == "md" {
          texts += text.matches(of: /```limn[^\n]*\n(.*?)```/.dotMatchesNewlines()).map { String($0.1) }
        }
        if file.path.contains("/Snapshots/") { texts.append(text.components(separatedBy: Snapshot.separator)[0]) }
      }
    }
    return texts.filter { Parser.parse(Source(name: "a", text: $0)).diagnostics.isEmpty }
  }()

  @Test func programsOfTheProjectKeepTheirMeaning() throws {
    #expect(Self.texts.count > 100)
    for text in Self.texts { try check(text) }
  }

  @Test func programsAtRandomKeepTheirMeaning() throws {
    var parsed = 0
    for seed in 1...2000 {
      var generator = ProgramGenerator(seed: UInt64(seed))
      let text = generator.program()
      guard Parser.parse(Source(name: "a", text: text)).diagnostics.isEmpty else { continue }
      parsed += 1
      try check(text)
    }
    #expect(parsed > 1000)
  }

  @Test func longLinesAtRandomKeepTheirMeaning() throws {
    let count = ProcessInfo.processInfo.environment["LIMN_FUZZ_COUNT"].flatMap { Int($0) } ?? 4000
    var parsed = 0
    for seed in 1...count {
      var generator = LongLineGenerator(seed: UInt64(seed))
      let text = generator.program()
      guard Parser.parse(Source(name: "a", text: text)).diagnostics.isEmpty else { continue }
      parsed += 1
      try check(text)
    }
    #expect(parsed > count / 5)
  }

  /// Where the author breaks a line behind an operator makes no difference.
  @Test func breaksBehindOperatorsAtRandomMeanNothing() throws {
    for seed in 1...300 {
      var random = SplitMix(state: UInt64(seed))
      let terms = (0..<2 + random.below(20)).map { _ in
        String(repeating: "n", count: 1 + random.below(40)) + ["", "()", "(1, 2)", ".m(x)"][random.below(4)]
      }
      let symbols = terms.map { _ in [" +", " -", " *", " and", " or", " @"][random.below(6)] }
      func text(_ gap: () -> String) -> String {
        "let x = " + zip(terms, symbols).map { $0 + $1 + gap() }.joined() + "y"
      }
      let plain = try SourceFormatter.format(Source(name: "a", text: text { " " }))
      let broken = text { random.below(3) == 0 ? "\n" : " " }
      #expect(try SourceFormatter.format(Source(name: "a", text: broken)) == plain)
      #expect(plain.split(separator: "\n").allSatisfy { $0.count <= LayoutPrinter.limit }, "from:\n\(broken)")
    }
  }

  private func check(_ text: String) throws {
    let once = try SourceFormatter.format(Source(name: "a", text: text))
    let twice = try SourceFormatter.format(Source(name: "a", text: once))
    #expect(once == twice, "from:\n\(text)")
    #expect(dump(once) == dump(text), "from:\n\(text)")
    #expect(comments(once) == comments(text), "from:\n\(text)")
    #expect(!once.contains("\n\n\n") || text.contains("\"\"\""))
  }

  private func comments(_ text: String) -> [String] {
    let source = Source(name: "a", text: text)
    return Parser.parse(source).unit.comments.map { span in
      source.text(of: span).replacing(/[ \t]+$/, with: "")
    }
  }
}
