// A program that gives scripts a type of its own, with operators, subscripts, members, calls, and loops.
import LimnLanguage

/// A vector of numbers. A script sees of it what the hooks below say.
final class Vector: HostObject {
  static let type = HostType("vector", documentation: "Numbers side by side.")
  let numbers: [Double]

  init(_ numbers: [Double]) { self.numbers = numbers }

  override var type: HostType { Vector.type }

  // How it prints.
  override func describe(nested: Bool, in interpreter: Interpreter) -> String {
    "vector(\(numbers.map { "\($0)" }.joined(separator: ", ")))"
  }

  // Members: `v.length`.
  override var memberNames: [String] { ["length"] }
  override func member(_ name: String, in interpreter: Interpreter) -> Value? {
    name == "length" ? .float(numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()) : nil
  }

  // Subscripts: `v[0]`, `v[-1]`. What is out of range is the user's mistake, and ends in an error that marks it.
  override func subscripted(_ items: [SubscriptValue], in interpreter: Interpreter) throws -> Value? {
    guard case .index(let value)? = items.first, items.count == 1, let index = value.asInt else { return nil }
    let position = index < 0 ? index + numbers.count : index
    guard numbers.indices.contains(position) else {
      throw Fault(
        "index-out-of-range", "the vector has \(numbers.count) numbers", labels: [.init(.argument(1), "this is \(index)")])
    }
    return .float(numbers[position])
  }

  // `len(v)`, `for x in v`, `x in v`.
  override func length(in interpreter: Interpreter) -> Int? { numbers.count }
  override func makeIterator(in interpreter: Interpreter) throws -> HostIterator? {
    try interpreter.makeIterator(.list(numbers.map { .float($0) }))
  }

  // Operators. Where it gives nil, the language says that the operator does not take these.
  override class func binary(
    _ operation: BinaryOperator, _ left: Value, _ right: Value, in interpreter: Interpreter
  ) -> Value? {
    switch (operation, left.asHost as? Vector, right.asHost as? Vector) {
    case (.add, let a?, let b?) where a.numbers.count == b.numbers.count:
      .object(Vector(zip(a.numbers, b.numbers).map { $0 + $1 }))
    case (.multiply, let a?, nil): right.asFloat.map { factor in .object(Vector(a.numbers.map { $0 * factor })) }
    case (.multiply, nil, let b?): left.asFloat.map { factor in .object(Vector(b.numbers.map { $0 * factor })) }
    default: nil
    }
  }
  override func isEqual(to other: Value, in interpreter: Interpreter) -> Bool {
    (other.asHost as? Vector)?.numbers == numbers
  }

  // Calls: `v(w)` is the dot product.
  override var isCallable: Bool { true }
  override var callParameters: [Parameter]? { [.required("other", .host(Vector.type))] }
  override func call(_ call: Call) throws -> Value {
    .float(zip(numbers, try call.host(0, Vector.self).numbers).reduce(0) { $0 + $1.0 * $1.1 })
  }
}

// Functions of the type. With a receiver, one is a method too: `v.map(f)`.
let functions = [
  Binding(
    "vector", [.variadic("numbers", .float)], "A vector of numbers.", example: "vector(3, 4)   # vector(3.0, 4.0)"
  ) { call in
    .object(Vector(try call.list(0).compactMap(\.asFloat)))
  },
  Binding(
    "map", receivers: [.host(Vector.type)], [.required("v", .host(Vector.type)), .required("f", .callable)],
    "The vector of what a function gives for each number.", example: "vector(1, 2).map(x => x + 1)   # vector(2.0, 3.0)"
  ) { call in
    let numbers = try call.host(0, Vector.self).numbers.map { number in
      let result = try call.interpreter.call(call[1], [.float(number)])
      guard let number = result.asFloat else { throw Fault("type-mismatch", "the function gave \(result.described)") }
      return number
    }
    return .object(Vector(numbers))
  },
]

let interpreter = Interpreter(bindings: functions + CoreLibrary.bindings, constants: CoreLibrary.constants)
interpreter.define("up", .object(Vector([0, 1])))

@MainActor func run(_ text: String) {
  do {
    let value = try interpreter.evaluate(Source(name: "script.limn", text: text))
    if !value.isNil { print(try interpreter.describe(value)) }
  } catch let error as DiagnosticError {
    for diagnostic in error.diagnostics { print(DiagnosticRenderer().render(diagnostic)) }
  } catch {
    print(error)
  }
}

run("let v = vector(3, 4) + 2 * up")
run("v")
run("[v.length, v[0], len(v), v(up), v == vector(3, 6), 6 in v]")
run("v.map(x => x / 2)")
run("v + 1")
run("v[2]")
