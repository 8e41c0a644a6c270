import LimnRuntime
import Testing

@Suite struct RandomModuleTests {
  /// Every function draws from the session's stream, and from nothing else.
  @Test(arguments: [
    "random.int(1...1000000)", "random.int(0, 1000000)", "random.float()", "random.normal()", "random.exponential()",
    "random.choice(0..<1000000)", "random.choices([1, 2, 3], 20)", "random.choices([1, 2, 3], 20, weights: [1, 2, 3])",
    "random.sample(0..<1000, 5)", "random.shuffled(0..<20)", "list(0..<40).map(i => random.bool())",
  ])
  func aSeedRepeats(_ program: String) throws {
    let (one, two) = (try TestSession(seed: 5), try TestSession(seed: 6))
    try one.run("import random")
    try two.run("import random")
    let first = try one.run(program)
    #expect(try one.run(program) != first)
    #expect(try two.run(program) != first)
    #expect(try two.run("seed(5)\n\(program)") == first)
  }

  /// Frequencies lie within five standard deviations of what they should be.
  @Test func frequenciesAreRight() throws {
    let session = try TestSession(seed: 3)
    try session.run("import random\nimport lists\nimport math\nlet n = 20000\nlet draws = list(0..<n)")
    #expect(
      try session.run(
        "lists.counts(draws.map(i => random.int((0..<10).step(3)))).values().all(c => abs(c - n / 4) < 5 * sqrt(n * 0.1875))"
      )
        == "true")
    #expect(
      try session.run("abs(draws.filter(i => random.bool(0.2)).len() - 0.2 * n) < 5 * sqrt(n * 0.16)") == "true")
    #expect(
      try session.run(
        "let c = lists.counts(random.choices(\"abc\", n, weights: [1, 0, 3]))\nabs(c.c - 0.75 * n) < 5 * sqrt(n * 0.1875) and not c.has(\"b\")"
      )
        == "true")
    #expect(
      try session.run(
        "let xs = draws.map(i => random.normal(3, 2))\nabs(math.mean(xs) - 3) < 0.1 and abs(math.stdev(xs) - 2) < 0.1")
        == "true")
    #expect(try session.run("abs(math.mean(draws.map(i => random.exponential(4))) - 4) < 0.2") == "true")
    #expect(
      try session.run(
        "lists.counts(draws.map(i => random.shuffled(\"abc\").join())).values().all(c => abs(c - n / 6) < 5 * sqrt(n * 5 / 36))"
      ) == "true")
  }

  @Test(arguments: [
    ProgramCase("random.int(3...2)", "invalid-argument"), ProgramCase("random.int(2, 2)", "bad-argument"),
    ProgramCase("random.choice([])", "invalid-argument"), ProgramCase("random.sample([1], 2)", "invalid-argument"),
    ProgramCase("random.choices([1], -1)", "invalid-argument"), ProgramCase("random.bool(2)", "invalid-argument"),
    ProgramCase("random.choices([1, 2], 1, weights: [1])", "invalid-argument"),
    ProgramCase("random.choices([1, 2], 1, weights: [0, 0])", "invalid-argument"),
    ProgramCase("random.choices([1, 2], 1, weights: [1, -1])", "invalid-argument"),
    ProgramCase("random.float(0, inf)", "bad-argument"),
    ProgramCase("random.int(-9223372036854775807, 9223372036854775807)", "bad-argument"),
    ProgramCase("let xs = [1]\nrandom.shuffle(xs)\nxs", "[1]"), ProgramCase("random.sample([], 0)", "[]"),
  ])
  func limitsAreKept(_ program: ProgramCase) throws { try program.check(importing: "random") }
}
