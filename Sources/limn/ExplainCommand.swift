import ArgumentParser
import LimnEditor
import LimnLanguage
import LimnNotebook
import LimnRuntime

/// `limn explain CODE`: the story of an error, with an example.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Tell the story of an error code, with an example.",
    discussion:
      "The code is what stands in an error's brackets: `limn explain shape-mismatch`. Without one, lists all codes.")

  @ArgumentParser.Argument(help: "The code in the error's brackets.")
  var code: String?

  func run() throws {
    let catalog = ErrorCatalog(
      ErrorCatalog.language.entries + ErrorCatalog.runtime.entries + ErrorCatalog.notebook.entries
        + ErrorCatalog.lint.entries)
    guard let code else {
      StandardStream.output.write(catalog.codes.map { $0 + "\n" }.joined())
      return
    }
    guard let entry = catalog[code] else {
      let help = catalog.closest(to: code).map { "did you mean \($0)?" } ?? "limn explain lists all codes"
      throw ValidationError("there is no error code \(code); \(help)")
    }
    StandardStream.output.write(entry.text + "\n")
  }
}
