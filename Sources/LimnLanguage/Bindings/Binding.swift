/// One function that the language sees of Swift: its name, parameters, documentation, and body.
///
/// Argument checking, error messages, `?help`, completion, the reference manual, and inspection are all read from it.
///
///     Binding(
///       "clamp", receivers: [.number],
///       [.required("x", .number), .required("low", .number), .required("high", .number)],
///       "The number nearest to `x` that is in `low...high`.",
///       example: "clamp(12, 0, 10)   # 10"
///     ) { call in ... }
///
/// Several bindings may share a name when the types of their first parameters differ: `abs` of a number and `abs` of a
/// tensor, or `softmax` of a tensor and `softmax` of nothing but names. The first whose first parameter accepts the
/// first argument is called, so the narrower comes first; a tensor is tried as itself everywhere before it is tried as
/// a number.
///
/// Values within a table (defaults, constants) belong to the interpreter that is made with it: make the table anew for
/// each.
public struct Binding {
  public var name: String
  /// The module that holds it, by its name in `import`; nil for the core library, which is there without import.
  public var module: String?
  /// Types on which it is also a method, with the value as the first argument: unless given, what the first parameter
  /// takes. A function of a module is called through the module alone.
  public var receivers: [ValueType]
  public var parameters: [Parameter]
  /// What it does, in Markdown; the first sentence stands alone as a summary.
  public var documentation: String
  /// Code that runs, each result in a comment behind it. Executed as a test.
  public var example: String
  public var body: (Call) throws -> Value

  public init(
    _ name: String, module: String? = nil, receivers: [ValueType]? = nil, _ parameters: [Parameter] = [],
    _ documentation: String, example: String, body: @escaping (Call) throws -> Value
  ) {
    self.name = name
    self.module = module
    let first = parameters.first.flatMap { $0.isOptional || $0.isNamedOnly ? nil : [$0.type] }
    self.receivers = receivers ?? (module == nil ? first : nil) ?? []
    self.parameters = parameters
    self.documentation = documentation
    self.example = example
    self.body = body
  }

  /// `clamp(x, low, high)`, as help and errors print it.
  public var signature: String {
    "\(name)(\(parameters.map(\.signature).joined(separator: ", ")))"
  }
}

/// A value that the language sees of Swift by a name: `pi`.
public struct ConstantBinding {
  public var name: String
  public var module: String?
  public var value: Value
  public var documentation: String

  public init(_ name: String, module: String? = nil, _ value: Value, _ documentation: String) {
    self.name = name
    self.module = module
    self.value = value
    self.documentation = documentation
  }
}
