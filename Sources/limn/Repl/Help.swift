import LimnLanguage
import LimnRuntime

/// What `?name` answers: signatures, documentation, and an example, read from the manual or the value.
struct Help {
  let interpreter: Interpreter

  func text(on query: String) -> String {
    let path = query.split(separator: ".").map(String.init)
    guard let name = path.last else {
      return "?name shows help on a function, a module's function, or a value: ?dense, ?data.batches"
    }
    // A name of the user's own hides one of the library.
    if !interpreter.globalNames.contains(path[0]) || interpreter.value(at: path.prefix(1))?.asObject?.kind == .module {
      let manual = Manual()
      if path.count == 1, let page = manual.page(named: query), page.module != nil {
        return page.text
      }
      let entries = manual.entries(named: query)
      if !entries.isEmpty { return entries.map(\.text).joined(separator: "\n\n") }
    }
    if let text = method(name, of: path.dropLast()) { return text }
    if let value = interpreter.value(at: path) {
      return describe(value, named: query)
    }
    let known = interpreter.globalNames + interpreter.builtinNames
    let suggestion = Suggestion.closest(to: name, among: known).map { "; did you mean \($0)?" } ?? ""
    return "nothing is named \(query)\(suggestion)"
  }

  /// Help on a method of a value that a path leads to: `?xs.append`.
  private func method(_ name: String, of path: ArraySlice<String>) -> String? {
    guard !path.isEmpty, let value = interpreter.value(at: path) else { return nil }
    let bindings = interpreter.bindings.filter { binding in
      binding.name == name && binding.receivers.contains { $0.accepts(value) }
    }
    return bindings.isEmpty ? nil : ManualEntry(name: name, bindings).text
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
