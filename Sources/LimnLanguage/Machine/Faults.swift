/// The faults that the machine itself raises in more than one place, each with its code and words.
extension Fault {
  /// Any error as a fault: a fault itself, what can be told as one, or else its description.
  static func from(_ error: any Error) -> Fault {
    switch error {
    case let fault as Fault: return fault
    case let error as any FaultConvertible: return error.fault
    case let error as DiagnosticError:
      guard let first = error.diagnostics.first else { return Fault("error", "a module has errors") }
      let fault = Fault(first.code, first.message, notes: first.notes, help: first.help)
      fault.primary = first.primary
      fault.secondary = first.secondary
      return fault
    default: return Fault("error", "\(error)")
    }
  }

  /// The same fault for another journey, which begins at another `throw`: it shows where the first began.
  ///
  /// - Parameter isCaughtHere: Whether the function that throws it again is the one that caught it, so that the calls
  ///   so far belong to this journey too.
  func rethrown(isCaughtHere: Bool) -> Fault {
    let copy = Fault(code, message, labels: [Label(.whole, "thrown again here")], notes: notes, help: help)
    copy.isRepeated = true
    copy.isRethrown = isCaughtHere
    if isCaughtHere { copy.trace = trace }
    copy.secondary = secondary
    if !isRepeated, var first = primary {
      if first.label.isEmpty { first.label = "first thrown here" }
      copy.secondary.insert(first, at: 0)
    }
    return copy
  }

  /// The same fault on its way through library code, where its place stays the user's own.
  func passedOn() -> Fault {
    let copy = Fault(code, message, labels: labels, notes: notes, help: help)
    copy.trace = trace
    copy.primary = primary
    copy.secondary = secondary
    copy.isRepeated = isRepeated
    copy.isRethrown = true
    return copy
  }

  /// The same fault, not placed yet, with other labels.
  func marked(_ labels: [Label]) -> Fault {
    let copy = Fault(code, message, labels: labels, notes: notes, help: help)
    copy.secondary = secondary
    copy.isUncatchable = isUncatchable
    return copy
  }

  /// The same fault with arguments counted from the one behind a receiver, unless it has a place already.
  func behindReceiver() -> Fault {
    guard primary == nil, !isUncatchable else { return self }
    let shifted = labels.map { label in
      if case .argument(let index) = label.place { return Label(.argument(index + 1), label.text) }
      return label
    }
    let copy = marked(shifted)
    copy.trace = trace
    return copy
  }

  /// The fault as a user reads it.
  var diagnostic: Diagnostic {
    Diagnostic(
      code: code, message: message, primary: primary, secondary: secondary, notes: notes, help: help, trace: trace)
  }

  // MARK: Limits

  static func interrupted() -> Fault {
    let fault = Fault("interrupted", "the run was interrupted", labels: [Label(.whole, "here")])
    fault.isUncatchable = true
    return fault
  }

  static func deadlineExceeded() -> Fault {
    let fault = Fault("deadline-exceeded", "the time for this run is up", labels: [Label(.whole, "here")])
    fault.isUncatchable = true
    return fault
  }

  static func stepsExceeded() -> Fault {
    let fault = Fault("steps-exceeded", "the run took more steps than it may", labels: [Label(.whole, "here")])
    fault.isUncatchable = true
    return fault
  }

  static func memoryExceeded(_ limit: Int) -> Fault {
    let fault = Fault(
      "memory-exceeded", "the program holds more than the \(limit) bytes that it may", labels: [Label(.whole, "here")])
    fault.isUncatchable = true
    return fault
  }

  static func stackOverflow() -> Fault {
    Fault(
      "stack-overflow", "calls are nested too deeply", labels: [Label(.whole, "one call too many")],
      help: "does the recursion end? A loop has no such limit")
  }

  // MARK: Calls

  static func notCallable(_ value: Value) -> Fault {
    let type = ValueText.withArticle(value.typeName)
    return Fault("not-callable", "\(type) cannot be called", labels: [Label(.callee, "this is \(type)")])
  }

  static func tooManyArguments(_ prototype: Prototype, given: Int, place: Place) -> Fault {
    tooManyArguments(prototype.parameters.count, prototype.signature, given: given, place: place)
  }

  /// - Parameter isMethod: Whether the first of the given is the receiver, which the user does not count.
  static func tooManyArguments(_ overload: Overload, given: Int, place: Place, isMethod: Bool) -> Fault {
    let receivers = isMethod ? 1 : 0
    return tooManyArguments(
      overload.positionalCount - receivers, overload.signature, given: given - receivers, place: place)
  }

  private static func tooManyArguments(_ count: Int, _ signature: String, given: Int, place: Place) -> Fault {
    Fault(
      "too-many-arguments",
      "too many arguments: \(count == 0 ? "none is" : count == 1 ? "1 is" : "\(count) are") taken by position, \(given) given",
      labels: [Label(place, "one too many")], notes: ["the signature is \(signature)"])
  }

  static func missingArgument(_ name: String, signature: String) -> Fault {
    Fault(
      "missing-argument", "the argument `\(name)` is missing", labels: [Label(.whole, "`\(name)` is not given")],
      notes: ["the signature is \(signature)"])
  }

  static func unknownArgument(_ name: String, signature: String, known: [String]) -> Fault {
    Fault(
      "unknown-argument", "there is no argument named `\(name)`", labels: [Label(.nameOfArgument(name), "unknown argument")],
      notes: ["the signature is \(signature)"],
      help: Suggestion.closest(to: name, among: known).map { "did you mean `\($0)`?" })
  }

