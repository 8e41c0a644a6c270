import LimnLanguage
import LimnNotebook

extension LanguageServer {
  func answerRequest(_ method: String, _ parameters: JSON) throws -> JSON {
    switch method {
    case "textDocument/hover": try hover(parameters)
    case "textDocument/completion": try completion(parameters)
    case "textDocument/signatureHelp": try signatureHelp(parameters)
    case "textDocument/definition": try definition(parameters)
    case "textDocument/references": try references(parameters)
    case "textDocument/documentHighlight": try highlights(parameters)
    case "textDocument/prepareRename": try prepareRename(parameters)
    case "textDocument/rename": try rename(parameters)
    case "textDocument/documentSymbol": .array(try document(parameters).analysis.symbols(encoding).map(json))
    case "textDocument/formatting": try formatting(parameters)
    default: throw Failure(code: .methodNotFound, message: "`\(method)` is not a method of this server")
    }
  }

  private func document(_ parameters: JSON) throws -> ServerDocument {
    guard let uri = parameters["textDocument"]["uri"].string else {
      throw Failure(code: .invalidParameters, message: "`textDocument.uri` is missing")
    }
    guard let document = documents[uri] else {
      throw Failure(code: .invalidParameters, message: "`\(uri)` is not open")
    }
    return document
  }

  /// The document and the place that a request names; the place is nil in prose.
  private func place(
    _ parameters: JSON
  ) throws -> (document: ServerDocument, place: (cell: Cell, offset: Int)?) {
    let document = try document(parameters)
    guard let position = TextPosition(parameters["position"]) else {
      throw Failure(code: .invalidParameters, message: "`position` is missing, or is no place")
    }
    return (document, document.open.place(at: document.open.text.offset(of: position, encoding)))
  }

  private func markdown(_ text: String) -> JSON { ["kind": "markdown", "value": .string(text)] }

  private func range(_ occurrence: Occurrence, in document: ServerDocument) -> JSON? {
    document.open.range(of: occurrence.span, in: occurrence.source, encoding)?.json
  }

  // MARK: Reading

  private func hover(_ parameters: JSON) throws -> JSON {
    let (document, place) = try place(parameters)
    guard let place, let (text, span) = document.analysis.hover(in: place.cell.source, at: place.offset) else {
      return .null
    }
    return ["contents": markdown(text), "range": document.open.range(of: span, in: place.cell.source, encoding)?.json]
  }

  private func definition(_ parameters: JSON) throws -> JSON {
    let (document, place) = try place(parameters)
    guard let place else { return .null }
    let found = document.analysis.definition(in: place.cell.source, at: place.offset, encoding)
    return found.map { json($0, in: document) } ?? .null
  }

  private func references(_ parameters: JSON) throws -> JSON {
    let (document, place) = try place(parameters)
    guard let place else { return [] }
    let found = document.analysis.references(
      in: place.cell.source, at: place.offset,
      includingDeclarations: parameters["context"]["includeDeclaration"].bool ?? true)
    return .array(
      found.compactMap { occurrence in
        range(occurrence, in: document).map { ["uri": .string(document.uri), "range": $0] }
      })
  }

  private func highlights(_ parameters: JSON) throws -> JSON {
    let (document, place) = try place(parameters)
    guard let place else { return [] }
    return .array(
      document.analysis.references(in: place.cell.source, at: place.offset).compactMap { occurrence in
        range(occurrence, in: document).map { ["range": $0, "kind": occurrence.role == .read ? 2 : 3] }
      })
  }

  private func json(_ symbol: DocumentSymbol) -> JSON {
    [
      "name": .string(symbol.name), "detail": symbol.detail.map(JSON.string), "kind": .int(symbol.kind.rawValue),
      "range": symbol.range.json, "selectionRange": symbol.selection.json,
      "children": .array(symbol.children.map(json)),
    ]
  }

  // MARK: Writing

  private func completion(_ parameters: JSON) throws -> JSON {
    let (document, place) = try place(parameters)
    guard let place,
      let completion = Completion.at(place.offset, of: place.cell, document.open, folder: document.importFolder),
      let range = document.open.range(of: completion.word, in: place.cell.source, encoding)
    else { return [] }
    return .array(
      completion.items.map { item in
        [
          "label": .string(item.label), "kind": .int(item.kind.rawValue), "detail": item.detail.map(JSON.string),
          "documentation": item.documentation.map(markdown), "sortText": .string("\(item.rank)\(item.label)"),
          "textEdit": ["range": range.json, "newText": .string(item.insertedText ?? item.label)],
        ]
      })
  }

  private func signatureHelp(_ parameters: JSON) throws -> JSON {
    let (document, place) = try place(parameters)
    guard let place,
      let help = SignatureHelp(at: place.offset, of: place.cell, document.open, folder: document.importFolder)
    else { return .null }
    let signatures = help.signatures.map { signature -> JSON in
      [
        "label": .string(signature.label), "documentation": signature.documentation.map(markdown),
        "parameters": .array(signature.parameters.map { ["label": .string($0.text)] }),
      ]
    }
    return [
      "signatures": .array(signatures), "activeSignature": .int(help.activeSignature),
      // A parameter that there is not means that none is shown.
      "activeParameter": .int(help.activeParameter ?? help.signatures.map(\.parameters.count).max() ?? 0),
    ]
  }

  private func prepareRename(_ parameters: JSON) throws -> JSON {
    let (document, place) = try place(parameters)
    guard let place else { return .null }
    let occurrence = try document.analysis.renameable(in: place.cell.source, at: place.offset)
    return [
      "range": range(occurrence, in: document),
      "placeholder": .string(occurrence.source.text(of: occurrence.span)),
    ]
  }

  private func rename(_ parameters: JSON) throws -> JSON {
    let (document, place) = try place(parameters)
    guard let name = parameters["newName"].string else {
      throw Failure(code: .invalidParameters, message: "`newName` is missing")
    }
    guard let place else { throw RenameRefusal(message: "there is no name here that can be renamed") }
    let places = try document.analysis.rename(in: place.cell.source, at: place.offset, to: name)
    var changes = [document.uri: edits(at: places, to: name, in: document)]
    if let first = places.first, document.analysis.declaration(of: first)?.isTopLevel == true {
      let old = first.source.text(of: first.span)
      for importer in importers(of: document) {
        let uses = importer.analysis.uses(of: old, inModule: document.moduleName)
        if !uses.isEmpty { changes[importer.uri] = edits(at: uses, to: name, in: importer) }
      }
    }
    return ["changes": .object(changes.mapValues(JSON.array))]
  }

  private func edits(at places: [Occurrence], to name: String, in document: ServerDocument) -> [JSON] {
    places.compactMap { occurrence in
      range(occurrence, in: document).map { ["range": $0, "newText": .string(name)] }
    }
  }

  /// The files beside a script that import it, as they are open or else as they are saved.
  private func importers(of document: ServerDocument) -> [ServerDocument] {
    document.neighbors(documents.values).compactMap { path in
      let uri = ServerDocument.uri(of: path)
      if let open = documents[uri] { return open }
      return ServerDocument(savedAt: path, openTexts)
    }.filter { $0.open.text.text.contains("import") && $0.open.text.text.contains(document.moduleName) }
  }

  private func formatting(_ parameters: JSON) throws -> JSON {
    guard let (range, text) = try document(parameters).open.formattingEdit(encoding) else { return [] }
    return [["range": range.json, "newText": .string(text)]]
  }
}
