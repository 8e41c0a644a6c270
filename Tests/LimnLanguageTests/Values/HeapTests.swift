import Testing

@testable import LimnLanguage

@Suite struct HeapTests {
  @Test func whatNothingRefersToIsFreedAtOnce() throws {
    let witness = Witness()
    let session = Session(bindings: [witness.binding])
    _ = try session.value("fn f() {\n let t = make_witness()\n let u = [t, t]\n len(u)\n}\nf()")
    #expect(witness.live == 0)
    _ = try session.value("for i in 0..<10 {\n let t = make_witness()\n make_witness()\n}\n1")
    #expect(witness.live == 0)
    _ = try session.value("let kept = make_witness()\n1")
    #expect(witness.live == 1)
    _ = try session.value("let kept = nil\n1")
    #expect(witness.live == 0)
    #expect(session.fault("fn g(t) { t + 1 }\ng(make_witness())").hasPrefix("type-mismatch"))
    #expect(witness.live == 0)
    _ = try session.value("try { [make_witness()].map(x => x + 1) } catch _ { }\n1")
    #expect(witness.live == 0)
  }

  @Test(arguments: [
    "let xs = [t]\nxs.append(xs)", "let m = {t: t}\nm.self = m", "type N(next, t) { }\nlet n = N(nil, t)\nn.next = n",
    "var f = nil\nf = fn() { [f, t] }",
    "let xs = [t]\nlet ys = [xs]\nxs.append({k: ys})", "let xs = [t]\nxs.append(xs.append)",
    "var g = x => x\ng = g >> (x => [g, t])",
  ])
  func cyclesAreFound(_ program: String) throws {
    let witness = Witness()
    let session = Session(bindings: [witness.binding])
    _ = try session.value(
      "fn f() {\n let t = make_witness()\n \(program.split(separator: "\n").joined(separator: "\n "))\n}\nf()\n1")
    #expect(witness.live == 1)
    session.interpreter.heap.collectCycles()
    #expect(witness.live == 0)
  }

  @Test func whatIsStillInUseStays() throws {
    let session = Session()
    _ = try session.value(
      "let xs = [1]\nxs.append(xs)\nvar f = nil\nf = fn() { [f, xs] }\ntype N(next) { }\nlet n = N(N(nil))\nn.next.next = n"
    )
    session.interpreter.heap.collectCycles()
    #expect(try session.value("[xs[1][1][0], len(f()), n.next.next.next == nil]") == "[1, 2, false]")
  }

  @Test func cyclesAreCollectedWhileAProgramRuns() throws {
    let witness = Witness()
    let session = Session(bindings: [witness.binding])
    _ = try session.value("for i in 0..<200000 {\n let xs = [make_witness()]\n xs.append(xs)\n}\n1")
    #expect(witness.live < 120_000)
  }

  @Test func cyclesEndWithTheirInterpreter() throws {
    let witness = Witness()
    do {
      let session = Session(bindings: [witness.binding])
      _ = try session.value("let xs = [make_witness()]\nxs.append(xs)\nxs.append(() => xs)")
    }
    #expect(witness.live == 0)
  }

  @Test func longChainsAreFreedWithoutRecursion() throws {
    #expect(
      try value("type Node(next) { }\nvar head = nil\nfor _ in 0..<1000000 { head = Node(head) }\nhead = nil\n1") == "1"
    )
    #expect(try value("var xs = []\nfor _ in 0..<1000000 { xs = [xs] }\nxs = nil\n1") == "1")
    #expect(try value("var m = {}\nfor _ in 0..<300000 { m = {next: m} }\nm = nil\n1") == "1")
    #expect(try value("var f = () => 1\nfor _ in 0..<300000 {\n let g = f\n f = () => g\n}\nf = nil\n1") == "1")
    #expect(try value("var f = str\nfor _ in 0..<300000 { f = f >> str }\nf = nil\n1") == "1")
  }

  @Test func aResultOutlivesItsInterpreter() throws {
    var kept: Value = .nil
    do { kept = try Session().interpreter.evaluate(Source(name: "t", text: "let xs = [1, [2]]\nxs")) }
    #expect(kept.asList?.count == 2)
    kept = .nil
  }
}

/// Counts host objects that are alive.
private final class Witness {
  private(set) var live = 0
  static let type = HostType("witness")

  final class Object: HostObject {
    let owner: Witness
    init(_ owner: Witness) {
      self.owner = owner
      super.init()
      owner.live += 1
    }
    deinit { owner.live -= 1 }
    override var type: HostType { Witness.type }
  }

  var binding: Binding {
    Binding("make_witness", [], "Makes a witness.", example: "make_witness()") { [unowned self] _ in
      .object(Object(self))
    }
  }
}
