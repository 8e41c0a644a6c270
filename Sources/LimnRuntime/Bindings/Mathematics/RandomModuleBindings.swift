import Glibc
import LimnLanguage
import LimnTensor

/// The module `random`: single numbers and choices. All are drawn from the session's stream, which `seed(n)` begins
/// anew; tensors of random numbers are in the core library.
enum RandomModuleBindings {
  static func all(in session: SessionReference) -> [Binding] { numbers(session) + choices(session) }

  private static func numbers(_ session: SessionReference) -> [Binding] {
    [
      Binding(
        "int", module: "random", [.required("range", .range)],
        "A random int of a range, all equally likely. An error for an empty range.",
        example: "seed(1)\nrandom.int(1...6) in 1...6   # true"
      ) { call in
        let range = try call.range(0)
        guard range.count > 0 else { throw Fault.unsuitable(0, "the range is empty") }
        return .int(range[try index(below: range.count, session)])
      },
      Binding(
        "int", module: "random", [.required("low", .int), .required("high", .int)],
        "A random int from `low` up to and without `high`, all equally likely, as `randint` gives a tensor of them.",
        example: "random.int(5, 6)   # 5"
      ) { call in
        .int(try session.random.integers([], from: call.int(0), to: call.int(1)).integers()[0])
      },
      Binding(
        "float", module: "random", [.optional("low", .float, .float(0)), .optional("high", .float, .float(1))],
        "A random float from `low` up to and without `high`, with 53 random bits.",
        example: "random.float() < 1   # true\nlet x = random.float(-1, 1)\nx >= -1 and x < 1   # true"
      ) { call in
        .float(try session.random.uniform([], from: call.float(0), to: call.float(1), dtype: .float64).doubles()[0])
      },
      Binding(
        "bool", module: "random", [.optional("probability", .float, .float(0.5))],
        "True with a probability, else false. An error for a probability that is not from 0 to 1.",
        example: "random.bool(1.0)   # true\nrandom.bool(0.0)   # false"
      ) { call in
        let probability = try call.float(0)
        guard probability >= 0, probability <= 1 else {
          throw Fault.unsuitable(0, "a probability is from 0 to 1", label: "this is \(probability)")
        }
        return .bool(try fraction(session) < probability)
      },
      Binding(
        "normal", module: "random", [.optional("mean", .float, .float(0)), .optional("deviation", .float, .float(1))],
        "A random float of the normal distribution with a mean and a standard deviation.",
        example:
          "seed(1)\nlet xs = list(0..<1000).map(i => random.normal(10, 2))\nabs(sum(xs) / 1000 - 10) < 0.5   # true"
      ) { call in
        let x = try session.random.normal([], mean: call.float(0), deviation: call.float(1), dtype: .float64)
        return .float(try x.doubles()[0])
      },
      Binding(
        "exponential", module: "random", [.optional("mean", .float, .float(1))],
        "A random float of the exponential distribution with a mean: how long it takes until the next of rare events.",
        example: "random.exponential(3.0) >= 0   # true"
      ) { call in .float(-log1p(-(try fraction(session))) * (try call.float(0))) },
    ]
  }

