import Testing

@testable import LimnLanguage

/// A small vector type, with every hook of a host object.
private final class Vector: HostObject {
  static let hostType = HostType("vector")
  var values: [Double]

  init(_ values: [Double]) { self.values = values }

  override var type: HostType { Vector.hostType }
  override func describe(nested: Bool, in interpreter: Interpreter) -> String { "vector\(values)" }
  override func member(_ name: String, in interpreter: Interpreter) -> Value? {
    name == "size" ? .int(values.count) : nil
  }
  override var memberNames: [String] { ["size"] }
  override func subscripted(_ items: [SubscriptValue], in interpreter: Interpreter) throws -> Value? {
    guard items.count == 1 else { return nil }
    switch items[0] {
    case .index(let value): return value.asInt.map { .float(values[$0]) }
    case .slice(let lower, let upper, _): return .object(Vector(Array(values[(lower ?? 0)..<(upper ?? values.count)])))
    case .ellipsis: return .object(self)
    }
  }
  override func settingSubscript(_ items: [SubscriptValue], to value: Value, in interpreter: Interpreter) throws
    -> Value?
  {
    guard case .index(let index)? = items.first, let position = index.asInt, let new = value.asFloat else { return nil }
    var changed = values
    changed[position] = new
    return .object(Vector(changed))
  }
  override func length(in interpreter: Interpreter) -> Int? { values.count }
  override func makeIterator(in interpreter: Interpreter) -> HostIterator? { Iterator(values) }
  override class func binary(_ operation: BinaryOperator, _ left: Value, _ right: Value, in interpreter: Interpreter)
    throws -> Value?
  {
    guard operation == .add else { return nil }
    if let x = left.asHost as? Vector, let y = right.asFloat { return .object(Vector(x.values.map { $0 + y })) }
    if let x = left.asFloat, let y = right.asHost as? Vector { return .object(Vector(y.values.map { x + $0 })) }
    return nil
  }
  override func isEqual(to other: Value, in interpreter: Interpreter) -> Bool {
    (other.asHost as? Vector)?.values == values
  }
  override func asFloat() -> Double? { values.count == 1 ? values[0] : nil }
  override func asBool() -> Bool? { values.count == 1 ? values[0] != 0 : nil }
  override func asInt() -> Int? { values.count == 1 ? Int(exactly: values[0]) : nil }
  override var isCallable: Bool { true }
  override var callParameters: [Parameter]? { [.required("k", .float), .optional("plus", .float, 0.0)] }
  override func call(_ call: Call) throws -> Value {
    let factor = try call.float(0)
    let plus = try call.float(1)
    return .object(Vector(values.map { $0 * factor + plus }))
  }

  final class Iterator: HostIterator {
    var rest: [Double]
    nonisolated(unsafe) static var finished = 0
    init(_ values: [Double]) { rest = values.reversed() }
    func next(in interpreter: Interpreter) -> Value? { rest.popLast().map { .float($0) } }
    func finish(in interpreter: Interpreter) { Iterator.finished += 1 }
  }
}

private var bindings: [Binding] {
  [
    Binding("vector", [.variadic("values", .float)], "A vector.", example: "vector(1)") { call in
      .object(Vector(try call.list(0).map { $0.asFloat ?? 0 }))
    },
    Binding(
      "norm", receivers: [.host(Vector.hostType)], [.required("v", .host(Vector.hostType))], "The sum.",
      example: "norm(vector(1))"
    ) { call in
      .float(try call.host(0, Vector.self).values.reduce(0, +))
    },
    Binding(
      "scaled", [.required("v", .host(Vector.hostType)), .optional("by", .float, 2.0)], "Scales.",
      example: "scaled(vector(1))"
    ) { call in
      let factor = try call.float(1)
      return .object(Vector(try call.host(0, Vector.self).values.map { $0 * factor }))
    },
    Binding("scaled", [.optional("by", .float, 2.0)], "What scales.", example: "scaled(3)") { call in
      .string("scaler \(try call.float(0))")
    },
    Binding(
      "shape", [.variadic("dims", .either([.int, .list])), .optional("name", .string, "none", namedOnly: true)],
      "Ints.", example: "shape(1)"
    ) { call in
      .string("\(try call.ints(0)) \(try call.string(1))")
    },
    Binding("fails", [.required("a", .any), .required("b", .any)], "Fails at b.", example: "1") { _ in
      throw Fault(
        "shape-mismatch", "no", labels: [.init(.argument(1), "this one"), .init(.argument(0), "because of this")])
    },
  ]
}

