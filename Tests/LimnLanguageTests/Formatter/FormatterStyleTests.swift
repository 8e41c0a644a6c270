import Testing

@testable import LimnLanguage

/// The text in the one style, without its last line break; the faults of one that does not parse.
func formatted(_ text: String) -> String {
  do {
    let result = try SourceFormatter.format(Source(name: "test", text: text))
    return result.hasSuffix("\n") ? String(result.dropLast()) : result
  } catch {
    return (error as? DiagnosticError)?.diagnostics.map(\.code).joined(separator: " ") ?? "\(error)"
  }
}

/// How the style looks, construct by construct.
@Suite struct FormatterStyleTests {
  @Test(arguments: [
    Case("let  x=1+2 *3", "let x = 1 + 2 * 3"),
    Case("x=-1 - - y", "x = -1 - -y"),
    Case("let a , b=f( 1 ),2", "let a, b = f(1), 2"),
    Case("2**-x", "2 ** -x"),
    Case("not(a)and  b", "not (a) and b"),
    Case("for i in 0 ..< n+1 {}", "for i in 0..<n + 1 { }"),
    Case("1 ... n", "1...n"),
    Case("-9223372036854775808", "-9223372036854775808"),
    Case("x [ 0 , :: 2,1 : n-1, ... ,nil ]", "x[0, ::2, 1:n - 1, ..., nil]"),
    Case("f (x, b :3 , ) . g( )", "f(x, b: 3).g()"),
    Case("{ lr :1e-4 , \"b 1\":{ } , }", "{lr: 1e-4, \"b 1\": {}}"),
    Case("let f=fn ( a,b=2, ...rest ){a}", "let f = fn(a, b = 2, ...rest) { a }"),
    Case("xs.map( x=>x*2 ) |>f|>(g>>h)", "xs.map(x => x * 2) |> f |> (g >> h)"),
    Case("let h=( a,b )=>a@b", "let h = (a, b) => a @ b"),
    Case("if  a{b}else{c}", "if a { b } else { c }"),
    Case("try{f()}catch e{nil}", "try { f() } catch e { nil }"),
    Case("minimize( opt ){ loss }", "minimize(opt) { loss }"),
    Case("var (x)", "var x"),
    Case("x = var(y)", "x = var(y)"),
    Case("a ;b;; c", "a; b; c"),
    Case("x ;", "x;"),
    Case("import gan  as g\nfrom gan  import  a,b", "import gan as g\nfrom gan import a, b"),
    Case("type P( x ,y=2 ){let n=1;fn m( ){self.n}}", "type P(x, y = 2) { let n = 1; fn m() { self.n } }"),
    Case("test   \"name\"{assert a==b , \"no\"}", "test \"name\" { assert a == b, \"no\" }"),
    Case("return", "return"),
    Case("\"\\( a+b :.2f)\"", "\"\\( a+b :.2f)\""),
    Case("x.in - 1", "x.in - 1"),
    Case("", ""), Case("\n\n  \n", ""),
  ])
  func oneLine(_ example: Case) {
    // `var (x)` is no declaration, and no call: it does not parse.
    let expected = example.program == "var (x)" ? "foreign-syntax" : example.expected
    #expect(formatted(example.program) == expected)
  }

  @Test func blocksAreIndentedByTwo() {
    #expect(
      formatted("fn f(x) {\n      if x {\n  y\n }\n else_\n\tfor i in x { \n g(i) } }")
        == "fn f(x) {\n  if x {\n    y\n  }\n  else_\n  for i in x {\n    g(i)\n  }\n}")
  }

  @Test func aBlockOnOneLineStaysThere() {
    #expect(formatted("if x { f(1); g(2) }") == "if x { f(1); g(2) }")
    #expect(formatted("if x { f(1)\ng(2) }") == "if x {\n  f(1)\n  g(2)\n}")
    #expect(formatted("if x { f(1)\n}") == "if x { f(1) }")
  }

  @Test func branchesOpenTogether() {
    #expect(
      formatted("let a = if x { 1 } else if y {\n2 } else { 3 }")
        == "let a = if x {\n  1\n} else if y {\n  2\n} else {\n  3\n}")
  }

  @Test func branchesOpenTogetherWhereTheLineBreaksBetweenThem() {
    #expect(
      formatted("if a { 1 } else if f(\nb) { 2 }") == "if a {\n  1\n} else if f(\n  b,\n) {\n  2\n}")
    #expect(
      formatted("let x = if a { 1 } else if b\n>> c { 2 }")
        == "let x = if a {\n  1\n} else if b\n     >> c {\n       2\n     }")
  }

  @Test func oneEmptyLineStays() {
    #expect(formatted("\n\na\n\n\n\nb\nc\n\n\n") == "a\n\nb\nc")
    #expect(formatted("fn f() {\n\n  a\n\n\n  b\n\n}") == "fn f() {\n  a\n\n  b\n}")
  }

  @Test func linesThatAreTooLongAreBrokenBeforePipes() {
    let text = "let y = " + (0..<12).map { "function_\($0)" }.joined(separator: " |> ")
    let lines = formatted(text).split(separator: "\n")
    #expect(lines.count == 12)
    #expect(lines[0] == "let y = function_0")
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("     |> function_") })
  }

  @Test func operandsOfACompositionStandBelowOneAnother() {
    #expect(formatted("let d = a >> b\n  >> c") == "let d = a >> b\n     >> c")
    #expect(formatted("fn f(z) {\n z |> a\n|> b\n}") == "fn f(z) {\n  z |> a\n    |> b\n}")
    #expect(formatted("xs\n      .map(f)\n .sum()") == "xs\n  .map(f)\n  .sum()")
  }

  @Test func linesThatAreTooLongAreBrokenAtCommas() {
    let long = String(repeating: "a", count: 40)
    #expect(
      formatted("let x = f(\(long), \(long), \(long))")
        == "let x = f(\n  \(long),\n  \(long),\n  \(long),\n)")
    #expect(
      formatted("let x = f(1).g(\(long), \(long), h(\(long)))").hasPrefix(
        "let x = f(1).g(\n  \(long),\n  \(long),\n  h("))
  }

  @Test func aCommaEndsOpenBracketsAndNoOthers() {
    #expect(formatted("f(\n a,\n b)") == "f(\n  a,\n  b,\n)")
    #expect(formatted("f(a,\n b,)") == "f(a, b)")
    #expect(formatted("let x = (\n a\n + b)") == "let x = (\n  a + b\n)")
  }

  @Test func rowsOfItemsStay() {
    #expect(formatted("let m = [\n1,2,\n3,4]") == "let m = [\n  1, 2,\n  3, 4,\n]")
  }

  @Test func longListsOfNumbersAreFilled() {
    let text = "let m = [" + (0..<60).map(String.init).joined(separator: ",") + "]"
    let lines = formatted(text).split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines.allSatisfy { $0.count <= 100 })
  }

  @Test func bracketsStayOnTheLineOfABlock() {
    #expect(
      formatted("xs.each( fn(x){\nprint(x)\n} , 2 )") == "xs.each(fn(x) {\n  print(x)\n}, 2)")
  }

  @Test func whatDoesNotParseIsRefused() {
    #expect(formatted("let = 3") == "unexpected-token")
  }
}
