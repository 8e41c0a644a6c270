import Glibc
import Synchronization

/// Control-C: what the signal's handler touches, and nothing else.
///
/// At the prompt it clears the line; while an entry runs it stops the entry. Both read one flag.
enum Interrupt {
  /// A Control-C that nothing has taken yet.
  private static let pending = Atomic<Bool>(false)
  /// Set when a Control-C cleared the line that was being typed.
  static let clearedLine = Atomic<Bool>(false)
  /// Whether an entry is running, which Control-C then stops.
  static let isRunning = Atomic<Bool>(false)
  /// Stops what runs. Set once, before the handler is installed.
  private nonisolated(unsafe) static var stop: () -> Void = {}

  static func takePending() -> Bool { pending.exchange(false, ordering: .relaxed) }

  /// From now on Control-C calls `stop` while `isRunning`, and else waits for `takePending`.
  static func install(_ stop: @escaping () -> Void) {
    self.stop = stop
    var action = sigaction()
    // Without SA_RESTART, so that readline's read ends and its signal hook runs.
    action.__sigaction_handler.sa_handler = { _ in
      if Interrupt.isRunning.load(ordering: .relaxed) {
        Interrupt.stop()
      } else {
        Interrupt.pending.store(true, ordering: .relaxed)
      }
    }
    sigaction(SIGINT, &action, nil)
  }
}
