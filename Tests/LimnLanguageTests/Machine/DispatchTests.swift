import Testing

@testable import LimnLanguage

/// Handlers end with a jump to the next one (see `Instructions`). Where one made a call instead, the stack would grow
/// with every instruction that runs.
@Suite struct DispatchTests {
  /// Gives the address of its own stack.
  private static var depth: Binding {
    Binding("depth", [], "How deep the stack is.", example: "depth()") { _ in
      var marker: UInt8 = 0
      return .int(withUnsafeMutablePointer(to: &marker) { Int(bitPattern: $0) })
    }
  }

  /// What programs below may use.
  private static let names = """
    let numbers, words, table = [1, 2, 3], ["a", "b"], {a: 1, b: [2]}
    var total = 0
    var latest = ""
    fn three() { 3 }
    fn same(x, y = 2, ...rest) { x }
    fn counter() {
      var n = 0
      var last = ""
      fn(k) {
        n = n + k
        last = "\\(k)"
        n
      }
    }
    fn twice(f) { () => f() + f() }
    type Point(x, y) {
      var name = "p"
      var left = nil
      fn norm() { (x * x + y * y) ** 0.5 }
      fn rename(text) { name = text; self }
      fn call(k) { x + k }
      fn index(i) { i }
      fn set_index(i, new) { x = new }
    }
    var missing = nil
    fn fails(x) { if x > 1 { throw error("no") } else { [][x] } }

    """

