import Testing

@testable import LimnLanguage

@Suite struct PrintingTests {
  /// Python's `repr` of the same floats.
  @Test(arguments: [
    Case("1.0", "1.0"), Case("0.1", "0.1"), Case("1e-5", "1e-05"), Case("1e-4", "0.0001"),
    Case("123456789012345.0", "123456789012345.0"), Case("1e15", "1000000000000000.0"), Case("1e16", "1e+16"),
    Case("1.5e300", "1.5e+300"), Case("5e-324", "5e-324"), Case("-0.0", "-0.0"), Case("100.0", "100.0"),
    Case("1.7976931348623157e308", "1.7976931348623157e+308"), Case("0.1 + 0.2", "0.30000000000000004"),
    Case("123.456", "123.456"), Case("2.0 ** 60", "1.152921504606847e+18"), Case("inf", "inf"), Case("-inf", "-inf"),
    Case("nan", "nan"), Case("1e22", "1e+22"), Case("0.00012345", "0.00012345"),
  ])
  func floatsAreShortAndReadBack(_ example: Case) throws { #expect(try value(example.program) == example.expected) }

  @Test(arguments: [
    Case("[1, 2.0, \"a\", nil, true]", "[1, 2.0, \"a\", nil, true]"),
    Case(
      "{lr: 0.1, \"beta 1\": 0.5, 3: [], true: {}, \"\": 1, \"1a\": 2}",
      "{lr: 0.1, \"beta 1\": 0.5, 3: [], true: {}, \"\": 1, \"1a\": 2}"),
    Case("0..<3", "0..<3"), Case("1...3", "1...3"), Case("(0..<9).step(3)", "(0..<9).step(3)"),
    Case("\"a\\\"\\n\\u{1}\\\\\"", "\"a\\\"\\n\\u{1}\\\\\""),
    Case("fn(a, b = 2, ...rest) { a }", "fn(a, b = 2, ...rest)"),
    Case("x => x", "fn(x)"), Case("fn name(a, b = [1, 2]) { a }\nname", "fn name(a, b = [1, 2])"),
    Case("type P(x, y = 2) { let z = 3 }\n[P(1)]", "[P(x: 1, y: 2)]"),
  ])
  func valuesPrintAsTheyAreWritten(_ example: Case) throws { #expect(try value(example.program) == example.expected) }

  @Test func stringsAreBareAndQuotedInside() throws {
    #expect(try Session().lines("print(\"a\", [\"b\"], {k: \"c\"}, nil)") == ["a [\"b\"] {k: \"c\"} nil"])
  }

  @Test func whatContainsItselfPrintsItsEnds() throws {
    #expect(try value("let xs = [1]\nxs.append(xs)\nxs") == "[1, [...]]")
    #expect(try value("let m = {a: 1}\nm.self = m\nm") == "{a: 1, self: {...}}")
    #expect(try value("type N(next) { }\nlet n = N(nil)\nn.next = n\nn") == "N(next: N(...))")
    #expect(try value("let a = [1]\n[a, a]") == "[[1], [1]]")
  }

  @Test func depthIsBounded() throws {
    let text = try value("var xs = []\nfor _ in 0..<100000 { xs = [xs] }\nxs")
    #expect(text == String(repeating: "[", count: 101) + "..." + String(repeating: "]", count: 101))
  }

  /// Python 3.11's `format` for the same values and formats.
  @Test(arguments: [
    Case("\\(3.14159:.2f)", "3.14"), Case("\\(42:5d)|", "   42|"), Case("\\(42:<5d)|", "42   |"),
    Case("\\(42:^6d)|", "  42  |"), Case("\\(-42:06d)", "-00042"), Case("\\(255:x)", "ff"), Case("\\(-255:x)", "-ff"),
    Case("\\(0.256:.1%)", "25.6%"), Case("\\(12345.678:.3e)", "1.235e+04"), Case("\\(1234567.0:g)", "1.23457e+06"),
    Case("\\(0.5:g)", "0.5"), Case("\\(1:.2f)", "1.00"), Case("\\(\"ab\":5)|", "ab   |"),
    Case("\\(\"ab\":>5)", "   ab"),
    Case("\\(\"abc\":.2)", "ab"), Case("\\(2.5:8)|", "     2.5|"), Case("\\(nan:.2f)", "nan"),
    Case("\\([1]:6)|", "[1]   |"), Case("\\(1e22:.0f)", "10000000000000000000000"),
  ])
  func formatsFollowPython(_ example: Case) throws {
    #expect(try Session().lines("print(\"\(example.program)\")") == [example.expected])
  }

  @Test func aFormatForAnotherTypeIsAnError() {
    #expect(fault("\"\\(\"a\":d)\"") == "type-mismatch: \"a\"")
    #expect(fault("\"\\(1.5:d)\"") == "type-mismatch: 1.5")
  }
}
