import Testing

@testable import LimnLanguage

@Suite struct EqualityTests {
  @Test(arguments: [
    Case("[1, [2.0]] == [1.0, [2]]", "true"), Case("{a: 1, b: 2} == {b: 2, a: 1}", "true"),
    Case("{a: 1} == {a: 1, b: 2}", "false"), Case("[1] == [1, 2]", "false"), Case("[true] == [1]", "false"),
    Case("[nil] == [nil]", "true"),
    Case("(0..<0) == (5..<5)", "true"), Case("(0..<3) == (0...2)", "true"), Case("(0..<3) == (0..<4)", "false"),
    Case("(0..<3) == [0, 1, 2]", "false"), Case("[nan] == [nan]", "false"), Case("print == print", "true"),
    Case("(x => x) == (x => x)", "false"), Case("type P(x) { }\nP([1]) == P([1])", "true"),
    Case("type P(x) { }\ntype Q(x) { }\nP(1) == Q(1)", "false"), Case("\"e\\u{301}\" == \"\\u{E9}\"", "true"),
    Case("{\"e\\u{301}\": 1}[\"\\u{E9}\"]", "1"),
    Case("error(\"a\") == error(\"a\")", "true"), Case("1 == \"1\"", "false"), Case("[1] != [2]", "true"),
  ])
  func equalityIsDeep(_ example: Case) throws { #expect(try value(example.program) == example.expected) }

  @Test func cyclesCompare() throws {
    #expect(try value("let a = [1]\na.append(a)\nlet b = [1]\nb.append(b)\na == b") == "true")
    #expect(try value("let a = [1]\na.append(a)\nlet b = [2]\nb.append(b)\na == b") == "false")
  }

  @Test func depthDoesNotMatter() throws {
    #expect(
      try value("fn chain(n) {\n var xs = []\n for _ in 0..<n { xs = [xs] }\n xs\n}\nchain(200000) == chain(200000)")
        == "true")
  }

  @Test func copiesAreDeepAndKeepSharing() throws {
    #expect(
      try value("let inner = [1]\nlet a = [inner, inner, {k: inner}]\nlet b = copy(a)\nb[0].append(2)\n[a, b]")
        == "[[[1], [1], {k: [1]}], [[1, 2], [1, 2], {k: [1, 2]}]]")
    #expect(try value("let a = [1]\na.append(a)\nlet b = copy(a)\nb[0] = 2\n[a[0], b[1][0]]") == "[1, 2]")
    #expect(try value("type P(x) { }\nlet p = P([1])\nlet q = copy(p)\nq.x.append(2)\np.x") == "[1]")
    #expect(try value("var xs = []\nfor _ in 0..<200000 { xs = [xs] }\nlen(copy(xs))") == "1")
  }
}
