import LimnLanguage

extension ErrorCatalog {
  /// The codes of what `limn lint` warns of.
  public static let lint = ErrorCatalog([
    Entry(
      LintCode.unusedName.rawValue,
      """
      A name within a block or a function is never read: often it is misspelt where it was meant to be used, or left \
      over. Names at the top level, parameters, and names that begin with `_` are not reported.
      """,
      wrong: "fn area(w, h) {\n  let result = w * h\n  w\n}",
      right: "fn area(w, h) {\n  let result = w * h\n  result\n}"),
    Entry(
      LintCode.unusedImport.rawValue, "A module, or a name of one, is imported, but nothing in the file uses it.",
      wrong: "import data\nprint(1)", right: "import data\nprint(data.two_moons(4))"),
    Entry(
      LintCode.unusedResult.rawValue,
      """
      A value stands alone in the middle of a block, where nobody sees it. `x == 1` there is often meant as `x = 1`. \
      The last value of a block is its result and is not reported.
      """,
      wrong: "var x = 1\nx == 2\nprint(x)", right: "var x = 1\nx = 2\nprint(x)"),
    Entry(
      LintCode.unreachableCode.rawValue,
      "`return`, `throw`, `break` and `continue` leave their block: what follows never runs.",
      wrong: "fn f(x) {\n  return x\n  print(x)\n}", right: "fn f(x) {\n  print(x)\n  return x\n}"),
    Entry(
      LintCode.selfAssignment.rawValue, "Assigning a value to the place that it comes from changes nothing.",
      wrong: "var p = {x: 1}\np.x = p.x", right: "var p = {x: 1, y: 2}\np.x = p.y"),
    Entry(
      LintCode.sameOperands.rawValue,
      "A comparison of something with itself has the same outcome always, and so has `a and a`.",
      wrong: "let a, b = 1, 2\nprint(a < a)", right: "let a, b = 1, 2\nprint(a < b)"),
    Entry(
      LintCode.duplicateTest.rawValue,
      "Two tests of one file have the same name, so that reports do not tell them apart.",
      wrong: "test \"adds\" { assert 1 + 1 == 2 }\ntest \"adds\" { assert 2 + 2 == 4 }",
      right: "test \"adds ones\" { assert 1 + 1 == 2 }\ntest \"adds twos\" { assert 2 + 2 == 4 }"),
  ])
}
