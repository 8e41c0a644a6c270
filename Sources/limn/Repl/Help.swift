import LimnLanguage

/// What `?name` answers: signatures, documentation, and an example, read from the binding table or the value.
struct Help {
  let interpreter: Interpreter

  func text(on query: String) -> String {
    let path = query.split(separator: ".").map(String.init)
    guard let name = path.last else {
      return "?name shows help on a function, a module's function, or a value: ?dense, ?data.batches"
    }
    let module = path.count > 1 ? path.dropLast().joined(separator: ".") : nil
    let bindings = interpreter.bindings.filter { binding in
      binding.name == name && (module == nil || binding.module == module || isMethod(binding, of: path.dropLast()))
    }
    if !bindings.isEmpty { return bindings.map(describe).joined(separator: "\n\n") }
    if let constant = interpreter.constants.first(where: { $0.name == name }) {
      return "\(constant.name)\n  \(constant.documentation)"
    }
    if let value = interpreter.value(at: path) {
      return describe(value, named: query)
    }
    let known = interpreter.globalNames + interpreter.builtinNames
    let suggestion = Suggestion.closest(to: name, among: known).map { "; did you mean \($0)?" } ?? ""
    return "nothing is named \(query)\(suggestion)"
  }

  private func isMethod(_ binding: Binding, of path: ArraySlice<String>) -> Bool {
    guard let value = interpreter.value(at: path) else { return false }
    return binding.receivers.contains { $0.accepts(value) }
  }

  private func describe(_ binding: Binding) -> String {
    let module = binding.module.map { $0 + "." } ?? ""
    let example = binding.example.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }
    return """
      \(module)\(binding.signature)
        \(binding.documentation.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n  "))

      \(example.joined(separator: "\n"))
      """
  }

  private func describe(_ value: Value, named name: String) -> String {
    let text = (try? interpreter.describe(value)) ?? ""
    let documentation = value.documentation.map { "\n  " + $0.split(separator: "\n").joined(separator: "\n  ") } ?? ""
    switch value.asObject?.kind {
    case .function, .builtin, .type: return text + documentation
    default: return "\(name): \(value.typeName)\(documentation)\n\(text)"
    }
  }
}
