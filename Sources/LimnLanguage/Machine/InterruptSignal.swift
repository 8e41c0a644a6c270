import Synchronization

/// How another thread, or a signal handler, asks a running interpreter to stop.
public final class InterruptSignal: Sendable {
  private let requested = Atomic<UInt32>(0)

  enum Request {
    static let interrupt: UInt32 = 1
    static let deadline: UInt32 = 2
    static let collect: UInt32 = 4
    /// Steps are counted: it stays until it is cleared, so that every turn and call attends.
    static let count: UInt32 = 8
  }

  init() {}

  /// Stops what runs, at its next turn of a loop or call, with the fault `interrupted`. Safe in a signal handler.
  public func interrupt() { raise(Request.interrupt) }

  /// Forgets an interrupt that nothing has noticed yet, such as one that came when nothing ran.
  public func reset() { clear(Request.interrupt) }

  /// Whether anything has been asked for.
  @inline(__always)
  var isRaised: Bool { requested.load(ordering: .relaxed) != 0 }

  func raise(_ request: UInt32) { requested.bitwiseOr(request, ordering: .relaxed) }

  /// What has been asked for since the last time.
  func take() -> UInt32 { requested.bitwiseAnd(Request.count, ordering: .relaxed).oldValue }

  func clear(_ request: UInt32) { requested.bitwiseAnd(~request, ordering: .relaxed) }
}
