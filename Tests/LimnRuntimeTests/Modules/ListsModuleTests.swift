import LimnRuntime
import Testing

@Suite struct ListsModuleTests {
  @Test(arguments: [
    ProgramCase("lists.chunk([], 3)", "[]"), ProgramCase("lists.chunk(1...4, 4)", "[[1, 2, 3, 4]]"),
    ProgramCase("lists.chunk([1], 0)", "invalid-argument"), ProgramCase("lists.chunk([1], 1.5)", "invalid-argument"),
    ProgramCase("lists.window([1, 2], 3)", "[]"),
    ProgramCase("lists.window(\"abcd\", 3, step: 5)", "[[\"a\", \"b\", \"c\"]]"),
    ProgramCase("lists.window([1], 1, step: 0)", "invalid-argument"),
    ProgramCase("lists.group_by([1.5], x => x)", "invalid-key"), ProgramCase("lists.group_by([], x => x)", "{}"),
    ProgramCase("lists.partition([], x => true)", "[[], []]"),
    ProgramCase("lists.flatten([1, [2, [3, [4]]]], depth: 0)", "[1, [2, [3, [4]]]]"),
    ProgramCase("lists.flatten([1, [2, [3, [4]]]], depth: 9)", "[1, 2, 3, 4]"),
    ProgramCase("lists.transpose([])", "[]"), ProgramCase("lists.transpose([[1], [2, 3]])", "invalid-argument"),
    ProgramCase("lists.transpose([[], []])", "[]"), ProgramCase("lists.interleave()", "[]"),
    ProgramCase("lists.take([1], 5)", "[1]"), ProgramCase("lists.take([1], -1)", "invalid-argument"),
    ProgramCase("lists.drop(\"abc\", 1)", "[\"b\", \"c\"]"), ProgramCase("lists.take_while([], x => true)", "[]"),
    ProgramCase("lists.drop_while([1, 2], x => true)", "[]"), ProgramCase("lists.rotate([], 3)", "[]"),
    ProgramCase("lists.rotate([1, 2, 3], -7)", "[3, 1, 2]"), ProgramCase("lists.first([])", "value-not-found"),
    ProgramCase("lists.first([nil, 1])", "nil"), ProgramCase("lists.last([1, 2, 3], x => x < 3)", "2"),
    ProgramCase("lists.last([1], x => x > 1, default: 0)", "0"),
    ProgramCase("lists.max_by([], x => x)", "empty-sequence"),
    ProgramCase("lists.max_by([[1, \"a\"], [1, \"b\"]], x => x[0])", "[1, \"a\"]"),
    ProgramCase("lists.sum_by([], x => x)", "0"), ProgramCase("lists.scan([], (a, b) => a + b, 1)", "[]"),
    ProgramCase("lists.binary_search([], 1)", "nil"), ProgramCase("lists.binary_search([1, 1, 1], 1)", "0"),
    ProgramCase("lists.insertion_index([1, 3], 4)", "2"), ProgramCase("lists.product()", "[[]]"),
    ProgramCase("lists.product([1], [])", "[]"), ProgramCase("lists.combinations([1, 2], 3)", "[]"),
    ProgramCase("lists.combinations([], 0)", "[[]]"), ProgramCase("lists.permutations([])", "[[]]"),
    ProgramCase("lists.permutations([1], 2)", "[]"), ProgramCase("lists.difference([[1], [2]], [[1]])", "[[2]]"),
    ProgramCase("lists.intersection([1, 2])", "[1, 2]"), ProgramCase("lists._check(1, 1, \"n\")", "nil"),
  ])
  func edgesAreDefined(_ program: ProgramCase) throws { try program.check(importing: "lists") }

  /// The numbers of arrangements are those of `math`, and none comes twice.
  @Test func arrangementsAreComplete() throws {
    let session = try TestSession()
    try session.run("import lists\nimport math\nlet xs = list(0..<6)")
    #expect(
      try session.run(
        "(0...6).all(k => len(lists.combinations(xs, k).unique()) == math.comb(6, k) and len(lists.permutations(xs, k).unique()) == math.perm(6, k))"
      )
        == "true")
  }

  /// On random sorted lists, a search finds what is there and where else it would go.
  @Test func searchesAgreeWithCounting() throws {
    let session = try TestSession(seed: 2)
    try session.run("import lists\nimport random")
    #expect(
      try session.run(
        """
        list(0..<200).all(fn(i) {
          let xs = sorted(random.choices(0..<20, random.int(0...15)))
          let value = random.int(0..<20)
          let index = lists.insertion_index(xs, value)
          let less = len(xs.filter(x => x < value))
          index == less and lists.binary_search(xs, value) == (if value in xs { less } else { nil })
        })
        """) == "true")
  }

  /// What a function is given stays as it is.
  @Test func argumentsAreLeftAlone() throws {
    let session = try TestSession()
    #expect(
      try session.run(
        "import lists\nlet xs = [3, 1, 2]\nlists.take(xs, 3).append(9)\nlists.rotate(xs, 0).append(9)\nlists.chunk(xs, 5)[0].append(9)\nlists.drop(xs, 0).append(9)\nxs"
      )
        == "[3, 1, 2]")
  }

  /// A mistake is shown in the user's call, not in the library's text.
  @Test func aFaultOfTheLibraryMarksTheCall() throws {
    let text = try TestSession().failureText(of: "import lists\nlists.chunk([1, 2], 0)")
    #expect(text.hasPrefix("error[invalid-argument]: `size` is an int from 1 on, and not 0\n --> test.limn, line 2\n"))
    #expect(!text.contains("throw"))
  }
}
