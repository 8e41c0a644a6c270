import Foundation
import LimnLanguage
import LimnTestSupport
import Testing

/// Errors respect the terminal's width, `NO_COLOR`, and terminals of ASCII alone; the text is the same everywhere.
@Suite struct ErrorsOnTerminalsTests {
  private static let program = "let prénom = \"a rather long text, so that the line is long\" + 1"
  private static let unicode = ["TERM": "xterm-256color", "LANG": "en_US.UTF-8"]

  /// What each front end that takes a program says on a terminal.
  private func texts(_ environment: [String: String], columns: UInt16 = 100) throws -> [String] {
    let folder = try TemporaryFolder()
    try folder.write("script.limn", Self.program)
    return try [["run", "script.limn"], ["-e", Self.program]].map {
      try TerminalCommand($0, in: folder, environment: environment, columns: columns).text
    }
  }

  @Test func aTerminalShowsColors() throws {
    for text in try texts(Self.unicode) { #expect(text.contains("\u{1B}[1;31merror[type-mismatch]\u{1B}[0m")) }
  }

  @Test(arguments: [["NO_COLOR": "1"], ["TERM": "dumb"]])
  func noColorIsRespected(_ variables: [String: String]) throws {
    for text in try texts(Self.unicode.merging(variables) { $1 }) {
      #expect(text.contains("error[type-mismatch]: `+` does not take a string and an int"))
      #expect(!text.contains("\u{1B}"))
    }
  }

  @Test func asciiTerminalsSeeAsciiAlone() throws {
    for text in try texts(["TERM": "xterm", "LANG": "C", "NO_COLOR": "1"]) {
      #expect(text.contains("let pr\\u{E9}nom"))
      #expect(text.utf8.allSatisfy { $0 < 0x80 })
    }
  }

  @Test(arguments: [40, 57, 72])
  func everyLineFitsTheWidth(_ columns: UInt16) throws {
    let variables = Self.unicode.merging(["NO_COLOR": "1"]) { $1 }
    for text in try texts(variables, columns: columns) {
      for line in text.split(separator: "\n") { #expect(DisplayWidth.of(line) <= Int(columns), "\(line)") }
      #expect(text.contains("^^^"))
    }
  }

  @Test func theTextIsTheSameInEveryFrontEnd() throws {
    let folder = try TemporaryFolder()
    try folder.write("script.limn", Self.program)
    try folder.write("notebook.md", "```limn\n\(Self.program)\n```\n")
    let places = try [
      (["run", "script.limn"], "script.limn"), (["-e", Self.program], "<command>"),
      (["run", "--quiet", "notebook.md"], "notebook.md, cell 1"),
    ].map { arguments, name in
      try Command(arguments, in: folder).finish().errors.replacing("--> \(name), line 1", with: "--> PLACE")
    }
    #expect(places[0].contains("--> PLACE"))
    #expect(Set(places).count == 1)
  }
}
