/// Finds what every name of a unit refers to, before anything runs and also in functions that are never called.
///
/// It reports unknown names, names declared twice in a scope, assignments to what cannot change, and `break`,
/// `continue`, and `return` out of place. One fault does not keep it from finding the next.
final class Resolver {
  let source: Source
  /// The names of earlier units, and behind them the built-ins.
  let globals: GlobalScope
  /// Finds and compiles the module that an `import` names; throws a `Fault` or a `DiagnosticError`.
  let findModule: (String) throws -> ModuleObject
  let moduleNames: () -> [String]
  let makeSlot: () -> Int
  /// A name that stands where an editor asks what could stand there.
  let probe: String?
  /// What can be named at the probe's place, innermost first.
  private(set) var visible: [VisibleName] = []

  var resolution = Resolution()
  var diagnostics: [Diagnostic] = []
  /// The unit's top-level names: all of them, and those that straight-line code may use so far.
  var unitVariables: [String: Variable] = [:]
  var declaredSoFar: Set<String> = []
  var scope: Scope
  var function: FunctionScope

  /// One block's names.
  final class Scope {
    let parent: Scope?
    let function: FunctionScope
    var variables: [String: Variable] = [:]
    /// In a type's body, its fields.
    var fields: [String: (index: Int, isMutable: Bool, declaration: Span)] = [:]
    var methods: Set<String> = []
    /// Names that the block declares further down.
    var upcoming: [String: Span] = [:]

    init(parent: Scope?, function: FunctionScope) {
      self.parent = parent
      self.function = function
    }
  }

  init(
    source: Source, globals: GlobalScope, probe: String? = nil, makeSlot: @escaping () -> Int,
    moduleNames: @escaping () -> [String], findModule: @escaping (String) throws -> ModuleObject
  ) {
    self.source = source
    self.globals = globals
    self.probe = probe
    self.makeSlot = makeSlot
    self.moduleNames = moduleNames
    self.findModule = findModule
    function = FunctionScope(parent: nil, form: .unit)
    scope = Scope(parent: nil, function: function)
  }

  /// Resolves a unit; its names are in `unitVariables` afterwards.
  func resolve(_ unit: SyntaxUnit) {
    collectTopLevelNames(unit.statements)
    for statement in unit.statements {
      resolve(statement, isTopLevel: true)
      for identifier in declaredIdentifiers(statement) { declaredSoFar.insert(identifier.text) }
    }
  }

  // MARK: Declaring

  /// The names that a top-level statement declares.
  func declaredIdentifiers(_ statement: Statement) -> [Identifier] {
    switch statement.kind {
    case .declaration(_, let targets, _):
      targets.compactMap { if case .name(let identifier) = $0 { identifier } else { nil } }
    case .function(let declaration): [declaration.name]
    case .type(let declaration): [declaration.name]
    case .importModule(let name, let alias): [alias ?? name]
    case .importNames(_, let names): names
    default: []
    }
  }

  private func kind(ofNamesIn statement: Statement) -> Variable.Kind {
    switch statement.kind {
    case .function: .function
    case .type: .type
    case .importModule, .importNames: .imported
    default: .name
    }
  }

  private func collectTopLevelNames(_ statements: [Statement]) {
    for statement in statements {
      var isMutable = false
      if case .declaration(mutable: true, _, _) = statement.kind { isMutable = true }
      for identifier in declaredIdentifiers(statement) {
        if let earlier = unitVariables[identifier.text] {
          reportDuplicate(identifier, earlier: earlier)
          resolution.declarations[identifier.span.start] = earlier
          continue
        }
        let slot = globals.slot(of: identifier.text) ?? makeSlot()
        let variable = Variable(
          name: identifier.text, place: .global(slot: slot), isMutable: isMutable,
          declaration: (source, identifier.span))
        variable.kind = kind(ofNamesIn: statement)
        unitVariables[identifier.text] = variable
        resolution.declarations[identifier.span.start] = variable
      }
    }
  }

  /// Declares a local name in the innermost scope.
  @discardableResult
  func declare(_ identifier: Identifier, isMutable: Bool, kind: Variable.Kind = .name) -> Variable {
    let variable = Variable(
      name: identifier.text, place: .local(function), isMutable: isMutable, declaration: (source, identifier.span))
    variable.kind = kind
    resolution.declarations[identifier.span.start] = variable
    // A parameter may be discarded, too.
    if identifier.text == "_" { return variable }
    if let earlier = scope.variables[identifier.text] { reportDuplicate(identifier, earlier: earlier) }
    scope.variables[identifier.text] = variable
    return variable
  }

  func declare(_ pattern: Pattern, isMutable: Bool, kind: Variable.Kind = .name) {
    if case .name(let identifier) = pattern { declare(identifier, isMutable: isMutable, kind: kind) }
  }

  // MARK: Scopes

  func inScope(_ body: () -> Void) {
    let outer = scope
    scope = Scope(parent: outer, function: function)
    body()
    scope = outer
  }

  func inFunction(_ form: FunctionScope.Form, _ body: () -> Void) {
    let outer = function
    function = FunctionScope(parent: outer, form: form)
    inScope(body)
    function = outer
  }

  // MARK: Looking up

