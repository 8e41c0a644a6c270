import LimnLanguage

/// What the reference manual says of one name: a function with its overloads, a constant, or a type.
public struct ManualEntry: Sendable {
  /// The name without its module.
  public var name: String
  /// The module that has it; nil for what is there without import.
  public var module: String?
  /// Overloads in the order in which they are tried; a constant and a type have one.
  public var forms: [Form]

  /// One way to call it.
  public struct Form: Sendable {
    /// `math.gcd(...values)`, as it is called.
    public var signature: String
    /// In Markdown; the first sentence stands alone as a summary.
    public var documentation: String
    /// What each parameter takes, in words; empty for functions written in Limn, which take what they can use.
    public var parameters: [Parameter]
    /// Whether `x.name()` calls it too.
    public var isMethod: Bool
    /// Code that runs, results in comments; empty for a constant.
    public var example: String
  }

  public struct Parameter: Sendable {
    public var name: String
    /// `an int, by name only; 1 unless given`.
    public var words: String
  }

  /// The name as a program writes it: `math.gcd`, `relu`.
  public var qualifiedName: String { module.map { "\($0).\(name)" } ?? name }

  public init(name: String, module: String? = nil, forms: [Form]) {
    self.name = name
    self.module = module
    self.forms = forms
  }

  /// The entry of bindings that share a name.
  public init(name: String, _ bindings: [Binding]) {
    self.init(name: name, module: bindings.first?.module, forms: bindings.map(Form.init))
  }

  /// The first sentence of the first form.
  public var summary: String { forms.first.map { Manual.firstSentence($0.documentation) } ?? "" }
}

extension ManualEntry.Form {
  init(_ binding: Binding) {
    signature = (binding.module.map { $0 + "." } ?? "") + binding.signature
    documentation = binding.documentation
    parameters = binding.parameters.map(ManualEntry.Parameter.init)
    isMethod = !binding.receivers.isEmpty
    example = binding.example
  }

  init(_ constant: ConstantBinding) {
    signature = (constant.module.map { $0 + "." } ?? "") + constant.name
    documentation = constant.documentation
    parameters = []
    isMethod = false
    example = ""
  }
}

extension ManualEntry.Parameter {
  init(_ parameter: LimnLanguage.Parameter) {
    name = parameter.name
    var words = [parameter.type.described]
    if parameter.isVariadic { words.append("any number of them") }
    if parameter.isNamedOnly { words.append("by name only") }
    self.words = words.joined(separator: ", ")
    switch parameter.defaultValue {
    case .none: break
    case .value(let value) where value.isNil: self.words += "; may be left out"
    case .value, .described:
      self.words += "; " + parameter.signature.dropFirst(parameter.name.count + 3) + " unless given"
    }
  }
}
