import Foundation
import LimnRuntime
import Testing

@Suite struct ManualTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("docs/reference")

  /// `limn doc -o docs/reference` writes what is in version control, and nothing else is there.
  @Test func theManualIsAsTheBindingsAreNow() throws {
    let files = try Manual().markdown()
    for (name, text) in files {
      let present = try? String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
      #expect(present == text, "\(name) is stale: run limn doc -o docs/reference")
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(names) == Set(files.map(\.name)))
  }

  /// Links between pages lead to files and headings that are there.
  @Test func everyLinkLeadsSomewhere() throws {
    let files = Dictionary(uniqueKeysWithValues: try Manual().markdown().map { ($0.name, $0.text) })
    var count = 0
    for (name, text) in files {
      for match in text.matches(of: /\]\(([^)#:]*)(#[^)]*)?\)/) {
        let target = match.1.isEmpty ? name : String(match.1)
        let page = try #require(files[target], "\(name) links to \(target)")
        if let anchor = match.2 {
          #expect(page.contains("\n## \(anchor.dropFirst())\n"), "\(name) links to \(target)\(anchor)")
        }
        count += 1
      }
    }
    #expect(count > 500)
  }

  @Test func aNameIsFoundWithItsModuleAndWithout() {
    let manual = Manual()
    #expect(manual.entries(named: "math.gcd").map(\.qualifiedName) == ["math.gcd"])
    #expect(manual.entries(named: "gcd").map(\.qualifiedName) == ["math.gcd"])
    #expect(manual.entries(named: "sum").contains { $0.module == nil })
    #expect(manual.entries(named: "lists.chunk").first?.forms.first?.signature == "lists.chunk(xs, size)")
    #expect(manual.entries(named: "no_such_name").isEmpty)
  }

  @Test func aPageInTheTerminalHasSignaturesAndExamples() throws {
    let text = try #require(Manual().page(named: "math")).text
    #expect(text.hasPrefix("math: import math\n"))
    #expect(text.contains("\nmath.hypot(x, y)\n  The length of the hypotenuse"))
    #expect(text.contains("\n    math.hypot(3, 4)   # 5.0"))
  }

  /// A promise that is not kept is found, and what an example gives takes its place.
  @Test func transcriptsTellTheTruth() throws {
    let right = try ExampleTranscript("let x = 2\n# twice\nx * 2   # 4\nprint(\"a\")\nprint(1)\nx", module: nil)
    #expect(right.broken.isEmpty)
    #expect(right.text == "let x = 2\n# twice\nx * 2   # 4\nprint(\"a\")   # a\nprint(1)   # 1\nx   # 2")
    let wrong = try ExampleTranscript("1 + 1   # 3", module: nil)
    #expect(wrong.broken == ["1 + 1 gave 2, not 3"])
    #expect(wrong.text == "1 + 1   # 2")
    let long = try ExampleTranscript("print(1, \"\\n\", 2)", module: nil)
    #expect(long.text == "print(1, \"\\n\", 2)\n# 1 \n#  2")
  }
}
