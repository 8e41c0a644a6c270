import Glibc
import Synchronization

/// One thread of a ``ThreadPool`` besides the caller's.
final class Worker: @unchecked Sendable {
  private let job: Job
  private let end: Job.End
  private let sleeps = Atomic<Bool>(false)
  private let stops = Atomic<Bool>(false)
  private let wakeUp = Semaphore()

  /// Starts the thread, which takes tiles from `end`. Where the system refuses one the worker does nothing, and the others
  /// do its tiles.
  init(job: Job, end: Job.End) {
    self.job = job
    self.end = end
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self)
    let failure = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Worker>.fromOpaque(context).takeRetainedValue().loop() }
        return nil
      }, context.toOpaque())
    if failure == 0 {
      pthread_detach(thread)
    } else {
      context.release()
    }
  }

  /// Wakes the thread if it sleeps. A job must be open, or ``stop()`` called, before.
  func wake() {
    if sleeps.load(ordering: .sequentiallyConsistent), sleeps.exchange(false, ordering: .sequentiallyConsistent) {
      wakeUp.signal()
    }
  }

  /// Ends the thread.
  func stop() {
    stops.store(true, ordering: .sequentiallyConsistent)
    wake()
  }

  private func loop() {
    var seen: UInt64 = 0
    while !stops.load(ordering: .relaxed) {
      let now = job.state.load(ordering: .acquiring)
      if now & Job.isOpen != 0, now & ~Job.insideMask != seen {
        seen = now & ~Job.insideMask
        job.help(now, from: end)
      } else {
        waitForChange(of: seen)
      }
    }
  }

  /// Watches for a job other than `seen` for a short while, then sleeps until woken.
  private func waitForChange(of seen: UInt64) {
    Spin.while { !hasJob(other: seen) }
    if hasJob(other: seen) { return }
    sleeps.store(true, ordering: .sequentiallyConsistent)
    if !hasJob(other: seen), !stops.load(ordering: .sequentiallyConsistent) {
      wakeUp.wait()
    } else if !sleeps.exchange(false, ordering: .sequentiallyConsistent) {
      wakeUp.wait()  // Somebody has taken the flag down, and signals.
    }
  }

  private func hasJob(other seen: UInt64) -> Bool {
    let now = job.state.load(ordering: .sequentiallyConsistent)
    return now & Job.isOpen != 0 && now & ~Job.insideMask != seen
  }
}
