import Foundation
import LimnTestSupport
import Testing

@testable import LimnEditor

/// `limn lsp` as a client meets it: on its standard streams.
@Suite(.serialized) struct LanguageServerCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func frame(_ text: String) -> String { "Content-Length: \(text.utf8.count)\r\n\r\n\(text)" }

  /// Runs the server on some messages and gives what it wrote, and its exit code.
  private func run(_ messages: [String]) throws -> (answers: [JSON], exitCode: Int32) {
    let result = try Command(["lsp"], in: folder, input: messages.joined()).finish()
    var stream = MessageStream()
    stream.append(result.output.utf8)
    var answers: [JSON] = []
    while case .message(let bytes)? = stream.next() { answers.append(try #require(JSON(bytes))) }
    #expect(result.errors.isEmpty)
    return (answers, result.exitCode)
  }

  private let start = #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#
  private let stop = #"{"jsonrpc":"2.0","id":99,"method":"shutdown"}"#
  private let exit = #"{"jsonrpc":"2.0","method":"exit"}"#

  @Test func aWholeSession() throws {
    let open =
      #"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///n/a.limn","languageId":"limn","version":4,"text":"let x = 1\nprint(y)\n"}}}"#
    let hover =
      #"{"jsonrpc":"2.0","id":"h","method":"textDocument/hover","params":{"textDocument":{"uri":"file:///n/a.limn"},"position":{"line":0,"character":4}}}"#
    let (answers, exitCode) = try run([start, open, hover, stop, exit].map(frame))
    #expect(exitCode == 0)
    #expect(answers.first?["result"]["capabilities"]["hoverProvider"] == true)
    #expect(answers.first { $0["id"] == "h" }?["result"]["contents"]["value"] == "```limn\nlet x = 1\n```")
    #expect(answers.last?["id"] == 99)
  }

  @Test func nonsenseIsAnsweredAndTheServerGoesOn() throws {
    let (answers, exitCode) = try run([
      frame("{\"id\":"), "Nonsense: 1\r\n\r\n", frame(start), frame("[1"), frame(stop), frame(exit),
    ])
    #expect(answers.map { $0["error"]["code"].int ?? 0 } == [-32700, -32700, 0, -32700, 0])
    #expect(exitCode == 0)
  }

  @Test func aClientThatLeavesEndsTheServer() throws {
    #expect(try run([]).exitCode == 1)
    #expect(try run([frame(start)]).exitCode == 1)
    #expect(try run([frame(start), frame(stop)]).exitCode == 0)
    #expect(try run([frame(start), "Content-Length: 100\r\n\r\n{"]).exitCode == 1)
    #expect(try run([frame(start), frame(exit)]).exitCode == 1)
  }

  /// All of it is there before the server has started, so the cancelled request still waits.
  @Test func cancelledRequestsAreAnsweredAsSuch() throws {
    let text = String(repeating: "let x = 1; ", count: 3000)
    let open =
      "{\"method\":\"textDocument/didOpen\",\"params\":{\"textDocument\":{\"uri\":\"file:///n/a.limn\",\"text\":\"fn f() { \(text) }\"}}}"
    func symbols(_ id: Int) -> String {
      "{\"id\":\(id),\"method\":\"textDocument/documentSymbol\",\"params\":{\"textDocument\":{\"uri\":\"file:///n/a.limn\"}}}"
    }
    let cancel = #"{"method":"$/cancelRequest","params":{"id":3}}"#
    let (answers, _) = try run([start, open, symbols(2), symbols(3), cancel, stop, exit].map(frame))
    #expect(answers.first { $0["id"] == 2 }?["error"] == .null)
    let third = try #require(answers.first { $0["id"] == 3 })
    #expect(third["error"]["code"] == -32800 || !third["result"].isNull)
  }
}
