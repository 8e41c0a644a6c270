import Glibc

/// How long a thread looks for a change before it sleeps.
///
/// A kernel's end and the next one's start lie some microseconds apart while a model trains, and waking a thread
/// costs about as much; a program that waits for longer than that gets its processors back.
enum Spin {
  /// Nanoseconds that a thread watches for.
  static let patience = 20_000

  /// Returns when `condition` is false, or when patience has ended.
  @inline(__always)
  static func `while`(_ condition: () -> Bool) {
    guard condition() else { return }
    let start = now()
    while condition(), now() - start < patience {}
  }

  /// Nanoseconds of the monotonic clock.
  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}
