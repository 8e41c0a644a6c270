import LimnLanguage

/// What describes many numbers with few, in the module `math`. Tensors have methods of their own for this.
enum StatisticsBindings {
  static var all: [Binding] {
    let unbiased = Parameter.optional("unbiased", .bool, false, namedOnly: true)
    return [
      statistic("mean", "The arithmetic mean of numbers.", "math.mean([1, 2, 3, 6])   # 3.0") { values, _ in
        mean(values)
      },
      statistic(
        "median", "The middle one of numbers in order, or the mean of the middle two.",
        "math.median([5, 1, 3])   # 3.0\nmath.median([1, 2, 3, 10])   # 2.5"
      ) { values, _ in quantile(values, 0.5) },
      statistic(
        "variance", parameters: [unbiased],
        """
        The mean squared distance of numbers from their mean. With `unbiased: true` the sum is divided by one less \
        than their count, which estimates the variance of what they were drawn from.
        """, "math.variance([1, 2, 3, 4])   # 1.25\nmath.variance([1, 2, 3], unbiased: true)   # 1.0"
      ) { values, call in try variance(values, unbiased: call.bool(1), call) },
      statistic(
        "stdev", parameters: [unbiased], "The standard deviation of numbers, the square root of `variance`.",
        "math.stdev([2, 4, 4, 4, 5, 5, 7, 9])   # 2.0"
      ) { values, call in try variance(values, unbiased: call.bool(1), call).squareRoot() },
      statistic(
        "quantile", parameters: [.required("q", .float)],
        """
        The number below which a part `q` of numbers lies, from 0 to 1; between two of them it is interpolated. An \
        error for another `q`.
        """, "math.quantile([1, 2, 3, 4, 5], 0.25)   # 2.0"
      ) { values, call in
        let q = try call.float(1)
        guard q >= 0, q <= 1 else { throw Fault.unsuitable(1, "a part is from 0 to 1", label: "this is \(q)") }
        return quantile(values, q)
      },
      Binding(
        "mode", module: "math", [.required("xs", .sequence)],
        "The value that occurs most often, of any type; of several the one that came first. An error when there is none.",
        example: "math.mode([1, 3, 3, 2])   # 3\nmath.mode(\"banana\")   # \"a\""
      ) { call in
        let values = try CoreLibrary.elements(of: call[0], call)
        var counts: [(value: Value, count: Int)] = []
        for value in values {
          if let index = try counts.firstIndex(where: { try call.interpreter.equal($0.value, value) }) {
            counts[index].count += 1
          } else {
            counts.append((value, 1))
          }
        }
        guard let most = counts.map(\.count).max(), let best = counts.first(where: { $0.count == most }) else {
          throw Fault.emptySequence("mode")
        }
        return best.value
      },
      Binding(
        "correlation", module: "math", [.required("xs", .sequence), .required("ys", .sequence)],
        """
        Pearson's correlation of two sequences of numbers, from -1 to 1; `nan` when one of them does not vary. An \
        error when they are not of one length.
        """, example: "math.correlation([1, 2, 3], [2, 4, 6])   # 1.0"
      ) { call in
        let (xs, ys) = (try numbers(call, 0), try numbers(call, 1))
        guard xs.count == ys.count else {
          throw Fault.unsuitable(
            1, "`xs` has \(xs.count) numbers and `ys` has \(ys.count)", label: "this has \(ys.count)")
        }
        let (x, y) = (mean(xs), mean(ys))
        let products = zip(xs, ys).map { ($0 - x) * ($1 - y) }
        let (width, height) = (sum(xs.map { ($0 - x) * ($0 - x) }), sum(ys.map { ($0 - y) * ($0 - y) }))
        let area = width * height
        let scale = area.isNormal && area.isFinite ? area.squareRoot() : width.squareRoot() * height.squareRoot()
        let result = sum(products) / scale
        return .float(result.isNaN ? result : min(1, max(-1, result)))
      },
    ]
  }

  private static func statistic(
    _ name: String, parameters: [Parameter] = [], _ documentation: String, _ example: String,
    _ body: @escaping ([Double], Call) throws -> Double
  ) -> Binding {
    Binding(
      name, module: "math", [.required("xs", .sequence)] + parameters,
      documentation + (documentation.hasSuffix("`q`.") ? "" : " An error when there are none."), example: example
    ) { call in
      let values = try numbers(call, 0)
      guard !values.isEmpty else { throw Fault.emptySequence(name) }
      return .float(try body(values, call))
    }
  }

  private static func numbers(_ call: Call, _ index: Int) throws -> [Double] {
    try CoreLibrary.elements(of: call[index], call).map { value in
      guard let number = value.asFloat else {
        throw Fault(
          "type-mismatch", "numbers are wanted, but one element is \(value.described)",
          labels: [.init(.argument(index), "this holds \(value.described)")])
      }
      return number
    }
  }

  /// The sum with what rounding loses kept aside (Neumaier 1974).
  private static func sum(_ values: [Double]) -> Double {
    var (total, lost) = (0.0, 0.0)
    for value in values {
      let next = total + value
      lost += total.magnitude >= value.magnitude ? (total - next) + value : (value - next) + total
      total = next
    }
    return lost.isFinite ? total + lost : total
  }

  private static func mean(_ values: [Double]) -> Double { sum(values) / Double(values.count) }

  private static func variance(_ values: [Double], unbiased: Bool, _ call: Call) throws -> Double {
    guard !unbiased || values.count > 1 else {
      throw Fault.unsuitable(0, "an unbiased variance needs at least two numbers", label: "this has one")
    }
    let center = mean(values)
    return sum(values.map { ($0 - center) * ($0 - center) }) / Double(values.count - (unbiased ? 1 : 0))
  }

  private static func quantile(_ values: [Double], _ q: Double) -> Double {
    if values.contains(where: \.isNaN) { return .nan }
    let sorted = values.sorted()
    let place = q * Double(sorted.count - 1)
    let lower = Int(place)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + (sorted[upper] - sorted[lower]) * (place - Double(lower))
  }
}
