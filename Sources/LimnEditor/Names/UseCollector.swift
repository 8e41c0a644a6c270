import LimnLanguage

/// Collects the names of a unit together with what they refer to.
struct UseCollector: SyntaxVisitor {
  private let analysis: DocumentAnalysis
  private let unit: UnitAnalysis
  private(set) var occurrences: [Occurrence] = []
  private(set) var uncertain: [Identifier] = []
  /// The types in whose bodies the present place is.
  private var types: [TypeDeclaration] = []

  init(_ analysis: DocumentAnalysis, _ unit: UnitAnalysis) {
    self.analysis = analysis
    self.unit = unit
  }

  mutating func run() {
    for declaration in DeclarationCollector.collect(unit.unit) { add(declaration) }
    walk(unit.unit.statements)
  }

  private mutating func add(_ declaration: Declaration) {
    let offset = declaration.name.span.start
    var symbol = Symbol.place(Place(unit.source, offset))
    var place = (source: unit.source, span: declaration.name.span)
    if let variable = unit.resolution.declarations[offset] {
      symbol = analysis.symbol(of: variable)
      // An imported name is the module's own.
      if declaration.kind == .importedName, let module = declaration.module,
        let original = unit.resolution.modules[module.span.start]?.variable(declaration.name.text)
      {
        symbol = analysis.symbol(of: original)
        if original.declaration == nil { symbol = .builtin(module: module.text, name: declaration.name.text) }
        place = original.declaration ?? place
      }
    }
    occurrences.append(
      Occurrence(
        source: unit.source, span: declaration.name.span, symbol: symbol, role: .declaration, declaration: place))
  }

  private mutating func use(_ span: Span, _ variable: Variable, _ role: Occurrence.Role) {
    // `self` and functions' own names are the declared ones.
    guard variable.name != "self" else { return }
    var symbol = analysis.symbol(of: variable)
    var place = variable.declaration
    if let declaration = analysis.declaration(of: variable), declaration.kind == .importedName,
      let original = analysis.original(of: declaration)
    {
      symbol = original.symbol
      place = original.place ?? place
    }
    occurrences.append(Occurrence(source: unit.source, span: span, symbol: symbol, role: role, declaration: place))
  }

  private mutating func use(_ span: Span, _ declaration: Declaration, _ role: Occurrence.Role = .read) {
    occurrences.append(
      Occurrence(
        source: unit.source, span: span, symbol: .place(declaration.place), role: role,
        declaration: (declaration.source, declaration.name.span)))
  }

  /// A name in an expression, or as a target.
  private mutating func use(name span: Span, _ role: Occurrence.Role) {
    switch unit.resolution.references[span.start] {
    case .variable(let variable)?: use(span, variable, role)
    case .field?:
      guard let place = unit.resolution.fields[span.start],
        let declaration = analysis.declaration(in: unit.source, at: place.start)
      else { return }
      use(span, declaration, role)
    case nil: break
    }
  }

  // MARK: Visiting

  mutating func visit(_ statement: Statement) {
    if case .assignment(let targets, _) = statement.kind {
      for target in targets {
        switch target {
        case .name(let name): use(name: name.span, .write)
        case .member(let object, let name): use(member: name, of: object, .write)
        case .discard, .subscripted: break
        }
      }
    }
    if case .importModule(let name, let alias) = statement.kind, alias != nil {
      occurrences.append(
        Occurrence(source: unit.source, span: name.span, symbol: .module(name.text), role: .read, declaration: nil))
    }
    walk(statement)
  }

  mutating func visit(_ type: TypeDeclaration) {
    types.append(type)
    walk(type)
    types.removeLast()
  }

  mutating func visit(_ expression: Expression) {
    switch expression.kind {
    case .name: use(name: expression.span, .read)
    case .member(let object, let name): use(member: name, of: object, .read)
    case .call(let callee, let arguments): use(arguments.compactMap(\.name), of: callee)
    default: break
    }
    walk(expression)
  }

  private mutating func use(member name: Identifier, of object: Expression, _ role: Occurrence.Role) {
    switch analysis.staticType(of: object, in: unit, within: types.last) {
    case .instance(let type, let source):
      guard let member = analysis.member(name.text, of: type, in: source) else { return }
      use(name.span, member, role)
    case .module(let module):
      guard let variable = module.variable(name.text) else { return }
      let isBuiltin = variable.declaration == nil
      occurrences.append(
        Occurrence(
          source: unit.source, span: name.span,
          symbol: isBuiltin ? .builtin(module: module.name, name: name.text) : analysis.symbol(of: variable),
          role: role,
          declaration: variable.declaration))
    case .value:
      occurrences.append(
        Occurrence(
          source: unit.source, span: name.span, symbol: .builtinMethod(name.text), role: role, declaration: nil))
    case .type, nil:
      uncertain.append(name)
      if analysis.interpreter.bindings.contains(where: { $0.name == name.text && !$0.receivers.isEmpty }) {
        occurrences.append(
          Occurrence(
            source: unit.source, span: name.span, symbol: .builtinMethod(name.text), role: role, declaration: nil))
      }
    }
  }

  /// Argument names are names of the parameters of what is called.
  private mutating func use(_ names: [Identifier], of callee: Expression) {
    guard !names.isEmpty else { return }
    guard let called = analysis.callable(callee, in: unit, within: types.last) else {
      uncertain += names
      return
    }
    guard case .declared(let declaration) = called else { return }
    for name in names {
      guard let parameter = declaration.parameters?.first(where: { $0.name.text == name.text }),
        let declared = analysis.declaration(in: declaration.source, at: parameter.name.span.start)
      else { continue }
      use(name.span, declared)
    }
  }
}
