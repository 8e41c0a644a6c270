import Testing

@testable import LimnEditor

/// What the protocol says of a server's life, and of messages that make no sense.
@Suite struct LifecycleTests {
  @Test func nothingIsAnsweredBeforeInitialize() {
    let client = TestClient(initialized: false)
    #expect(client.request("textDocument/hover")["error"]["code"] == -32002)
    client.open("x")
    #expect(client.server.documents.isEmpty)
    #expect(client.request("initialize", [:])["result"]["serverInfo"]["name"] == "limn")
    #expect(client.request("initialize", [:])["error"]["code"] == -32600)
  }

  @Test func afterShutdownOnlyExitIsTaken() {
    let client = TestClient()
    #expect(client.request("shutdown")["result"] == .null)
    #expect(client.request("textDocument/hover")["error"]["code"] == -32600)
    #expect(client.server.exitCode == nil)
    client.notify("exit")
    #expect(client.server.exitCode == 0)
  }

  @Test func exitWithoutShutdownIsAFailure() {
    let client = TestClient()
    client.notify("exit")
    #expect(client.server.exitCode == 1)
  }

  @Test(arguments: [
    ("{", -32700), ("", -32700), ("\u{FFFD}", -32700), ("[]", -32600), ("3", -32600), ("null", -32600), ("{}", -32600),
    (#"{"id":7}"#, -32600), (#"{"id":7,"method":3}"#, -32600), (#"{"id":7,"method":"nonsense"}"#, -32601),
    (#"{"id":7,"method":"textDocument/hover"}"#, -32602),
    (#"{"id":7,"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///absent"}}}"#, -32602),
    (#"{"id":7,"method":"textDocument/rename","params":[1,2]}"#, -32602),
  ])
  func messagesWithoutSenseAreAnsweredWithAnError(_ message: String, code: Int) {
    let client = TestClient()
    client.server.handle(Array(message.utf8))
    #expect(client.received.last?["error"]["code"] == .int(code))
  }

  @Test(arguments: [
    #"{"method":"$/nonsense"}"#, #"{"method":"textDocument/didChange"}"#, #"{"id":7,"result":{}}"#,
    #"{"method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///a"}}}"#,
    #"{"method":"textDocument/didClose","params":{"textDocument":{"uri":"file:///a"}}}"#,
  ])
  func notificationsWithoutSenseAreIgnored(_ message: String) {
    let client = TestClient()
    let count = client.received.count
    client.server.handle(Array(message.utf8))
    #expect(client.received.count == count)
  }

  @Test(
    arguments: [
      ([], "utf-16"), (["utf-16", "utf-8"], "utf-8"), (["utf-32"], "utf-32"), (["utf-16", "utf-32"], "utf-16"),
      (["strange"], "utf-16"),
    ] as [([String], String)])
  func theEncodingOfPositionsIsAgreedUpon(_ offered: [String], expected: String) {
    let client = TestClient(encodings: .array(offered.map(JSON.string)))
    #expect(client.received[0]["result"]["capabilities"]["positionEncoding"] == .string(expected))
  }

  @Test func framesAreTakenApartHoweverTheyCome() {
    var stream = MessageStream()
    var messages: [String] = []
    let text =
      "Content-Length: 2\r\n\r\n{}Content-Type: x\r\ncontent-length:3\r\n\r\n\"é\"Nonsense\r\n\r\nContent-Length: 1\r\n\r\n1"
    // The middle one is four bytes: its last is left over, and what follows is resynchronized at the next header.
    for byte in text.utf8 {
      stream.append([byte])
      while let item = stream.next() {
        if case .message(let bytes) = item {
          messages.append(String(decoding: bytes, as: UTF8.self))
        } else {
          messages.append("!")
        }
      }
    }
    #expect(messages == ["{}", "\"é", "!", "1"])
  }
}
