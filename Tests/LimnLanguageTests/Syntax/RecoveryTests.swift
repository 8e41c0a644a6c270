import Testing

@testable import LimnLanguage

@Suite struct RecoveryTests {
  @Test func independentFaultsAreReportedOnceEach() {
    let text = """
      let a = (1 + 2
      let b = 3 *
      let c == 3
      fn f(x {
        let d =
      }
      print(a b)
      for i on xs {
        x y
      }
      let good = 1
      """
    let source = Source(name: "test", text: text)
    let diagnostics = Parser.parse(source).diagnostics
    #expect(diagnostics.map { source.line(at: $0.primary?.span.start ?? 0) } == [1, 2, 3, 4, 5, 7, 8, 9])
  }

  @Test func oneFaultGivesOneError() {
    let texts = [
      "if a && b {\n  f()\n} else {\n  g()\n}\nlet x = 1", "while (true {\n  f(1)\n}\nlet x = 1",
      "def f(x):\n  return x\nlet x = 1",
      "print(\"abc)\nlet x = 1", "f(\n  1,\n  2\n\nlet x = 1", "let m = {\n  a: 1\n  b: 2\n}\nlet x = 1",
      "fn f() {\n  1\n}}\nlet x = 1",
      "let s = 'a'\nlet x = 1", "if x == \"abc {\n  1\n}\nlet x = 1", "let y = f(“a”,\n  2)\nlet x = 1",
      "xs.map(x => {\n  let y = x\n  y\n})\nlet x = 1",
      "type T() {\n  x = 1\n  let y = 2\n}\nlet x = 1",
      "if a {\n  1\n}\nelse if b {\n  2\n}\nelse {\n  3\n}".replacing("else if b {\n  2\n}\n", with: ""),
    ]
    for text in texts {
      #expect(Parser.parse(Source(name: "test", text: text)).diagnostics.count == 1, "\(text)")
    }
  }

  /// A text of faults alone is not told fault by fault.
  @Test(arguments: ["\"", "'", "$ ", "1 2 ", "\"\"\""])
  func faultsWithoutEndAreCutShort(_ fault: String) {
    let text = String(repeating: fault, count: 2000)
    let diagnostics = Parser.parse(Source(name: "test", text: text)).diagnostics
    #expect((1...21).contains(diagnostics.count))
  }

  @Test func whatFollowsAFaultIsStillRead() {
    let (unit, diagnostics) = Parser.parse(Source(name: "test", text: "let = 1\nlet b = 2\nf(]\nlet c = 3"))
    #expect(diagnostics.count == 2)
    #expect(unit.statements.count == 2)
  }

  @Test func aMissingBraceIsSoughtByIndentation() {
    let text = "fn f(x) {\n  if x > 1 {\n    x\n}\n\nlet y = 2"
    let diagnostic = Parser.parse(Source(name: "test", text: text)).diagnostics[0]
    #expect(diagnostic.secondary.map { $0.source.line(at: $0.span.start) } == [2, 4])
  }
}

@Suite struct DepthTests {
  @Test(arguments: [
    "(", "[", "{a: ", "f(", "x[", "-", "not ", "~", "x => ", "if a { ", "f { ", "fn() { ", "2 ** ", "(x) => ", "try { ",
  ])
  func deepNestingIsAnErrorAndNoCrash(_ opening: String) {
    let text = String(repeating: opening, count: 100_000)
    #expect(Parser.parse(Source(name: "test", text: text)).diagnostics.map(\.code) == ["too-deep"])
  }

  @Test(arguments: [" + 1", " |> f", " >> f", ".f", "(1)", "[0]", " and x", " ** 2"])
  func longChainsAreAnErrorAndNoCrash(_ link: String) {
    let text = "x" + String(repeating: link, count: 100_000)
    #expect(Parser.parse(Source(name: "test", text: text)).diagnostics.map(\.code) == ["too-deep"])
  }

  @Test func everydayDepthsAreFine() {
    #expect(Parser.parse(Source(name: "test", text: "x" + String(repeating: " + 1", count: 400))).diagnostics.isEmpty)
    let nested = String(repeating: "(", count: 150) + "x" + String(repeating: ")", count: 150)
    #expect(Parser.parse(Source(name: "test", text: nested)).diagnostics.isEmpty)
  }

  @Test func nestingAndChainsTogetherStayWithinTheHeight() {
    // Fifty brackets, each the first operand of a chain of fifty: a tree 2,500 high.
    let text =
      String(repeating: "(", count: 50) + "x" + String(repeating: String(repeating: " + 1", count: 50) + ")", count: 50)
    #expect(Parser.parse(Source(name: "test", text: text)).diagnostics.map(\.code) == ["too-deep"])
  }

  @Test func longFlatThingsAreFine() {
    let list = "[" + String(repeating: "1, ", count: 50_000) + "]"
    #expect(Parser.parse(Source(name: "test", text: list)).diagnostics.isEmpty)
    let branches = "if a { 1 }" + String(repeating: " else if b { 2 }", count: 5_000)
    #expect(Parser.parse(Source(name: "test", text: branches)).diagnostics.isEmpty)
    let statements = String(repeating: "let x = 1\n", count: 20_000)
    #expect(Parser.parse(Source(name: "test", text: statements)).diagnostics.isEmpty)
  }
}
