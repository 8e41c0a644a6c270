import Testing

@testable import LimnEditor

@Suite struct HoverTests {
  @Test(arguments: [
    ("## Adds.\nfn add(a, b = 2) { a + b }\n‸add(1)", "```limn\nfn add(a, b = 2)\n```\n\nAdds."),
    ("let ra‸te = 1e-4", "```limn\nlet rate = 1e-4\n```"),
    ("fn f(x = 3) { ‸x }", "```limn\nparameter x = 3\n```"),
    ("fn f(x = 3) { 1 }\nf(‸x: 1)", "```limn\nparameter x = 3\n```"),
    (
      "type P(x) {\n  ## Doubles.\n  fn twice(n) { x * n }\n}\nP(1).tw‸ice(2)",
      "```limn\nfn P.twice(n)\n```\n\nDoubles."
    ),
    ("type P(x, y = 2) { }\nlet p = P(1)\np.‸y", "```limn\nfield P.y = 2\n```"),
    ("type P(x) { fn m() { self.‸x } }", "```limn\nfield P.x\n```"),
    ("for i in 0..<3 { ‸i }", "```limn\nloop name i\n```"),
    ("pi‸", "```limn\npi\n```"),
    ("1 + ‸2", "nothing"), ("# a‸ b\n1", "nothing"), ("missing‸", "nothing"),
  ])
  func declaredNamesShowTheirDeclaration(_ text: String, expected: String) {
    #expect(MarkedText(text).hover.hasPrefix(expected))
  }

  @Test func builtInsShowSignatureDocumentationAndExample() {
    let text = MarkedText("cla‸mp(12, 0, 10)").hover
    #expect(text.contains("clamp(x, low, high)"))
    #expect(text.contains("clamp(12, 0, 10)   # 10"))
    #expect(MarkedText("import data\ndata.two_mo‸ons(4)").hover.contains("data.two_moons("))
    #expect(MarkedText("let xs = [1]\nxs.app‸end(2)").hover.contains("append("))
  }

  @Test func libraryFunctionsShowTheirDocumentation() {
    let text = MarkedText("import gan\ngan.st‸ep").hover
    #expect(text.hasPrefix("```limn\nfn step(g, d, g_opt, d_opt, real)\n```\n\nOne step of both networks"))
    #expect(MarkedText("from gan import tr‸ain\ntrain").hover.hasPrefix("```limn\nfn train("))
  }
}
