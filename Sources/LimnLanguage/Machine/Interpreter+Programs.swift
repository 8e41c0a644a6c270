/// A unit that can be run.
public struct CompiledUnit {
  public let source: Source
  /// Whether the last expression ends with `;`.
  public let isQuiet: Bool
  /// The unit's `test` blocks, in order.
  public let tests: [TestBlock]
  let body: Prototype
}

/// A `test "name" { ... }`.
public struct TestBlock {
  public let name: String
  let body: Prototype
}

extension Interpreter {
  // MARK: Compiling

  /// Parses and resolves units in order, each seeing the names of those before it, without running any.
  ///
  /// Throws a `DiagnosticError` with every error of every unit; then no name has been declared.
  public func compile(_ sources: [Source]) throws -> [CompiledUnit] {
    let scope = globals.copied()
    let slots = machine.globalCount
    let moduleCount = modules.count
    var diagnostics: [Diagnostic] = []
    var units: [CompiledUnit] = []
    var isWhole = true
    for source in sources {
      let (tree, faults) = Parser.parse(source)
      diagnostics += faults
      // What a unit that cannot be read would have declared is unknown: names are not looked up any more.
      if !faults.isEmpty { isWhole = false }
      guard isWhole else { continue }
      let resolved = resolve(tree, in: scope)
      for variable in resolved.variables { scope.declare(variable) }
      diagnostics += resolved.diagnostics
      guard diagnostics.isEmpty else { continue }
      do {
        let (body, tests) = try FunctionCompiler.compile(tree, resolved.resolution)
        units.append(
          CompiledUnit(
            source: source, isQuiet: tree.isQuiet, tests: tests.map { TestBlock(name: $0.0, body: $0.1) }, body: body))
      } catch let error as DiagnosticError {
        diagnostics += error.diagnostics
      }
    }
    guard diagnostics.isEmpty else {
      if modules.count == moduleCount { machine.removeGlobals(downTo: slots) }
      throw DiagnosticError(diagnostics)
    }
    globals = scope
    return units
  }

  /// What the resolver found: the names that a unit declares, what each name means, and what is wrong.
  struct Resolved {
    var variables: [Variable]
    var resolution: Resolution
    var diagnostics: [Diagnostic]
    var visible: [VisibleName] = []
  }

  func resolve(_ tree: SyntaxUnit, in scope: GlobalScope, probe: String? = nil) -> Resolved {
    var isFull = false
    let resolver = Resolver(
      source: tree.source, globals: scope, probe: probe,
      makeSlot: { [machine] in
        if let slot = machine.makeGlobal() { return slot }
        isFull = true
        return 0
      },
      moduleNames: { [self] in moduleNames(importedFrom: tree.source) },
      findModule: { [self] in try findModule($0, importedFrom: tree.source) })
    resolver.resolve(tree)
    // In the order of the text, so that what depends on the order is the same every time.
    let variables = resolver.unitVariables.values.sorted {
      ($0.declaration?.span.start ?? 0) < ($1.declaration?.span.start ?? 0)
    }
    var diagnostics = resolver.diagnostics
    if isFull {
      diagnostics.append(
        Diagnostic(
          code: ResolutionError.tooComplex.rawValue, message: "there are too many top-level names",
          help: "put some into functions, or into a map"))
    }
    return Resolved(
      variables: variables, resolution: resolver.resolution, diagnostics: diagnostics, visible: resolver.visible)
  }

  // MARK: Running

  /// Runs a unit and gives the value of its last expression, or nil. Throws a `DiagnosticError`; effects before the
  /// fault stand, and the interpreter can go on.
  @discardableResult
  public func run(_ unit: CompiledUnit) throws -> Value { try run(unit.body) }

  /// Runs one `test` block of a unit that has been run. Throws a `DiagnosticError` when the test fails.
  public func run(_ test: TestBlock) throws { _ = try run(test.body) }

  /// Compiles and runs one unit.
  @discardableResult
  public func evaluate(_ source: Source) throws -> Value {
    var result = Value.nil
    for unit in try compile([source]) { result = try run(unit) }
    return result
  }

  private func run(_ body: Prototype) throws -> Value {
    do {
      return try entered { try machine.call(.object(FunctionObject(prototype: body, heap: heap)), [], named: []) }
    } catch {
      throw DiagnosticError([Fault.from(error).diagnostic])
    }
  }

  /// Does something as this interpreter: new containers register in its heap.
  func entered<T>(_ body: () throws -> T) rethrows -> T {
    if machine.nativeDepth > 0 { return try body() }
    let outer = Heap.current
    Heap.current = heap
    machine.findStackLimit()
    defer { Heap.current = outer }
    return try body()
  }

  // MARK: Modules

  func moduleNames(importedFrom source: Source) -> [String] {
    var names = loader?.moduleNames(importedFrom: source) ?? []
    for name in bindings.compactMap(\.module) + constants.compactMap(\.module) where !names.contains(name) {
      names.append(name)
    }
    return names
  }

  /// The module of a name, compiled but perhaps not run yet.
  func findModule(_ name: String, importedFrom importer: Source) throws -> ModuleObject {
    try rejectCycle(name)
    if let module = modules[name] { return module }
    let isNative = bindings.contains { $0.module == name } || constants.contains { $0.module == name }
    let source = try loader?.source(ofModule: name, importedFrom: importer)
    guard isNative || source != nil else {
      throw Fault(
        ResolutionError.unknownModule.rawValue, "there is no module named `\(name)`",
        labels: [Fault.Label(.whole, "neither in the standard library nor beside this file")])
    }
    let scope = GlobalScope(parent: builtins)
    declareNative(module: name, in: scope)
    let module = ModuleObject(name: name, documentation: source?.headDocumentation, scope: scope)
    if let source {
      modulesInProgress.append(name)
      defer { modulesInProgress.removeLast() }
      let (tree, faults) = Parser.parse(source)
      if !faults.isEmpty { throw DiagnosticError(faults) }
      let resolved = resolve(tree, in: scope)
      if !resolved.diagnostics.isEmpty { throw DiagnosticError(resolved.diagnostics) }
      for variable in resolved.variables { scope.declare(variable) }
      module.body = try FunctionCompiler.compile(tree, resolved.resolution).body
    }
    modules[name] = module
    return module
  }

  private func rejectCycle(_ name: String) throws {
    guard let start = modulesInProgress.firstIndex(of: name) else { return }
    let cycle = (modulesInProgress[start...] + [name]).joined(separator: " → ")
    throw Fault(
      "import-cycle", "modules import each other: \(cycle)", labels: [Fault.Label(.whole, "closes the cycle")],
      help: "move what both need into a module of its own")
  }
}

extension Machine {
  /// The module of an `import`, which runs now if it has not yet.
  @inline(never)
  func importModule(_ prototype: Unmanaged<Prototype>, _ index: Int) throws -> Value {
    let module = prototype._withUnsafeGuaranteedRef { $0.modules[index] }
    if let body = module.body {
      _ = try call(.object(FunctionObject(prototype: body, heap: heap)), [], named: [])
      module.body = nil
    }
    return .object(module)
  }
}
