import ArgumentParser
import FoundationEssentials
import LimnImage
import LimnLanguage
import LimnNotebook
import LimnRuntime

/// `limn fmt FILE...`: writes code in the one style.
struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Write scripts, and the cells of notebooks, in the one style.",
    discussion: """
      Only layout changes: blanks, indentation, line breaks, commas before a closing bracket. Comments stay, and of a \
      notebook's prose nothing changes. A file that does not parse stays as it is.

        limn fmt                 every script and notebook below this folder
        limn fmt --check stdlib  only names the files that would change
        limn fmt - < a.limn      standard input, to standard output

      Exit codes: 0 all is in the style; 1 --check found a file that is not, or one does not parse; 2 wrong usage or \
      an unreadable file.
      """)

  @ArgumentParser.Argument(
    help: "Notebooks, scripts, and folders of them, or - for standard input; this folder when none is named.",
    completion: .file(extensions: ["md", "limn"]))
  var paths: [String] = ["."]

  @Flag(help: "Change nothing; name the files that are not in the style.")
  var check = false

  @Option(help: ArgumentHelp("What standard input is called; with a name that ends in .md it is a notebook."))
  var name = "<input>"

  func validate() throws {
    if paths.contains("-"), paths.count > 1 { throw ValidationError("- stands alone") }
  }

  func run() throws {
    throw ExitCode(paths == ["-"] ? formatStandardInput() : formatFiles())
  }

  private func formatStandardInput() -> Int32 {
    let bytes = StandardStream.readInput()
    do {
      let document = try StandardInput.document(bytes, name: name)
      let result = try document.formatted()
      if !check { StandardStream.output.write(String(decoding: result, as: UTF8.self)) }
      return check && result != bytes ? 1 : 0
    } catch {
      return tell(error)
    }
  }

  private func formatFiles() -> Int32 {
    do {
      var code: Int32 = 0
      for file in try DocumentFile.find(paths) { code = max(code, format(file)) }
      return code
    } catch {
      return tell(error)
    }
  }

  private func format(_ file: DocumentFile) -> Int32 {
    do {
      let document = try NotebookDocument(contentsOf: file.path)
      let result = try document.formatted()
      guard result != document.bytes else { return 0 }
      StandardStream.output.write(file.path + "\n")
      if check { return 1 }
      try Files.write(result, to: file.path)
      return 0
    } catch let error as UsageError where !file.isNamed {
      // In a folder there may be Markdown of any kind.
      return error.diagnostics.first?.code == "empty-notebook" ? 0 : tell(error)
    } catch {
      return tell(error)
    }
  }

  private func tell(_ error: any Error) -> Int32 {
    StandardStream.errors.tell(error)
  }
}

/// What a command reads from standard input instead of a file.
enum StandardInput {
  /// A notebook where the name says so, else a script.
  static func document(_ bytes: [UInt8], name: String) throws -> NotebookDocument {
    let isNotebook = [".md", ".markdown"].contains(where: name.lowercased().hasSuffix)
    return isNotebook
      ? try NotebookDocument(parsing: bytes, name: name) : try NotebookDocument(script: bytes, name: name)
  }
}

extension StandardStream {
  /// Tells what ended a command, and gives its exit code: 2 for wrong usage, 1 for faults in a text.
  func tell(_ error: any Error) -> Int32 {
    if let usage = error as? UsageError {
      write(usage.diagnostics)
      return 2
    }
    write(error.diagnostics)
    return error is DiagnosticError ? 1 : 2
  }
}
