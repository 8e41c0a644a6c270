/// The faults that the machine itself raises, each in one place with its code and words.
extension Fault {
  static func notCallable(_ value: Value) -> Fault {
    Fault(
      "not-callable", "\(ValueText.withArticle(value.typeName)) cannot be called",
      labels: [Label(.callee, "this is \(ValueText.withArticle(value.typeName))")])
  }

  /// An argument whose type does not fit; the place in the call is marked.
  public static func wrongArgument(_ index: Int, _ value: Value, expected: ValueType?) -> Fault {
    let got = ValueText.withArticle(value.typeName)
    let message = expected.map { "expected \($0.described), got \(got)" } ?? "\(got) does not fit here"
    return Fault("type-mismatch", message, labels: [Label(.argument(index), "this is \(got)")])
  }
}
