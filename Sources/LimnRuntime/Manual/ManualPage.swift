import LimnLanguage

/// A page of the reference manual: a module, or a part of what is there without import.
public struct ManualPage: Sendable {
  /// As in `limn doc NAME` and in its file's name.
  public var name: String
  public var title: String
  /// What `import` names; nil for a page of what is there without import.
  public var module: String?
  /// What the page begins with, in Markdown.
  public var documentation: String
  public var constants: [ManualEntry]
  public var entries: [ManualEntry]

  public var summary: String { Manual.firstSentence(documentation) }

  /// The page of a section, with what a module's text of the same name adds.
  init(_ section: BindingSection, text: ModuleText?) {
    name = section.name
    title = section.title
    module = section.module
    documentation = section.documentation.isEmpty ? text?.documentation ?? "" : section.documentation
    constants = section.constants.map { constant in
      ManualEntry(name: constant.name, module: constant.module, forms: [.init(constant)])
    }
    entries = text?.entries ?? []
    for binding in section.bindings {
      if let index = entries.firstIndex(where: { $0.name == binding.name }) {
        entries[index].forms.append(.init(binding))
      } else {
        entries.append(ManualEntry(name: binding.name, module: binding.module, forms: [.init(binding)]))
      }
    }
  }

  /// The page of a module that is a text alone.
  init(_ text: ModuleText) {
    name = text.name
    title = text.name
    module = text.name
    documentation = text.documentation
    constants = []
    entries = text.entries
  }
}

/// What a module written in Limn says of itself in `##` lines.
struct ModuleText {
  var name: String
  var documentation: String
  var entries: [ManualEntry]

  /// Reads a module's text; names that begin with an underscore are its own affair.
  init(name: String, text: String) {
    self.name = name
    let source = Source(name: "\(name).limn", text: text, isLibrary: true)
    documentation = source.headDocumentation ?? ""
    entries = Parser.parse(source).unit.statements.compactMap { statement in
      let (identifier, parameters): (Identifier, [ParameterSyntax])
      switch statement.kind {
      case .function(let declaration): (identifier, parameters) = (declaration.name, declaration.function.parameters)
      case .type(let declaration): (identifier, parameters) = (declaration.name, declaration.parameters)
      default: return nil
      }
      guard !identifier.text.hasPrefix("_") else { return nil }
      let words = parameters.map { parameter in
        let value = parameter.defaultValue.map { " = " + source.text(of: $0.span) } ?? ""
        return (parameter.isRest ? "..." : "") + parameter.name.text + value
      }
      let (documentation, example) = Self.parts(of: statement.documentation ?? "")
      return ManualEntry(
        name: identifier.text, module: name,
        forms: [
          .init(
            signature: "\(name).\(identifier.text)(\(words.joined(separator: ", ")))", documentation: documentation,
            parameters: [], isMethod: false, example: example)
        ])
    }
  }

  /// A doc comment's words, and its example: the lines that are indented by four blanks, as Markdown has code.
  private static func parts(of comment: String) -> (documentation: String, example: String) {
    let lines = comment.split(separator: "\n", omittingEmptySubsequences: false)
    let example = lines.filter { $0.hasPrefix("    ") }.map { $0.dropFirst(4) }
    var words = lines.filter { !$0.hasPrefix("    ") }
    while words.last?.isEmpty == true { words.removeLast() }
    return (words.joined(separator: "\n"), example.joined(separator: "\n"))
  }
}
