import LimnTestSupport
import Testing

@testable import LimnEditor

/// Definitions, references, signatures, outlines.
@Suite struct NavigationTests {
  @Test(arguments: [
    ("let x = 1\nprint(‸x)", "0:4"), ("fn f() { g‸() }\nfn g() { 1 }", "1:3"),
    ("fn f(x) { let y = x; ‸y }", "0:14"), ("fn f(x) { x => ‸x }", "0:10"),
    ("type P(x) { fn m() { self.m‸() } }", "0:15"), ("type P(x) { let y = ‸x }", "0:7"),
    ("type P(x) { }\nlet p = P(1)\np.‸x", "0:7"), ("fn f(a) { 1 }\nf(‸a: 2)", "0:5"),
    ("prin‸t(1)", "nothing"), ("import gan\ngan.ste‸p", "nothing"),
  ])
  func definitionsAreFound(_ text: String, expected: String) {
    #expect(MarkedText(text).definition == expected)
  }

  @Test func definitionsInFilesBesideAreFound() throws {
    let folder = try TemporaryFolder()
    try folder.write("helper.limn", "# first\n\nfn size(n) { n }\ntype P(x) { }\n")
    func definition(_ text: String) -> String { MarkedText(text, folder: folder.path).definition }
    #expect(definition("import helper\nhelper.si‸ze(1)") == "helper.limn:2:3")
    #expect(definition("from helper import size\n‸size(1)") == "helper.limn:2:3")
    #expect(definition("import hel‸per") == "helper.limn:0:0")
    #expect(definition("import hel‸per as h") == "helper.limn:0:0")
    #expect(definition("import helper\nlet p = helper.P(1)\np.‸x") == "helper.limn:3:7")
    #expect(definition("import helper\nhelper.size(‸n: 1)") == "helper.limn:2:8")
  }

  @Test func referencesAreOfTheSameNameAlone() {
    #expect(MarkedText("let ‸x = 1\nfn f(x) { x }\nprint(x, \"\\(x)\")").references == ["0:4", "2:6", "2:12"])
    #expect(MarkedText("fn f(x) { ‸x }\nlet x = 1").references == ["0:5", "0:10"])
    #expect(
      MarkedText("type P(a) {\n  fn m() { a + self.‸a }\n}\nlet p = P(a: 1)\np.a = 2").references == [
        "0:7", "1:11", "1:20", "3:10", "4:2",
      ])
  }

  @Test func cellsThatDeclareANameAnewMeanTheSame() {
    let text = "```limn\nlet x = 1\nfn f() { x }\n```\n\n```limn\nlet ‸x = 2\nx\n```\n"
    #expect(MarkedText(text, name: "a.md").references == ["1:4", "2:9", "6:4", "7:0"])
  }

  @Test(arguments: [
    ("fn f(a, b = 2) { 1 }\nf(‸", "f(a, b = 2) a"), ("fn f(a, b = 2) { 1 }\nf(1, ‸)", "f(a, b = 2) b"),
    ("fn f(a, b = 2) { 1 }\nf(b: ‸)", "f(a, b = 2) b"), ("fn f(a, ...rest) { 1 }\nf(1, 2, 3, ‸)", "f(a, ...rest) rest"),
    ("clamp(1, ‸", "clamp(x, low = nil, high = nil) low"),
    ("fn f(a, b) { 1 }\nfn g(x) { 1 }\nf(g(1), ‸)", "f(a, b) b"),
    ("type P(x, y) { }\nP(‸)", "P(x, y) x"), ("print(\"‸\")", "nothing"), ("let x = ‸1", "nothing"),
  ])
  func signaturesShowTheArgumentThatIsTyped(_ text: String, expected: String) {
    #expect(MarkedText(text).signature == expected)
  }

  @Test func theOutlineHasTypesWithTheirMembersAndTests() {
    let text = "let a = 1\nfn f(x) { 1 }\ntype P(x) {\n  var y = 2\n  fn m() { 1 }\n}\ntest \"t\" { }"
    let symbols = MarkedText("‸" + text).analysis.symbols(.utf16)
    #expect(symbols.map(\.name) == ["a", "f", "P", "test \"t\""])
    #expect(symbols[2].children.map(\.name) == ["x", "y", "m"])
    #expect(symbols[1].detail == "fn f(x)")
    #expect(symbols[2].range == TextRange(.init(line: 2, column: 0), .init(line: 5, column: 1)))
  }

  @Test func theOutlineOfANotebookHasItsCells() {
    let text = "```limn\n#| id: first\nlet a = 1\n```\n\n```limn\n‸b\n```\n"
    let symbols = MarkedText(text, name: "a.md").analysis.symbols(.utf16)
    #expect(symbols.map(\.name) == ["first", "cell-2"])
    #expect(symbols[0].children.map(\.name) == ["a"])
  }
}
