import Foundation
import LimnLanguage
import LimnRuntime
import Testing

/// Sessions in one process share no state, though they run at the same time.
@Suite struct SharingTests {
  /// A program that uses globals, random numbers, modules with state of their own, patterns, and tensors.
  private static func program(_ name: String) -> String {
    """
    import counter
    import random
    import strings
    import json
    let name = "\(name)"
    var total = 0
    let draws = []
    for i in 0..<200 {
      counter.bump(\(name.count))
      total = total + random.int(0..<1000)
      draws.append(randn(3).sum().item())
      let parsed = json.parse(json.text({name: name, i: i}))
      assert parsed.name == name and parsed.i == i
      assert strings.replace_pattern(name, "[a-z]+", m => m.text.upper()) == name.upper()
    }
    let model = dense(1)
    let optimizer = adam(model)
    for i in 0..<5 { minimize(optimizer) { (model(rand(4, 3)) ** 2).mean() } }
    repr([name, counter.count(), total, draws, model(ones(1, 3)).list()])
    """
  }

  private static func result(_ name: String, seed: UInt64) throws -> String {
    let session = try TestSession(
      seed: seed, files: ["counter.limn": "let box = [0]\nfn bump(n) { box[0] = box[0] + n }\nfn count() { box[0] }"])
    return try session.run(program(name))
  }

  @Test func sessionsOnThreadsDoNotMeet() throws {
    let names = ["a", "bb", "ccc", "dddd"]
    let alone = try names.enumerated().map { try Self.result($1, seed: UInt64($0)) }
    #expect(Set(alone).count == names.count)
    let together = Results(count: names.count * 3)
    let threads = (0..<names.count * 3).map { index in
      let thread = Thread {
        together.set(index, (try? Self.result(names[index % names.count], seed: UInt64(index % names.count))) ?? "failed")
      }
      thread.stackSize = 4 << 20
      return thread
    }
    for thread in threads { thread.start() }
    together.wait()
    for (index, text) in together.texts.enumerated() { #expect(text == alone[index % names.count], "\(index)") }
  }

  /// Stopping one leaves the others alone.
  @Test func aStopIsForOneSession() throws {
    let (one, two) = (try TestSession(), try TestSession())
    one.session.interrupt()
    #expect(try two.run("var n = 0\nfor i in 0..<1000 { n = n + 1 }\nn") == "1000")
    #expect(one.failure(of: "for i in 0..<1000 { }")?.code == "interrupted")
  }

  private final class Results: @unchecked Sendable {
    private let lock = NSLock()
    private let done = DispatchGroup()
    private var results: [String]

    init(count: Int) {
      results = Array(repeating: "", count: count)
      for _ in 0..<count { done.enter() }
    }

    func set(_ index: Int, _ text: String) {
      lock.withLock { results[index] = text }
      done.leave()
    }

    func wait() { done.wait() }
    var texts: [String] { lock.withLock { results } }
  }
}
