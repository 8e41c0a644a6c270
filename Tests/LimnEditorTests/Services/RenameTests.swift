import Testing

@testable import LimnEditor

@Suite struct RenameTests {
  @Test(arguments: [
    (
      "let ‸x = 1\nprint(x, \"\\(x)\", {x: x}, x.x)", "size",
      "let size = 1\nprint(size, \"\\(size)\", {x: size}, size.x)"
    ),
    ("fn f(‸a) { a }\nf(a: 1)\nf(2)", "b", "fn f(b) { b }\nf(b: 1)\nf(2)"),
    ("fn ‸f() { f() }\nlet g = f", "h", "fn h() { h() }\nlet g = h"),
    ("type ‸P(x) { fn m() { P(x) } }", "Q", "type Q(x) { fn m() { Q(x) } }"),
    (
      "type P(‸x) { fn m() { x + self.x } }\nlet p = P(x: 1)\np.x = 2", "y",
      "type P(y) { fn m() { y + self.y } }\nlet p = P(y: 1)\np.y = 2"
    ),
    ("import gan as ‸g\ng.step", "gans", "import gan as gans\ngans.step"),
    ("fn f() { let ‸a = 1; fn() { a } }", "b", "fn f() { let b = 1; fn() { b } }"),
    ("for ‸i in 0..<3 { i }", "j", "for j in 0..<3 { j }"),
    ("try { 1 } catch ‸e { e }", "error_", "try { 1 } catch error_ { error_ }"),
    ("var ‸x = 1\nx = x + 1", "y", "var y = 1\ny = y + 1"),
  ])
  func everyPlaceOfTheNameChanges(_ text: String, name: String, expected: String) {
    #expect(MarkedText(text).renamed(to: name) == expected)
  }

  @Test func cellsChangeTogether() {
    let text = "```limn\nlet ‸x = 1\n```\nx in prose\n```limn\nx\n```\n"
    #expect(MarkedText(text, name: "a.md").renamed(to: "y") == "```limn\nlet y = 1\n```\nx in prose\n```limn\ny\n```\n")
  }

  @Test(arguments: [
    ("pri‸nt(1)", "say", "`print` is built in, and cannot be renamed"),
    ("[1].app‸end(2)", "push", "`append` is built in, and cannot be renamed"),
    ("let ‸x = 1", "while", "`while` is a keyword"), ("let ‸x = 1", "a b", "`a b` is not a name"),
    ("let ‸x = 1", "1a", "`1a` is not a name"), ("let ‸x = 1", "_", "`_` discards, and names nothing"),
    ("1 + ‸2", "x", "there is no name here that can be renamed"),
    ("import ‸gan\ngan.step", "g", "`gan` is a module: write `import gan as ...` to call it otherwise"),
    ("import gan\ngan.st‸ep", "x", "`step` is declared in gan.limn: rename it there"),
    ("let ‸a = 1\nlet b = 2", "b", "`b` is taken: `b` is already declared in this scope"),
    ("let ‸a = 1\nfn f(b) { a + b }", "b", "`b` is taken: another name would come to mean something else"),
    ("let b = 1\nfn f(‸a) { a + b }", "b", "`b` is taken: another name would come to mean something else"),
    ("let ‸a = 1\nprint(a)", "print", "`print` is taken: another name would come to mean something else"),
    (
      "type P(‸x) { }\nfn f(p) { p.x }", "y",
      "`x` may be what line 2 means, whose value is not known before it runs: rename by hand"
    ),
    ("let ‸a = 1\nlet = 2", "b", "a.limn does not parse: mend it first"),
  ])
  func whatWouldChangeTheMeaningIsRefused(_ text: String, name: String, message: String) {
    #expect(MarkedText(text).renamed(to: name) == "refused: " + message)
  }
}
