import Testing

@testable import LimnLanguage

@Suite struct LineTests {
  @Test(arguments: [
    ("a\nb", "a; b"), ("a; b;", "a; b"), ("a;;b", "a; b"), ("a +\n  b", "(+ a b)"),
    ("a,\nb = 1,\n2", "(assign a b = (values 1 2))"),
    ("x =\n\n  1", "(assign x = 1)"), ("x\n  |> f\n  |> g", "(|> (|> x f) g)"), ("x\n  >> f", "(>> x f)"),
    ("x\n  .f()\n  .g", "(. (call (. x f)) g)"),
    ("a and\n  not\n  b", "(and a (not b))"), ("return a,\n  b", "(return (values a b))"),
    ("let x = not\ny", "(let x = (not y))"),
    ("x.\ny", "(. x y)"), ("a # comment\n  # another\n  |> f", "(|> a f)"),
  ])
  func aNewlineEndsAStatementUnlessItGoesOn(_ text: String, _ tree: String) { #expect(dump(text) == tree) }

  @Test(arguments: [
    ("a\n-b", "a; (- b)"), ("a\n[b]", "a; [b]"), ("a\n(b)", "a; (paren b)"), ("a\n{b: 1}", "a; {b:1}"),
    ("f(x)\n(y)", "(call f x); (paren y)"),
  ])
  func aLineThatBeginsWithAMinusOrABracketIsANewStatement(_ text: String, _ tree: String) {
    #expect(dump(text) == tree)
  }

  @Test(arguments: [
    ("(a\n-b)", "(paren (- a b))"), ("[a\n,\nb\n]", "[a b]"), ("f(a\n(b)\n)", "(call f (call a b))"),
    ("x[a\n+ b]", "(at x (+ a b))"),
    ("{a\n:\n1}", "{a:1}"), ("(if c { a }\nelse { b })", "(paren (if c { a } else { b }))"),
  ])
  func withinBracketsNewlinesMeanNothing(_ text: String, _ tree: String) { #expect(dump(text) == tree) }

  @Test func theInnermostOpenBracketDecides() {
    #expect(dump("f(fn() {\n  a\n  -b\n})") == "(call f (fn () { a; (- b) }))")
    #expect(dump("f(g {\n  a\n  (b\n  -c)\n})") == "(call f (call g { a; (paren (- b c)) }))")
    #expect(dump("fn f() { {a\n: 1} }") == "(fn f () { {a:1} })")
  }

  @Test(arguments: ["a b", "f(x) g", "1 2", "x y = 3", "let a = 1 let b = 2", "if a { } b"])
  func twoStatementsOnALineNeedASemicolon(_ text: String) { #expect(dump(text).hasPrefix("error[missing-line-break]")) }

  @Test func aUnitIsQuietWhenItsLastExpressionEndsWithASemicolon() {
    #expect(Parser.parse(Source(name: "t", text: "x;")).unit.isQuiet)
    #expect(Parser.parse(Source(name: "t", text: "x; # quiet\n")).unit.isQuiet)
    #expect(!Parser.parse(Source(name: "t", text: "x; y")).unit.isQuiet)
    #expect(!Parser.parse(Source(name: "t", text: "")).unit.isQuiet)
  }
}

@Suite struct StatementTests {
  @Test(arguments: [
    ("let x = 1", "(let x = 1)"), ("var a, b = f(), g()", "(var a b = (values (call f) (call g)))"),
    ("let _, b = pair", "(let _ b = pair)"),
    ("x = 1", "(assign x = 1)"), ("x[i], p.name = e", "(assign (at x i) (. p name) = e)"),
    ("_, b = pair", "(assign _ b = pair)"),
    ("a[0][1] = 2", "(assign (at (at a 0) 1) = 2)"), ("f(x).y = 1", "(assign (. (call f x) y) = 1)"),
    ("x[1:2] = y", "(assign (at x 1:2) = y)"),
    ("for x in xs { }", "(for x in xs {})"), ("for k, v in m { k }", "(for k v in m { k })"),
    ("for _ in 0..<3 { }", "(for _ in (..< 0 3) {})"),
    ("while true { break; continue }", "(while true { (break); (continue) })"), ("return", "(return)"),
    ("return 1", "(return 1)"),
    ("return a, b", "(return (values a b))"), ("fn f() { return }", "(fn f () { (return) })"),
    ("fn f() { return; }", "(fn f () { (return) })"),
    ("throw error(\"no\")", "(throw (call error \"no\"))"), ("assert c", "(assert c)"),
    ("assert c, \"m\"", "(assert c \"m\")"),
    ("import gan", "(import gan)"), ("import gan as g", "(import gan as g)"),
    ("from gan import train, show", "(from gan train show)"),
    ("test \"adds\" { assert true }", "(test \"adds\" { (assert true) })"),
    ("fn f(a, b = 2, ...rest) { }", "(fn f (a b=2 ...rest) {})"),
    ("if a { 1 }", "(if a { 1 })"), ("if a { 1 } else if b { 2 } else { 3 }", "(if a { 1 } if b { 2 } else { 3 })"),
    ("let y = if a { 1 } else { 2 } + 1", "(let y = (+ (if a { 1 } else { 2 }) 1))"),
    ("try { f() } catch e { e }", "(try { (call f) } catch e { e })"),
    ("let x = try { 1 } catch _ { 2 }", "(let x = (try { 1 } catch _ { 2 }))"),
  ])
  func statementsHaveTheLanguagePagesForms(_ text: String, _ tree: String) { #expect(dump(text) == tree) }

  @Test func typesHoldFieldsAndMethods() {
    let text = "type Point(x, y = 0) {\n  let a = x\n  var b = 2;\n  fn call(z) { a + z }\n  fn if() { 1 }\n}"
    #expect(dump(text) == "(type Point (x y=0) (let a x) (var b 2) (fn call (z) { (+ a z) }) (fn if () { 1 }))")
    #expect(dump("type Empty() { }") == "(type Empty ())")
    #expect(dump("type T() { x }").hasPrefix("error[misplaced-statement]"))
    #expect(dump("type T() { let a, b = 1 }").hasPrefix("error[unexpected-token]"))
  }

  @Test func testFromAndAsAreWordsInTheirPlacesAlone() {
    #expect(dump("let test = 1\ntest\ntest(2)\ntest[\"a\"]") == "(let test = 1); test; (call test 2); (at test \"a\")")
    #expect(dump("let from = 1\nfrom + 1\nlet as = 2") == "(let from = 1); (+ from 1); (let as = 2)")
  }

  @Test(arguments: [
    "f(x) = 1", "1 = x", "[a, b] = c", "(a) = 1", "a + b = 1", "-x = 1", "a, f() = c", "\"s\" = 1", "nil = 1",
    "x => x = 1",
  ])
  func otherTargetsAreErrors(_ text: String) {
    #expect(dump(text).hasPrefix("error[invalid-target]"))
  }

  @Test(arguments: [
    ("if x = 1 { }", "assignment-in-expression"), ("while x = 1 { }", "assignment-in-expression"),
    ("f(a = 1)", "assignment-in-expression"),
    ("a = b = c", "assignment-in-expression"), ("let x = y = 1", "assignment-in-expression"),
    ("assert x = 1", "assignment-in-expression"),
    ("f(a: 1, 2)", "argument-order"), ("f(a: 1, a: 2)", "duplicate-argument"),
    ("fn f(a, a) { }", "duplicate-parameter"),
    ("(a, a) => 1", "duplicate-parameter"), ("fn f(...a, b) { }", "invalid-parameter"),
    ("(a = 1) => a", "invalid-parameter"),
    ("fn f() { import gan }", "misplaced-statement"), ("if c { from gan import a }", "misplaced-statement"),
    ("f { test \"a\" { } }", "misplaced-statement"), ("1, 2", "list-without-brackets"),
    ("let x = 1, 2", "list-without-brackets"),
    ("(1, 2)", "list-without-brackets"), ("let x", "missing-value"), ("throw", "missing-value"),
    ("assert", "missing-value"),
    ("if c { } \n else { }", "misplaced-else"), ("try { }\ncatch e { }", "misplaced-else"),
    ("else { }", "misplaced-else"),
    ("if c\n{ }", "missing-braces"), ("fn f(x) x", "missing-braces"), ("while c: f()", "missing-braces"),
    ("a[", "unclosed-bracket"),
    ("f(1]", "unmatched-bracket"), ("}", "unmatched-bracket"), (")", "unmatched-bracket"),
    ("let x = 1)", "unmatched-bracket"),
  ])
  func faultsOfFormHaveTheirCodes(_ text: String, _ code: String) {
    #expect(Parser.parse(Source(name: "test", text: text)).diagnostics.map(\.code) == [code])
  }
}

@Suite struct CompletenessTests {
  @Test(arguments: [
    "", "x", "let x = 1", "f(x) { 1 }", "if c { 1 } else { 2 }", "\"\"\"\na\n\"\"\"", "x;", "# comment",
  ])
  func wholeEntriesAreComplete(_ text: String) { #expect(Parser.completeness(of: text) == .complete) }

  @Test(arguments: [
    "f(", "[1, 2", "{a: 1,", "fn f(x) {", "if c { f(", "x +", "x |>", "let x =", "\"\"\"\nabc", "a and", "f(x) {\n  1",
    "x.", "a, b =", "return a,",
    "x => ", "\"a \\(f(", "type T() {\n  let x = 1", "if c { 1 } else {", "not", "for x in", "f(fn() {\n  g([1,",
  ])
  func openBracketsStringsAndOperatorsWaitForMore(_ text: String) {
    #expect(Parser.completeness(of: text) == .incomplete)
  }

  @Test(arguments: ["x y", "f(]", "let", "if c", "\"abc", "f(1 2", "let x == 1\nf(", ")", "x = \"abc\nf("])
  func whatMoreLinesCannotMendIsInvalid(_ text: String) { #expect(Parser.completeness(of: text) == .invalid) }
}
