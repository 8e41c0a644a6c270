/// The faults of the everyday library, each in one place with its code and words.
extension Fault {
  /// An argument of the right type whose value does not do.
  public static func unsuitable(_ index: Int, _ message: String, label: String = "", help: String? = nil) -> Fault {
    Fault("invalid-argument", message, labels: [Label(.argument(index), label)], help: help)
  }

  /// A text or value that has no counterpart in another type: `int("x")`.
  static func notConvertible(_ message: String, label: String = "", help: String? = nil) -> Fault {
    Fault("invalid-conversion", message, labels: [Label(.argument(0), label)], help: help)
  }

  /// An index beyond what there is.
  static func indexOutOfRange(_ argument: Int, index: Int, count: Int, allowsEnd: Bool) -> Fault {
    let last = allowsEnd ? count : count - 1
    return Fault(
      "index-out-of-range", "index \(index) is out of range for a list of \(count)",
      labels: [
        Label(.argument(argument), count == 0 && !allowsEnd ? "the list is empty" : "must be in \(-count)...\(last)")
      ])
  }

  /// A comparison or a sum of elements that failed for their types, told of the sequence that holds them.
  static func ofElements(
    _ fault: Fault, _ function: String, _ verb: String, _ left: Value, _ right: Value, argument: Int
  ) -> Fault {
    // What a method of the program's own threw is told as it is.
    guard fault.code == "type-mismatch", fault.trace.isEmpty, left.asInstance == nil, right.asInstance == nil else {
      return fault
    }
    let (first, second) = (ValueText.withArticle(left.typeName), ValueText.withArticle(right.typeName))
    return Fault(
      "type-mismatch", "`\(function)` cannot \(verb) \(first) and \(second)",
      labels: [Label(.argument(argument), "this holds both")], help: fault.help)
  }

  public static func emptySequence(_ function: String, help: String? = nil) -> Fault {
    Fault(
      "empty-sequence", "`\(function)` needs at least one element", labels: [Label(.argument(0), "this is empty")],
      help: help)
  }

  static func valueNotFound(_ what: String, help: String) -> Fault {
    Fault("value-not-found", "\(what) is not there", labels: [Label(.argument(1), "")], help: help)
  }

  /// A predicate that gave something else than a bool.
  static func notBool(_ value: Value, from index: Int) -> Fault {
    let got = ValueText.withArticle(value.typeName)
    return Fault(
      "not-a-bool", "the function must give a bool, but gave \(got)",
      labels: [Label(.argument(index), "this gave \(got)")],
      help: "compare: `x => x > 0`")
  }

  /// A result that would not fit into memory.
  static func tooLarge(_ index: Int) -> Fault {
    Fault(
      "too-large",
      Heap.current?.memoryLimit == nil
        ? "the result would have more than a hundred million elements"
        : "the result would take more memory than the program may",
      labels: [Label(.argument(index), "this is too large")])
  }
}

extension CoreLibrary {
  /// The most elements, or bytes of text, that a function makes at once.
  static var maximumSize: Int {
    min(Machine.maximumElements, Heap.current?.memoryLimit.map { $0 / MemoryLayout<Value>.stride } ?? .max)
  }
}
