import LimnLanguage

extension LanguageServer {
  /// Follows what the client tells; what is not known is ignored, as the protocol wants.
  func follow(_ method: String, _ parameters: JSON) {
    let document = parameters["textDocument"]
    guard let uri = document["uri"].string else { return }
    switch method {
    case "textDocument/didOpen":
      guard let text = document["text"].string else { return }
      let opened = ServerDocument(
        uri: uri, languageID: document["languageId"].string, version: document["version"].int, text: text, openTexts)
      setDocument(opened, at: uri)
    case "textDocument/didChange":
      guard let old = documents[uri] else { return }
      var text = old.open.text
      for change in parameters["contentChanges"].array ?? [] { text = changed(text, by: change) }
      setDocument(old.changed(to: text.text, version: document["version"].int), at: uri)
    case "textDocument/didSave":
      // Files may have changed that are not open.
      for document in documents.values { document.invalidate() }
    case "textDocument/didClose":
      guard documents[uri] != nil else { return }
      setDocument(nil, at: uri)
      notifyClient("textDocument/publishDiagnostics", ["uri": .string(uri), "diagnostics": []])
    default: break
    }
  }

  /// The text after one change: of a range, or of all. A change that makes no sense is none.
  private func changed(_ text: Source, by change: JSON) -> Source {
    guard let inserted = change["text"].string else { return text }
    guard !change["range"].isNull else { return Source(name: text.name, text: inserted) }
    guard let range = TextRange(change["range"]) else { return text }
    let start = text.offset(of: range.start, encoding)
    let end = max(start, text.offset(of: range.end, encoding))
    let bytes = text.bytes[..<start] + Array(inserted.utf8) + text.bytes[end...]
    return Source(name: text.name, text: String(decoding: bytes, as: UTF8.self))
  }

  /// Tells the client what is wrong in the documents that have changed. Called when no message waits.
  public func publishDiagnostics() {
    for uri in documents.keys.sorted() {
      guard let document = documents[uri], document.isUnpublished else { continue }
      document.isUnpublished = false
      let found = Linter(document.analysis).diagnostics
      notifyClient(
        "textDocument/publishDiagnostics",
        [
          "uri": .string(uri), "version": document.version.map(JSON.int),
          "diagnostics": .array(found.map { json($0, in: document) }),
        ])
    }
  }

  private func json(_ diagnostic: Diagnostic, in document: ServerDocument) -> JSON {
    var message = diagnostic.message
    if let mark = diagnostic.primary, !mark.label.isEmpty { message += "\n\(mark.label)" }
    message += diagnostic.notes.map { "\n\($0)" }.joined()
    if let help = diagnostic.help { message += "\nhelp: \(help)" }
    let own = diagnostic.primary.flatMap { document.open.range(of: $0.span, in: $0.source, encoding) }
    if own == nil, let source = diagnostic.primary?.source {
      message += "\nin \(source.describe(line: source.line(at: diagnostic.primary?.span.start ?? 0)))"
    }
    let isUnused = [LintCode.unusedName, .unusedImport, .unreachableCode].contains { $0.rawValue == diagnostic.code }
    let related = diagnostic.secondary.compactMap { mark -> JSON? in
      guard let location = document.analysis.location(of: mark.span, in: mark.source, encoding) else { return nil }
      return [
        "location": json(location, in: document), "message": .string(mark.label.isEmpty ? "here" : mark.label),
      ]
    }
    return [
      "range": (own ?? place(ofImportIn: document)).json, "severity": diagnostic.severity == .error ? 1 : 2,
      "code": .string(diagnostic.code), "source": "limn", "message": .string(message),
      "tags": isUnused ? [1] : nil, "relatedInformation": related.isEmpty ? nil : .array(related),
    ]
  }

  /// Where a fault in another file is told: at the first import, or at the document's start.
  private func place(ofImportIn document: ServerDocument) -> TextRange {
    for unit in document.analysis.units {
      for statement in unit.unit.statements {
        switch statement.kind {
        case .importModule, .importNames:
          if let range = document.open.range(of: statement.span, in: unit.source, encoding) { return range }
        default: break
        }
      }
    }
    return TextRange(TextPosition(line: 0, column: 0), TextPosition(line: 0, column: 0))
  }

  func json(_ location: FileLocation, in document: ServerDocument) -> JSON {
    ["uri": .string(location.path.map(ServerDocument.uri) ?? document.uri), "range": location.range.json]
  }
}
