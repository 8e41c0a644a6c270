import Foundation
import Testing

@testable import LimnLanguage

@Suite struct LibraryExampleTests {
  /// Each line of an example that ends in a comment gives what the comment says, or prints it.
  @Test(arguments: CoreLibrary.bindings.map { Example(name: $0.name, text: $0.example) })
  func everyExampleDoesWhatItSays(_ example: Example) throws {
    let session = LibrarySession()
    for line in example.text.split(separator: "\n") {
      let parts = line.components(separatedBy: "   # ")
      let result = try session.run(String(line))
      if parts.count == 2 { #expect(result == parts[1], "\(line)") }
    }
  }

  @Test func everyBindingIsDocumented() {
    for binding in CoreLibrary.bindings {
      #expect(binding.documentation.hasSuffix("."), "\(binding.name)")
      #expect(!binding.example.isEmpty, "\(binding.name)")
      #expect(!binding.parameters.isEmpty, "\(binding.name)")
    }
  }

  /// The list of LANGUAGE, "The core library", without what belongs to tensors.
  @Test func everyNameOfTheLanguagePageIsThere() {
    let promised = """
      print show input str repr int float bool type_of len error copy equal close
      abs min max sum round floor ceil sqrt exp log sin cos tan tanh pow clamp
      append insert pop extend remove index_of sort sorted reversed map filter reduce zip enumerate any all unique
      upper lower trim split join lines chars replace starts_with ends_with repeat pad_left pad_right code_points bytes
      keys values items get has merge step
      """
    let names = Set(CoreLibrary.bindings.map(\.name))
    for name in promised.split(whereSeparator: \.isWhitespace) { #expect(names.contains(String(name)), "\(name)") }
    #expect(CoreLibrary.constants.map(\.name) == ["pi", "inf", "nan"])
  }

  struct Example: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var testDescription: String { name }
  }
}

/// An interpreter with the core library alone, whose output is kept.
final class LibrarySession {
  let interpreter = Interpreter(bindings: CoreLibrary.bindings, constants: CoreLibrary.constants)
  private(set) var output = ""

  init() {
    interpreter.output = { [unowned self] in output += $0 }
  }

  /// What a text prints, or the text of its result as it stands in a program; the code of its first error.
  func run(_ text: String) throws -> String {
    output = ""
    do {
      let value = try interpreter.evaluate(Source(name: "test", text: text))
      if !output.isEmpty { return String(output.dropLast()) }
      return try interpreter.repr(value)
    } catch let error as DiagnosticError {
      let first = error.diagnostics.first
      return "error[\(first?.code ?? "")]: \(first?.message ?? "")"
    }
  }
}