  private static func choices(_ session: SessionReference) -> [Binding] {
    [
      Binding(
        "choice", module: "random", [.required("xs", .sequence)],
        "A random element, all equally likely. An error when there is none.",
        example: "random.choice([\"red\"])   # \"red\"\nrandom.choice(\"abc\") in \"abc\"   # true"
      ) { call in
        let values = try some(call)
        return values[try index(below: values.count, session)]
      },
      Binding(
        "choices", module: "random",
        [
          .required("xs", .sequence), .required("count", .int),
          .optional("weights", .optional(.list), .nil, namedOnly: true),
        ],
        """
        A list of so many random elements, of which one may come again. `weights` says how likely each one is, as \
        numbers that need not add up to 1; without it all are equally likely. An error for weights that are negative, \
        not finite, all zero, or not as many as elements.
        """, example: "random.choices([\"a\", \"b\"], 3, weights: [0, 1])   # [\"b\", \"b\", \"b\"]"
      ) { call in
        let values = try some(call)
        let count = try self.count(call, atMost: 100_000_000)
        guard let weights = try call.optionalList(2) else {
          return .list(try (0..<count).map { _ in values[try index(below: values.count, session)] })
        }
        let sums = try cumulative(weights, count: values.count)
        return .list(
          try (0..<count).map { _ in
            return values[position(of: try fraction(session) * sums[sums.count - 1], in: sums)]
          })
      },
      Binding(
        "sample", module: "random", [.required("xs", .sequence), .required("count", .int)],
        "A list of so many random elements, none of which comes again. An error when there are not so many.",
        example: "sorted(random.sample(1...3, 3))   # [1, 2, 3]"
      ) { call in
        let values = try CoreLibrary.elements(of: call[0], call)
        let count = try self.count(call, atMost: values.count)
        return .list(try order(values.count, session).prefix(count).map { values[$0] })
      },
      Binding(
        "shuffle", module: "random", [.required("xs", .list)], "Puts a list's elements in random order, in place.",
        example: "let xs = [1, 2, 3]\nrandom.shuffle(xs)\nsorted(xs)   # [1, 2, 3]"
      ) { call in
        let list = try call.list(0)
        let values = list.elements
        list.elements = try order(values.count, session).map { values[$0] }
        return .nil
      },
      Binding(
        "shuffled", module: "random", [.required("xs", .sequence)],
        "A list of the elements in random order, all orders equally likely.",
        example: "sorted(random.shuffled(\"abc\"))   # [\"a\", \"b\", \"c\"]"
      ) { call in
        let values = try CoreLibrary.elements(of: call[0], call)
        return .list(try order(values.count, session).map { values[$0] })
      },
    ]
  }

  // MARK: Drawing

  private static func index(below count: Int, _ session: SessionReference) throws -> Int {
    try session.random.integers([], from: 0, to: count).integers()[0]
  }

  private static func fraction(_ session: SessionReference) throws -> Double {
    try session.random.uniform([], dtype: .float64).doubles()[0]
  }

  private static func order(_ count: Int, _ session: SessionReference) throws -> [Int] {
    try session.random.permutation(count).integers()
  }

  /// The index of the first sum beyond a point.
  private static func position(of point: Double, in sums: [Double]) -> Int {
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > point { high = middle } else { low = middle + 1 }
    }
    return low
  }

  // MARK: Arguments

  private static func some(_ call: Call) throws -> [Value] {
    let values = try CoreLibrary.elements(of: call[0], call)
    guard !values.isEmpty else { throw Fault.unsuitable(0, "there is nothing to choose from", label: "this is empty") }
    return values
  }

  private static func count(_ call: Call, atMost most: Int) throws -> Int {
    let count = try call.int(1)
    guard count >= 0, count <= most else {
      throw Fault.unsuitable(1, "the count is from 0 to \(most)", label: "this is \(count)")
    }
    return count
  }

  /// The sums of the first weights, the first two, and so on.
  private static func cumulative(_ weights: ListObject, count: Int) throws -> [Double] {
    func fault(_ message: String) -> Fault {
      Fault("invalid-argument", message, labels: [.init(.named("weights"), "")])
    }
    guard weights.count == count else {
      throw fault("there are \(weights.count) weights for \(count) elements")
    }
    var (sums, total) = ([Double](), 0.0)
    for weight in weights {
      guard let number = weight.asFloat, number >= 0, number.isFinite else {
        throw fault("weights are numbers that are finite and not negative")
      }
      total += number
      sums.append(total)
    }
    guard total > 0, total.isFinite else { throw fault("the weights add up to \(total)") }
    return sums
  }
}
