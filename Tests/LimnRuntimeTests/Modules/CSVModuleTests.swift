import LimnRuntime
import Testing

@Suite struct CSVModuleTests {
  @Test(arguments: [
    ProgramCase("csv.parse(\"\")", "[]"), ProgramCase("csv.parse(\"\", columns: true)", "{}"),
    ProgramCase("csv.parse(\"a,b\\r\\n1,2\\r\\n\")", "[{a: 1, b: 2}]"),
    ProgramCase("csv.parse(\"\\u{FEFF}a\\r1\\r2\")", "[{a: 1}, {a: 2}]"),
    ProgramCase("csv.parse(\"a,b\\n1,\\n,2\\n\")", "[{a: 1, b: nil}, {a: nil, b: 2}]"),
    ProgramCase("csv.parse(\"a,b\\nx,\\n\")", "[{a: \"x\", b: \"\"}]"),
    ProgramCase("csv.parse(\"a\\n\\\"x, \\\"\\\"y\\\"\\\"\\nz\\\"\\n\")[0].a", "\"x, \\\"y\\\"\\nz\""),
    ProgramCase("csv.parse(\"a,b\\n 1 ,2\\n\")", "[{a: \" 1 \", b: 2}]"),
    ProgramCase("csv.parse(\"a\\n007\\n\")", "[{a: \"007\"}]"),
    ProgramCase("csv.parse(\"a\\n\\\"7\\\"\\n\")", "[{a: \"7\"}]"),
    ProgramCase("csv.parse(\"a\\n0\\n-3\\n\", columns: true)", "{a: [0, -3]}"),
    ProgramCase("csv.parse(\"a\\n1\\n2.5\\n1e3\\nnan\\n\", columns: true)", "{a: [1.0, 2.5, 1000.0, nan]}"),
    ProgramCase("csv.parse(\"a\\ntrue\\n\\nfalse\\n\", columns: true)", "{a: [true, false]}"),
    ProgramCase("csv.parse(\"a\\n99999999999999999999\\n\")", "[{a: 1e+20}]"),
    ProgramCase("csv.parse(\"a\\n0x10\\n1p3\\n\", columns: true)", "{a: [\"0x10\", \"1p3\"]}"),
    ProgramCase("csv.parse(\"a\\n1\\n\", types: false)", "[{a: \"1\"}]"),
    ProgramCase("csv.parse(\"a\\tb\\n1\\t2\", separator: \"\\t\")", "[{a: 1, b: 2}]"),
    ProgramCase("csv.parse(\"1,2\\n3,4\", header: false)", "[[1, 2], [3, 4]]"),
    ProgramCase("csv.parse(\"1,2,\", header: false)", "[[1, 2, \"\"]]"),
    ProgramCase("csv.parse(\"a,a\\n1,2\")", "bad-csv"), ProgramCase("csv.parse(\"a,b\\n1\")", "bad-csv"),
    ProgramCase("csv.parse(\"a\\n1,2\")", "bad-csv"), ProgramCase("csv.parse(\"a\\n\\\"x\")", "bad-csv"),
    ProgramCase("csv.parse(\"a\\nx\\\"y\\\"\")", "bad-csv"), ProgramCase("csv.parse(\"a\\n\\\"x\\\"y\")", "bad-csv"),
    ProgramCase("csv.parse(\"a\", separator: \"ab\")", "invalid-argument"),
    ProgramCase("csv.parse(\"a\", separator: \"\\\"\")", "invalid-argument"),
    ProgramCase("csv.parse(\"a\", header: false, columns: true)", "invalid-argument"),
    ProgramCase("csv.text([{a: 1}, {b: 1}])", "invalid-argument"),
    ProgramCase("csv.text([[1], [1, 2]])", "invalid-argument"),
    ProgramCase("csv.text([{a: [1]}])", "invalid-argument"),
    ProgramCase("csv.text({a: [1], b: []})", "invalid-argument"),
    ProgramCase("csv.text([{a: 1}, [1]])", "invalid-argument"), ProgramCase("csv.text([])", "\"\""),
    ProgramCase("csv.text([[nil]])", "\"\\\"\\\"\\n\""), ProgramCase("csv.write(\"no/a.csv\", [])", "missing-folder"),
  ])
  func tablesAreRowsOfFields(_ program: ProgramCase) throws { try program.check(importing: "csv") }

  /// Random tables are the same after writing and reading: texts that look like numbers, with quotes, and over lines.
  @Test func tablesComeBack() throws {
    let session = try TestSession(seed: 9)
    try session.run(
      """
      import csv
      import random
      let texts = ["a", "", "1", "007", "true", "x,y", "\\"", "two\\nlines", "a\\r\\nb", " b ", "nan", "-inf", "é😀", "1e5"]
      fn column(kind, n) {
        if kind == 0 { return list(0..<n).map(i => random.int(-1000, 1000)) }
        if kind == 1 { return list(0..<n).map(i => random.normal()) }
        if kind == 2 { return list(0..<n).map(i => random.bool()) }
        ["text"] + random.choices(texts, n - 1)
      }
      fn table() {
        let n, t = random.int(1...8), {}
        for i in 0..<random.int(1...5) { t["c\\(i)"] = column(random.int(0..<4), n) }
        t
      }
      """)
    #expect(
      try session.run(
        """
        list(0..<300).all(fn(i) {
          let t = table()
          let rows = csv.parse(csv.text(t))
          csv.parse(csv.text(t, separator: ";"), columns: true, separator: ";") == t and csv.parse(csv.text(rows)) == rows
        })
        """) == "true")
  }

  @Test func anErrorSaysWhere() throws {
    let session = try TestSession(files: ["a.csv": "name,size\n\"two\nlines\",1\ncat\n"])
    let failure = session.failure(of: "import csv\ncsv.read(\"a.csv\")")
    #expect(failure?.message.hasSuffix("a.csv, line 4, column 4: the row has 1 field, and the first one has 2") == true)
    let quote = session.failure(of: "csv.parse(\"a,b\\n1,\\\"x\\ny\")")
    #expect(quote?.message == "line 2, column 3: the quote that begins here does not end")
  }
}
