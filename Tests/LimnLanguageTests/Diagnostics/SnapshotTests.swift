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

  /// Every story's code, save those that no single program shows.
  @Test(arguments: ErrorCatalog.nameEntries + ErrorCatalog.valueEntries)
  func everyErrorOfNamesAndValuesHasASnapshot(_ entry: ErrorCatalog.Entry) throws {
    #expect(try Snapshot.all().contains { $0.code == entry.code })
  }

  /// What goes wrong when a program is read and run.
  private func diagnose(_ source: Source) -> [Diagnostic] {
    let interpreter = Interpreter(bindings: CoreLibrary.bindings, constants: CoreLibrary.constants)
    interpreter.output = { _ in }
    do {
      _ = try interpreter.evaluate(source)
      return []
    } catch {
      return (error as? DiagnosticError)?.diagnostics ?? []
    }
  }
}
