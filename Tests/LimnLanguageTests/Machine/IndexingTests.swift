import Testing

@testable import LimnLanguage

@Suite struct IndexingTests {
  @Test(arguments: [
    Case("xs[0]", "0"), Case("xs[-1]", "4"), Case("xs[1:3]", "[1, 2]"), Case("xs[:2]", "[0, 1]"),
    Case("xs[3:]", "[3, 4]"), Case("xs[:]", "[0, 1, 2, 3, 4]"), Case("xs[::2]", "[0, 2, 4]"),
    Case("xs[::-1]", "[4, 3, 2, 1, 0]"), Case("xs[-2:]", "[3, 4]"), Case("xs[:-2]", "[0, 1, 2]"), Case("xs[3:1]", "[]"),
    Case("xs[3:1:-1]", "[3, 2]"), Case("xs[100:]", "[]"), Case("xs[-100:2]", "[0, 1]"),
    Case("xs[0..<3]", "[0, 1, 2]"), Case("xs[1...2]", "[1, 2]"), Case("xs[2...100]", "[2, 3, 4]"),
    Case("xs[::9223372036854775807]", "[0]"), Case("xs[::-9223372036854775807]", "[4]"),
    Case("(10..<20)[3]", "13"), Case("(10..<20)[-1]", "19"), Case("(10..<20)[2:4]", "[12, 13]"),
    Case("\"héllo\"[1]", "\"é\""), Case("\"héllo\"[1:3]", "\"él\""), Case("\"héllo\"[::-1]", "\"olléh\""),
    Case("\"a\\r\\nb\"[1]", "\"\\r\\n\""), Case("\"e\u{301}x\"[0]", "\"e\u{301}\""), Case("\"hello\"[0..<2]", "\"he\""),
    Case("\"\"[:]", "\"\""), Case("{a: 1}[\"a\"]", "1"), Case("{1: 2, true: 3}[true]", "3"),
  ])
  func slicesFollowPython(_ example: Case) throws {
    #expect(try value("let xs = [0, 1, 2, 3, 4]\n" + example.program) == example.expected)
  }

  @Test(arguments: [
    Case("xs[5]", "index-out-of-range: 5"), Case("xs[-6]", "index-out-of-range: -6"),
    Case("[][0]", "index-out-of-range: 0"), Case("\"ab\"[2]", "index-out-of-range: 2"),
    Case("xs[\"a\"]", "type-mismatch: \"a\""),
    Case("xs[1.5]", "type-mismatch: 1.5"), Case("xs[true]", "type-mismatch: true"),
    Case("xs[0:\"a\"]", "type-mismatch: 0:\"a\""), Case("xs[::0]", "invalid-subscript: ::0"),
    Case("xs[0, 1]", "invalid-subscript: xs"),
    Case("3[0]", "not-subscriptable: 3"), Case("nil[0]", "not-subscriptable: nil"),
    Case("{a: 1}[\"b\"]", "missing-key: \"b\""), Case("{a: 1}.b", "missing-key: b"),
    Case("{a: 1}[1.5]", "invalid-key: 1.5"),
    Case("let m = {}\nm[[1]] = 2", "invalid-key: [1]"), Case("let s = \"ab\"\ns[0] = \"c\"", "immutable-value: s"),
    Case("xs[0:1] = [3]", "invalid-subscript: xs"), Case("nil.x", "unknown-member: nil"),
    Case("xs.lenn()", "unknown-member: lenn"), Case("(0..<3)[3]", "index-out-of-range: 3"),
    Case("xs[9223372036854775807]", "index-out-of-range: 9223372036854775807"),
    Case("xs[-9223372036854775807 - 1]", "index-out-of-range: -9223372036854775807 - 1"),
    Case("let xs = [1]\nxs[2] = 3", "duplicate-name: xs"),
  ])
  func placesThatDoNotExistAreErrors(_ example: Case) {
    #expect(fault("let xs = [0, 1, 2, 3, 4]\n" + example.program) == example.expected)
  }

  @Test func assignmentChangesWhatEveryNameSees() throws {
    #expect(
      try value("let a = [[1, 2], {k: [3]}]\nlet b = a\nb[0][1] = 20\nb[1].k[0] = 30\na[-1].n = 4\na")
        == "[[1, 20], {k: [30], n: 4}]")
    #expect(try value("var a, b = 1, 2\na, b = b, a\n[a, b]") == "[2, 1]")
    #expect(try value("fn f() {\n var a, b = 1, 2\n a, b = b, a\n [a, b]\n}\nf()") == "[2, 1]")
    #expect(try value("let xs = [1, 2]\nxs[0], xs[1] = xs[1], xs[0]\nxs") == "[2, 1]")
    #expect(try value("fn f(xs) {\n _, xs[0] = [8, 9]\n xs\n}\nf([0])") == "[9]")
    #expect(fault("let a, b = [1, 2, 3]") == "destructuring: [1, 2, 3]")
    #expect(fault("let a, b = 5") == "destructuring: 5")
  }

  @Test func aMapsMethodsComeBeforeItsFunctionsWhenCalled() throws {
    #expect(
      try value("let m = {keys: () => 1, f: x => x * 2}\n[m.keys(), m.f(4), m[\"keys\"]()]")
        == "[[\"keys\", \"f\"], 8, 1]")
    #expect(Session().diagnostics("let m = {a: 1}\nm.keys").first?.help == "to call the method, write `keys()`")
  }
}
