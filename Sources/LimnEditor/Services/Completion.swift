import LimnLanguage
import LimnNotebook

/// Something that can be typed at a place.
struct CompletionItem: Hashable {
  enum Kind: Int {
    case method = 2
    case function = 3
    case field = 5
    case variable = 6
    case type = 7
    case module = 9
    case property = 10
    case keyword = 14
    case constant = 21
  }

  var label: String
  var kind: Kind
  /// One line: a signature.
  var detail: String?
  /// Markdown.
  var documentation: String?
  /// What is typed, where that is not the label.
  var insertedText: String?
  /// Lower ranks come first.
  var rank = 1
}

/// What can be typed at a place of a document.
struct Completion {
  /// The word that the chosen text replaces.
  let word: Span
  let items: [CompletionItem]

  static func at(_ offset: Int, of cell: Cell, _ document: OpenDocument, folder: ImportFolder) -> Completion? {
    if let imports = ImportCompletion.at(offset, of: cell, document, folder: folder) { return imports }
    guard let probe = Probe(document, folder: folder, cell, offset) else { return nil }
    if let owner = probe.owner { return Completion(word: probe.word, items: members(of: owner, probe)) }
    var items = argumentNames(probe) + names(probe)
    items += CodePlace.keywords.map { CompletionItem(label: $0, kind: .keyword, rank: 3) }
    return Completion(word: probe.word, items: items)
  }

  // MARK: Names in scope

  private static func names(_ probe: Probe) -> [CompletionItem] {
    probe.unit.visible.map { visible in
      let analysis = probe.analysis
      if let field = visible.field, let declaration = analysis.declaration(in: probe.unit.source, at: field.start) {
        return item(declaration)
      }
      guard let variable = visible.variable else { return CompletionItem(label: visible.name, kind: .variable) }
      if variable.name == "self" { return CompletionItem(label: "self", kind: .variable, rank: 1) }
      if let declaration = analysis.declaration(of: variable) { return item(declaration) }
      return builtin(visible.name, module: nil, analysis, rank: 2)
    }
  }

  static func item(_ declaration: Declaration) -> CompletionItem {
    let kind: CompletionItem.Kind =
      switch declaration.kind {
      case .constant, .variable, .parameter, .loopName, .caughtError: .variable
      case .function, .importedName: .function
      case .type: .type
      case .field: .field
      case .method: .method
      case .module: .module
      }
    return CompletionItem(
      label: declaration.name.text, kind: kind, detail: declaration.signature, documentation: declaration.documentation)
  }

  static func builtin(_ name: String, module: String?, _ analysis: DocumentAnalysis, rank: Int) -> CompletionItem {
    let bindings = analysis.bindings(module: module, name)
    guard let first = bindings.first else {
      let constant = analysis.interpreter.constants.first { $0.name == name && $0.module == module }
      return CompletionItem(label: name, kind: .constant, documentation: constant?.documentation, rank: rank)
    }
    return CompletionItem(
      label: name, kind: .function, detail: first.signature, documentation: first.documentation, rank: rank)
  }

  // MARK: Members

  private static func members(of owner: Expression, _ probe: Probe) -> [CompletionItem] {
    let analysis = probe.analysis
    switch analysis.staticType(of: owner, in: probe.unit, within: probe.type) {
    case .instance(let type, let source)?:
      let names = type.parameters.map(\.name) + type.fields.map(\.name) + type.methods.map(\.name)
      return names.compactMap { analysis.declaration(in: source, at: $0.span.start) }.map(item)
    case .module(let module)?: return members(of: module, analysis)
    case .value(let type)?:
      return methods(analysis) { receiver in Self.fits(type, receiver) } + properties(of: type)
    case .type?: return []
    case nil: return methods(analysis) { _ in true }
    }
  }

  static func members(of module: ModuleObject, _ analysis: DocumentAnalysis) -> [CompletionItem] {
    module.memberNames.compactMap { name in
      guard let variable = module.variable(name) else { return nil }
      if let declaration = analysis.declaration(of: variable) {
        // What a module imports is no part of what it offers.
        return declaration.kind == .module || declaration.kind == .importedName ? nil : item(declaration)
      }
      return builtin(name, module: module.name, analysis, rank: 1)
    }
  }

  /// Built-in functions that are methods of some type, each name once.
  private static func methods(_ analysis: DocumentAnalysis, _ fits: (ValueType) -> Bool) -> [CompletionItem] {
    var seen: Set<String> = []
    return analysis.interpreter.bindings.compactMap { binding in
      guard binding.receivers.contains(where: fits), seen.insert(binding.name).inserted else { return nil }
      return CompletionItem(
        label: binding.name, kind: .method, detail: binding.signature, documentation: binding.documentation)
    }
  }

  private static func properties(of type: ValueType) -> [CompletionItem] {
    guard case .host(let host) = type, host.name == "tensor" else { return [] }
    return [
      CompletionItem(label: "shape", kind: .property, detail: "the lengths of the axes, a list", rank: 0),
      CompletionItem(label: "dtype", kind: .property, detail: "the element type, a string", rank: 0),
    ]
  }

  /// Whether values of one type are among those of another.
  private static func fits(_ type: ValueType, _ receiver: ValueType) -> Bool {
    switch (type, receiver) {
    case (_, .any), (.string, .string), (.list, .list), (.map, .map), (.range, .range), (.number, .number),
      (.number, .int), (.number, .float):
      true
    case (.host(let host), .host(let other)): host.isKind(of: other)
    case (_, .either(let types)): types.contains { fits(type, $0) }
    default: false
    }
  }

  // MARK: Arguments

  /// The names that arguments of the call around may have, without those that are given.
  private static func argumentNames(_ probe: Probe) -> [CompletionItem] {
    guard let call = probe.call, call.argumentName == nil,
      let called = probe.analysis.callable(call.callee, in: probe.unit, within: call.type)
    else { return [] }
    return SignatureInformation.all(called).flatMap(\.parameters).filter {
      !$0.isRest && !call.usedNames.contains($0.name)
    }
    .reduce(into: [CompletionItem]()) { items, parameter in
      guard !items.contains(where: { $0.label == parameter.name + ":" }) else { return }
      items.append(
        CompletionItem(
          label: parameter.name + ":", kind: .property, detail: parameter.text, insertedText: parameter.name + ": ",
          rank: 0))
    }
  }
}

/// Completion in `import ...` and `from ... import ...`.
enum ImportCompletion {
  static func at(_ offset: Int, of cell: Cell, _ document: OpenDocument, folder: ImportFolder) -> Completion? {
    let source = cell.source
    let line = source.lineBytes(source.line(at: offset))
    let text = String(decoding: source.bytes[line.startIndex..<offset], as: UTF8.self)
    if let match = text.wholeMatch(of: /\s*(?:import|from)\s+(\w*)/) {
      let analysis = DocumentAnalysis(document, folder: folder)
      let items = analysis.interpreter.importableModules(from: source).map { name in
        CompletionItem(label: name, kind: .module, detail: "module \(name)")
      }
      return Completion(word: Span(offset - match.1.utf8.count, offset), items: items)
    }
    guard let match = text.wholeMatch(of: /\s*from\s+(\w+)\s+import\s+(?:\w+\s*,\s*)*(\w*)/) else { return nil }
    let analysis = DocumentAnalysis(document, folder: folder)
    let module = analysis.interpreter.module(named: String(match.1), importedFrom: source)
    return Completion(
      word: Span(offset - match.2.utf8.count, offset), items: module.map { Completion.members(of: $0, analysis) } ?? [])
  }
}
