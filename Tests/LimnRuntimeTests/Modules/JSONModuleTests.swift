import LimnRuntime
import Testing

@Suite struct JSONModuleTests {
  @Test(arguments: [
    ProgramCase("json.parse(\" [1, 1.0, -0, -0.0, 1e2, true, null] \")", "[1, 1.0, 0, -0.0, 100.0, true, nil]"),
    ProgramCase("json.parse(\"{\\\"b\\\": 1, \\\"a\\\": 2}\").keys()", "[\"b\", \"a\"]"),
    ProgramCase("json.parse(\"9223372036854775807\")", "9223372036854775807"),
    ProgramCase("json.parse(\"9223372036854775808\")", "bad-json"), ProgramCase("json.parse(\"1e400\")", "bad-json"),
    ProgramCase("json.parse(\"{\\\"a\\\": 1, \\\"a\\\": 2}\")", "bad-json"),
    ProgramCase("json.parse(\"\")", "bad-json"),
    ProgramCase("json.parse(\"[1,]\")", "bad-json"), ProgramCase("json.parse(\"[1] 2\")", "bad-json"),
    ProgramCase("json.parse(\"NaN\")", "bad-json"), ProgramCase("json.parse(\"01\")", "bad-json"),
    ProgramCase("json.parse(\"\\\"\\\\u00e9\\\\ud83d\\\\ude00\\\\u0000\\\"\").code_points()", "[233, 128512, 0]"),
    ProgramCase("json.parse(\"\\\"\\\\ud83d\\\"\")", "bad-json"), ProgramCase("json.parse(\"\\u{FEFF}[1]\")", "[1]"),
    ProgramCase("json.parse(\"[\".repeat(5000) + \"]\".repeat(5000))", "bad-json"),
    ProgramCase("len(json.parse(\"[\".repeat(1500) + \"]\".repeat(1500)))", "1"),
    ProgramCase("json.text(nan)", "json-unsupported"), ProgramCase("json.text({a: [inf]})", "json-unsupported"),
    ProgramCase("json.text({1: 2})", "json-unsupported"), ProgramCase("json.text(x => x)", "json-unsupported"),
    ProgramCase("let xs = []\nxs.append(xs)\njson.text(xs)", "json-unsupported"),
    ProgramCase("json.text([1], indent: 99)", "invalid-argument"), ProgramCase("json.text(1...3)", "\"[1,2,3]\""),
    ProgramCase("json.text([])+ json.text({}, indent: 2)", "\"[]{}\""),
    ProgramCase("json.text(\"\\\"\\\\\\n\\u{1}é\")", "\"\\\"\\\\\\\"\\\\\\\\\\\\n\\\\u0001é\\\"\""),
    ProgramCase(
      "json.text({a: [1, [2]], b: {}}, indent: 1)", "\"{\\n \\\"a\\\": [\\n  1,\\n  [2]\\n ],\\n \\\"b\\\": {}\\n}\""),
    ProgramCase("json.text(tensor([[1.5, 2], [3, 4]]))", "\"[[1.5,2.0],[3.0,4.0]]\""),
    ProgramCase("json.text(weight(ones(2)))", "\"[1.0,1.0]\""), ProgramCase("json.text(tensor(true))", "\"true\""),
    ProgramCase("json.read(\"no.json\")", "missing-file"),
    ProgramCase("json.write(\"no/a.json\", 1)", "missing-folder"),
  ])
  func valuesAreJSONs(_ program: ProgramCase) throws { try program.check(importing: "json") }

  /// Random values within values are the same after writing and reading, on one line and indented.
  @Test func valuesComeBack() throws {
    let session = try TestSession(seed: 8)
    try session.run(
      """
      import json
      import random
      import strings
      fn text() { strings.from_code_points(list(0..<random.int(0..<6)).map(i => random.choice([34, 92, 10, 0, 233, 8232, 128512, 97]))) }
      fn value(depth) {
        let kind = random.int(0, if depth > 0 { 8 } else { 6 })
        if kind == 0 { return nil }
        if kind == 1 { return random.bool() }
        if kind == 2 { return random.int(-9223372036854775807, 0) }
        if kind == 3 { return random.normal() * 10.0 ** random.int(-300, 300) }
        if kind < 6 { return text() }
        if kind == 6 { return list(0..<random.int(0..<5)).map(i => value(depth - 1)) }
        let m = {}
        for i in 0..<random.int(0..<5) { m[text().replace("\\0", "") + str(i)] = value(depth - 1) }
        m
      }
      fn same(a, b) { repr(a) == repr(b) }
      """)
    #expect(
      try session.run(
        """
        list(0..<300).all(fn(i) {
          let v = value(4)
          same(json.parse(json.text(v)), v) and same(json.parse(json.text(v, indent: 3)), v)
        })
        """) == "true")
  }

  /// The line and the column are those of the place that is wrong.
  @Test func anErrorSaysWhere() throws {
    let session = try TestSession(files: ["a.json": "{\n  \"a\": 1,\n  \"b\": tru\n}\n"])
    let failure = session.failure(of: "import json\njson.read(\"a.json\")")
    #expect(failure?.code == "bad-json")
    #expect(failure?.message.hasSuffix("a.json, line 3, column 10: invalid token near 'tru'") == true)
    #expect(
      session.failure(of: "json.text({layers: [{rate: 0.1}, {rate: nan}]})")?.message.hasPrefix("at .layers[1].rate: ")
        == true)
  }
}
