import Testing

@testable import LimnLanguage

@Suite struct TypeTests {
  @Test func parametersAndDeclarationsAreFields() throws {
    let type =
      "type Box(width, height = width * 2) {\n let area = width * height\n var count = 0\n fn grow(by = 1) {\n count = count + by\n self\n }\n}\n"
    #expect(try value(type + "let b = Box(3)\n[b.width, b.height, b.area, b.count]") == "[3, 6, 18, 0]")
    #expect(try value(type + "let b = Box(3)\nb.grow().grow(by: 4)\nb.count") == "5")
    #expect(try value(type + "let b = Box(3)\nb.width = 10\n[b.width, b.area]") == "[10, 18]")
    #expect(fault(type + "Box(3).area = 1") == "immutable-field: area")
    #expect(fault(type + "Box(3).widht") == "unknown-member: widht")
    #expect(fault(type + "Box(3).depth = 1") == "unknown-member: depth")
    #expect(try value(type + "Box(1, height: 5)") == "Box(width: 1, height: 5)")
    #expect(try value(type + "Box") == "type Box(width, height = width * 2)")
  }

  @Test func instancesAreReferences() throws {
    #expect(try value("type P(x) { }\nlet a = P(1)\nlet b = a\nb.x = 2\na.x") == "2")
  }

  @Test func theSameAccessSeesInstancesOfManyTypes() throws {
    let program = """
      type A(x) { fn double() { x * 2 } }
      type B(y, x) { fn double() { x * 20 } }
      let out = []
      for p in [A(1), B(0, 2), A(3), {x: 4, double: () => 80}] {
        out.append(p.x)
        out.append(p.double())
      }
      out
      """
    #expect(try value(program) == "[1, 2, 2, 40, 3, 6, 4, 80]")
  }

  @Test func fieldsHoldFunctionsAndMethodsSeeSelfInClosures() throws {
    #expect(try value("type L(f) { fn call(x) { f(x) } }\nL(x => x + 1)(1)") == "2")
    #expect(try value("type L(f) { }\nL(x => x + 1).f(1)") == "2")
    #expect(
      try value("type C() {\n var n = 0\n fn all(xs) { xs.map(fn(x) {\n n = n + x\n n }) }\n}\nC().all([1, 2, 3])")
        == "[1, 3, 6]")
    #expect(try value("type C(n) {\n let next = () => n + 1\n}\nlet c = C(1)\nc.n = 5\nc.next()") == "6")
  }

  @Test func parametersShadowFieldsAndFieldsShadowGlobals() throws {
    #expect(
      try value("let x = 1\ntype T(x) {\n fn a() { x }\n fn b(x) { [x, self.x] }\n}\nlet t = T(2)\n[t.a(), t.b(3), x]")
        == "[2, [3, 2], 1]")
  }

  @Test func aFieldThatIsNotSetYetIsAnError() {
    #expect(fault("type T() {\n let a = self.b\n let b = 1\n}\nT()") == "name-not-set: self.b")
    #expect(fault("type T() {\n let a = b\n let b = 1\n}\nT()") == "name-not-set: b")
  }

  @Test func methodsTakePartInOperators() throws {
    let type = """
      type V(x) {
        fn add(o) { V(x + o.x) }
        fn sub(o) { V(x - o.x) }
        fn mul(k) { V(x * k) }
        fn div(k) { V(x / k) }
        fn matmul(o) { x * o.x }
        fn neg() { V(-x) }
        fn pow(k) { V(x ** k) }
        fn equal(o) { x == o.x }
        fn less(o) { x < o.x }
        fn index(i) { x + i }
        fn set_index(i, v) { x = i * v }
        fn length() { 42 }
        fn iterate() { 0..<x }
        fn show() { "<\\(x)>" }
      }
      let a, b = V(3), V(4)

      """
    let cases: [(String, String)] = [
      ("[a + b, a - b, a * 2, a / 2, -a, a ** 2]", "[<7>, <-1>, <6>, <1.5>, <-3>, <9>]"), ("a @ b", "12"),
      ("[a == b, a == V(3), a != b]", "[false, true, true]"),
      ("[a < b, a > b, a <= b, a >= b, a <= a]", "[true, false, true, false, true]"),
      ("a[10]", "13"), ("a[2] = 5\na.x", "10"), ("len(a)", "42"),
      ("let xs = []\nfor i in a { xs.append(i) }\nxs", "[0, 1, 2]"),
      ("\"\\(a)\"", "\"<3>\""), ("[a] == [V(3)]", "true"), ("V(3) in [b, a]", "true"), ("2 in a", "true"),
    ]
    for (program, expected) in cases { #expect(try value(type + program) == expected, "\(program)") }
    #expect(fault("type T() { }\nT() + 1") == "type-mismatch: T()")
    #expect(fault("type T() { }\nT() < T()") == "type-mismatch: T()")
  }

  @Test func localTypesCaptureAndReferToThemselves() throws {
    #expect(
      try value("fn f(k) {\n type Node(v) { fn next() { Node(v + k) } }\n Node(1).next().next().v\n}\nf(10)") == "21")
    #expect(
      try value(
        "type Tree(left, right) { fn size() { 1 + if left == nil { 0 } else { left.size() } } }\nTree(Tree(nil, nil), nil).size()"
      ) == "2")
  }
}
