import Testing

@testable import LimnLanguage

/// What a host program can limit besides time.
@Suite struct ProgramLimitTests {
  private func session(steps: Int? = nil, memory: Int? = nil) -> Session {
    let session = Session()
    session.interpreter.limits = Interpreter.Limits(steps: steps, memory: memory)
    return session
  }

  @Test(arguments: [
    "while true { }", "for i in 0..<1000000000 { }", "fn f(n) { f(n) }\nf(0)", "fn f() { 1 }\nwhile true { f() }",
    "(0..<100000).map(x => x)", "while true { try { while true { } } catch e { } }",
    "type T() { fn m() { 1 } }\nlet t = T()\nwhile true { t.m() }",
  ])
  func stepsEndAProgram(_ program: String) {
    #expect(session(steps: 10_000).fault(program).hasPrefix("steps-exceeded"))
  }

  /// The same program takes the same number of steps each time, to the last one.
  @Test func stepsAreCountedAlike() throws {
    let program = "fn f(n) { if n < 2 { n } else { f(n - 1) + f(n - 2) } }\nvar s = 0\nfor i in 0..<10 { s = s + f(i) }\ns"
    func suffices(_ steps: Int) -> Bool { session(steps: steps).diagnostics(program).isEmpty }
    var (low, high) = (0, 10_000)
    while high - low > 1 {
      let middle = (low + high) / 2
      if suffices(middle) { high = middle } else { low = middle }
    }
    #expect(suffices(high) && !suffices(high - 1))
    #expect(high > 276, "as many as there are calls of f")
    #expect(session(steps: high - 1).fault(program).hasPrefix("steps-exceeded"))
  }

  @Test func stepsLastUntilTheyAreGivenAnew() throws {
    let session = session(steps: 100)
    #expect(session.fault("while true { }").hasPrefix("steps-exceeded"))
    #expect(session.fault("for i in 0..<10 { }").hasPrefix("steps-exceeded"))
    session.interpreter.limits.steps = 100
    #expect(try session.value("var n = 0\nfor i in 0..<10 { n = n + i }\nn") == "45")
    session.interpreter.limits = Interpreter.Limits()
    #expect(try session.value("n = 0\nfor i in 0..<100000 { n = n + 1 }\nn") == "100000")
  }

  /// Lists that grow, texts that double, maps, instances, closures, and chains of them.
  @Test(arguments: [
    "let xs = []\nwhile true { xs.append(0) }", "let xs = []\nwhile true { xs.append(\"x\".repeat(1000)) }",
    "var s = \"x\"\nwhile true { s = s + s }", "let m = {}\nvar i = 0\nwhile true { m[i] = i\n i = i + 1 }",
    "type T(next) { }\nvar t = nil\nwhile true { t = T(t) }", "let fs = []\nwhile true { let n = [1]\n fs.append(() => n) }",
    "var xs = [1]\nwhile true { xs = xs + xs }", "let xs = []\nwhile true { xs.append([]) }",
    "fn f(xs) { f(xs + xs) }\nf([1])",
  ])
  func memoryEndsAProgram(_ program: String) {
    let fault = session(memory: 16 << 20).fault(program)
    #expect(fault.hasPrefix("memory-exceeded") || program.contains(/(s = s|xs) \+/) && fault.hasPrefix("too-large"))
  }

  @Test(arguments: ["[0] * 10000000", "list(0..<10000000)", "\"x\".repeat(100000000)", "\"\".pad_left(100000000)"])
  func oneValueBeyondTheLimitIsAnError(_ program: String) {
    #expect(session(memory: 16 << 20).fault(program).hasPrefix("too-large"))
    #expect(session(memory: 16 << 20).fault("try { \(program) } catch e { throw error(e.kind) }").hasPrefix("error"))
  }

  /// What a program lets go of does not count, though it be a hundred times the limit in all.
  @Test(arguments: [
    "for i in 0..<20000 { let xs = [i] * 5000 }", "for i in 0..<100 { let s = \"x\".repeat(1000000) }",
    "for i in 0..<300000 { let xs = [nil]\n xs[0] = xs }", "var s = \"\"\nfor i in 0..<3000 { s = s + \"x\" }",
  ])
  func whatIsLetGoDoesNotCount(_ program: String) { #expect(session(memory: 16 << 20).diagnostics(program).isEmpty) }

  @Test func memoryIsThatOfTheValues() throws {
    let session = Session()
    let before = session.interpreter.machine.memoryInUse()
    _ = try session.value("let xs = [0] * 1000000\nlet s = \"x\".repeat(1000000)\nlet t = [s, s, s]\n1")
    let grown = session.interpreter.machine.memoryInUse() - before
    #expect(grown > 17_000_000 && grown < 17_100_000)
  }
}
