import Testing

@testable import LimnLanguage

@Suite struct ResolverTests {
  @Test(arguments: [
    Case("print(lenght)", "unknown-name: lenght"), Case("fn never() { missing }", "unknown-name: missing"),
    Case("x = 1", "unknown-name: x"),
    Case("let x = 1\nx = 2", "immutable-name: x"), Case("for i in 0..<3 { i = 1 }", "immutable-name: i"),
    Case("print = 1", "immutable-name: print"),
    Case("try { 1 } catch e { e = 2 }", "immutable-name: e"), Case("fn f() { 1 }\nf = 2", "immutable-name: f"),
    Case("let a = 1\nlet a = 2", "duplicate-name: a"), Case("fn f() {\n let a = 1\n let a = 2\n}", "duplicate-name: a"),
    Case("let a, a = [1, 2]", "duplicate-name: a"), Case("type T(x) { let x = 1 }", "duplicate-name: x"),
    Case("type T(m) { fn m() { 2 } }", "duplicate-name: m"),
    Case("print(x)\nlet x = 1", "name-not-set: x"), Case("let x = x", "name-not-set: x"),
    Case("break", "misplaced-break: break"),
    Case("fn f() { continue }", "misplaced-break: continue"),
    Case("for i in 0..<3 { [1].map(fn(x) { break }) }", "misplaced-break: break"),
    Case("return 1", "misplaced-return: return 1"), Case("self", "unknown-name: self"),
    Case("type T() {\n fn a() { b() }\n fn b() { 1 }\n}", "unknown-name: b"),
    Case("type T() {\n let x = 1\n fn m() { x = 2 }\n}", "immutable-name: x"),
    Case("let a, b = 1, 2, 3", "destructuring: 1, 2, 3"),
    Case("fn f() { { a: inner } }", "unknown-name: inner"),
    Case("if true { let inside = 1 }\ninside", "unknown-name: inside"),
    Case("\"\\(nothing)\"", "unknown-name: nothing"), Case("fn f(a = b) { a }", "unknown-name: b"),
    Case("import nowhere", "unknown-module: nowhere"),
  ])
  func mistakesInNamesAreFoundBeforeAnythingRuns(_ example: Case) {
    let session = Session()
    #expect(session.fault("print(\"ran\")\n" + example.program) == example.expected)
    #expect(session.output == "")
  }

  @Test func severalMistakesAreReportedAtOnce() {
    let session = Session()
    let found = session.diagnostics("fn f() { one }\nlet x = 1\nx = two\nbreak").map(session.describe)
    #expect(found == ["unknown-name: one", "unknown-name: two", "immutable-name: x", "misplaced-break: break"])
  }

  @Test func aMisspeltNameIsGuessed() {
    let session = Session()
    #expect(session.diagnostics("let losses = []\nfn f() { lossses }").first?.help == "did you mean `losses`?")
    #expect(session.diagnostics("pritn(1)").first?.help == "did you mean `print`?")
  }

  @Test func blocksHaveScopesAndMayShadow() throws {
    #expect(try value("let x = 1\nif true { let x = 2 }\nx") == "1")
    #expect(try value("fn f(x) {\n let x = x + 1\n x\n}\nf(1)") == "2")
    #expect(try value("let x = 1\nfor x in [5] { x }\nx") == "1")
    #expect(try value("let max = max(1, 2)\nmax") == "2")
  }

  @Test func functionsUseTopLevelNamesInAnyOrder() throws {
    #expect(
      try value(
        "fn even(n) { if n == 0 { true } else { odd(n - 1) } }\nfn odd(n) { if n == 0 { false } else { even(n - 1) } }\neven(10)"
      ) == "true")
    #expect(fault("fn f() { later }\nf()\nlet later = 1") == "name-not-set: later")
  }

  @Test func aLaterUnitReusesTheSlot() throws {
    let session = Session()
    #expect(try session.value("let scale = 1\nfn f() { scale }\nf()") == "1")
    #expect(try session.value("let scale = 2\nf()") == "2")
    #expect(try session.value("var scale = scale + 1\nscale = scale * 10\nf()") == "30")
    #expect(session.fault("let print = 3\nprint(1)") == "not-callable: print")
    #expect(try session.value("print") == "3")
  }

  @Test func unitsAreResolvedTogetherBeforeTheFirstRuns() {
    let session = Session()
    let sources = [
      session.source("print(1)\nlet a = 1"), session.source("a + mising"), session.source("fn g() { undefined_thing }"),
    ]
    do {
      _ = try session.interpreter.compile(sources)
      Issue.record("the misspelt name was not found")
    } catch let error as DiagnosticError {
      #expect(error.diagnostics.map(session.describe) == ["unknown-name: mising", "unknown-name: undefined_thing"])
    } catch { Issue.record("\(error)") }
    #expect(session.output == "")
    #expect(session.interpreter.globalNames.isEmpty)
  }

  @Test func aLocalFunctionCallsItself() throws {
    #expect(
      try value("fn outer() {\n fn down(n) { if n == 0 { 0 } else { down(n - 1) } }\n down(5)\n}\nouter()") == "0")
    #expect(
      try value(
        "fn outer() {\n fn down(n) { if n == 0 { [] } else { [1].map(x => down(n - 1)) } }\n down(1)\n}\nouter()")
        == "[[]]")
  }

  @Test func anUnreadableUnitKeepsNamesOfLaterOnesFromBeingGuessedAt() {
    let session = Session()
    do {
      _ = try session.interpreter.compile([session.source("let a = )"), session.source("a")])
      Issue.record("the fault was not found")
    } catch let error as DiagnosticError {
      #expect(error.diagnostics.count == 1)
    } catch { Issue.record("\(error)") }
  }

  @Test func aFunctionThatIsTooLargeIsAnErrorAndNotACrash() throws {
    let names = (0..<300).map { "let v\($0) = \($0)" }.joined(separator: "\n")
    #expect(fault("fn f() {\n\(names)\n}").hasPrefix("too-complex"))
    let arguments = (0..<300).map(String.init).joined(separator: ", ")
    #expect(fault("max(\(arguments))").hasPrefix("too-complex"))
    #expect(try value("len([\(arguments)])") == "300")
    #expect(try value("let m = {\((0..<300).map { "k\($0): \($0)" }.joined(separator: ", "))}\nm.k299") == "299")
    let parts = (0..<300).map { "\\(\($0))" }.joined()
    #expect(try value("len(\"\(parts)\")") == "790")
  }
}
