import ArgumentParser
import FoundationEssentials
import Glibc
import LimnImage
import LimnLanguage
import LimnRuntime

/// `limn doc`: the reference manual, in the terminal or as Markdown.
struct DocCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doc",
    abstract: "Print the reference manual, or write it as Markdown.",
    discussion: """
      Without a name: the list of pages. With one: a page, such as math, or what one name means: limn doc relu, \
      limn doc math.gcd. With -o: files of Markdown, one a page and an index; their examples are run.
      """)

  @ArgumentParser.Argument(help: "A page, or a function's name.")
  var name: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("Write Markdown into this folder.", valueName: "folder"))
  var output: String?

  func run() throws {
    let manual = Manual()
    if let output {
      guard name == nil else { throw ValidationError("-o writes every page: leave out \(name ?? "")") }
      try write(manual, to: output)
      return
    }
    StandardStream.output.write(try text(manual) + "\n")
  }

  private func text(_ manual: Manual) throws -> String {
    guard let name else { return manual.overview }
    if let page = manual.page(named: name) { return page.text }
    let entries = manual.entries(named: name)
    guard entries.isEmpty else { return entries.map(\.text).joined(separator: "\n\n") }
    let near =
      Suggestion.closest(to: name, among: manual.names).map { "did you mean \($0)?" } ?? "limn doc lists all pages"
    throw ValidationError("the manual has nothing on \(name); \(near)")
  }

  private func write(_ manual: Manual, to folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try manual.write(to: folder)
    } catch let fault as ManualFault {
      StandardStream.errors.write(fault.description + "\n")
      throw ExitCode(1)
    } catch {
      let reason = String(cString: strerror(errno)).lowercased()
      StandardStream.errors.write("limn doc: \(folder) cannot be written: \(reason)\n")
      throw ExitCode(1)
    }
  }
}
