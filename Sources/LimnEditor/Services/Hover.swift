import LimnLanguage

extension DocumentAnalysis {
  /// What is known of the name at a place, in Markdown, and the name's span.
  func hover(in source: Source, at offset: Int) -> (markdown: String, span: Span)? {
    guard let occurrence = occurrence(in: source, at: offset) else { return nil }
    return description(of: occurrence).map { ($0, occurrence.span) }
  }

  private func description(of occurrence: Occurrence) -> String? {
    if let declaration = declaration(of: occurrence) { return description(of: declaration) }
    switch occurrence.symbol {
    case .builtin(let module, let name):
      let found = bindings(module: module, name)
      if !found.isEmpty { return description(of: found) }
      if let constant = interpreter.constants.first(where: { $0.name == name && $0.module == module }) {
        return code(name) + "\n\n" + constant.documentation
      }
      return name == "params" ? code("params") + "\n\nThe parameters of the notebook's front matter, as a map." : nil
    case .builtinMethod(let name):
      let found = interpreter.bindings.filter { $0.name == name && !$0.receivers.isEmpty }
      return found.isEmpty ? nil : description(of: found)
    case .module(let name): return code("module \(name)")
    case .global, .place: return nil
    }
  }

  func description(of declaration: Declaration) -> String {
    var text = code(declaration.signature)
    if let documentation = declaration.documentation { text += "\n\n" + documentation }
    if declaration.kind == .module, let module = declaration.module,
      let names = interpreter.module(named: module.text, importedFrom: declaration.source)?.memberNames, !names.isEmpty
    {
      text += "\n\nIt has \(names.sorted().map { "`\($0)`" }.joined(separator: ", "))."
    }
    return text
  }

  /// The signatures of built-in functions of one name, and of each what it does, with an example.
  func description(of bindings: [Binding]) -> String {
    bindings.map { binding in
      let module = binding.module.map { $0 + "." } ?? ""
      return code(module + binding.signature) + "\n\n" + binding.documentation + "\n\n" + code(binding.example)
    }.joined(separator: "\n\n---\n\n")
  }

  private func code(_ text: String) -> String { "```limn\n\(text)\n```" }
}
