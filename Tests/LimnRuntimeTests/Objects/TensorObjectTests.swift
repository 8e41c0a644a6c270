import Testing

@testable import LimnRuntime

/// Tensors in the language: operators, subscripts, conversions. Numbers are worked out by hand.
@Suite struct TensorObjectTests {
  @Test(arguments: [
    ("(tensor([1, 2]) + 1).list()", "[2, 3]"),
    ("(1 - tensor([1, 2])).list()", "[0, -1]"),
    ("(tensor([1, 2]) / 2).dtype", "float32"),
    ("(tensor([1, 2]) + 0.5).dtype", "float32"),
    ("(tensor([7, -7]) // 2).list()", "[3, -4]"),
    ("(tensor([7, -7]) % 2).list()", "[1, 1]"),
    ("(2 ** tensor([1, 2])).list()", "[2, 4]"),
    ("(-tensor([1, 2])).list()", "[-1, -2]"),
    ("(tensor([1, 2]) == tensor([1, 3])).list()", "[true, false]"),
    ("(tensor([true, false]) & tensor([true, true])).list()", "[true, false]"),
    ("(~tensor([true, false])).list()", "[false, true]"),
    ("2 in tensor([1, 2])", "true"),
    ("5 in tensor([1, 2])", "false"),
    ("(tensor([[1, 2], [3, 4]]) @ tensor([1, 1])).list()", "[3, 7]"),
  ])
  func operators(_ text: String, _ expected: String) throws {
    #expect(try TestSession().run(text) == expected)
  }

  @Test(arguments: [
    ("x[0].list()", "[0, 1, 2]"),
    ("x[-1, 0].item()", "9"),
    ("x[:, 1].list()", "[1, 4, 7, 10]"),
    ("x[1:3].shape", "[2, 3]"),
    ("x[::-1][0].list()", "[9, 10, 11]"),
    ("x[..., 0].list()", "[0, 3, 6, 9]"),
    ("x[:, nil].shape", "[4, 1, 3]"),
    ("x[0..<2].shape", "[2, 3]"),
    ("x[1...2, 0].list()", "[3, 6]"),
    ("x[[3, 0]].list()", "[[9, 10, 11], [0, 1, 2]]"),
    ("x[x > 8].list()", "[9, 10, 11]"),
    ("x[tensor([1, 1])].shape", "[2, 3]"),
    ("x[100:].shape", "[0, 3]"),
  ])
  func subscripts(_ text: String, _ expected: String) throws {
    #expect(try TestSession().run("let x = arange(12).reshape(4, 3)\n\(text)") == expected)
  }

  @Test func assignmentMakesAChangedCopy() throws {
    let session = try TestSession()
    try session.run("var p = zeros(3)\nlet q = p\np[1] = 5")
    #expect(try session.run("p.list()") == "[0.0, 5.0, 0.0]")
    #expect(try session.run("q.list()") == "[0.0, 0.0, 0.0]")
  }

  @Test func oneElementServesAsABoolIntOrFloat() throws {
    let session = try TestSession()
    #expect(try session.run("if tensor([1]) > 0 { \"yes\" } else { \"no\" }") == "yes")
    #expect(try session.run("[10, 20][tensor(1)]") == "20")
    #expect(session.failure(of: "if tensor([1, 2]) > 0 { }") != nil)
  }

  @Test func namesOfOtherLibrariesLeadToWhatLimnWrites() throws {
    let session = try TestSession()
    try session.run("let x, y = ones(2, 2), ones(2, 2)\nlet mask = x > 0")
    for (name, counterpart) in TensorObject.counterparts {
      #expect(throws: Never.self, "\(counterpart)") { try session.run(counterpart) }
      let text = session.failureText(of: "x.\(name)")
      #expect(text.hasPrefix("error[unknown-member]: a tensor has no `\(name)`"))
      #expect(text.contains("help: in Limn this is `\(counterpart)`"))
    }
    #expect(session.failureText(of: "weight(x).T").contains("help: in Limn this is `x.transpose()`"))
  }

