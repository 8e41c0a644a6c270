import LimnLanguage

/// What a name is declared as, read from the text alone.
struct Declaration {
  enum Kind: String {
    case constant = "let"
    case variable = "var"
    case function = "function"
    case type = "type"
    case parameter = "parameter"
    case field = "field"
    case method = "method"
    case module = "module"
    case importedName = "import"
    case loopName = "loop name"
    case caughtError = "caught error"
  }

  var name: Identifier
  var kind: Kind
  var source: Source
  /// The whole declaration, as an outline shows it.
  var span: Span
  /// The `##` lines above.
  var documentation: String?
  /// Parameters of a function, a method, or a type.
  var parameters: [ParameterSyntax]?
  /// What a name is bound to, where it is bound alone; of a parameter its default.
  var value: Expression?
  /// The declared type, or the type that a field or method belongs to.
  var type: TypeDeclaration?
  /// Within no block, function, or type.
  var isTopLevel: Bool
  /// Of an imported name, the module.
  var module: Identifier?

  var place: Place { Place(source, name.span.start) }

  /// One line as the program would declare it: `fn step(g, d)`, `let rate = 1e-4`.
  var signature: String {
    switch kind {
    case .function: "fn \(name.text)(\(parameterList))"
    case .method: "fn \(type?.name.text ?? "").\(name.text)(\(parameterList))"
    case .type: "type \(name.text)" + (parameters?.isEmpty ?? true ? "" : "(\(parameterList))")
    case .constant: "let \(name.text)" + shown(value)
    case .variable: "var \(name.text)" + shown(value)
    case .field: "field \(type?.name.text ?? "").\(name.text)" + shown(value)
    case .parameter: "parameter \(name.text)" + shown(value)
    case .module: "import \(name.text)"
    case .importedName: "from \(module?.text ?? "") import \(name.text)"
    case .loopName, .caughtError: "\(kind.rawValue) \(name.text)"
    }
  }

  private var parameterList: String { (parameters ?? []).map { $0.text(in: source) }.joined(separator: ", ") }

  private func shown(_ value: Expression?) -> String {
    guard let value else { return "" }
    let text = source.text(of: value.span)
    return text.contains("\n") || text.utf8.count > 60 ? "" : " = \(text)"
  }
}

extension ParameterSyntax {
  /// `a`, `b = 2`, `...rest`.
  func text(in source: Source) -> String {
    if isRest { return "...\(name.text)" }
    guard let defaultValue else { return name.text }
    let text = source.text(of: defaultValue.span)
    return "\(name.text) = \(text.contains("\n") ? "..." : text)"
  }
}

/// A byte of a source.
struct Place: Hashable {
  let source: ObjectIdentifier
  let offset: Int

  init(_ source: Source, _ offset: Int) {
    self.source = ObjectIdentifier(source)
    self.offset = offset
  }
}

/// Collects every declaration of a unit.
struct DeclarationCollector: SyntaxVisitor {
  private let source: Source
  private(set) var declarations: [Declaration] = []
  private var depth = 0

  static func collect(_ unit: SyntaxUnit) -> [Declaration] {
    var collector = DeclarationCollector(source: unit.source)
    collector.walk(unit.statements)
    return collector.declarations
  }

  private init(source: Source) { self.source = source }

  private mutating func add(
    _ name: Identifier, _ kind: Declaration.Kind, _ span: Span, documentation: String? = nil,
    parameters: [ParameterSyntax]? = nil, value: Expression? = nil, type: TypeDeclaration? = nil,
    module: Identifier? = nil
  ) {
    declarations.append(
      Declaration(
        name: name, kind: kind, source: source, span: span, documentation: documentation, parameters: parameters,
        value: value, type: type, isTopLevel: depth == 0, module: module))
  }

  private mutating func add(
    _ pattern: Pattern, _ kind: Declaration.Kind, _ span: Span, documentation: String? = nil, value: Expression? = nil
  ) {
    if case .name(let name) = pattern { add(name, kind, span, documentation: documentation, value: value) }
  }

  private mutating func add(_ parameters: [ParameterSyntax], _ kind: Declaration.Kind, of type: TypeDeclaration? = nil)
  {
    depth += 1
    for parameter in parameters {
      let span = parameter.name.span.union(parameter.defaultValue?.span ?? parameter.name.span)
      add(parameter.name, kind, span, value: parameter.defaultValue, type: type)
    }
    depth -= 1
  }

  mutating func visit(_ statement: Statement) {
    let span = statement.span
    switch statement.kind {
    case .declaration(let isMutable, let targets, let value):
      for target in targets {
        add(
          target, isMutable ? .variable : .constant, span, documentation: statement.documentation,
          value: targets.count == 1 ? value : nil)
      }
    case .function(let declaration):
      add(
        declaration.name, .function, span, documentation: statement.documentation,
        parameters: declaration.function.parameters)
    case .type(let type):
      add(
        type.name, .type, span, documentation: statement.documentation, parameters: type.parameters, type: type)
    case .forLoop(let key, let value, _, _):
      depth += 1
      add(key, .loopName, key.span)
      if let value { add(value, .loopName, value.span) }
      depth -= 1
    case .importModule(let name, let alias): add(alias ?? name, .module, span, module: name)
    case .importNames(let module, let names):
      for name in names { add(name, .importedName, name.span, module: module) }
    default: break
    }
    walk(statement)
  }

  mutating func visit(_ block: Block) {
    depth += 1
    walk(block)
    depth -= 1
  }

  mutating func visit(_ function: FunctionLiteral) {
    add(function.parameters, .parameter)
    depth += 1
    walk(function)
    depth -= 1
  }

  mutating func visit(_ type: TypeDeclaration) {
    add(type.parameters, .field, of: type)
    depth += 1
    for field in type.fields {
      add(field.name, .field, field.span, documentation: field.documentation, value: field.value, type: type)
    }
    for method in type.methods {
      add(
        method.name, .method, method.function.span, documentation: method.documentation,
        parameters: method.function.parameters, type: type)
    }
    walk(type)
    depth -= 1
  }

  mutating func visit(_ expression: Expression) {
    if case .attempt(_, let name?, let handler) = expression.kind {
      depth += 1
      add(name, .caughtError, handler.span)
      depth -= 1
    }
    walk(expression)
  }
}

extension Pattern {
  var span: Span {
    switch self {
    case .name(let name): name.span
    case .discard(let span): span
    }
  }
}