  /// What a name refers to; reports it when nothing.
  func lookUp(_ name: String, at span: Span, isAssigned: Bool = false) -> Reference? {
    if name == probe { collectVisible() }
    var current: Scope? = scope
    while let present = current {
      if let variable = present.variables[name] {
        use(variable)
        return .variable(variable)
      }
      if let field = present.fields[name], let instance = present.function.selfVariable {
        use(instance)
        resolution.fields[span.start] = field.declaration
        return .field(index: field.index, isMutable: field.isMutable, instance: instance)
      }
      current = present.parent
    }
    if let variable = unitVariables[name], function.form != .unit || declaredSoFar.contains(name) {
      return .variable(variable)
    }
    if let variable = globals.lookUp(name) { return .variable(variable) }
    reportUnknown(name, at: span, isAssigned: isAssigned)
    return nil
  }

  /// Takes down every name that could stand at the present place.
  private func collectVisible() {
    var seen: Set<String> = []
    func add(_ name: String, _ variable: Variable?, field: Span? = nil) {
      if name != probe, seen.insert(name).inserted {
        visible.append(VisibleName(name: name, variable: variable, field: field))
      }
    }
    var current: Scope? = scope
    while let present = current {
      for (name, variable) in present.variables.sorted(by: { $0.key < $1.key }) { add(name, variable) }
      for (name, field) in present.fields.sorted(by: { $0.key < $1.key }) { add(name, nil, field: field.declaration) }
      current = present.parent
    }
    for (name, variable) in unitVariables.sorted(by: { $0.key < $1.key })
    where function.form != .unit || declaredSoFar.contains(name) { add(name, variable) }
    for name in globals.visibleNames { add(name, globals.lookUp(name)) }
  }

  /// Notes that the present function uses a variable, which captures it when it belongs to one around.
  private func use(_ variable: Variable) {
    switch variable.place {
    case .local(let owner), .callee(let owner):
      if owner !== function { variable.isCaptured = true }
    case .global: break
    }
  }

  // MARK: Reporting

  func report(
    _ error: ResolutionError, _ message: String, at span: Span, label: String = "",
    secondary: [Diagnostic.Mark] = [], notes: [String] = [], help: String? = nil
  ) {
    diagnostics.append(
      Diagnostic(
        code: error.rawValue, message: message, primary: Diagnostic.Mark(source: source, span: span, label: label),
        secondary: secondary, notes: notes, help: help))
  }

  private func reportDuplicate(_ identifier: Identifier, earlier: Variable) {
    var secondary: [Diagnostic.Mark] = []
    if let place = earlier.declaration {
      secondary.append(Diagnostic.Mark(source: place.source, span: place.span, label: "first declared here"))
    }
    report(
      .duplicateName, "`\(identifier.text)` is already declared in this scope", at: identifier.span,
      label: "declared again", secondary: secondary,
      help: earlier.isMutable ? "to change it, write `\(identifier.text) = ...`" : "choose another name")
  }

  private func reportUnknown(_ name: String, at span: Span, isAssigned: Bool) {
    if let declaration = upcomingDeclaration(of: name) {
      report(
        .nameNotSet, "`\(name)` is used before it is declared", at: span, label: "not set yet",
        secondary: [Diagnostic.Mark(source: source, span: declaration, label: "declared here")],
        help: "move the declaration up, before its first use")
      return
    }
    if name == "self" {
      report(
        .unknownName, "`self` is an instance inside its type's methods, and nothing elsewhere", at: span,
        label: "not in a method")
      return
    }
    if scopesHaveMethod(name) {
      report(
        .unknownName, "nothing here is named `\(name)`", at: span, label: "a method is called through its instance",
        help: "write `self.\(name)`")
      return
    }
    var names: [String] = []
    var current: Scope? = scope
    while let present = current {
      names += present.variables.keys.sorted() + present.fields.keys.sorted()
      current = present.parent
    }
    names += unitVariables.keys.sorted() + globals.visibleNames + Resolver.words
    report(
      .unknownName, "nothing here is named `\(name)`", at: span, label: "unknown name",
      help: moduleHelp(for: name) ?? Suggestion.help(forLibrary: name, isImported: false, among: names)
        ?? Suggestion.help(for: name, among: names)
        ?? (isAssigned && name != "_" ? "to declare it, write `let \(name) = ...`, or `var` if it changes" : nil))
  }

  /// A name that an imported module has.
  private func moduleHelp(for name: String) -> String? {
    let owners = unitVariables.values.filter { $0.module?.scope[name] != nil }.map(\.name).sorted()
    return owners.first.map { "write `\($0).\(name)`, or import the name: `from \($0) import \(name)`" }
  }

  /// Words that stand where a name may: a misspelt one is taken for a name.
  private static let words = Keyword.allCases.map(\.rawValue) + ["self"]

  /// Where a name is declared further down: in a block around, or at the unit's top level.
  private func upcomingDeclaration(of name: String) -> Span? {
    var current: Scope? = scope
    while let present = current {
      if let span = present.upcoming[name] { return span }
      current = present.parent
    }
    return unitVariables[name]?.declaration?.span
  }

  private func scopesHaveMethod(_ name: String) -> Bool {
    var current: Scope? = scope
    while let present = current {
      if present.methods.contains(name) { return true }
      current = present.parent
    }
    return false
  }
}
