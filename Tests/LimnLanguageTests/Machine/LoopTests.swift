import Testing

@testable import LimnLanguage

@Suite struct LoopTests {
  @Test(arguments: [
    Case("[1, 2]", "[1, 2]"), Case("0..<3", "[0, 1, 2]"), Case("1...3", "[1, 2, 3]"), Case("3..<1", "[]"),
    Case("3...2", "[]"), Case("(0..<10).step(4)", "[0, 4, 8]"),
    Case("(5...1).step(-2)", "[5, 3, 1]"),
    Case("\"añ\u{1F468}\u{200D}\u{1F469}\"", "[\"a\", \"ñ\", \"\u{1F468}\u{200D}\u{1F469}\"]"),
    Case("{a: 1, b: 2}", "[\"a\", \"b\"]"), Case("[]", "[]"),
    Case("9223372036854775806...9223372036854775807", "[9223372036854775806, 9223372036854775807]"),
    Case("(9223372036854775800...9223372036854775807).step(5)", "[9223372036854775800, 9223372036854775805]"),
  ])
  func forGoesThroughEverything(_ example: Case) throws {
    #expect(try value("let out = []\nfor x in \(example.program) { out.append(x) }\nout") == example.expected)
    #expect(
      try value("let s = \(example.program)\nfn f() {\n let out = []\n for x in s { out.append(x) }\n out\n}\nf()")
        == example.expected)
  }

  @Test func twoNamesTakePairsApart() throws {
    #expect(
      try value("let out = []\nfor k, v in {a: 1, b: [2]} { out.append([v, k]) }\nout") == "[[1, \"a\"], [[2], \"b\"]]")
    #expect(try value("let out = []\nfor a, b in [[1, 2], [3, 4]] { out.append(a * b) }\nout") == "[2, 12]")
    #expect(try value("let out = []\nfor i, _ in enumerate(\"ab\") { out.append(i) }\nout") == "[0, 1]")
    #expect(fault("for a, b in [1] { }") == "destructuring: [1]")
    #expect(fault("for a, b in 0..<2 { }") == "destructuring: 0..<2")
  }

  @Test func breakAndContinueLeadWhereTheyShould() throws {
    let program = """
      fn f() {
        let out = []
        for i in 0..<10 {
          if i % 2 == 0 { continue }
          if i > 6 { break }
          var j = 0
          while true {
            j = j + 1
            if j == 2 { continue }
            if j > 3 { break }
            out.append(i * 10 + j)
          }
        }
        out
      }
      f()
      """
    #expect(try value(program) == "[11, 13, 31, 33, 51, 53]")
  }

  /// A list that grows under its loop would never end it.
  @Test func aListMayChangeElementsButNotItsLengthMeanwhile() throws {
    #expect(try value("let xs = [1, 2]\nfor i, x in enumerate(xs) { xs[i] = x * 10 }\nxs") == "[10, 20]")
    #expect(try value("let xs = [1, 2]\nfor x in xs { xs.append(x)\nbreak }\nxs") == "[1, 2, 1]")
    #expect(fault("let xs = [1, 2]\nfor x in xs { xs.append(x) }") == "changed-during-iteration: xs")
    #expect(fault("let xs = [[1, 2], [3, 4]]\nfor a, b in xs { xs.pop() }") == "changed-during-iteration: xs")
    #expect(fault("let xs = [1, 2]\nxs.map(x => xs.append(x))") == "changed-during-iteration: xs")
    #expect(fault("let xs = [2, 1]\nxs.sort(by: x => [x, xs.append(x)][0])") == "changed-during-iteration: xs")
  }

  @Test func aMapMayChangeValuesButNotKeysMeanwhile() throws {
    #expect(try value("let m = {a: 1, b: 2}\nfor k in m { m[k] = m[k] * 10 }\nm") == "{a: 10, b: 20}")
    #expect(fault("let m = {a: 1, b: 2}\nfor k in m { m[k + \"x\"] = 1 }") == "changed-during-iteration: m")
  }

  @Test func whatCannotBeGoneThroughIsAnError() {
    #expect(fault("for i in 10 { }") == "not-iterable: 10")
    #expect(fault("for i in 0..<2.5 { }") == "type-mismatch: 2.5")
    #expect(fault("for i in \"a\"..<3 { }") == "type-mismatch: \"a\"")
    #expect(fault("while 1 { }") == "not-a-bool: 1")
    #expect(Session().diagnostics("for i in 10 { }").first?.help == "to count, write `0..<n`")
  }

  @Test func blocksAreExpressions() throws {
    #expect(try value("let x = if 1 > 2 { \"a\" } else if 2 > 1 { \"b\" } else { \"c\" }\nx") == "\"b\"")
    #expect(try value("if false { 1 }") == "nil")
    #expect(
      try value(
        "fn f(x) { if x > 0 { if x > 10 { \"big\" } else { \"small\" } } else { \"none\" } }\n[f(20), f(5), f(-1)]")
        == "[\"big\", \"small\", \"none\"]")
    #expect(try value("for i in 0..<3 { i }") == "nil")
  }
}