private func run(_ program: String) throws -> String { try Session(bindings: bindings).value(program) }
private func failing(_ program: String) -> String { Session(bindings: bindings).fault(program) }

@Suite(.serialized) struct HostObjectTests {
  @Test(arguments: [
    Case("vector(1, 2)", "vector[1.0, 2.0]"), Case("vector(1) + 2", "vector[3.0]"),
    Case("2 + vector(1)", "vector[3.0]"), Case("vector(1, 2).size", "2"), Case("len(vector(1, 2))", "2"),
    Case("vector(1, 2).norm()", "3.0"), Case("norm(vector(1, 2))", "3.0"), Case("vector(5, 6)[1]", "6.0"),
    Case("vector(5, 6, 7)[1:]", "vector[6.0, 7.0]"), Case("vector(1, 2)(10)", "vector[10.0, 20.0]"),
    Case("vector(1)(10, plus: 1)", "vector[11.0]"), Case("[vector(1)] == [vector(1)]", "true"),
    Case("vector(2) in [vector(1), vector(2)]", "true"), Case("2.0 in vector(1, 2)", "true"),
    Case("let a, b = vector(1, 2)\nb", "2.0"),
    Case("let out = []\nfor x in vector(1, 2) { out.append(x) }\nout", "[1.0, 2.0]"),
    Case("if vector(1) { 1 } else { 2 }", "1"), Case("sqrt(vector(4))", "2.0"),
    Case("scaled(vector(3))", "vector[6.0]"), Case("vector(3) |> scaled(by: 5)", "vector[15.0]"),
    Case("scaled()", "\"scaler 2.0\""), Case("scaled(7)", "\"scaler 7.0\""), Case("scaled(by: 4)", "\"scaler 4.0\""),
    Case("shape(2, 3)", "\"[2, 3] none\""), Case("shape([2, 3], name: \"x\")", "\"[2, 3] x\""),
    Case("shape()", "\"[] none\""), Case("type_of(vector())", "\"vector\""),
    Case("for i in 0..<vector(2) { i }", "nil"),
  ])
  func hooksMakeAHostObjectAtHome(_ example: Case) throws { #expect(try run(example.program) == example.expected) }

  @Test func assigningToAPlaceOfAnImmutableValueBindsTheCopy() throws {
    #expect(try run("var v = vector(1, 2)\nlet w = v\nv[0] = 9\n[v, w]") == "[vector[9.0, 2.0], vector[1.0, 2.0]]")
    #expect(try run("fn f() {\n var v = vector(1)\n let g = () => v\n v[0] = 2\n g()\n}\nf()") == "vector[2.0]")
    #expect(try run("let xs = [vector(1), 2]\nxs[0][0] = 5\nxs") == "[vector[5.0], 2]")
    #expect(try run("let m = {v: [vector(1)]}\nm.v[0][0] = 5\nm") == "{v: [vector[5.0]]}")
    #expect(
      try run(
        "type T() {\n var v = vector(1)\n fn set(x) { v[0] = x }\n}\nlet t = T()\nt.set(3)\nt.v[0] = t.v[0] + 1\nt.v")
        == "vector[4.0]")
    #expect(failing("let v = vector(1)\nv[0] = 2") == "immutable-name: v")
    #expect(
      try Session(bindings: bindings).value("let v = vector(1)\ntry { v[0] = 2 } catch _ { }\nv") == "vector[1.0]")
    #expect(failing("vector(1)[0] = 2") == "immutable-value: vector(1)")
    #expect(failing("fn f() { let v = vector(1)\n v[0] = 2 }\nf()") == "immutable-name: v")
  }

  @Test func labelsFindTheirArguments() {
    #expect(failing("fails(1, [2])") == "shape-mismatch: [2]")
    #expect(failing("1 |> fails([2])") == "shape-mismatch: [2]")
    #expect(failing("scaled(vector(1), by: \"x\")") == "type-mismatch: \"x\"")
    #expect(failing("scaled(\"x\")") == "type-mismatch: \"x\"")
    #expect(failing("vector(1).nrom()") == "unknown-member: nrom")
    #expect(failing("vector(1) - 1") == "type-mismatch: vector(1)")
    #expect(failing("vector(1, 2)(\"a\")") == "type-mismatch: \"a\"")
    #expect(failing("vector(1, \"a\")") == "type-mismatch: \"a\"")
    #expect(failing("if vector(1, 2) { }") == "not-a-bool: vector(1, 2)")
  }

  @Test func iteratorsAreFinishedHoweverALoopEnds() throws {
    for program in [
      "for x in vector(1, 2) { }", "for x in vector(1, 2) { break }",
      "fn f() { for x in vector(1, 2) { return x } }\nf()",
      "try { for x in vector(1, 2) { throw error(\"a\") } } catch _ { }",
    ] {
      Vector.Iterator.finished = 0
      _ = try run(program)
      #expect(Vector.Iterator.finished == 1, "\(program)")
    }
  }

  @Test func aCallKnowsItsPlace() throws {
    var places: [String] = []
    let here = Binding("here", [], "Where it is called.", example: "here()") { call in
      places.append(call.location?.description ?? "nowhere")
      return .nil
    }
    let session = Session(bindings: [here])
    _ = try session.value("here()\n[1].map(\n  x => here())")
    #expect(places == ["cell 1, line 1", "cell 1, line 3"])
  }

  @Test func swiftCallsBack() throws {
    let session = Session()
    _ = try session.value("fn f(a, b = 2) { [a, b] }\ntype P(x) { fn call(y) { x + y } }\nlet p = P(1)")
    let f = try #require(session.interpreter.global("f"))
    #expect(try session.interpreter.repr(session.interpreter.call(f, [1])) == "[1, 2]")
    #expect(try session.interpreter.repr(session.interpreter.call(f, [1], named: [("b", 5)])) == "[1, 5]")
    #expect(try session.interpreter.call(try #require(session.interpreter.global("p")), [4]).asInt == 5)
    #expect(throws: Fault.self) { try session.interpreter.call(f, []) }
    #expect(throws: Fault.self) { try session.interpreter.call(3) }
  }

  @Test func swiftDefinesAndLooksUpNames() throws {
    let session = Session()
    session.interpreter.define("answer", 42)
    #expect(try session.value("answer + 1") == "43")
    #expect(session.fault("answer = 1") == "immutable-name: answer")
    #expect(session.interpreter.global("nothing").map { $0.typeName } == nil)
    _ = try session.value("var z = 1\nfn g() { z }\n1")
    #expect(session.interpreter.globalNames == ["answer", "z", "g"])
    session.interpreter.reset()
    #expect(session.interpreter.globalNames.isEmpty)
    #expect(session.fault("z") == "unknown-name: z")
    #expect(session.interpreter.memberNames(of: .list([])).contains("append"))
  }

  @Test func testsRunOnDemandAlone() throws {
    let session = Session()
    let units = try session.interpreter.compile([
      session.source("let x = 1\ntest \"holds\" { assert x == 1 }\ntest \"fails\" {\n let x = 2\n assert x == 1\n}")
    ])
    _ = try session.interpreter.run(units[0])
    #expect(units[0].tests.map(\.name) == ["holds", "fails"])
    try session.interpreter.run(units[0].tests[0])
    #expect(throws: DiagnosticError.self) { try session.interpreter.run(units[0].tests[1]) }
  }
}
