extension Interpreter {
  /// Names that units and `define` have declared, in order.
  public var globalNames: [String] { globals.names }

  /// Names of the core library, in order of the binding table.
  public var builtinNames: [String] { builtins.names }

  /// The value of a top-level or built-in name; nil when it has none.
  public func global(_ name: String) -> Value? {
    guard case .global(let slot)? = globals.lookUp(name)?.place, !machine.isUnset(machine.globals[slot]) else {
      return nil
    }
    return machine.globals[slot]
  }

  /// Declares a top-level name that cannot be assigned to, or gives it a new value.
  public func define(_ name: String, _ value: Value) { declare(name, value, in: globals) }

  /// Forgets every top-level name and module: `%reset`.
  public func reset() {
    for scope in [globals] + modules.values.map(\.scope) {
      for name in scope.names {
        if let slot = scope.slot(of: name) { machine.globals[slot] = machine.unset }
      }
    }
    globals = GlobalScope(parent: builtins)
    modules = [:]
    heap.collectCycles()
  }

  /// What may follow `value.`: fields, methods, properties, and built-in functions of its type.
  public func memberNames(of value: Value) -> [String] { machine.memberNames(of: value) }
}