  @Test func otherLibrariesThemselvesAreNotNeeded() throws {
    let session = try TestSession()
    #expect(
      session.failureText(of: "np.zeros(3)")
        .contains("help: in Limn tensors need no prefix: write `zeros(2)`, not `np.zeros(2)`"))
    #expect(session.failureText(of: "import torch").contains("help: in Limn tensors need no import: write `zeros(2)`"))
    #expect(session.failureText(of: "import torchvision").contains("a file `torchvision.limn` beside this one"))
    #expect(try session.run("zeros(2).list()") == "[0.0, 0.0]")
  }

  @Test func goesAlongTheFirstAxis() throws {
    #expect(
      try TestSession().run("var sums = []\nfor row in arange(6).reshape(3, 2) { sums.append(row.sum().item()) }\nsums")
        == "[1, 5, 9]")
    #expect(try TestSession().run("len(zeros(7, 2))") == "7")
  }

  @Test(arguments: [
    ("zeros(2, 3) @ zeros(2, 3)", "shape-mismatch"),
    ("zeros(2)[5]", "index-out-of-range"),
    ("zeros(2).reshape(3)", "shape-mismatch"),
    ("zeros(-1)", "bad-shape"),
    ("zeros(1, 1, 1, 1, 1, 1, 1, 1, 1)", "bad-shape"),
    ("zeros(1000000, 1000000) + 1", "out-of-memory"),
    ("arange(0, 10, 0)", "bad-argument"),
    ("tensor([[1, 2], [3]])", "shape-mismatch"),
    ("tensor([\"a\"])", "type-mismatch"),
    ("zeros(2, dtype: \"float16\")", "unknown-dtype"),
    ("tensor([1, 2]) // 0", "division-by-zero"),
    ("concat([zeros(2, 3), zeros(3, 2)])", "shape-mismatch"),
    ("dense(0)", "bad-argument"),
    ("conv2d(4, kernel: 3, padding: \"sme\")", "bad-argument"),
    ("bce(zeros(3), zeros(3, 1))", "shape-mismatch"),
    ("read_png(\"missing.png\")", "missing-file"),
    ("load(\"missing.safetensors\")", "missing-file"),
  ])
  func mistakesAreErrors(_ text: String, _ code: String) throws {
    #expect(try TestSession().failure(of: text)?.code == code)
  }

  /// Lists that hold themselves, or nest almost without end, end in an error where a tensor or a gradient is made of them.
  @Test(arguments: [
    ("tensor(l)", "bad-shape"), ("tensor(m)", "bad-shape"), ("tensor(deep)", "bad-shape"),
    ("grad(x => x[0], l)", "bad-argument"), ("grad(x => x, deep)", "bad-argument"),
    ("deep |> weights", "bad-argument"), ("adam(deep)", "bad-argument"), ("save(\"x.safetensors\", l)", "type-mismatch"),
    ("tensor((-9223372036854775807)...9223372036854775807)", "out-of-memory"),
  ])
  func endlessListsAreErrors(_ text: String, _ code: String) throws {
    let session = try TestSession()
    try session.run(Self.endlessLists)
    #expect(session.failure(of: text)?.code == code)
  }

  /// What is found twice counts once, so a list that holds itself is a model of what else is in it.
  @Test(arguments: [("weights(l)", "{}"), ("adam(l)", "adam(lr: 0.001)"), ("no_grad { l }.len()", "1")])
  func aListThatHoldsItselfIsSearchedOnce(_ text: String, _ expected: String) throws {
    let session = try TestSession()
    try session.run(Self.endlessLists)
    #expect(try session.run(text) == expected)
  }

  private static let endlessLists = """
    let l = []
    l.append(l)
    let m = [zeros(1)]
    m.append(m)
    var deep = [weight(ones(1))]
    for i in 0..<100000 { deep = [deep] }
    """

  /// `var` is a keyword, and the variance where it is called.
  @Test func varIsTheVarianceWhereItIsCalled() throws {
    #expect(try TestSession().run("var(tensor([1.0, 3.0])).item()") == "1.0")
    #expect(try TestSession().run("let v = var(tensor([1.0, 3.0]), axis: 0)\nv.item()") == "1.0")
    #expect(try TestSession().run("var x = 2\nx") == "2")
  }
}
