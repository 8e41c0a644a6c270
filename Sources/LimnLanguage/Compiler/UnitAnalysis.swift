/// What is known of a unit without running it: what editors and linters ask for.
package struct UnitAnalysis {
  /// As much of the text as could be read.
  package let unit: SyntaxUnit
  /// What keeps the text from being read.
  package let syntaxFaults: [Diagnostic]
  /// What is wrong with its names. Empty behind a unit that cannot be read, for what that declares is unknown.
  package let nameFaults: [Diagnostic]
  /// What its names refer to, as far as that is known.
  package let resolution: Resolution
  /// What could be named where the probe stands, innermost first; empty in a unit without it.
  package let visible: [VisibleName]

  package var source: Source { unit.source }
}

/// A name that can be used at a place.
package struct VisibleName {
  package let name: String
  /// Nil for a field of the type around.
  package let variable: Variable?
  /// Where the field is declared.
  package let field: Span?
}

extension Interpreter {
  /// Parses and resolves units in order, each seeing the names of those before it. Nothing is run or declared.
  ///
  /// - Parameters:
  ///   - module: The library's module whose text the units are: they see what it has natively.
  ///   - probe: A name at whose place the names are wanted that could stand there.
  package func analyze(_ sources: [Source], module: String? = nil, probe: String? = nil) -> [UnitAnalysis] {
    let scope = globals.copied()
    let slots = machine.globalCount
    if let module { declareNative(module: module, in: scope) }
    let moduleCount = modules.count
    defer { if modules.count == moduleCount { machine.removeGlobals(downTo: slots) } }
    var isWhole = true
    return sources.map { source in
      let (tree, syntaxFaults) = Parser.parse(source)
      let resolved = resolve(tree, in: scope, probe: probe)
      for variable in resolved.variables { scope.declare(variable) }
      isWhole = isWhole && syntaxFaults.isEmpty
      var faults = isWhole ? resolved.diagnostics : []
      if isWhole, faults.isEmpty {
        do {
          _ = try FunctionCompiler.compile(tree, resolved.resolution)
        } catch {
          faults = (error as? DiagnosticError)?.diagnostics ?? []
        }
      }
      return UnitAnalysis(
        unit: tree, syntaxFaults: syntaxFaults, nameFaults: faults, resolution: resolved.resolution,
        visible: resolved.visible)
    }
  }

  /// A built-in or defined name, as units see it.
  package func variable(named name: String) -> Variable? { globals.lookUp(name) }

  /// The names of modules that a unit can import.
  package func importableModules(from source: Source) -> [String] { moduleNames(importedFrom: source) }

  /// The module of a name, which is read but not run; nil when there is none, or it has faults.
  package func module(named name: String, importedFrom source: Source) -> ModuleObject? {
    try? findModule(name, importedFrom: source)
  }
}
