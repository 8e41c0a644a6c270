@testable import LimnEditor

/// A client of a server in this process.
final class TestClient {
  private(set) var server: LanguageServer!
  private(set) var received: [JSON] = []
  private var nextID = 1

  init(initialized: Bool = true, encodings: JSON = .null) {
    server = LanguageServer(sendJSON: { [unowned self] in received.append($0) })
    guard initialized else { return }
    request("initialize", ["capabilities": ["general": ["positionEncodings": encodings]]])
    notify("initialized", [:])
  }

  /// Sends a request and gives the whole answer.
  @discardableResult
  func request(_ method: String, _ parameters: JSON = .null) -> JSON {
    let id = nextID
    nextID += 1
    server.handle(["jsonrpc": "2.0", "id": .int(id), "method": .string(method), "params": parameters])
    return received.last { $0["id"] == .int(id) } ?? .null
  }

  func notify(_ method: String, _ parameters: JSON = .null) {
    server.handle(["jsonrpc": "2.0", "method": .string(method), "params": parameters])
  }

  func open(_ text: String, uri: String = "file:///nowhere/a.limn", language: String = "limn") {
    notify(
      "textDocument/didOpen",
      [
        "textDocument": [
          "uri": .string(uri), "languageId": .string(language), "version": 1, "text": .string(text),
        ]
      ])
  }

  func change(_ changes: JSON..., uri: String = "file:///nowhere/a.limn") {
    notify(
      "textDocument/didChange",
      ["textDocument": ["uri": .string(uri), "version": 2], "contentChanges": .array(changes)])
  }

  /// Asks about a place of a document.
  func ask(
    _ method: String, _ line: Int, _ column: Int, uri: String = "file:///nowhere/a.limn", _ more: [String: JSON] = [:]
  ) -> JSON {
    var parameters = more
    parameters["textDocument"] = ["uri": .string(uri)]
    parameters["position"] = TextPosition(line: line, column: column).json
    return request("textDocument/" + method, .object(parameters))
  }

  func text(uri: String = "file:///nowhere/a.limn") -> String? { server.documents[uri]?.open.text.text }

  /// The diagnostics that were last published for a document.
  func diagnostics(uri: String = "file:///nowhere/a.limn") -> [JSON]? {
    server.publishDiagnostics()
    return received.last { $0["method"] == "textDocument/publishDiagnostics" && $0["params"]["uri"] == .string(uri) }?[
      "params"]["diagnostics"].array
  }
}

extension JSON {
  init(change text: String, _ startLine: Int, _ startColumn: Int, _ endLine: Int, _ endColumn: Int) {
    let range = TextRange(
      TextPosition(line: startLine, column: startColumn), TextPosition(line: endLine, column: endColumn))
    self = ["range": range.json, "text": .string(text)]
  }
}
