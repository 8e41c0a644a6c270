import LimnTestSupport
import Testing

@testable import LimnEditor

@Suite struct CompletionTests {
  @Test func namesInScopeComeInnermostFirst() {
    let labels = MarkedText("let outer = 1\nfn f(argument) {\n  let inner = 2\n  ‸\n}\nlet later = 3").labels
    for name in ["inner", "argument", "outer", "f", "later", "print", "conv2d", "while"] {
      #expect(labels.contains(name), "\(name)")
    }
    #expect(!labels.contains(Probe.name))
  }

  @Test func namesOfOtherScopesAreNotOffered() {
    let labels = MarkedText("fn f(argument) { let inner = 1; inner }\n‸\nlet later = 3").labels
    #expect(!labels.contains("argument") && !labels.contains("inner") && !labels.contains("later"))
  }

  @Test(arguments: [
    ("type P(x, y) {\n  let z = 1\n  fn m() { 1 }\n}\nlet p = P(1, 2)\np.‸", ["x", "y", "z", "m"]),
    ("type P(x) {\n  fn m() { self.‸ }\n}", ["x", "m"]),
    ("type Q(a) { }\ntype P(x) { let q = Q(1)\n fn m() { self.q.‸ } }", ["a"]),
    ("type P(x) { }\nfn f() {\n  let p = P(1)\n  if p.‸\n}", ["x"]),
    ("import gan\ngan.‸", ["gradient_penalty", "step", "train"]),
    ("import gan as g\nlet x = g.tr‸\nprint(x)", ["gradient_penalty", "step", "train"]),
    ("from gan import ‸", ["gradient_penalty", "step", "train"]),
    ("from gan import step, ‸", ["gradient_penalty", "step", "train"]),
    ("let x = \"a ‸ b\"", ["nothing"]), ("x = 1  # not ‸", ["nothing"]),
  ])
  func membersAreTheOwnersOwn(_ text: String, expected: [String]) {
    #expect(MarkedText(text).labels.sorted() == expected.sorted())
  }

  @Test func valuesOfBuiltInTypesOfferTheirMethods() {
    #expect(MarkedText("let xs = [1]\nxs.‸").labels.contains("append"))
    #expect(!MarkedText("let s = \"a\"\ns.‸").labels.contains("append"))
    #expect(MarkedText("let s = \"\\(1)\"\ns.‸").labels.contains("upper"))
    let tensor = MarkedText("let t = zeros(2, 3)\nt.‸").labels
    #expect(tensor.contains("shape") && tensor.contains("reshape") && !tensor.contains("upper"))
    #expect(MarkedText("fn f(x) { x.‸ }").labels.contains("reshape"))
  }

  @Test func argumentsThatAreNotGivenAreOffered() {
    let labels = MarkedText("fn f(alpha, beta = 2) { 1 }\nf(beta: 1, ‸)").labels
    #expect(labels.contains("alpha:") && !labels.contains("beta:"))
    #expect(MarkedText("conv2d(64, ‸").labels.contains("kernel:"))
    #expect(MarkedText("type P(x, y) { }\nlet p = P(‸").labels.contains("y:"))
    #expect(!MarkedText("fn f(alpha) { 1 }\nf { ‸ }").labels.contains("alpha:"))
  }

  @Test func modulesAreOfferedBehindImport() throws {
    let folder = try TemporaryFolder()
    try folder.write("helper.limn", "let size = 3\n")
    let labels = MarkedText("import ‸", folder: folder.path).labels
    #expect(labels.contains("gan") && labels.contains("data") && labels.contains("helper"))
    #expect(MarkedText("import helper\nhelper.‸", folder: folder.path).labels == ["size"])
  }

  @Test func interpolationsAreCode() {
    #expect(MarkedText("let count = 1\nprint(\"n = \\(‸)\")").labels.contains("count"))
  }

  @Test func cellsSeeTheOnesBefore() {
    let text = "```limn\nlet first = 1\n```\n\n```limn\n‸\n```\n\n```limn\nlet third = 1\n```\n"
    let labels = MarkedText(text, name: "a.md").labels
    #expect(labels.contains("first") && labels.contains("params") && !labels.contains("third"))
  }
}
