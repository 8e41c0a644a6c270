import Testing

@testable import LimnLanguage

@Suite struct FunctionCallTests {
  static let function = "fn f(a, b = a * 2, ...rest) { [a, b, rest] }\n"

  @Test(arguments: [
    Case("f(1)", "[1, 2, []]"), Case("f(1, 5)", "[1, 5, []]"), Case("f(1, 5, 6, 7)", "[1, 5, [6, 7]]"),
    Case("f(1, b: 3)", "[1, 3, []]"),
    Case("f(b: 3, a: 9)", "[9, 3, []]"), Case("f(a: 4)", "[4, 8, []]"), Case("1 |> f", "[1, 2, []]"),
    Case("1 |> f(5)", "[1, 5, []]"),
    Case("1 |> f(b: 7)", "[1, 7, []]"), Case("1 |> (f)", "[1, 2, []]"), Case("let g = [f]\n1 |> g[0]", "[1, 2, []]"),
    Case("fn make(x) { y => [x, y] }\n1 |> (make(2))", "[2, 1]"), Case("[1, 2] |> len", "2"),
    Case("[3, 4] |> map(x => x + 1) |> len", "2"),
    Case("let m = {g: f}\n1 |> m.g(2)", "[1, 2, []]"),
  ])
  func argumentsFindTheirParameters(_ example: Case) throws {
    #expect(try value(FunctionCallTests.function + example.program) == example.expected)
  }

  @Test(arguments: [
    Case("f()", "missing-argument: f()"), Case("f(b: 1)", "missing-argument: f(b: 1)"),
    Case("f(1, c: 2)", "unknown-argument: c"),
    Case("f(1, a: 2)", "duplicate-argument: a"), Case("f(1, rest: 2)", "unknown-argument: rest"),
    Case("g(1, 2, 3)", "too-many-arguments: 3"),
    Case("1 |> g(2, 3)", "too-many-arguments: 3"), Case("p.m(1, 2)", "too-many-arguments: 2"),
    Case("p.m()", "missing-argument: p.m()"),
    Case("1(2)", "not-callable: 1"), Case("p.x()", "not-callable: x"), Case("let s = \"a\"\ns()", "not-callable: s"),
    Case("P(1, 2)", "too-many-arguments: 2"),
    Case("P(y: 1)", "unknown-argument: y"), Case("len(1, 2)", "too-many-arguments: 2"),
    Case("abs(\"x\")", "type-mismatch: \"x\""), Case("[1].map(3)", "type-mismatch: 3"),
    Case("error(\"a\", kid: \"b\")", "unknown-argument: kid"),
    Case("error(message: 3)", "type-mismatch: 3"),
  ])
  func argumentsThatDoNotFitAreMarked(_ example: Case) {
    let program =
      FunctionCallTests.function + "fn g(a, b) { a }\ntype P(x = 1) { fn m(v) { v } }\nlet p = P()\n" + example.program
    #expect(fault(program) == example.expected)
  }

  @Test func anUnknownArgumentShowsTheSignatureAndAGuess() {
    let diagnostic = Session().diagnostics("fn train(model, epochs = 5) { model }\ntrain(1, epoch: 3)").first
    #expect(diagnostic?.notes == ["the signature is fn train(model, epochs = 5)"])
    #expect(diagnostic?.help == "did you mean `epochs`?")
  }

  @Test func defaultsAreEvaluatedAtEachCall() throws {
    #expect(try value("fn f(xs = []) {\n xs.append(1)\n xs\n}\nf()\nf()") == "[1]")
    #expect(try value("var n = 1\nfn f(x = n) { x }\nn = 2\nf()") == "2")
    #expect(try value("fn f(a, g = () => a) {\n a = a + 1\n g()\n}\nf(1)") == "2")
  }

