import Synchronization

/// The one job of a ``ThreadPool``, reused for every call.
///
/// `state` holds, from the top: 47 bits that count jobs, one bit that is set while a job is open, and 16 bits that
/// count the workers inside.
final class Job: @unchecked Sendable {
  static let isOpen: UInt64 = 1 << 16
  static let insideMask: UInt64 = isOpen - 1

  let state = Atomic<UInt64>(0)
  /// Tiles that were claimed, and how many of them were taken from each end. Beyond `count` claims nothing is taken.
  private let claims = Atomic<Int>(0)
  private let takenFirst = Atomic<Int>(0)
  private let takenLast = Atomic<Int>(0)
  private let helperLimit = Atomic<UInt64>(0)
  private var count = 0
  private var tile: ((Int) -> Void)?
  private let callerSleeps = Atomic<Bool>(false)
  private let allLeft = Semaphore()

  /// Publishes a job. Only the pool's present caller may, after the job before was closed.
  func open(count: Int, helpers: Int, tile: @escaping (Int) -> Void) {
    self.count = count
    self.tile = tile
    helperLimit.store(UInt64(helpers), ordering: .relaxed)
    claims.store(0, ordering: .relaxed)
    takenFirst.store(0, ordering: .relaxed)
    takenLast.store(0, ordering: .relaxed)
    // Closed and open alternate, so this sets the bit; closing adds the same again and carries into the count.
    state.add(Self.isOpen, ordering: .sequentiallyConsistent)
  }

  /// Where among the tiles that are left a thread takes its next one.
  enum End {
    case first
    case last
  }

  /// Claims tiles and runs them until none are left.
  func work(from end: End) {
    guard let tile else { return }
    let count = count
    while claims.add(1, ordering: .relaxed).oldValue < count {
      switch end {
      case .first: tile(takenFirst.add(1, ordering: .relaxed).oldValue)
      case .last: tile(count - 1 - takenLast.add(1, ordering: .relaxed).oldValue)
      }
    }
  }

  /// Enters the job and helps, if it is open and has not all its helpers. `seen` is a recent state.
  func help(_ seen: UInt64, from end: End) {
    var seen = seen
    while seen & Self.isOpen != 0, seen & Self.insideMask < helperLimit.load(ordering: .relaxed) {
      let entered = state.weakCompareExchange(
        expected: seen, desired: seen + 1, ordering: .acquiringAndReleasing)
      if entered.exchanged {
        work(from: end)
        leave()
        return
      }
      seen = entered.original
    }
  }

  private func leave() {
    let now = state.subtract(1, ordering: .sequentiallyConsistent).newValue
    if now & (Self.isOpen | Self.insideMask) == 0, callerSleeps.exchange(false, ordering: .sequentiallyConsistent) {
      allLeft.signal()
    }
  }

  /// Lets no more workers in, and waits for those inside.
  func closeAndWait() {
    state.add(Self.isOpen, ordering: .sequentiallyConsistent)
    Spin.while { hasWorkers }
    // A worker that was interrupted on its way out of an earlier job may signal late: hence a loop.
    while hasWorkers {
      callerSleeps.store(true, ordering: .sequentiallyConsistent)
      if hasWorkers || !callerSleeps.exchange(false, ordering: .sequentiallyConsistent) {
        allLeft.wait()
      }
    }
    tile = nil
  }

  private var hasWorkers: Bool {
    state.load(ordering: .sequentiallyConsistent) & Self.insideMask != 0
  }
}
