import Testing

@testable import LimnLanguage

/// Where lines are broken that are too long and made of operators.
@Suite struct FormatterOperatorTests {
  let long = String(repeating: "a", count: 40)

  @Test func linesAreBrokenBehindAllOfTheLoosestOperators() {
    #expect(
      formatted("let x = \(long) + \(long) * \(long) - b")
        == "let x = \(long) +\n  \(long) * \(long) -\n  b")
    #expect(formatted("\(long) | \(long) & \(long) | b") == "\(long) |\n  \(long) & \(long) |\n  b")
  }

  @Test func tighterOperatorsAreBrokenBehindFurtherToTheRight() {
    #expect(
      formatted("x = b + \(long) * \(long) * -\(long)") == "x = b +\n  \(long) *\n    \(long) *\n    -\(long)")
    #expect(
      formatted("\(long) and \(long)\(long) == \(long) ** 2")
        == "\(long) and\n  \(long)\(long) ==\n    \(long) ** 2")
  }

  @Test func conditionsStandFurtherToTheRightThanTheirBlocks() {
    #expect(
      formatted("if \(long) and \(long) or \(long) { f(1) }")
        == "if \(long) and \(long) or\n    \(long) {\n  f(1)\n}")
    #expect(
      formatted("let x = if \(long) or \(long) or \(long) { 1 } else if \(long) or \(long) or \(long) { 2 }")
        == "let x = if \(long) or\n    \(long) or\n    \(long) {\n  1\n} "
        + "else if \(long) or\n    \(long) or\n    \(long) {\n  2\n}")
    #expect(
      formatted("for x in \(long) + \(long) + \(long) { f(x) }")
        == "for x in \(long) +\n    \(long) +\n    \(long) {\n  f(x)\n}")
  }

  @Test func bracketsAreOpenedFirstWhereTheyAreMostOfTheLine() {
    #expect(formatted("f(\(long), \(long)) + \(long)") == "f(\n  \(long),\n  \(long),\n) + \(long)")
    #expect(formatted("let x = f(1, 2) + \(long) + \(long)") == "let x = f(1, 2) +\n  \(long) +\n  \(long)")
    #expect(
      formatted("f(\(long) + \(long) + \(long))") == "f(\n  \(long) +\n    \(long) +\n    \(long),\n)")
    // These do not fit on any line.
    #expect(
      formatted("\(long) + f(\(long), \(long), \(long))")
        == "\(long) + f(\n  \(long),\n  \(long),\n  \(long),\n)")
    #expect(
      formatted("\(long)\(long) + \(long)(\(long), \(long))")
        == "\(long)\(long) +\n  \(long)(\n    \(long),\n    \(long),\n  )")
  }

  @Test func valuesSideBySideAreBrokenBehindTheirCommas() {
    #expect(formatted("return \(long) + 1, \(long), \(long)") == "return \(long) + 1,\n  \(long),\n  \(long)")
    #expect(formatted("let a, b = \(long) + \(long), \(long)") == "let a, b = \(long) + \(long),\n  \(long)")
    #expect(formatted("assert \(long) == \(long), \"\(long)\"") == "assert \(long) == \(long),\n  \"\(long)\"")
  }

  @Test func behindAnEqualsSignALineIsBrokenLast() {
    #expect(formatted("let \(long) = \(long).\(long)") == "let \(long) =\n  \(long).\(long)")
    #expect(formatted("let \(long) = \(long).\(long) + 1") == "let \(long) =\n  \(long).\(long) +\n  1")
    #expect(formatted("let f = \(long) => \(long).\(long)") == "let f = \(long) =>\n  \(long).\(long)")
  }

  @Test func namesThatLookLikeOperatorsAreNone() {
    #expect(formatted("x.in + \(long)\(long)\(long)") == "x.in +\n  \(long)\(long)\(long)")
    #expect(formatted("\(long)(or: \(long), and: \(long))") == "\(long)(\n  or: \(long),\n  and: \(long),\n)")
  }

  @Test func theAuthorsBreaksMeanNothing() {
    #expect(formatted("let x = a +\n    b") == "let x = a + b")
    #expect(formatted("let x = \(long)\(long) +\n    \(long)") == "let x = \(long)\(long) +\n  \(long)")
    #expect(formatted("let x =\n  f(\(long), \(long), 3)") == "let x = f(\(long), \(long), 3)")
    #expect(formatted("let x =\n  \(long) *\n \(long) + \(long)") == "let x = \(long) * \(long) +\n  \(long)")
  }
}