  @Test func parametersCanBeAssigned() throws { #expect(try value("fn f(n) {\n n = n + 1\n n\n}\nf(1)") == "2") }

  @Test func trailingBlocksAreTheLastPosition() throws {
    #expect(try value("fn twice(x, f) { [x, f(), f()] }\nvar n = 0\ntwice(5) {\n n = n + 1\n n\n}") == "[5, 1, 2]")
    #expect(try value("fn run(f) { f() }\nrun { 42 }") == "42")
    #expect(try value("fn run(f) { f() }\nfn outer() {\n let r = run {\n return 1\n }\n r + 1\n}\nouter()") == "2")
  }

  @Test func returnGivesValues() throws {
    #expect(try value("fn f() { return 1, 2 }\nlet a, b = f()\n[b, a]") == "[2, 1]")
    #expect(try value("fn f() { return }\nf()") == "nil")
    #expect(try value("fn f() { }\nf()") == "nil")
    #expect(
      try value("fn f(x) {\n for i in 0..<10 { if i == x { return i * 10 } }\n -1\n}\n[f(3), f(20)]") == "[30, -1]")
    #expect(try value("fn f(x) {\n if x { 1 }\n}\n[f(true), f(false)]") == "[1, nil]")
  }

  @Test func compositionRunsFromLeftToRight() throws {
    #expect(try value("let f = (x => x + 1) >> (x => x * 10) >> str\nf(1)") == "\"20\"")
    #expect(try value("fn add(a, b) { a + b }\n(add >> (x => x * 2))(1, b: 2)") == "6")
    #expect(try value("(x => x + 1) >> (y => y)") == "fn(x) >> fn(y)")
    #expect(fault("let f = str >> 3") == "not-callable: 3")
  }

  @Test func methodsCanBeTakenAndCalledLater() throws {
    #expect(try value("let xs = [1]\nlet push = xs.append\npush(2)\nxs") == "[1, 2]")
    #expect(try value("type A(x) { fn get(k = 1) { x * k } }\nlet g = A(5).get\n[g(), g(3), g(k: 2)]") == "[5, 15, 10]")
  }

  @Test func blocksNestWithoutMixingTheirRegisters() throws {
    let program =
      "fn f(a, b, c) { a + b + c }\nf(f(1, 2, f(3, 4, 5)), f(6, 7, 8), [f(1, 1, 1), 2].map(x => f(x, x, x)).len())"
    #expect(try value(program) == "38")
  }
}

@Suite struct ClosureTests {
  @Test func variablesAreCapturedByReference() throws {
    #expect(try value("fn f() {\n var n = 0\n let up = fn() { n = n + 1 }\n up()\n up()\n n\n}\nf()") == "2")
    #expect(
      try value(
        "fn pair() {\n var n = 0\n [fn() { n = n + 1\n n }, fn() { n }]\n}\nlet p = pair()\np[0]()\np[0]()\np[1]()")
        == "2")
    #expect(try value("fn a() {\n var x = 1\n fn b() {\n fn c() { x = x + 1 }\n c()\n x\n }\n b()\n}\na()") == "2")
  }

  @Test func everyTurnOfALoopHasItsOwn() throws {
    #expect(try value("let fs = []\nfor i in 0..<3 { fs.append(() => i) }\nfs.map(f => f())") == "[0, 1, 2]")
    #expect(
      try value(
        "let fs = []\nfor x in [1, 2] {\n var y = x\n fs.append(fn() { y = y + 10\n y })\n}\n[fs[0](), fs[0](), fs[1]()]"
      ) == "[11, 21, 12]")
    #expect(
      try value(
        "fn f() {\n let fs = []\n var i = 0\n while i < 3 {\n let j = i\n fs.append(() => j)\n i = i + 1\n }\n fs.map(g => g())\n}\nf()"
      ) == "[0, 1, 2]")
  }

  @Test func parametersAndLocalsOfCallsAreSeparate() throws {
    #expect(
      try value("fn counter(n) { fn() {\n n = n + 1\n n } }\nlet a, b = counter(0), counter(10)\n[a(), a(), b()]")
        == "[1, 2, 11]")
  }
}
