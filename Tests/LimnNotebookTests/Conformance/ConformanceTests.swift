import Foundation
import LimnTestSupport
import Testing

/// The built `limn` does what the language's page says, rule by rule: every program of `Tests/Conformance` is run.
@Suite struct ConformanceTests {
  @Test(arguments: try ConformanceProgram.all())
  func theProgramDoesAsThePageSays(_ program: ConformanceProgram) throws {
    let result = try run(program, [])
    #expect(result.output == program.output)
    // A notebook's progress goes to standard error too, unless it is told to be quiet.
    #expect(try (program.isNotebook ? run(program, ["--quiet"]) : result).errors == program.errors ?? "")
    #expect(result.exitCode == (program.errors == nil ? 0 : 1))
  }

  private func run(_ program: ConformanceProgram, _ options: [String]) throws -> Command.Result {
    let outputs = try TemporaryFolder()
    var arguments = ["run", program.file.lastPathComponent] + options
    if program.isNotebook { arguments += ["-o", outputs.path + "/out"] }
    return try Command(arguments, at: program.file.deletingLastPathComponent().path).finish()
  }

  @Test func everyFileBelongsToAProgram() throws {
    #expect(try ConformanceProgram.strays() == [])
  }

  /// Each section of the page has its folder.
  @Test(arguments: ["values", "names", "statements", "expressions", "learning", "library", "errors", "units", "modules"])
  func everySectionHasPrograms(_ section: String) throws {
    #expect(try ConformanceProgram.all().contains { $0.name.hasPrefix(section + "/") })
  }
}
