/// The top-level names of a session or a module.
final class GlobalScope {
  private(set) var variables: [String: Variable] = [:]
  /// Names in the order of their first declaration.
  private(set) var names: [String] = []
  /// Where a name is looked for that is not here: the built-ins.
  let parent: GlobalScope?

  init(parent: GlobalScope?) { self.parent = parent }

  /// A scope of the same names, for a compilation that may fail.
  func copied() -> GlobalScope {
    let copy = GlobalScope(parent: parent)
    copy.variables = variables
    copy.names = names
    return copy
  }

  /// A name of this scope alone.
  subscript(name: String) -> Variable? { variables[name] }

  func lookUp(_ name: String) -> Variable? { variables[name] ?? parent?.lookUp(name) }

  func slot(of name: String) -> Int? {
    if case .global(let slot)? = variables[name]?.place { return slot }
    return nil
  }

  func declare(_ variable: Variable) {
    if variables.updateValue(variable, forKey: variable.name) == nil { names.append(variable.name) }
  }

  func removeAll() {
    variables = [:]
    names = []
  }

  /// All names that can be used, for *did you mean*.
  var visibleNames: [String] { names + (parent?.visibleNames ?? []) }
}
