import Glibc
import Synchronization

/// Control-C during `limn run`: the first stops the cell, which is then saved; a second ends the process at once.
enum RunInterrupt {
  private static let wasPressed = Atomic<Bool>(false)
  /// Stops the run. Set once, before the handler is installed.
  private nonisolated(unsafe) static var stop: () -> Void = {}

  /// - Parameter stop: Called in a signal handler: it may set flags and nothing else.
  static func install(_ stop: @escaping () -> Void) {
    self.stop = stop
    var action = sigaction()
    action.sa_flags = SA_RESTART
    action.__sigaction_handler.sa_handler = { _ in
      if RunInterrupt.wasPressed.exchange(true, ordering: .relaxed) { _exit(130) }
      RunInterrupt.stop()
    }
    sigaction(SIGINT, &action, nil)
    // A parent may have started this process with the signal blocked, as job runners that use threads do.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }
}
