import Foundation
import Testing

@testable import LimnLanguage

@Suite struct LimitTests {
  @Test func runawayRecursionIsAnError() throws {
    let session = Session()
    let diagnostic = session.diagnostics("fn f(n) { 1 + f(n + 1) }\nf(0)").first
    #expect(diagnostic?.code == "stack-overflow")
    #expect(diagnostic?.trace.count ?? 0 > 100_000)
    #expect(try session.value("fn depth(n) { if n == 0 { 0 } else { 1 + depth(n - 1) } }\ndepth(150000)") == "150000")
    #expect(try session.value("fn g(n) { g(n + 1) }\ntry { g(0) } catch e { e.kind }") == "\"stack-overflow\"")
  }

  @Test(arguments: [
    "fn f(x) { [x].map(f) }\nf(1)", "type T() { fn show() { \"\\(self)\" } }\nstr(T())",
    "type T() { fn add(o) { self + o } }\nT() + 1", "type T() { fn call(x) { self(x) } }\nT()(1)",
    "type T() { fn iterate() { self } }\nfor x in T() { }", "type T() { fn equal(o) { [self] == [o] } }\nT() == T()",
    "var f = x => x\nlet g = x => f(x)\nf = g >> g\nf(1)", "let xs = []\nfn f(x) { xs.map(f) }\nxs.append(1)\nf(1)",
  ])
  func recursionThroughSwiftIsAnErrorToo(_ program: String) { #expect(fault(program).hasPrefix("stack-overflow")) }

  @Test func recursionThroughSwiftIsSafeOnASmallStack() {
    let done = DispatchSemaphore(value: 0)
    let result = Mutex("")
    let thread = Thread {
      result.set(fault("fn f(x) { [x].map(y => [y].map(f)) }\nf(1)"))
      done.signal()
    }
    thread.stackSize = 512 * 1024
    thread.start()
    done.wait()
    #expect(result.get().hasPrefix("stack-overflow"))
  }

  private final class Mutex: @unchecked Sendable {
    private let lock = NSLock()
    private var text: String
    init(_ text: String) { self.text = text }
    func set(_ new: String) { lock.withLock { text = new } }
    func get() -> String { lock.withLock { text } }
  }

  /// A queue of its own has a thread even while tests keep every processor busy.
  private static let clock = DispatchQueue(label: "limn.tests.clock")

  @Test(arguments: [
    "while true { }", "fn f() { for i in 0..<9223372036854775807 { } }\nf()",
    "for x in (0..<9223372036854775807).step(1) { }",
    "fn f() { while true { try { while true { } } catch _ { } } }\nf()",
    "fn f() { g() }\nfn g() { 1 }\nwhile true { f() }",
  ])
  func anInterruptStopsALoopAndNothingCatchesIt(_ program: String) throws {
    let session = Session()
    let signal = session.interpreter.interruptSignal
    LimitTests.clock.asyncAfter(deadline: .now() + 0.05) { signal.interrupt() }
    #expect(session.fault(program).hasPrefix("interrupted"))
    #expect(try session.value("1 + 1") == "2")
  }

  @Test func aDeadlineStopsALoop() throws {
    let session = Session()
    session.interpreter.setDeadline(after: .milliseconds(50))
    #expect(session.fault("try { while true { } } catch _ { }").hasPrefix("deadline-exceeded"))
    session.interpreter.setDeadline(after: nil)
    #expect(try session.value("1 + 1") == "2")
  }

  @Test func aProgramOfManyMegabytesIsAnError() {
    let text = "# \(String(repeating: "x", count: Parser.maximumSourceSize))"
    #expect(Session().diagnostics(text).map(\.code) == ["too-large"])
  }

  @Test func absurdSizesAreErrors() {
    #expect(fault("(0..<9223372036854775807)[1:]").hasPrefix("too-large"))
    #expect(fault("var s = \"0123456789\"\nwhile true { s = \"\\(s)\\(s)\" }").hasPrefix("too-large"))
    #expect(fault("var xs = [0, 1]\nwhile true { xs = xs + xs }").hasPrefix("too-large"))
    #expect(fault("[1] * 9223372036854775807") == "too-large: [1] * 9223372036854775807")
    #expect(fault("[1, 2] * 9223372036854775807") == "too-large: [1, 2] * 9223372036854775807")
  }

  @Test func interpretersShareNothing() throws {
    let one = Session()
    let two = Session()
    _ = try one.value("let x = 1\n1")
    #expect(two.fault("x") == "unknown-name: x")
    DispatchQueue.concurrentPerform(iterations: 8) { index in
      let total = try? value(
        "fn f(n) { if n < 2 { n } else { f(n - 1) + f(n - 2) } }\nlet m = {}\nfor i in 0..<500 { m[\"k\\(i)\"] = [i] }\nf(12) + len(m)"
      )
      #expect(total == "644", "\(index)")
    }
  }
}
