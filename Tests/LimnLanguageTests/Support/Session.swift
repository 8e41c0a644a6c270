import Testing

@testable import LimnLanguage

/// An interpreter with the core library, whose output is kept, and modules that are given as texts.
final class Session: ModuleLoader {
  let interpreter: Interpreter
  private let modules: [String: String]
  private(set) var output = ""
  private var cell = 0

  init(modules: [String: String] = [:], bindings: [Binding] = []) {
    self.modules = modules
    interpreter = Interpreter(bindings: bindings + CoreLibrary.bindings, constants: CoreLibrary.constants)
    interpreter.output = { [unowned self] in output += $0 }
    if !modules.isEmpty { interpreter.loader = self }
  }

  func source(ofModule name: String, importedFrom importer: Source) throws -> Source? {
    modules[name].map { Source(name: "\(name).limn", text: $0) }
  }

  func moduleNames(importedFrom importer: Source) -> [String] { modules.keys.sorted() }

  func source(_ text: String) -> Source {
    cell += 1
    return Source(name: "test.limn", text: text, cell: Source.Cell(number: cell))
  }

  /// The text of a unit's result, as it stands in a program.
  func value(_ text: String) throws -> String { try interpreter.repr(try interpreter.evaluate(source(text))) }

  /// What a unit prints, line by line.
  func lines(_ text: String) throws -> [String] {
    output = ""
    try interpreter.evaluate(source(text))
    return output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  /// What goes wrong with a unit; empty when nothing does.
  func diagnostics(_ text: String) -> [Diagnostic] {
    do {
      try interpreter.evaluate(source(text))
      return []
    } catch let error as DiagnosticError {
      return error.diagnostics
    } catch {
      return [Diagnostic(code: "not-a-diagnostic", message: "\(error)")]
    }
  }

  /// What goes wrong first, as its code and the text that is marked: `unknown-name: lenght`.
  func fault(_ text: String) -> String {
    guard let diagnostic = diagnostics(text).first else { return "no error" }
    return describe(diagnostic)
  }

  func describe(_ diagnostic: Diagnostic) -> String {
    "\(diagnostic.code): \(diagnostic.primary.map { $0.source.text(of: $0.span) } ?? "")"
  }
}

/// The text of a program's result in a new session.
func value(_ text: String) throws -> String { try Session().value(text) }

/// The code of a program's first error and the text that is marked, in a new session.
func fault(_ text: String) -> String { Session().fault(text) }

/// A program and the text of its result, or of its error.
struct Case: Sendable, CustomTestStringConvertible {
  var program: String
  var expected: String
  init(_ program: String, _ expected: String) {
    self.program = program
    self.expected = expected
  }
  var testDescription: String { program.split(separator: "\n").joined(separator: "; ") }
}
