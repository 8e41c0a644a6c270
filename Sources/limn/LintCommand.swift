import ArgumentParser
import LimnEditor
import LimnLanguage
import LimnNotebook
import LimnRuntime

/// `limn lint FILE...`: what is wrong or suspicious in code, without running it.
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Find faults in scripts and notebooks without running them.",
    discussion: """
      Reports what a run would report before anything runs, and warns of code that does nothing: unused names and \
      imports, unreachable statements, comparisons with themselves. `limn explain CODE` tells more of each.

        limn lint                           everything below this folder
        limn lint dcgan.md --format json    one object a line, for scripts
        limn lint - --name a.limn < a.limn  standard input

      An object has severity ("error" or "warning"), code, message, file, notes, and, where they apply, line, column, \
      end_line, end_column (from 1, in code points; the end is behind what is marked), cell, label, and help.

      Exit codes: 0 no errors, warnings or not; 1 an error; 2 wrong usage or an unreadable file.
      """)

  @ArgumentParser.Argument(
    help: "Notebooks, scripts, and folders of them, or - for standard input; this folder when none is named.",
    completion: .file(extensions: ["md", "limn"]))
  var paths: [String] = ["."]

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(help: "text, or json: one object a line.")
  var format = Format.text

  @Option(help: ArgumentHelp("What standard input is called; with a name that ends in .md it is a notebook."))
  var name = "<input>"

  func validate() throws {
    if paths.contains("-"), paths.count > 1 { throw ValidationError("- stands alone") }
  }

  func run() throws {
    throw ExitCode(execute())
  }

  private func execute() -> Int32 {
    var count = Count()
    do {
      if paths == ["-"] {
        let bytes = StandardStream.readInput()
        lint(path: name, folder: FilePath(name).parent, isNamed: true, &count) {
          try StandardInput.document(bytes, name: String(FilePath(name).name))
        }
      } else {
        for file in try DocumentFile.find(paths) {
          lint(path: file.path, folder: file.folder, isNamed: file.isNamed, &count) {
            try NotebookDocument(contentsOf: file.path)
          }
        }
      }
    } catch {
      return StandardStream.errors.tell(error)
    }
    if format == .text, count.errors + count.warnings > 0 {
      let errors = "\(count.errors) error\(count.errors == 1 ? "" : "s")"
      StandardStream.output.write("\(errors), \(count.warnings) warning\(count.warnings == 1 ? "" : "s")\n")
    }
    return count.isUnreadable ? 2 : count.errors > 0 ? 1 : 0
  }

  private struct Count {
    var errors = 0
    var warnings = 0
    var isUnreadable = false
    /// Faults that have been told.
    var told: Set<LintJSON.ToldFault> = []
  }

  private func lint(
    path: String, folder: String, isNamed: Bool, _ count: inout Count, _ read: () throws -> NotebookDocument
  ) {
    var document: NotebookDocument?
    var diagnostics: [Diagnostic] = []
    do {
      let found = try read()
      document = found
      diagnostics = Linter(found, folder: folder).diagnostics
    } catch let error as UsageError {
      // In a folder there may be Markdown of any kind.
      if !isNamed, error.diagnostics.first?.code == "empty-notebook" { return }
      count.isUnreadable = true
      StandardStream.errors.write(error.diagnostics)
      return
    } catch {
      diagnostics = error.diagnostics
    }
    diagnostics = LintJSON.fresh(diagnostics, of: document, path: path, told: &count.told)
    count.errors += diagnostics.count { $0.severity == .error }
    count.warnings += diagnostics.count { $0.severity == .warning }
    switch format {
    case .json:
      for line in LintJSON.lines(diagnostics, of: document, path: path) { StandardStream.output.write(line + "\n") }
    case .text:
      for diagnostic in diagnostics {
        StandardStream.output.write([diagnostic])
        StandardStream.output.write("\n")
      }
    }
  }
}
