#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension CoreLibrary {
  /// Functions of one or two numbers.
  static var numbers: [Binding] {
    [
      Binding(
        "abs", [.required("x", .number)], "The absolute value, of the number's own type.",
        example: "abs(-3)   # 3\n(-0.5).abs()   # 0.5"
      ) { call in
        switch call[0] {
        case .int(let value): value < 0 ? try call.interpreter.binary(.subtract, 0, call[0]) : call[0]
        default: .float(try call.float(0).magnitude)
        }
      },
      rounding(
        "round", "The nearest int; a half goes to the even neighbor, so that sums of rounded numbers stay unbiased.",
        example: "round(2.4)   # 2\nround(2.5)   # 2\nround(3.5)   # 4", .toNearestOrEven),
      rounding("floor", "The greatest int that is not greater.", example: "floor(-1.5)   # -2", .down),
      rounding("ceil", "The least int that is not less.", example: "ceil(1.2)   # 2", .up),
      floatFunction("sqrt", "The square root; `nan` of a negative number.", example: "sqrt(2)   # 1.4142135623730951") {
        $0.squareRoot()
      },
      floatFunction("exp", "e to the power of a number.", example: "exp(0)   # 1.0", exp),
      floatFunction(
        "log", "The natural logarithm; `-inf` of zero, `nan` of a negative number.", example: "log(1)   # 0.0", log),
      floatFunction("sin", "The sine of an angle in radians.", example: "sin(0)   # 0.0", sin),
      floatFunction("cos", "The cosine of an angle in radians.", example: "cos(0)   # 1.0", cos),
      floatFunction("tan", "The tangent of an angle in radians.", example: "tan(0)   # 0.0", tan),
      floatFunction("tanh", "The hyperbolic tangent, between -1 and 1.", example: "tanh(0)   # 0.0", tanh),
      Binding(
        "pow", [.required("x", .number), .required("y", .number)],
        "`x ** y`, with the types of the operator.",
        example: "pow(2, 10)   # 1024\npow(2, -1)   # 0.5"
      ) { call in try call.interpreter.binary(.power, call[0], call[1]) },
      Binding(
        "clamp",
        [.required("x", .number), .required("low", .number), .required("high", .number)],
        "The number nearest to `x` that is not less than `low` and not greater than `high`.",
        example: "clamp(12, 0, 10)   # 10\n(0.5).clamp(0, 1)   # 0.5"
      ) { call in
        guard try !call.interpreter.less(call[2], call[1]) else {
          throw Fault.unsuitable(1, "`low` is greater than `high`", help: "`clamp(x, low, high)`")
        }
        if try call.interpreter.less(call[0], call[1]) { return call[1] }
        return try call.interpreter.less(call[2], call[0]) ? call[2] : call[0]
      },
    ]
  }

  private static func floatFunction(
    _ name: String, _ documentation: String, example: String, _ function: @escaping (Double) -> Double
  ) -> Binding {
    Binding(name, [.required("x", .float)], documentation, example: example) { call in
      .float(function(try call.float(0)))
    }
  }

  /// `round`, `floor` and `ceil` of a number give an int.
  private static func rounding(
    _ name: String, _ documentation: String, example: String, _ rule: FloatingPointRoundingRule
  ) -> Binding {
    Binding(name, [.required("x", .number)], documentation, example: example) { call in
      if case .int = call[0] { return call[0] }
      return .int(try truncated(try call.float(0).rounded(rule)))
    }
  }

  // MARK: Sums and extremes

  /// `sum`, `min` and `max`, of arguments or of elements.
  static var extremes: [Binding] {
    [
      Binding(
        "sum", [.required("xs", .sequence), .optional("start", .any, 0)],
        "The elements added up, from `start` on: an int when all are ints.",
        example: "sum([1, 2, 3])   # 6\nsum(0...10)   # 55\nsum([0.5, 1])   # 1.5"
      ) { call in
        var total = call[1]
        try call.interpreter.iterate(call[0]) { value in
          total = try add(total, value, call)
          return true
        }
        return total
      }
    ] + extreme("min", "least", isMax: false) + extreme("max", "greatest", isMax: true)
  }

  private static func add(_ total: Value, _ value: Value, _ call: Call) throws -> Value {
    switch (total, value) {
    case (.int(let x), .int(let y)):
      let (sum, overflows) = x.addingReportingOverflow(y)
      return overflows ? try call.interpreter.binary(.add, total, value) : .int(sum)
    case (.float(let x), .float(let y)): return .float(x + y)
    case (_, .int), (_, .float): return try call.interpreter.binary(.add, total, value)
    case (_, .object(let object)) where object.kind == .host || object.kind == .instance:
      return try call.interpreter.binary(.add, total, value)
    default:
      let got = ValueText.withArticle(value.typeName)
      throw Fault(
        "type-mismatch", "`sum` adds numbers, but one element is \(got)",
        labels: [.init(.argument(0), "this holds \(got)")],
        help: value.asString == nil ? nil : "`xs.join()` puts texts together")
    }
  }

  private static func extreme(_ name: String, _ word: String, isMax: Bool) -> [Binding] {
    let least = isMax ? "max" : "min"
    return [
      Binding(
        name, [.required("xs", .either([.list, .range, .map, .instance]))],
        "The \(word) element. Numbers, strings and lists of them can be compared. `nan` is passed on.",
        example: "\(least)([3, 1, 2])   # \(isMax ? 3 : 1)"
      ) { call in
        try best(elements(of: call[0], call), isMax: isMax, name, call)
      },
      Binding(
        name, receivers: [.number, .string, .bool], [.variadic("values", .either([.number, .string, .bool]))],
        "The \(word) of several values.",
        example: "\(least)(3, 1.5, 2)   # \(isMax ? "3" : "1.5")"
      ) { call in try best(call.list(0).elements, isMax: isMax, name, call) },
    ]
  }

  private static func best(_ values: [Value], isMax: Bool, _ name: String, _ call: Call) throws -> Value {
    guard var best = values.first else { throw Fault.emptySequence(name, help: "ask `len(xs) > 0` first") }
    for value in values.dropFirst() {
      if case .float(let number) = best, number.isNaN { return best }
      if case .float(let number) = value, number.isNaN { return value }
      do {
        if try isMax ? call.interpreter.less(best, value) : call.interpreter.less(value, best) { best = value }
      } catch let fault as Fault {
        throw Fault.ofElements(fault, name, "compare", best, value, argument: 0)
      }
    }
    return best
  }
}
