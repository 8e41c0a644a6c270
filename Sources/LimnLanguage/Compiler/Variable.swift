/// A name that a program declares, as the resolver found it.
package final class Variable {
  enum Place {
    /// At a unit's or module's top level, in a slot of the interpreter.
    case global(slot: Int)
    /// In a function: a register, or a cell when it is captured and changes.
    case local(FunctionScope)
    /// Register 0 of a function: the instance in a method, the function itself elsewhere.
    case callee(FunctionScope)
  }

  enum Kind { case name, loop, caught, function, type, imported }

  package let name: String
  let place: Place
  package let isMutable: Bool
  /// Where it is declared; nil for built-ins and what Swift defines.
  package let declaration: (source: Source, span: Span)?
  /// What declared it, for the help of a message.
  var kind = Kind.name
  /// The module that an `import` bound, so that its members are resolved before anything runs.
  package var module: ModuleObject?
  /// Whether a function within the declaring one uses it.
  var isCaptured = false
  /// Whether it changes after its declaration, or is used by a function made before it is set.
  var isReassigned = false

  init(name: String, place: Place, isMutable: Bool, declaration: (source: Source, span: Span)?) {
    self.name = name
    self.place = place
    self.isMutable = isMutable
    self.declaration = declaration
  }

  /// The slot of a top-level or built-in name; nil for one that belongs to a function. A later unit that declares the
  /// name anew has the same slot.
  package var slot: Int? {
    if case .global(let slot) = place { slot } else { nil }
  }

  /// Captured variables that never change are copied into the closure; the others are shared through a cell.
  var needsCell: Bool { isCaptured && isReassigned }
}

/// One function while its names are resolved.
final class FunctionScope {
  let parent: FunctionScope?
  let form: Form
  /// Loops that are open at the present place.
  var loopDepth = 0
  /// In a method, the instance.
  var selfVariable: Variable?

  enum Form { case unit, function, trailingBlock, method, test }

  init(parent: FunctionScope?, form: Form) {
    self.parent = parent
    self.form = form
  }
}

/// What a name in an expression, or as a target, refers to.
package enum Reference {
  case variable(Variable)
  /// A field of the type in whose body the name stands.
  case field(index: Int, isMutable: Bool, instance: Variable)
}

/// What the resolver found out about a unit. Names are identified by the offset at which they stand.
package struct Resolution {
  package var declarations: [Int: Variable] = [:]
  package var references: [Int: Reference] = [:]
  /// Modules that imports name, by the offset of the name.
  package var modules: [Int: ModuleObject] = [:]
  /// Where the fields are declared that names refer to, by the offset of the name.
  package var fields: [Int: Span] = [:]
  /// Functions' own names and methods' `self`, which are register 0, by the offset at which the function begins; of a
  /// constructor, by the offset of the type's name.
  var callees: [Int: Variable] = [:]
  /// Types whose members have been checked for repeated names, by the offset of the name.
  var checkedTypes: Set<Int> = []
}

extension Variable.Kind {
  /// Why a name of this kind cannot be assigned to.
  var staysLabel: String {
    switch self {
    case .name: "it was declared to stay as it is"
    case .loop: "a loop's name is made anew each turn"
    case .caught: "the name of a caught error stays as it is"
    case .function: "it is the name of a function"
    case .type: "it is the name of a type"
    case .imported: "an imported name stays as it is"
    }
  }

  /// What to write instead.
  var changeHelp: String {
    switch self {
    case .name: "declare it with `var` to change it later"
    case .loop, .caught, .imported: "give the value a name of its own with `var`, and change that"
    case .function, .type: "choose another name for what changes"
    }
  }
}
