import Testing

@testable import LimnLanguage

@Suite struct OperatorTests {
  /// Results of Python 3.11 for the same operations, where both have them.
  @Test(arguments: [
    Case("2 + 3", "5"), Case("2 + 3.0", "5.0"), Case("2.5 + 3", "5.5"), Case("7 - 10", "-3"), Case("6 * 7", "42"),
    Case("7 / 2", "3.5"), Case("6 / 3", "2.0"), Case("1 / 0", "inf"), Case("-1 / 0", "-inf"), Case("0 / 0", "nan"),
    Case("7 // 2", "3"), Case("-7 // 2", "-4"), Case("7 // -2", "-4"), Case("-7 // -2", "3"), Case("7.5 // 2", "3.0"),
    Case("-7.5 // 2", "-4.0"), Case("7 % 3", "1"), Case("-7 % 3", "2"), Case("7 % -3", "-2"), Case("-7 % -3", "-1"),
    Case("7.5 % 2", "1.5"), Case("-7.5 % 2", "0.5"), Case("7.5 % -2", "-0.5"), Case("2 ** 10", "1024"),
    Case("2 ** 0.5", "1.4142135623730951"),
    Case("2 ** -1", "0.5"), Case("-2 ** 2", "-4"), Case("(-2) ** 3", "-8"), Case("2 ** 3 ** 2", "512"),
    Case("0 ** 0", "1"),
    Case("(-1) ** 1000000001", "-1"), Case("9.0 ** 0.5", "3.0"), Case("(-8.0) ** 0.5", "nan"), Case("-0.0", "-0.0"),
    Case("- -3", "3"),
    Case("6 & 3", "2"), Case("6 | 3", "7"), Case("6 ^ 3", "5"), Case("~5", "-6"), Case("true & false", "false"),
    Case("true ^ true", "false"),
  ])
  func arithmeticFollowsItsRules(_ example: Case) throws { #expect(try value(example.program) == example.expected) }

  @Test(arguments: [
    Case("1 < 2", "true"), Case("2 <= 1.5", "false"), Case("1 == 1.0", "true"), Case("1 != 1.5", "true"),
    Case("nan == nan", "false"),
    Case("nan < 1", "false"), Case("not (nan < 1)", "true"), Case("1 < nan", "false"), Case("\"a\" < \"b\"", "true"),
    Case("\"B\" < \"a\"", "true"),
    Case("\"a\" == \"a\"", "true"), Case("true == 1", "false"), Case("nil == false", "false"),
    Case("nil == nil", "true"),
    // Not every int is a float: these two differ by one.
    Case("9007199254740993 == 9007199254740992.0", "false"), Case("9007199254740993 > 9007199254740992.0", "true"),
    Case("9223372036854775807 < 9223372036854775808.0", "true"), Case("1 < inf", "true"), Case("-inf < 1", "true"),
  ])
  func comparisonsAreExact(_ example: Case) throws { #expect(try value(example.program) == example.expected) }

  @Test(arguments: [
    Case("9223372036854775807 + 1", "integer-overflow: 9223372036854775807 + 1"),
    Case("-9223372036854775807 - 2", "integer-overflow: -9223372036854775807 - 2"),
    Case("3037000500 * 3037000500", "integer-overflow: 3037000500 * 3037000500"),
    Case("2 ** 63", "integer-overflow: 2 ** 63"), Case("let x = -9223372036854775807 - 1\n-x", "integer-overflow: -x"),
    Case("let x = -9223372036854775807 - 1\nx // -1", "integer-overflow: x // -1"),
    Case("1 // 0", "division-by-zero: 0"), Case("1 % 0", "division-by-zero: 0"),
    Case("1 + true", "type-mismatch: 1"), Case("\"a\" + 1", "type-mismatch: \"a\""),
    Case("\"a\" * 3", "type-mismatch: \"a\""), Case("[1] - [1]", "type-mismatch: [1]"),
    Case("1 < \"a\"", "type-mismatch: 1"), Case("nil + 1", "type-mismatch: nil"),
    Case("-\"a\"", "type-mismatch: \"a\""), Case("~1.5", "type-mismatch: 1.5"),
    Case("1 @ 2", "type-mismatch: 1"), Case("1.5 & 1", "type-mismatch: 1.5"), Case("[1] < [2]", "type-mismatch: [1]"),
    Case("1 in 2", "not-iterable: 2"), Case("1 in \"a\"", "type-mismatch: 1"),
  ])
  func whatDoesNotGoIsAnError(_ example: Case) { #expect(fault(example.program) == example.expected) }

  @Test func theRestOfAMinimumByMinusOneIsZero() throws {
    #expect(try value("let x = -9223372036854775807 - 1\nx % -1") == "0")
  }

  @Test(arguments: [
    Case("[1] + [2, 3]", "[1, 2, 3]"), Case("[1, 2] * 2", "[1, 2, 1, 2]"), Case("2 * [1]", "[1, 1]"),
    Case("[1] * -1", "[]"), Case("\"a\" + \"b\"", "\"ab\""),
    Case("2 in [1, 2]", "true"), Case("[1] in [[1]]", "true"), Case("\"a\" in {a: 1}", "true"),
    Case("1 in {a: 1}", "false"), Case("[1] in {a: 1}", "false"),
    Case("\"\" in \"abc\"", "true"), Case("\"bc\" in \"abc\"", "true"), Case("3 in 0..<3", "false"),
    Case("3 in 0...3", "true"), Case("2.0 in 0..<3", "true"),
    Case("2 in (0..<9).step(3)", "false"), Case("not (1 in [2])", "true"), Case("\"k\" in \"\u{212A}\"", "false"),
  ])
  func containersHaveOperators(_ example: Case) throws { #expect(try value(example.program) == example.expected) }

  @Test func logicStopsEarlyAndWantsBools() throws {
    let session = Session()
    #expect(
      try session.lines("fn say(x) { print(x)\n x }\nsay(false) and say(true)\nsay(true) or say(false)") == [
        "false", "true",
      ])
    #expect(session.fault("if 1 { 2 }") == "not-a-bool: 1")
    #expect(session.fault("let x = [1]\nx and true") == "not-a-bool: x")
    #expect(session.fault("not nil") == "not-a-bool: nil")
    #expect(try session.value("let r = (1 < 2 and not (2 < 1)) or false\nr") == "true")
  }

  @Test func operandsAreEvaluatedFromLeftToRightOnce() throws {
    let program = """
      fn say(x) {
        print(x)
        x
      }
      say(1) + say(2) * say(3)
      [say(4), say(5)][say(0)]
      let m = {a: say(6), b: say(7)}
      m["c"], m.d = say(8), say(9)
      say(10) |> max(say(11))
      """
    #expect(try Session().lines(program) == ["1", "2", "3", "4", "5", "0", "6", "7", "8", "9", "10", "11"])
  }

  @Test func aLaterOperandDoesNotChangeAnEarlierOne() throws {
    let program = "fn f() {\n var x = 1\n let y = x + if true {\n x = 10\n x } else { 0 }\n [x, y]\n}\nf()"
    #expect(try value(program) == "[10, 11]")
    #expect(try value("fn f() {\n var x = 1\n [x, if true {\n x = 5\n x } else { 0 }, x]\n}\nf()") == "[1, 5, 5]")
  }
}