  static func repeatedArgument(_ name: String, signature: String) -> Fault {
    Fault(
      "duplicate-argument", "the argument `\(name)` is given twice",
      labels: [Label(.nameOfArgument(name), "given by position already")], notes: ["the signature is \(signature)"])
  }

  /// An argument whose type does not fit; the place in the call is marked.
  public static func wrongArgument(_ index: Int, _ value: Value, expected: ValueType?) -> Fault {
    let got = ValueText.withArticle(value.typeName)
    let message = expected.map { "expected \($0.described), got \(got)" } ?? "\(got) does not fit here"
    return Fault("type-mismatch", message, labels: [Label(.argument(index), "this is \(got)")])
  }

  static func wrongArgument(_ index: Int, _ value: Value, function: String, expected: String) -> Fault {
    let got = ValueText.withArticle(value.typeName)
    return Fault(
      "type-mismatch", "`\(function)` takes \(expected), not \(got)",
      labels: [Label(.argument(index), "this is \(got)")])
  }

  static func wrongArgument(overload: Overload, _ parameter: Parameter, _ value: Value, place: Place) -> Fault {
    let got = ValueText.withArticle(value.typeName)
    return Fault(
      "type-mismatch", "`\(parameter.name)` of `\(overload.name)` takes \(parameter.type.described), not \(got)",
      labels: [Label(place, "this is \(got)")], notes: ["the signature is \(overload.signature)"])
  }

  // MARK: Names and members

  static func nameNotSet(_ name: String) -> Fault {
    Fault(
      "name-not-set", "`\(name)` has no value yet", labels: [Label(.whole, "not set")],
      help: "its declaration has not run: run that first")
  }

  static func fieldNotSet(_ name: String) -> Fault {
    Fault(
      "name-not-set", "the field `\(name)` has no value yet", labels: [Label(.whole, "not set")],
      help: "fields are set in the order of their declaration")
  }

  static func unknownMember(_ name: String, of owner: String, known: [String]) -> Fault {
    unknownMember(name, of: owner, help: Suggestion.help(for: name, among: known))
  }

  static func unknownMember(_ name: String, of owner: String, help: String?) -> Fault {
    Fault(
      "unknown-member", "\(owner) has no `\(name)`", labels: [Label(.callee, "unknown member")], help: help)
  }

  static func immutableField(_ name: String, of type: String) -> Fault {
    Fault(
      "immutable-field", "the field `\(name)` of `\(type)` cannot be assigned to",
      labels: [Label(.callee, "it was declared with `let`")], help: "declare it with `var` to change it later")
  }

  static func immutableTarget(_ name: String) -> Fault {
    if name.isEmpty {
      return Fault(
        "immutable-value", "the changed copy would be lost", labels: [Label(.whole, "no name holds this value")],
        help: "give it a name with `var` first")
    }
    return Fault(
      "immutable-name", "`\(name)` cannot be assigned to", labels: [Label(.whole, "changing a part makes a new value")],
      help: "declare it with `var` to change it later")
  }

  // MARK: Values

  static func notSubscriptable(_ value: Value) -> Fault {
    let type = ValueText.withArticle(value.typeName)
    return Fault("not-subscriptable", "\(type) cannot be indexed", labels: [Label(.argument(0), "this is \(type)")])
  }

  static func notIterable(_ value: Value, place: Place = .argument(0)) -> Fault {
    let type = ValueText.withArticle(value.typeName)
    var help: String?
    if case .int = value { help = "to count, write `0..<n`" }
    return Fault(
      "not-iterable", "\(type) cannot be gone through", labels: [Label(place, "this is \(type)")], help: help)
  }

  static func invalidKey(_ value: Value, place: Place) -> Fault {
    let type = ValueText.withArticle(value.typeName)
    return Fault(
      "invalid-key", "a map's keys are strings, ints, and bools, not \(type)", labels: [Label(place, "this is \(type)")]
    )
  }

  static func overflow(_ operation: String) -> Fault {
    Fault(
      "integer-overflow", "the result of `\(operation)` does not fit in 64 bits",
      labels: [Label(.whole, "too large for an int")],
      help: "floats go further: `float(x)`")
  }

  static func divisionByZero(_ operation: String) -> Fault {
    Fault("division-by-zero", "`\(operation)` by zero", labels: [Label(.argument(1), "this is 0")])
  }

  static func operands(_ operation: BinaryOperator, _ left: Value, _ right: Value) -> Fault {
    let names = (ValueText.withArticle(left.typeName), ValueText.withArticle(right.typeName))
    var help: String?
    if operation == .add, left.asString != nil || right.asString != nil {
      help = "to put a value into text, write `\"\\(x)\"`, or `str(x)`"
    } else if operation == .multiply, left.asString != nil || right.asString != nil {
      help = "to repeat a string, write `s.repeat(n)`"
    } else if let instance = right.asInstance, let method = operation.methodName,
      instance.type.methods[method] != nil
    {
      help = "`\(method)` is called where the \(instance.type.name) stands on the left of `\(operation.rawValue)`"
    }
    return Fault(
      "type-mismatch", "`\(operation.rawValue)` does not take \(names.0) and \(names.1)",
      labels: [Label(.argument(0), "this is \(names.0)"), Label(.argument(1), "this is \(names.1)")], help: help)
  }
}
