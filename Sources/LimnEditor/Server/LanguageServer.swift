import LimnLanguage
import LimnNotebook
import LimnRuntime

/// A language server: answers an editor's messages of the Language Server Protocol 3.17.
///
///     let server = LanguageServer { bytes in ... }
///     server.handle(message)
///     server.publishDiagnostics()
///
/// It keeps the texts of open documents and nothing else between messages. Whatever comes, it answers or ignores; it
/// ends only when it is told to.
public final class LanguageServer {
  /// How the client and the server stand.
  enum State { case waiting, running, shutDown }

  /// The codes of JSON-RPC and of the protocol.
  enum ErrorCode: Int {
    case parseError = -32700
    case invalidRequest = -32600
    case methodNotFound = -32601
    case invalidParameters = -32602
    case notInitialized = -32002
    case requestCancelled = -32800
    case requestFailed = -32803
  }

  struct Failure: Error {
    var code: ErrorCode
    var message: String
  }

  private(set) var state = State.waiting
  /// Set when the client has said `exit`: 0 when it had said `shutdown` before.
  public private(set) var exitCode: Int32?
  var encoding = PositionEncoding.utf16
  private(set) var documents: [String: ServerDocument] = [:]
  let openTexts = OpenTexts()
  private let send: (JSON) -> Void

  init(sendJSON: @escaping (JSON) -> Void) { send = sendJSON }

  /// - Parameter send: Writes the bytes of one message, header included.
  public convenience init(send: @escaping ([UInt8]) -> Void) {
    self.init(sendJSON: { send(MessageStream.framed($0.bytes)) })
  }

  /// Puts a document's new state in the place of its old one; nil closes it.
  func setDocument(_ document: ServerDocument?, at uri: String) {
    documents[uri] = document
    guard let folder = openTexts.set(document?.open.text.text, at: uri) else { return }
    for (other, document) in documents where other != uri && document.hasImports && document.folder == folder {
      document.invalidate()
    }
  }

  // MARK: Messages

  /// Handles the bytes of one message.
  public func handle(_ bytes: [UInt8]) {
    guard let message = JSON(bytes) else {
      return respond(.null, Failure(code: .parseError, message: "the message is not JSON"))
    }
    handle(message)
  }

  func handle(_ message: JSON) {
    let id = message["id"]
    let isRequest = id.string != nil || id.int != nil
    guard let method = message["method"].string else {
      // The client's answers have no method; nothing is asked of it.
      let isAnswer = isRequest && (message["result"] != .null || message["error"] != .null)
      if !isAnswer {
        respond(isRequest ? id : .null, Failure(code: .invalidRequest, message: "the message has no method"))
      }
      return
    }
    guard isRequest else { return notify(method, message["params"]) }
    do {
      respond(id, result: try answer(method, message["params"]))
    } catch let failure as Failure {
      respond(id, failure)
    } catch let refusal as RenameRefusal {
      respond(id, Failure(code: .requestFailed, message: refusal.message))
    } catch {
      respond(id, Failure(code: .requestFailed, message: "\(error)"))
    }
  }

  /// Says that a request is not answered because the client wants it no more.
  func cancel(_ id: JSON) {
    respond(id, Failure(code: .requestCancelled, message: "the request was cancelled"))
  }

  /// Says that a message's header made no sense.
  func rejectHeader() {
    respond(.null, Failure(code: .parseError, message: "the header has no Content-Length"))
  }

  private func respond(_ id: JSON, result: JSON) { send(["jsonrpc": "2.0", "id": id, "result": result]) }

  private func respond(_ id: JSON, _ failure: Failure) {
    send([
      "jsonrpc": "2.0", "id": id,
      "error": ["code": .int(failure.code.rawValue), "message": .string(failure.message)],
    ])
  }

  func notifyClient(_ method: String, _ parameters: JSON) {
    send(["jsonrpc": "2.0", "method": .string(method), "params": parameters])
  }

  // MARK: Life

  private func answer(_ method: String, _ parameters: JSON) throws -> JSON {
    switch (state, method) {
    case (.waiting, "initialize"): return initialize(parameters)
    case (.waiting, _): throw Failure(code: .notInitialized, message: "the first request is `initialize`")
    case (.shutDown, _): throw Failure(code: .invalidRequest, message: "the server has been shut down")
    case (.running, "initialize"): throw Failure(code: .invalidRequest, message: "the server is initialized already")
    case (.running, "shutdown"):
      state = .shutDown
      return .null
    case (.running, _): return try answerRequest(method, parameters)
    }
  }

  private func notify(_ method: String, _ parameters: JSON) {
    if method == "exit" {
      exitCode = state == .shutDown ? 0 : 1
    } else if state == .running {
      follow(method, parameters)
    }
  }

  private func initialize(_ parameters: JSON) -> JSON {
    state = .running
    let offered = parameters["capabilities"]["general"]["positionEncodings"].array ?? []
    // Bytes are what texts are here; an editor that can count them need not convert.
    if offered.contains("utf-8") {
      encoding = .utf8
    } else if !offered.isEmpty, !offered.contains("utf-16"), offered.contains("utf-32") {
      encoding = .utf32
    }
    return [
      "capabilities": [
        "positionEncoding": .string(encoding.rawValue),
        "textDocumentSync": ["openClose": true, "change": 2, "save": true],
        "hoverProvider": true,
        "completionProvider": ["triggerCharacters": ["."]],
        "signatureHelpProvider": ["triggerCharacters": ["(", ","]],
        "definitionProvider": true,
        "referencesProvider": true,
        "documentHighlightProvider": true,
        "documentSymbolProvider": true,
        "documentFormattingProvider": true,
        "renameProvider": ["prepareProvider": true],
      ],
      "serverInfo": ["name": "limn", "version": .string(Limn.version)],
    ]
  }
}
