/// A part of the binding table that stands on one page of the reference manual.
///
/// A table is its sections one after the other, so that a binding cannot be without a page.
public struct BindingSection {
  /// The page's name, as in `limn doc NAME` and in its file's name.
  public var name: String
  public var title: String
  /// The module that `import` names; nil for what is there without import.
  public var module: String?
  /// What the page begins with, in Markdown; the first sentence stands alone in the index.
  public var documentation: String
  public var constants: [ConstantBinding]
  public var bindings: [Binding]

  public init(
    _ name: String, _ title: String, module: String? = nil, _ documentation: String,
    constants: [ConstantBinding] = [], _ bindings: [Binding]
  ) {
    self.name = name
    self.title = title
    self.module = module
    self.documentation = documentation
    self.constants = constants
    self.bindings = bindings
  }
}