  @Test(arguments: [
    "let a, b, c, d = nil, true, false, 70000",
    "let a, b = 3, 4\nlet c = a + b - a * b // 3 % 2 + 1 - 2 * 3 // 4 % 5",
    "let a, b = 3.0, 4\nlet c = a + b - a * b / 3 + 1.5 - 2 * a / b",
    "let a, b = 2.0, 3.5\nlet c = (a + b - a * b / a) ** 2 + a ** 0.5 + b ** a",
    "let a, b = 7, 2\nlet c, d, e = -a, ~b, not (a < b)",
    "let a, b = 7.5 // 2, -7 % 2\nlet c = 2 ** 10 & 7 | 8 ^ 1",
    "let s = \"a\" + \"b\"\nlet t = [1] + [2]\nlet u = [0] * 3\nlet v = s\ntotal = 1",
    "let a, b = 1, 2\nif a < b and a <= b and not (a > b) and not (a >= b) and a != b and a == 1 { total = 2 }",
    "let a, b = 1.5, 2\nif a < b and a <= b and not (a > b) and not (a >= b) and a != b and a == 1.5 { total = 2 }",
    "var k = 0\nwhile k < 20 { k = k + 1; if k % 2 == 0 { continue }; if k > 15 { break } }",
    "var k = 0.0\nwhile not (k > 20.0) { k = k + 1.5 }",
    "for k in 0..<10 { total = total + k }\nfor k in 1...3 { total = total - k }\nfor k in 3..<1 { total = 0 }",
    "for k in 0..<10 { let s = \"\\(k)\"; let t = [s] }",
    "for x in numbers { total = total + x }\nfor w in words { latest = w }\nfor k, v in table { latest = k }",
    "for c in \"abc\" { latest = c }\nfor x in (0..<9).step(2) { total = x }\nfor a, b in [[1, \"x\"]] { latest = b }",
    "let xs = [1, 2, \"x\"]\nlet m = {a: 1, \"b c\": xs}\nlet r, q = 0..<3, 0...3",
    "let xs = [1, 2, \"x\"]\nxs[0] = 5; xs[1] = xs[0]; xs[2] = \"y\"; xs[-1] = words; xs[0] = nil; xs[0] = 2",
    "let m = {}\nm[\"a\"] = 1; m[\"a\"] = m[\"a\"] + 1; m[1] = words; m[true] = nil; m.b = 2; let x = m.b + m[\"a\"]",
    "total = numbers[0] + numbers[-1]\nlatest = words[0]\nlet x = table[\"a\"]\nlet y = table[\"b\"]",
    "let has = \"a\" in table and not (\"z\" in table) and 1 in numbers and \"a\" in \"abc\"\nlet ok = 3 in numbers",
    "let xs = numbers[0:2] + numbers[::-1]\nlet s = \"hello\"[1..<3]\nlet a, b, c = numbers",
    "let p = Point(1.0, 2.0)\np.x = p.y; p.y = 3; p.name = \"q\"; p.left = words\nlet a, b, c = p.x, p.name, p.left",
    "let p = Point(1, 2)\nlet n = p.norm() + p(3) + p[4]\np[1] = 2\nlatest = p.rename(\"r\").name",
    "total = three() + three() + same(1, 2) + same(1) + same(1, y: 3) + same(1, 2, 3, 4)",
    "let c = counter()\ntotal = c(1) + c(2)\nlet f = twice(three)\ntotal = f()\nlet g = x => x + 1\ntotal = g(1)",
    "fn inner(k) { if k == 0 { 0 } else { inner(k - 1) } }\ntotal = inner(5)",
    "var n = 0\nlet f = fn() { n = n + 1 }\nf(); n = n + 1; f()",
    "var s = \"\"\nlet g = fn() { s = \"x\" }\ng(); s = s + \"y\"",
    "total = abs(-1) + len(numbers) + numbers.len()\nlet h = three >> abs\nlet xs = numbers.map(x => x * 2)",
    "try { fails(0) } catch e { latest = e.message }\ntry { fails(2) } catch e { latest = e.kind }",
    "try { nil + 1 } catch { total = 1 }\ntry { numbers[\"x\"] } catch { total = 2 }",
    "try { three(1) } catch { total = 3 }\ntry { missing() } catch { total = 4 }",
    "latest = \"a\\(total)b\\(1.5)c\\(words)\"\nlatest = \"\\(total)\"\nlatest = \"\\(1.5:.3f)\"",
    "assert total == total\nassert 1 < 2, \"order\"\nassert not (\"a\" in numbers)",
    "let f = fn(a, b = 3) { return a + b }\ntotal = f(1) + f(1, 2)\nfn nothing() { return }\nnothing()",
    "[total] |> len\nlet f = if total > 0 { 1 } else { nil }\nlet g = total == nil or latest != \"x\"",
  ])
  func instructionsLeaveNothingOnTheStack(_ body: String) throws {
    let session = Session(bindings: [DispatchTests.depth])
    let program = """
      fn run() {
        let before = depth()
        var turn = 0
        while turn < 50 {
          turn = turn + 1
      \(body)
        }
        depth() - before
      }
      run()
      """
    #expect(try session.value(DispatchTests.names + program) == "0")
  }

  @Test func aMillionTurnsTakeNoStack() throws {
    let session = Session()
    let program = """
      fn even(n) { n % 2 == 0 }
      fn run() {
        var count = 0
        for i in 0..<1000000 { if even(i) { count = count + 1 } }
        count
      }
      run()
      """
    #expect(try session.value(program) == "500000")
  }

  @Test func aFunctionThatRunsOutlivesItsName() throws {
    // Each of these lets go of the only name of the function that runs; what it captured must still be there.
    let session = Session()
    #expect(
      try session.value(
        "var f = nil\nfn make(xs) { fn() { f = nil; xs.append(1); xs } }\nf = make([0])\nf()") == "[0, 1]")
    #expect(
      try session.value(
        """
        var g = nil
        fn other() { g = fn() { [9] } }
        fn hold(xs) { fn() { other(); xs } }
        g = hold([5, 6])
        [g(), g()]
        """) == "[[5, 6], [9]]")
    #expect(
      try session.value(
        """
        fn peel(n) { if n == 0 { 7 } else { fn() { peel(n - 1) } } }
        fn g2() {
          var f = peel(3)
          f = f()
          f = f()
          f = f()
          f
        }
        g2()
        """) == "7")
    #expect(
      try session.value("fn f2() {\n var h = nil\n let xs = [7]\n h = fn() { h = nil; xs }\n h()\n}\nf2()") == "[7]")
  }
}
