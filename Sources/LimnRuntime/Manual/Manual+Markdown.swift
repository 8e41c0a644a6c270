import LimnImage
import LimnLanguage

/// The manual as Markdown: an index, and a file for each page.
extension Manual {
  /// Names and texts of all files. Every example is run, and its results are written behind it.
  ///
  /// - Throws: a `ManualFault` that names every example that fails or gives something else than it promises.
  public func markdown() throws -> [(name: String, text: String)] {
    [("README.md", index)] + (try ManualFault.gathering(pages) { ("\($0.name).md", try $0.markdown()) })
  }

  /// Writes all files into a folder that exists. Others in it stay.
  public func write(to folder: String) throws {
    for (name, text) in try markdown() { try Files.write(Array(text.utf8), to: folder + "/" + name) }
  }

  private var index: String {
    func list(_ pages: [ManualPage]) -> String {
      pages.map { "- [\($0.title)](\($0.name).md): \($0.summary)" }.joined(separator: "\n")
    }
    let names = pages.flatMap { page in (page.constants + page.entries).map { (page, $0) } }
      .sorted { ($0.1.name, $0.0.name) < ($1.1.name, $1.0.name) }
      .map { page, entry in "[\(entry.qualifiedName)](\(page.name).md#\(entry.anchor))" }
    return """
      \(Manual.notice)

      # Reference manual

      Everything that the language has a name for. `limn doc` prints these pages, `limn doc relu` what one name means, and in
      the REPL `?relu` does. Every example was run, and what stands behind `#` is what it gave.

      ## Modules

      A module is there after `import math`; its functions are then called as `math.gcd(12, 18)`. `from math import gcd` brings
      one in by its own name.

      \(list(modulePages))

      ## Without import

      \(list(corePages))

      ## All names

      \(names.joined(separator: ",\n"))

      """
  }

  static let notice =
    "<!-- Written by `limn doc -o docs/reference` from the binding table and doc comments: edit those. -->"
}

/// Examples of the manual that do not do what they say.
public struct ManualFault: Error, CustomStringConvertible {
  public var description: String

  /// What a function gives for each element. Goes through all of them before it throws what any of them threw.
  static func gathering<Element, Result>(
    _ elements: [Element], _ body: (Element) throws -> Result
  ) throws -> [Result] {
    var faults: [String] = []
    let results = try elements.compactMap { element in
      do { return try body(element) } catch let fault as ManualFault {
        faults.append(fault.description)
        return nil
      }
    }
    guard faults.isEmpty else { throw ManualFault(description: faults.joined(separator: "\n")) }
    return results
  }
}

extension ManualPage {
  func markdown() throws -> String {
    var parts = [Manual.notice, "# \(title)", documentation]
    if let module { parts.append("```limn\nimport \(module)\n```") }
    let everything = constants + entries
    parts.append(everything.map { "[\($0.name)](#\($0.anchor))" }.joined(separator: ",\n"))
    parts += try ManualFault.gathering(everything) { try $0.markdown() }
    parts.append("[All pages](README.md)")
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }
}

extension ManualEntry {
  /// The heading's anchor, as GitHub makes it.
  var anchor: String { name.lowercased() }

  func markdown() throws -> String {
    try (["## \(name)"] + forms.map { try $0.markdown(module: module) }).joined(separator: "\n\n")
  }
}

extension ManualEntry.Form {
  func markdown(module: String?) throws -> String {
    var parts = ["**`\(signature)`**" + (isMethod ? ", also as a method" : ""), documentation]
    parts.append(parameters.map { "- `\($0.name)`: \($0.words)" }.joined(separator: "\n"))
    if !example.isEmpty {
      let transcript: ExampleTranscript
      do {
        transcript = try ExampleTranscript(example, module: module)
      } catch {
        let text = error.diagnostics.map { DiagnosticRenderer().render($0) }.joined(separator: "\n")
        throw ManualFault(description: "the example of \(signature) fails:\n\(text)")
      }
      guard transcript.broken.isEmpty else {
        throw ManualFault(description: "the example of \(signature): " + transcript.broken.joined(separator: "; "))
      }
      parts.append("```limn\n\(transcript.text)\n```")
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }
}
