import Foundation
import Testing

@testable import LimnLanguage

@Suite struct SnapshotTests {
  @Test(arguments: try Snapshot.all())
  func messageIsExactlyAsRecorded(_ snapshot: Snapshot) throws {
    let diagnostics = diagnose(Source(name: "script.limn", text: snapshot.source))
    let text = DiagnosticRenderer().render(diagnostics)
    #expect(diagnostics.contains { $0.code == snapshot.code }, "a snapshot stands in the folder of its error")
    if Snapshot.updates {
      try snapshot.update(text)
    } else {
      #expect(text + "\n" == snapshot.expected)
    }
  }

  @Test(arguments: SyntaxError.allCases)
  func everySyntaxErrorHasASnapshot(_ error: SyntaxError) throws {
    #expect(try Snapshot.all().contains { $0.code == error.rawValue })
  }

  private func diagnose(_ source: Source) -> [Diagnostic] { Parser.parse(source).diagnostics }
}
