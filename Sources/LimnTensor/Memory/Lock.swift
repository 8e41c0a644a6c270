import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A lock around a few instructions: cheaper than the system's when nobody else wants it. Who finds it taken lets
/// other threads run until it is free.
final class Lock: Sendable {
  private let isTaken = Atomic<Bool>(false)

  @inline(__always)
  func locked<Result>(_ body: () throws -> Result) rethrows -> Result {
    while isTaken.exchange(true, ordering: .acquiring) { sched_yield() }
    defer { isTaken.store(false, ordering: .releasing) }
    return try body()
  }
}
