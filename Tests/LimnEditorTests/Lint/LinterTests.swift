import Foundation
import LimnLanguage
import LimnNotebook
import Testing

@testable import LimnEditor

/// What `limn lint` says of a script.
func lint(_ text: String, name: String = "a.limn", folder: String = ".") throws -> [Diagnostic] {
  let bytes = Array(text.utf8)
  let document =
    name.hasSuffix(".md")
    ? try NotebookDocument(parsing: bytes, name: name) : try NotebookDocument(script: bytes, name: name)
  return Linter(document, folder: folder).diagnostics
}

/// Codes and the text that is marked: `unused-name: x`.
func marks(_ text: String, name: String = "a.limn") throws -> [String] {
  try lint(text, name: name).map { "\($0.code): \($0.primary.map { $0.source.text(of: $0.span) } ?? "")" }
}

@Suite struct LinterTests {
  @Test(arguments: ErrorCatalog.lint.entries)
  func theStoriesAreTrue(_ entry: ErrorCatalog.Entry) throws {
    #expect(try lint(entry.wrong).map(\.code) == [entry.code])
    #expect(try lint(entry.right).map(\.code) == [])
  }

  @Test func everyCodeHasAStory() {
    #expect(ErrorCatalog.lint.codes == LintCode.allCases.map(\.rawValue).sorted())
  }

  @Test(arguments: [
    "fn f(x) {\n  let _unused = x\n  let _, b = x\n  b\n}",
    "let top = 1\nvar other = 2\nfn unused(x, y) { 1 }",
    "fn f() { nil }\nfor i in 0..<3 { print(1) }\ntry { f() } catch e { nil }",
    "fn f() {\n  var n = 0\n  fn() {\n    n = n + 1\n    n\n  }\n}",
    "fn f(p) {\n  let a = p\n  a[0] = 1\n}",
    "fn f() {\n  if true { return 1 }\n  2\n}",
    "type T(x) {\n  let y = x\n  fn m() { let z = y; z }\n}",
    "import data as d\nfrom gan import train\nprint(d.two_moons, train)",
    "let x = 1\n\"a note\"\nprint(x)\nx",
    "fn f() { 1 }\nfn g() { f() }\nwhile f() == f() { g() }",
    "let a = [1]\nvar i = 0\na[i] = a[0]\ni = i + 1",
  ])
  func soundCodePasses(_ text: String) throws {
    #expect(try marks(text) == [])
  }

  @Test(arguments: [
    ("fn f() { var n = 0; n = 1; 2 }", ["unused-name: n"]),
    ("fn f() {\n  fn g() { g() }\n  1\n}", []),
    ("fn f() { let a, b = 1, 2; a }", ["unused-name: b"]),
    ("test \"t\" { let x = 1 }", ["unused-name: x"]),
    ("from data import batches, two_moons\nprint(batches)", ["unused-import: two_moons"]),
    ("import data\nimport data as d\nprint(d)", ["unused-import: data"]),
    ("for x in [1] {\n  break\n  print(x)\n}", ["unreachable-code: print(x)"]),
    (
      "let xs = [1]\nprint(xs[0] == xs[0], xs != xs, 1 == 1)",
      ["same-operands: xs[0] == xs[0]", "same-operands: xs != xs"]
    ),
    ("let a = true\nprint(a or (a))", ["same-operands: a or (a)"]),
    ("var x = [1]\nx = x\nx[0] = x[0]", ["self-assignment: x = x", "self-assignment: x[0] = x[0]"]),
  ])
  func suspiciousCodeIsMarked(_ text: String, expected: [String]) throws {
    #expect(try marks(text) == expected)
  }

  @Test func errorsComeWithWarnings() throws {
    #expect(try marks("fn f() { let total = 1; totl }") == ["unknown-name: totl"])
    #expect(try marks("import data\nprint(totl)") == ["unused-import: data", "unknown-name: totl"])
  }

  @Test func aTextThatCannotBeReadHasNoWarnings() throws {
    #expect(try marks("import data\nlet = 3") == ["unexpected-token: ="])
  }

  @Test func cellsShareTheirNames() throws {
    let text = "```limn\nimport data\n```\n\n```limn\nprint(data.batches, params)\ntotl\n```\n"
    #expect(try marks(text, name: "a.md") == ["unknown-name: totl"])
  }

  @Test func skippedCellsAndExpectedErrorsAreNoFaults() throws {
    let text = "```limn\n#| skip: true\nlet =\n```\n```limn\n#| expect-error: unknown-name\ntotl\n```\n"
    #expect(try marks(text, name: "a.md") == [])
  }

  @Test func theProjectsOwnCodePasses() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    let files = try DocumentFile.find(["stdlib", "notebooks", "Benchmarks"].map { root + "/" + $0 })
    #expect(files.count > 8)
    for file in files {
      let found = Linter(try NotebookDocument(contentsOf: file.path), folder: file.folder).diagnostics
      #expect(found.isEmpty, "\(file.path): \(DiagnosticRenderer().render(found))")
    }
  }
}
