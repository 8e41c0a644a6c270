import Synchronization

/// Hands out 1, 2, 3, ... to any number of threads.
final class Counter: Sendable {
  private let last = Atomic<UInt64>(0)

  func next() -> UInt64 { last.add(1, ordering: .relaxed).newValue }
}
