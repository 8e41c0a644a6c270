import Synchronization

extension ThreadPool {
  /// ``run(_:_:)-(_,(Int)->Void)`` of tiles that can fail.
  ///
  /// Once a tile has failed no further one begins; those that have begun end first. What was written stays written.
  ///
  /// - Throws: what the first tile threw that failed.
  func run(_ count: Int, _ tile: (Int) throws -> Void) throws {
    if count == 1 { return try tile(0) }
    let failure = Failure()
    run(count) { index in
      guard !failure.happened.load(ordering: .relaxed) else { return }
      do { try tile(index) } catch { failure.note(error) }
    }
    if let error = failure.error { throw error }
  }

  /// ``run(elements:grain:_:)-(_,_,(Range<Int>)->Void)`` of chunks that can fail, as tiles can.
  ///
  /// - Throws: what the first chunk threw that failed.
  func run(elements count: Int, grain: Int, _ body: (Range<Int>) throws -> Void) throws {
    guard count > 0 else { return }
    let grain = max(grain, 1)
    try run((count - 1) / grain + 1) { chunk in
      let start = chunk * grain
      try body(start..<start + min(grain, count - start))
    }
  }

  /// What went wrong in a job.
  private final class Failure: Sendable {
    let happened = Atomic<Bool>(false)
    private let first = Mutex<(any Error)?>(nil)

    var error: (any Error)? { first.withLock { $0 } }

    func note(_ error: any Error) {
      first.withLock { first in
        if first == nil { first = error }
      }
      happened.store(true, ordering: .relaxed)
    }
  }
}
