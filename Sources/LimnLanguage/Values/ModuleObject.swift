/// A module: a text that ran once, with the bindings of the same name.
public final class ModuleObject: Object {
  public let name: String
  public let documentation: String?
  let scope: GlobalScope
  /// The text as a function, until it has run; nil for a module that is all Swift.
  var body: Prototype?

  init(name: String, documentation: String? = nil, scope: GlobalScope) {
    self.name = name
    self.documentation = documentation
    self.scope = scope
    super.init(kind: .module)
  }

  /// What `module.name` can name, without the module's own affairs: names that begin with an underscore.
  public var memberNames: [String] { scope.names.filter { !$0.hasPrefix("_") } }

  /// The name as the module declares it; nil when it has none.
  package func variable(_ name: String) -> Variable? { scope[name] }
}
