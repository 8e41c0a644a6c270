extension Resolver {
  func resolve(_ block: Block) {
    inScope {
      for identifier in block.statements.flatMap(declaredIdentifiers) {
        scope.upcoming[identifier.text] = identifier.span
      }
      for statement in block.statements { resolve(statement, isTopLevel: false) }
    }
  }

  func resolve(_ statement: Statement, isTopLevel: Bool) {
    switch statement.kind {
    case .expression(let expression): resolve(expression)
    case .declaration(let isMutable, let targets, let value):
      resolve(value)
      checkCount(targets: targets.count, value)
      if !isTopLevel { for target in targets { declare(target, isMutable: isMutable) } }
    case .assignment(let targets, let value):
      resolve(value)
      checkCount(targets: targets.count, value)
      for target in targets { resolve(target) }
    case .function(let declaration):
      if !isTopLevel { declare(declaration.name, isMutable: false, kind: .function) }
      resolve(declaration.function, form: .function, ownName: isTopLevel ? nil : declaration.name)
    case .type(let declaration): resolve(declaration, isTopLevel: isTopLevel)
    case .forLoop(let key, let value, let sequence, let body):
      resolve(sequence)
      inScope {
        declare(key, isMutable: false, kind: .loop)
        if let value { declare(value, isMutable: false, kind: .loop) }
        inLoop { resolve(body) }
      }
    case .whileLoop(let condition, let body):
      resolve(condition)
      inLoop { resolve(body) }
    case .breakLoop: checkLoop("break", statement.span)
    case .continueLoop: checkLoop("continue", statement.span)
    case .returnValue(let value):
      if function.form == .unit {
        report(
          .misplacedReturn, "`return` stands outside a function", at: statement.span, label: "nothing to return from",
          help: "the last line gives a cell's result; to leave early, put the lines into a function")
      }
      if let value { resolve(value) }
    case .throwError(let value): resolve(value)
    case .assertion(let condition, let message):
      resolve(condition)
      if let message { resolve(message) }
    case .importModule(let name, let alias):
      if let module = module(name) { declared(alias ?? name)?.module = module }
    case .importNames(let module, let names): resolveImport(module, names)
    case .test(_, let body): inFunction(.test) { resolve(body) }
    }
  }

  private func inLoop(_ body: () -> Void) {
    function.loopDepth += 1
    body()
    function.loopDepth -= 1
  }

  private func checkLoop(_ word: String, _ span: Span) {
    if function.loopDepth > 0 { return }
    guard isWithinLoop(function.parent) else {
      report(
        .misplacedBreak, "`\(word)` stands outside a loop", at: span, label: "no loop around it",
        help: "it belongs to `for` or `while`; `return` leaves a function")
      return
    }
    let (whole, short) =
      function.form == .trailingBlock ? ("a block that is given to a function", "block") : ("a function", "function")
    report(
      .misplacedBreak, "`\(word)` cannot leave \(whole)", at: span, label: "the loop is outside the \(short)",
      help: "`return` leaves the \(short); then `\(word)` in the loop")
  }

  private func isWithinLoop(_ function: FunctionScope?) -> Bool {
    var current = function
    while let present = current {
      if present.loopDepth > 0 { return true }
      current = present.parent
    }
    return false
  }

  /// `let a, b = 1, 2, 3` cannot come out even.
  private func checkCount(targets: Int, _ value: Expression) {
    guard case .values(let values) = value.kind, values.count != targets else { return }
    report(
      .destructuring, "\(ValueText.count(targets, "name")) cannot take \(ValueText.count(values.count, "value"))",
      at: value.span, label: ValueText.count(values.count, "value"))
  }

  // MARK: Assignment

  private func resolve(_ target: AssignmentTarget) {
    switch target {
    case .name(let identifier):
      guard let reference = lookUp(identifier.text, at: identifier.span, isAssigned: true) else { return }
      resolution.references[identifier.span.start] = reference
      checkMutable(reference, identifier)
    case .discard: break
    case .member(let object, let name):
      resolve(object)
      if case .name = object.kind, case .variable(let variable)? = resolution.references[object.span.start],
        let module = variable.module
      {
        report(
          .immutableName, "a module's names cannot be assigned to from outside", at: name.span,
          label: "belongs to module `\(module.name)`")
      }
    case .subscripted(let object, let items, _):
      resolve(object)
      resolve(items)
      noteStoredBack(object)
    }
  }

  /// `p[i] = v` on a value that cannot change binds `p` to the changed copy.
  private func noteStoredBack(_ object: Expression) {
    switch object.kind {
    case .name:
      if case .variable(let variable)? = resolution.references[object.span.start], variable.isMutable {
        variable.isReassigned = true
      }
    case .subscripted(let owner, _): noteStoredBack(owner)
    case .parenthesized(let inner): noteStoredBack(inner)
    default: break
    }
  }

  private func checkMutable(_ reference: Reference, _ identifier: Identifier) {
    switch reference {
    case .variable(let variable):
      variable.isReassigned = true
      if variable.isMutable { return }
      var secondary: [Diagnostic.Mark] = []
      if let place = variable.declaration {
        secondary.append(Diagnostic.Mark(source: place.source, span: place.span, label: "declared here"))
      }
      report(
        .immutableName, "`\(identifier.text)` cannot be assigned to", at: identifier.span,
        label: variable.declaration == nil ? "it is built in" : variable.kind.staysLabel, secondary: secondary,
        help: variable.declaration == nil
          ? "declare a name of your own: `var \(identifier.text) = ...`" : variable.kind.changeHelp)
    case .field(_, let isMutable, _):
      if isMutable { return }
      report(
        .immutableName, "the field `\(identifier.text)` cannot be assigned to", at: identifier.span,
        label: "it was declared with `let`", help: "declare it with `var` to change it later")
    }
  }

  // MARK: Imports

  private func declared(_ identifier: Identifier) -> Variable? { resolution.declarations[identifier.span.start] }

  private func module(_ name: Identifier) -> ModuleObject? {
    do {
      let module = try findModule(name.text)
      resolution.modules[name.span.start] = module
      return module
    } catch let error as DiagnosticError {
      diagnostics += error.diagnostics.map { diagnostic in
        guard diagnostic.secondary.isEmpty, diagnostic.primary?.source !== source else { return diagnostic }
        var told = diagnostic
        told.secondary = [Diagnostic.Mark(source: source, span: name.span, label: "imported here")]
        return told
      }
    } catch let fault as Fault {
      let isUnknown = fault.code == ResolutionError.unknownModule.rawValue
      diagnostics.append(
        Diagnostic(
          code: fault.code, message: fault.message,
          primary: Diagnostic.Mark(source: source, span: name.span, label: fault.labels.first?.text ?? ""),
          notes: fault.notes + (isUnknown ? knownModules : []),
          help: fault.help ?? (isUnknown ? help(forUnknownModule: name.text) : nil)))
    } catch {
      report(.unknownModule, "module `\(name.text)` cannot be read: \(error)", at: name.span)
    }
    return nil
  }

  private func help(forUnknownModule name: String) -> String {
    Suggestion.help(forLibrary: name, isImported: true, among: globals.visibleNames)
      ?? Suggestion.closest(to: name, among: moduleNames()).map { "did you mean `\($0)`?" }
      ?? "a module of your own is a file `\(name).limn` beside this one"
  }

  /// What can be imported, as a note, unless that is too much to read.
  private var knownModules: [String] {
    let own = source.name.hasSuffix(".limn") ? String(source.name.dropLast(5)) : source.name
    let names = moduleNames().filter { $0 != own }.sorted()
    return names.isEmpty || names.count > 20 ? [] : ["modules here are \(names.joined(separator: ", "))"]
  }

  private func resolveImport(_ name: Identifier, _ names: [Identifier]) {
    guard let module = module(name) else { return }
    for identifier in names where module.scope[identifier.text] == nil {
      reportMissing(identifier, in: module)
    }
  }

  func reportMissing(_ identifier: Identifier, in module: ModuleObject) {
    let suggestion = Suggestion.closest(to: identifier.text, among: module.memberNames)
    report(
      .unknownName, "module `\(module.name)` has nothing named `\(identifier.text)`", at: identifier.span,
      label: "unknown name", help: suggestion.map { "did you mean `\($0)`?" })
  }

  // MARK: Types

  private func resolve(_ declaration: TypeDeclaration, isTopLevel: Bool) {
    if !isTopLevel {
      // A type's methods may use the type itself, and are made before the name is set.
      declare(declaration.name, isMutable: false, kind: .type).isReassigned = true
    }
    inFunction(.method) {
      let instance = Variable(name: "self", place: .callee(function), isMutable: false, declaration: nil)
      function.selfVariable = instance
      resolution.callees[declaration.name.span.start] = instance
      let parameters = scope
      for parameter in declaration.parameters {
        if let value = parameter.defaultValue { resolve(value) }
        declare(parameter.name, isMutable: true)
      }
      // Defaults see the parameters before them; all else sees fields.
      scope = Scope(parent: parameters.parent, function: function)
      declareFields(declaration)
      scope.variables["self"] = instance
      for field in declaration.fields { resolve(field.value) }
      scope.variables["self"] = nil
    }
    for method in declaration.methods {
      inFunction(.method) {
        let instance = Variable(name: "self", place: .callee(function), isMutable: false, declaration: nil)
        function.selfVariable = instance
        resolution.callees[method.function.span.start] = instance
        declareFields(declaration)
        scope.variables["self"] = instance
        inScope { resolveParametersAndBody(method.function) }
      }
    }
  }

  private func declareFields(_ declaration: TypeDeclaration) {
    var index = 0
    for parameter in declaration.parameters {
      scope.fields[parameter.name.text] = (index, true, parameter.name.span)
      index += 1
    }
    for field in declaration.fields {
      scope.fields[field.name.text] = (index, field.mutable, field.name.span)
      index += 1
    }
    scope.methods = Set(declaration.methods.map(\.name.text))
    checkMemberNames(declaration)
  }

  private func checkMemberNames(_ declaration: TypeDeclaration) {
    guard resolution.checkedTypes.insert(declaration.name.span.start).inserted else { return }
    var seen: [String: Span] = [:]
    let parameters = declaration.parameters.map(\.name)
    for identifier in parameters + declaration.fields.map(\.name) + declaration.methods.map(\.name) {
      if let earlier = seen[identifier.text] {
        report(
          .duplicateName, "`\(declaration.name.text)` already has a member `\(identifier.text)`", at: identifier.span,
          label: "declared again",
          secondary: [Diagnostic.Mark(source: source, span: earlier, label: "first declared here")],
          help: "choose another name")
      } else {
        seen[identifier.text] = identifier.span
      }
    }
  }
}
