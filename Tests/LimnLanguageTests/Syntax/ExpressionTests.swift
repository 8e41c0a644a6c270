import Testing

@testable import LimnLanguage

@Suite struct PrecedenceTests {
  /// Each row joins neighbors of the language page's table, the looser one outside.
  @Test(arguments: [
    ("x => x |> f", "(fn (x) (|> x f))"),
    ("a >> b |> f", "(|> (>> a b) f)"),
    ("a or b >> c or d", "(>> (or a b) (or c d))"),
    ("a and b or c and d", "(or (and a b) (and c d))"),
    ("not a and not b", "(and (not a) (not b))"),
    ("not a == b", "(not (== a b))"),
    ("not not a", "(not (not a))"),
    ("not x in xs", "(not (in x xs))"),
    ("0..<3 == r", "(== (..< 0 3) r)"),
    ("a | 1...b ^ 2", "(... (| a 1) (^ b 2))"),
    ("a & b | c & d", "(| (& a b) (& c d))"),
    ("a + b & c - d", "(& (+ a b) (- c d))"),
    ("a * b + c // d - e % f @ g", "(- (+ (* a b) (// c d)) (@ (% e f) g))"),
    ("-a * ~b", "(* (- a) (~ b))"),
    ("-a ** b", "(- (** a b))"),
    ("2 ** -a", "(** 2 (- a))"),
    ("2 ** 3 ** 4", "(** 2 (** 3 4))"),
    ("2 ** -3 ** 4", "(** 2 (- (** 3 4)))"),
    ("-x.y[0](1)", "(- (call (at (. x y) 0) 1))"),
    ("--x", "(- (- x))"),
    ("a - b - c", "(- (- a b) c)"),
    ("a / b / c", "(/ (/ a b) c)"),
    ("a >> b >> c", "(>> (>> a b) c)"),
    ("f ** 2 (x)", "(** f (call 2 x))"),
    ("a or b or c", "(or (or a b) c)"),
  ])
  func operatorsBindAsTheTableSays(_ text: String, _ tree: String) { #expect(dump(text) == tree) }

  @Test(arguments: ["a < b < c", "a == b == c", "a < b == c", "a in b in c", "a != b >= c", "0..<1..<2"])
  func comparisonsAndRangesDoNotChain(_ text: String) { #expect(dump(text).hasPrefix("error[chained-comparison]")) }

  @Test func comparisonsJoinWithAnd() { #expect(dump("a < b and b < c") == "(and (< a b) (< b c))") }
}

@Suite struct PipeTests {
  @Test(arguments: [
    ("x |> f", "(|> x f)"), ("x |> f(a)", "(|> x (call f a))"), ("x |> m.f", "(|> x (. m f))"),
    ("x |> fs[0]", "(|> x (at fs 0))"), ("x |> (make(a))", "(|> x (paren (call make a)))"),
    ("x |> f { 1 }", "(|> x (call f { 1 }))"), ("x |> f |> g(1)", "(|> (|> x f) (call g 1))"),
    ("a + b |> f", "(|> (+ a b) f)"), ("x |> (f >> g)", "(|> x (paren (>> f g)))"),
    ("x |> (y => y)", "(|> x (paren (fn (y) y)))"),
  ])
  func theRightSideIsWhatCanBeCalled(_ text: String, _ tree: String) { #expect(dump(text) == tree) }

  @Test(arguments: [
    "x |> f + 1", "x |> f >> g", "x |> f == 1", "x |> f and y", "x |> f ** 2", "x |> 3", "x |> [f]", "x |> y => y",
    "x |> -f",
    "x |> fn(y) { y }", "x |> \"s\"",
  ])
  func nothingElseMayStandThere(_ text: String) {
    #expect(dump(text).hasPrefix("error[invalid-pipe]") || dump(text).hasPrefix("error[expected-expression]"))
  }
}

@Suite struct FunctionTests {
  @Test(arguments: [
    ("x => x * 2", "(fn (x) (* x 2))"), ("(a, b) => a + b", "(fn (a b) (+ a b))"), ("() => 1", "(fn () 1)"),
    ("(a) => a", "(fn (a) a)"), ("x => y => x", "(fn (x) (fn (y) x))"), ("f(x => x, 1)", "(call f (fn (x) x) 1)"),
    ("_ => 1", "(fn (_) 1)"), ("x => {a: x}", "(fn (x) {a:x})"), ("x =>\n  x", "(fn (x) x)"),
    ("(a,\n b) => a", "(fn (a b) a)"), ("[x => 1, y => 2]", "[(fn (x) 1) (fn (y) 2)]"),
    ("fn(x) { x * 2 }", "(fn (x) { (* x 2) })"), ("fn() { }", "(fn () {})"),
    ("fn(a, b = 2, ...rest) { a }", "(fn (a b=2 ...rest) { a })"), ("fn(x) { x }(3)", "(call (fn (x) { x }) 3)"),
  ])
  func functionsHaveShortAndLongForms(_ text: String, _ tree: String) { #expect(dump(text) == tree) }

  @Test func declarationsAndExpressionsAreToldApart() {
    #expect(dump("fn f(x) { x }") == "(fn f (x) { x })")
    #expect(dump("let f = fn(x) { x }\nf") == "(let f = (fn (x) { x })); f")
  }

  @Test(arguments: ["a + x => x", "f >> x => x", "3 => 4", "f(x) => x", "(a\n)\n=> a"])
  func aShortFunctionIsNoOperand(_ text: String) { #expect(dump(text).hasPrefix("error[ambiguous-arrow]")) }
}

@Suite struct CallTests {
  @Test(arguments: [
    ("f()", "(call f)"), ("f(a, b: 3)", "(call f a b:3)"), ("f(\n  a,\n  b,\n)", "(call f a b)"),
    ("f(if: 1, in: 2, type: 3)", "(call f if:1 in:2 type:3)"), ("x.in.if.test", "(. (. (. x in) if) test)"),
    ("f(1)(2)[3].x", "(. (at (call (call f 1) 2) 3) x)"), ("-1.abs()", "(- (call (. 1 abs)))"),
  ])
  func argumentsComeByPositionThenByName(_ text: String, _ tree: String) { #expect(dump(text) == tree) }

  @Test func aTrailingBlockIsTheLastPosition() {
    #expect(dump("f(x) { 1 }") == "(call f x { 1 })")
    #expect(dump("f { 1 }") == "(call f { 1 })")
    #expect(dump("f(1, b: 2) { 3 }") == "(call f 1 { 3 } b:2)")
    #expect(
      dump("m.f(x) {\n  let y = 1\n  return y, 2\n}") == "(call (. m f) x { (let y = 1); (return (values y 2)) })")
    #expect(dump("f { 1 }.x") == "(. (call f { 1 }) x)")
    #expect(dump("f { 1 } { 2 }").hasPrefix("error"))
    #expect(dump("f(x)\n{a: 1}") == "(call f x); {a:1}")
    #expect(dump("3 { 1 }").hasPrefix("error"))
  }

  @Test func headsHaveNoTrailingBlockOutsideBrackets() {
    #expect(dump("if f { 1 }") == "(if f { 1 })")
    #expect(dump("while f(x) { 1 }") == "(while (call f x) { 1 })")
    #expect(dump("for x in f { 1 }") == "(for x in f { 1 })")
    #expect(dump("if (f { 1 }) { 2 }") == "(if (paren (call f { 1 })) { 2 })")
    #expect(dump("if g(f { 1 }) { 2 }") == "(if (call g (call f { 1 })) { 2 })")
    #expect(dump("if x == fn() { f { 1 } } { 2 }") == "(if (== x (fn () { (call f { 1 }) })) { 2 })")
    #expect(dump("if a { f { 1 } }") == "(if a { (call f { 1 }) })")
  }
}

@Suite struct SubscriptTests {
  @Test(arguments: [
    ("x[i]", "(at x i)"), ("x[-1]", "(at x (- 1))"), ("x[a:b]", "(at x a:b)"), ("x[::2]", "(at x ::2)"),
    ("x[:]", "(at x :)"),
    ("x[1:]", "(at x 1:)"), ("x[:n, 2]", "(at x :n 2)"), ("x[0..<3]", "(at x (..< 0 3))"),
    ("x[..., 0]", "(at x ... 0)"),
    ("x[...]", "(at x ...)"), ("x[:, nil]", "(at x : nil)"), ("x[1:2:3, ...,]", "(at x 1:2:3 ...)"),
    ("x[a...b]", "(at x (... a b))"), ("x[::-1]", "(at x ::(- 1))"),
    ("x[if c { 1 } else { 2 }]", "(at x (if c { 1 } else { 2 }))"),
  ])
  func subscriptsHaveIndicesSlicesAndAnEllipsis(_ text: String, _ tree: String) { #expect(dump(text) == tree) }
}

@Suite struct BraceTests {
  @Test(arguments: [
    ("{}", "{}"), ("{lr: 1e-4, \"beta 1\": 0.5}", "{lr:0.0001 \"beta 1\":0.5}"),
    ("{1: 2, -1: 3, true: 4}", "{1:2 (- 1):3 true:4}"),
    ("{(k): v}", "{(paren k):v}"), ("{if: 1, nil: 2, test: 3}", "{if:1 nil:2 test:3}"),
    ("{\n  a: 1,\n  b: 2,\n}", "{a:1 b:2}"),
    ("f({a: 1})", "(call f {a:1})"), ("x = {a: {b: 1}}", "(assign x = {a:{b:1}})"),
  ])
  func whereAnOperandIsExpectedTheyAreAMap(_ text: String, _ tree: String) { #expect(dump(text) == tree) }

  @Test func aStatementThatBeginsWithOneIsAMap() {
    #expect(dump("{a: 1}") == "{a:1}")
    #expect(dump("f\n{a: 1}") == "f; {a:1}")
    #expect(dump("{ let x = 1 }").hasPrefix("error[map-not-block]"))
    #expect(dump("x => { let y = 1 }").hasPrefix("error[map-not-block]"))
    #expect(dump("x => { return x }").hasPrefix("error[map-not-block]"))
    #expect(dump("x => { x + 1 }").hasPrefix("error[map-not-block]"))
  }

  @Test(arguments: ["{a: 1, a: 2}", "{a: 1, \"a\": 2}", "{1: 1, 0x1: 2}", "{-1: 1, -1: 2}", "{true: 1, true: 2}"])
  func aKeyStandsInAMapOnce(_ text: String) { #expect(dump(text).hasPrefix("error[duplicate-key]")) }

  @Test func keysOfDifferentTypesAreDifferent() { #expect(dump("{1: 1, \"1\": 2, true: 3}") == "{1:1 \"1\":2 true:3}") }
}
