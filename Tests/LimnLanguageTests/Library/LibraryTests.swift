import Testing

@testable import LimnLanguage

/// Each case is a program and the text of its result, or of what it prints.
private func result(_ program: String) throws -> String { try LibrarySession().run(program) }

private func fails(_ program: String, _ code: String) throws -> Bool { try result(program).hasPrefix("error[\(code)]") }

@Suite struct ConversionTests {
  @Test(arguments: [
    ("int(\"42\")", "42"), ("int(\" -1_000 \")", "-1000"), ("int(\"+7\")", "7"), ("int(\"0xFF\")", "255"),
    ("int(\"-0x10\")", "-16"),
    ("int(2.9)", "2"), ("int(-2.9)", "-2"), ("int(false)", "0"),
    ("int(\"-9223372036854775808\")", "-9223372036854775808"),
    ("float(\"inf\")", "inf"), ("float(\"-inf\")", "-inf"), ("float(\"nan\")", "nan"), ("float(\"1_0.5\")", "10.5"),
    ("float(true)", "1.0"),
    ("bool(0.0)", "false"), ("bool(-1)", "true"), ("bool(\"false\")", "false"), ("str(nil)", "\"nil\""),
    ("str([\"a\"])", "\"[\\\"a\\\"]\""),
    ("type_of(nil)", "\"nil\""), ("type_of(print)", "\"function\""), ("type_of(0..<1)", "\"range\""),
  ])
  func valuesBecomeOthers(_ program: String, _ text: String) throws { #expect(try result(program) == text) }

  @Test(arguments: [
    "int(\"x\")", "int(\"\")", "int(\"1.5\")", "int(\"1e3\")", "int(\"_1\")", "int(\"1__0\")", "int(\"0x\")",
    "int(\"--1\")", "int(\"9223372036854775808\")",
    "int(nan)", "int(inf)", "int(1e19)", "round(nan)", "floor(-inf)", "ceil(1e300)", "float(\"\")", "float(\"1.5x\")",
    "float(\"0x1p3\")",
    "float(\"infinity\")", "float(\".\")", "bool(\"yes\")",
  ])
  func whatHasNoCounterpartIsAnError(_ program: String) throws { #expect(try fails(program, "invalid-conversion")) }

  @Test(arguments: [
    "int([1])", "float(nil)", "sqrt(\"2\")", "abs(true)", "\"a\".repeat(\"b\")", "len(3)", "map([1], 2)",
  ])
  func wrongTypesAreErrors(_ program: String) throws { #expect(try result(program).hasPrefix("error[")) }
}

@Suite struct NumberFunctionTests {
  @Test(arguments: [
    ("abs(-3)", "3"), ("abs(-0.5)", "0.5"), ("round(2.5)", "2"), ("round(-2.5)", "-2"), ("round(0.5000001)", "1"),
    ("round(7)", "7"),
    ("floor(-1.5)", "-2"), ("ceil(-1.5)", "-1"), ("sqrt(16)", "4.0"), ("sqrt(-1)", "nan"), ("log(0)", "-inf"),
    ("exp(0)", "1.0"),
    ("close(sin(pi / 2), 1)", "true"), ("close(tanh(0.5), 0.46211715726)", "true"), ("pow(2, 3)", "8"),
    ("pow(2.0, 3)", "8.0"), ("pow(2, -1)", "0.5"),
    ("clamp(5, 1, 3)", "3"), ("clamp(-5, 1, 3)", "1"), ("clamp(2, 1, 3)", "2"), ("max(1, 2.5)", "2.5"),
    ("min([3, 1, 2])", "1"), ("max(\"b\", \"a\")", "\"b\""),
    ("min(1.0, nan)", "nan"), ("max([nan, 1.0])", "nan"), ("sum([])", "0"), ("sum([1, 2.5])", "3.5"),
    ("sum(1...100)", "5050"), ("sum([1], 10)", "11"),
    ("min(0..<5)", "0"), ("max({a: 1, b: 2})", "\"b\""),
  ])
  func resultsAreTheDefinitions(_ program: String, _ text: String) throws { #expect(try result(program) == text) }

  @Test(arguments: [
    ("clamp(1, 3, 2)", "invalid-argument"), ("max([])", "empty-sequence"), ("min()", "empty-sequence"),
    ("sum([1, \"a\"])", "type-mismatch"),
    ("sum([true])", "type-mismatch"),
  ])
  func senselessArgumentsAreErrors(_ program: String, _ code: String) throws { #expect(try fails(program, code)) }

  @Test(arguments: ["abs(-9223372036854775807 - 1)", "sum([9223372036854775807, 1])", "pow(10, 30)"])
  func overflowIsAnError(_ program: String) throws { #expect(try result(program).hasPrefix("error[")) }
}

@Suite struct ListFunctionTests {
  @Test(arguments: [
    ("let x = [1]\nx.append([2])\nx", "[1, [2]]"), ("let x = [1, 2]\nx.insert(-1, 9)\nx", "[1, 9, 2]"),
    ("let x = [1]\nx.insert(1, 2)\nx", "[1, 2]"),
    ("let x = [1, 2, 3]\nx.pop(-2)", "2"), ("let x = [1]\nx.extend(x)\nx", "[1, 1]"),
    ("let x = [1]\nx.extend(\"ab\")\nx", "[1, \"a\", \"b\"]"),
    ("let x = [[1], [2]]\nx.remove([1])\nx", "[[2]]"), ("[1, 2.0, 2].index_of(2)", "1"), ("(5..<9).index_of(7)", "2"),
    ("let x = [3, 1, 2]\nx.sort(descending: true)\nx", "[3, 2, 1]"),
    ("sorted([\"b\", \"a\", \"C\"])", "[\"C\", \"a\", \"b\"]"),
    ("sorted([[1, \"a\"], [0, \"b\"], [1, \"c\"]], by: p => p[0])", "[[0, \"b\"], [1, \"a\"], [1, \"c\"]]"),
    (
      "sorted([[1, \"a\"], [0, \"b\"], [1, \"c\"]], by: p => p[0], descending: true)",
      "[[1, \"a\"], [1, \"c\"], [0, \"b\"]]"
    ),
    ("sorted([2.0, nan, 1.0])", "[1.0, 2.0, nan]"), ("sorted([2, nan, 1.5], descending: true)", "[2, 1.5, nan]"),
    ("sorted(\"hello\").join()", "\"ehllo\""),
    ("reversed(0..<3)", "[2, 1, 0]"), ("[].map(x => x)", "[]"), ("map(\"ab\", c => c + c)", "[\"aa\", \"bb\"]"),
    ("(1...3).map(x => x ** 2)", "[1, 4, 9]"),
    ("[1, 2, 3].filter(x => x != 2)", "[1, 3]"), ("[1, 2].reduce((a, b) => a + b, 10)", "13"),
    ("[5].reduce((a, b) => a + b)", "5"),
    ("zip([1, 2, 3], [4, 5])", "[[1, 4], [2, 5]]"), ("zip()", "[]"), ("enumerate(\"ab\")", "[[0, \"a\"], [1, \"b\"]]"),
    ("any([])", "false"),
    ("all([true, true])", "true"), ("[1, 2].all(x => x > 1)", "false"),
    ("unique([1, 1.0, \"1\", true, 1])", "[1, \"1\", true]"),
    ("unique([1.0, 1])", "[1.0]"), ("unique([[1], [1], [2]])", "[[1], [2]]"), ("list({a: 1})", "[\"a\"]"),
  ])
  func resultsAreTheDefinitions(_ program: String, _ text: String) throws { #expect(try result(program) == text) }

  @Test(arguments: [
    ("[].pop()", "empty-sequence"), ("[1].pop(1)", "index-out-of-range"), ("[1].pop(-2)", "index-out-of-range"),
    ("[1].insert(3, 0)", "index-out-of-range"),
    ("[1].remove(2)", "value-not-found"), ("[1].index_of(2)", "value-not-found"),
    ("[].reduce((a, b) => a)", "empty-sequence"),
    ("[1].filter(x => x)", "not-a-bool"), ("any([1])", "not-a-bool"), ("list(0..<10000000000)", "too-large"),
  ])
  func senselessArgumentsAreErrors(_ program: String, _ code: String) throws { #expect(try fails(program, code)) }

  @Test func valuesWithoutAnOrderAreNotSorted() throws { #expect(try result("sorted([1, \"a\"])").hasPrefix("error[")) }

  @Test func aFailedSortLeavesTheListAsItWas() throws {
    #expect(try result("let x = [2, 1, \"a\"]\ntry { x.sort() } catch e { }\nx") == "[2, 1, \"a\"]")
  }

  @Test func sortingIsStableAndRightForManyElements() throws {
    let program =
      "let xs = (0..<1000).map(i => [(i * 7919) % 101, i])\nlet s = sorted(xs, by: p => p[0])\n"
      + "all(1..<1000, i => s[i - 1][0] < s[i][0] or (s[i - 1][0] == s[i][0] and s[i - 1][1] < s[i][1]))"
    #expect(try result(program) == "true")
  }
}

@Suite struct StringFunctionTests {
  @Test(arguments: [
    ("\"a,b\".split(\",\")", "[\"a\", \"b\"]"), ("\"\".split(\",\")", "[\"\"]"),
    ("\" a\\tb\\nc \".split()", "[\"a\", \"b\", \"c\"]"), ("\"aXXbXX\".split(\"XX\")", "[\"a\", \"b\", \"\"]"),
    ("[].join(\",\")", "\"\""), ("[\"a\", 1, nil].join(\"-\")", "\"a-1-nil\""),
    ("\"a\\r\\nb\\n\\n\".lines()", "[\"a\", \"b\", \"\"]"), ("\"\".lines()", "[]"),
    ("\"e\\u{301}x\".chars().len()", "2"), ("\"e\\u{301}\".code_points()", "[101, 769]"),
    ("\"é\".bytes()", "[195, 169]"), ("\"aaa\".replace(\"aa\", \"b\")", "\"ba\""),
    ("\"abc\".replace(\"x\", \"y\")", "\"abc\""), ("\"abc\".starts_with(\"\")", "true"),
    ("\"abc\".ends_with(\"bc\")", "true"), ("\"größe\".index_of(\"e\")", "4"),
    ("\"abc\".index_of(\"\")", "0"), ("\"ab\".repeat(0)", "\"\""), ("\"é\".pad_left(3, \"*\")", "\"**é\""),
    ("\"a\".pad_left(-9223372036854775807 - 1)", "\"a\""), ("\"a\".pad_right(-9223372036854775807 - 1)", "\"a\""),
    ("\"abc\".pad_right(2)", "\"abc\""),
    ("\"\\u{A0} a \".trim()", "\"a\""), ("\"\".trim()", "\"\""), ("\"abc\".reversed()", "\"cba\""),
  ])
  func resultsAreTheDefinitions(_ program: String, _ text: String) throws { #expect(try result(program) == text) }

  @Test(arguments: [
    ("\"a\".split(\"\")", "invalid-argument"), ("\"a\".replace(\"\", \"b\")", "invalid-argument"),
    ("\"a\".repeat(-1)", "invalid-argument"),
    ("\"a\".repeat(9223372036854775807)", "too-large"), ("\"a\".pad_left(9223372036854775807)", "too-large"),
    ("\"a\".pad_left(3, \"ab\")", "invalid-argument"), ("\"a\".pad_left(3, \"\")", "invalid-argument"),
    ("\"a\".index_of(\"b\")", "value-not-found"),
    ("\"a\".repeat(100000).replace(\"a\", \"b\".repeat(100000))", "too-large"),
  ])
  func senselessArgumentsAreErrors(_ program: String, _ code: String) throws { #expect(try fails(program, code)) }
}

@Suite struct MapFunctionTests {
  @Test(arguments: [
    ("{b: 1, a: 2}.keys()", "[\"b\", \"a\"]"), ("{b: 1, 2: nil}.values()", "[1, nil]"),
    ("{true: 1}.items()", "[[true, 1]]"), ("{a: 1}.get(\"a\", 2)", "1"),
    ("{}.get(\"a\")", "nil"), ("{1: 2}.has(1)", "true"), ("{1: 2}.has(\"1\")", "false"),
    ("let m = {a: 1, b: 2}\n[m.remove(\"a\"), m]", "[1, {b: 2}]"),
    ("let m = {a: 1}\nlet n = m.merge({a: 2, c: 3})\n[m, n]", "[{a: 1}, {a: 2, c: 3}]"),
  ])
  func resultsAreTheDefinitions(_ program: String, _ text: String) throws { #expect(try result(program) == text) }

  @Test(arguments: [
    ("{}.remove(\"a\")", "missing-key"), ("{}.get([1])", "invalid-key"), ("{}.has(1.5)", "invalid-key"),
  ])
  func senselessArgumentsAreErrors(_ program: String, _ code: String) throws { #expect(try fails(program, code)) }
}

@Suite struct ValueFunctionTests {
  @Test(arguments: [
    ("print()", ""), ("print(1, \"a\", [\"a\"])", "1 a [\"a\"]"), ("len([1, 2])", "2"), ("len(\"🎨é\")", "2"),
    ("len({a: 1})", "1"), ("len(0...4)", "5"),
    ("error(\"m\", kind: \"k\").kind", "\"k\""), ("try { throw error(\"m\") } catch e { e.message }", "\"m\""),
    ("equal([1, [2]], [1, [2]])", "true"),
    ("close(1.0, 1.0000001)", "true"), ("close(1.0, 1.1)", "false"), ("close(1.0, 1.1, relative: 0.2)", "true"),
    ("close(nan, nan)", "false"), ("close(inf, inf)", "true"),
    ("close(1, inf)", "false"), ("close({a: [1]}, {a: [1.0]})", "true"), ("close([1], [1, 2])", "false"),
    ("close(\"a\", \"a\")", "true"),
    ("let a = {x: [1]}\nlet b = copy(a)\nb.x.append(2)\n[a, b]", "[{x: [1]}, {x: [1, 2]}]"),
    ("list((10..<0).step(-3))", "[10, 7, 4, 1]"),
  ])
  func resultsAreTheDefinitions(_ program: String, _ text: String) throws { #expect(try result(program) == text) }

  @Test func inputAsksAndTheInputsEndIsAnError() throws {
    let session = LibrarySession()
    session.interpreter.input = { prompt in prompt == "name? " ? "Ada" : nil }
    #expect(try session.run("input(\"name? \")") == "\"Ada\"")
    #expect(try session.run("input()").hasPrefix("error[end-of-input]"))
  }

  @Test func showGivesTheValueAndItsIdToTheDisplay() throws {
    let session = LibrarySession()
    var shown: [(Int?, String?)] = []
    session.interpreter.display = { value, id in shown.append((value.asInt, id)) }
    _ = try session.run("show(1)\nshow(2, id: \"a\")")
    #expect(shown.map(\.0) == [1, 2] && shown.map(\.1) == [nil, "a"])
  }

  @Test func selfContainingValuesAreNoTrap() throws {
    #expect(try fails("let a = [1]\na.append(a)\nlet b = [1]\nb.append(b)\nclose(a, b)", "invalid-argument"))
  }

  @Test(arguments: ["(1..<2).step(0)"])
  func aStepOfZeroIsAnError(_ program: String) throws { #expect(try fails(program, "invalid-argument")) }
}
