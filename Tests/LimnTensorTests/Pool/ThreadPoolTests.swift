import Glibc
import Synchronization
import Testing

@testable import LimnTensor

@Suite("A thread pool")
struct ThreadPoolTests {
  /// Runs `count` tiles and gives how often each ran.
  private func visits(_ pool: ThreadPool, _ count: Int) -> [Int] {
    var visits = [Int](repeating: 0, count: max(count, 0))
    visits.withUnsafeMutableBufferPointer { visits in
      nonisolated(unsafe) let visits = visits
      pool.run(count) { visits[$0] += 1 }
    }
    return visits
  }

  @Test("runs every tile exactly once", arguments: [1, 2, 3, 8])
  func everyTileOnce(threads: Int) {
    let pool = ThreadPool(threads: threads)
    for count in [0, 1, 2, 3, 7, 64, 1000] {
      #expect(visits(pool, count).allSatisfy { $0 == 1 })
    }
    #expect(visits(pool, -1).isEmpty)
  }

  @Test("returns only when all tiles have ended, over many calls in a row")
  func manyCalls() {
    let pool = ThreadPool(threads: 4)
    let ended = Atomic<Int>(0)
    for call in 1...20_000 {
      pool.run(5) { _ in ended.add(1, ordering: .relaxed) }
      guard ended.load(ordering: .relaxed) == 5 * call else {
        Issue.record("call \(call) returned early")
        return
      }
    }
  }

  @Test("wakes workers that have gone to sleep")
  func wakesSleepers() {
    let pool = ThreadPool(threads: 2)
    for _ in 0..<50 {
      // Two tiles that wait for each other end only if two threads run them.
      let arrived = Atomic<Int>(0)
      pool.run(2) { _ in
        arrived.add(1, ordering: .relaxed)
        while arrived.load(ordering: .relaxed) < 2 {}
      }
      sleepMicroseconds(100)
    }
  }

  @Test("lets the caller begin at the first tile and the first worker at the last")
  func bothEnds() {
    let pool = ThreadPool(threads: 2)
    let caller = pthread_self()
    for _ in 0..<20 {
      let arrived = Atomic<Int>(0)
      let called = Mutex<[Int]>([])
      let helped = Mutex<[Int]>([])
      pool.run(100) { index in
        if pthread_equal(pthread_self(), caller) != 0 {
          called.withLock { $0.append(index) }
        } else {
          helped.withLock { $0.append(index) }
        }
        // Nobody takes a second tile before each has one.
        arrived.add(1, ordering: .relaxed)
        while arrived.load(ordering: .relaxed) < 2 {}
      }
      let (front, back) = (called.withLock { $0 }, helped.withLock { $0 })
      #expect(!front.isEmpty && !back.isEmpty)
      #expect(front == Array(0..<front.count))
      #expect(back == (0..<back.count).map { 99 - $0 })
      #expect(front.count + back.count == 100)
    }
  }

  private struct TileError: Error, Equatable { var index: Int }

  @Test("throws what a tile threw, and goes on working", arguments: [1, 2, 4])
  func failure(threads: Int) {
    let pool = ThreadPool(threads: threads)
    for count in [1, 2, 1000] {
      #expect(throws: TileError(index: count - 1)) {
        try pool.run(count) { index in
          if index == count - 1 { throw TileError(index: index) }
        }
      }
      #expect(throws: TileError(index: 0)) {
        try pool.run(elements: count, grain: 3) { range in
          if range.lowerBound == 0 { throw TileError(index: 0) }
        }
      }
      #expect(visits(pool, count).allSatisfy { $0 == 1 })
    }
  }

  @Test("begins no tile after one that failed, and ends those that have begun")
  func tilesAfterFailure() {
    let begun = Atomic<Int>(0)
    #expect(throws: TileError(index: 2)) {
      try ThreadPool(threads: 1).run(1000) { index in
        begun.add(1, ordering: .relaxed)
        if index == 2 { throw TileError(index: index) }
      }
    }
    #expect(begun.load(ordering: .relaxed) == 3)

    let ended = Atomic<Int>(0)
    #expect(throws: TileError(index: 0)) {
      try ThreadPool(threads: 2).run(2) { index in
        // Each waits for the other to have begun.
        begun.add(1, ordering: .relaxed)
        while begun.load(ordering: .relaxed) < 5 {}
        if index == 0 { throw TileError(index: 0) }
        sleepMicroseconds(10_000)
        ended.add(1, ordering: .relaxed)
      }
    }
    #expect(ended.load(ordering: .relaxed) == 1)
  }

  @Test("does the tiles of a nested call on the thread that asks")
  func nested() {
    let pool = ThreadPool(threads: 4)
    let total = Atomic<Int>(0)
    pool.run(8) { _ in
      pool.run(8) { total.add($0, ordering: .relaxed) }
    }
    #expect(total.load(ordering: .relaxed) == 8 * 28)
  }

  @Test("serves several submitting threads at once")
  func concurrentSubmission() async {
    let pool = ThreadPool(threads: 3)
    let total = Total()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<500 { pool.run(6) { total.value.add($0, ordering: .relaxed) } }
        }
      }
    }
    #expect(total.value.load(ordering: .relaxed) == 4 * 500 * 15)
  }

  @Test("keeps its number of threads at one or more, and can change it between calls")
  func threadCount() {
    let pool = ThreadPool(threads: 0)
    #expect(pool.threads == 1)
    for threads in [4, 1, 2, 3] {
      pool.threads = threads
      #expect(pool.threads == threads)
      #expect(visits(pool, 100).allSatisfy { $0 == 1 })
    }
    pool.threads = -5
    #expect(pool.threads == 1)
    pool.threads = .max
    #expect(pool.threads == ThreadPool.maximumThreads)
  }

  @Test("never has more threads inside a job than its limit")
  func threadLimit() {
    let pool = ThreadPool(threads: 6)
    _ = visits(pool, 600)
    pool.threads = 2
    let inside = Atomic<Int>(0)
    let most = Atomic<Int>(0)
    for _ in 0..<200 {
      pool.run(12) { _ in
        let now = inside.add(1, ordering: .relaxed).newValue
        most.max(now, ordering: .relaxed)
        inside.subtract(1, ordering: .relaxed)
      }
    }
    #expect(most.load(ordering: .relaxed) <= 2)
  }

  @Test("cuts elements into chunks that cover them once, whatever the threads")
  func chunks() {
    let pool = ThreadPool(threads: 3)
    for (count, grain) in [(0, 4), (1, 4), (4, 4), (5, 4), (17, 4), (9, 1), (3, 0)] {
      // The engine's lock, of which a sanitizer sees that it is one.
      let lock = Lock()
      nonisolated(unsafe) var chunks: [Range<Int>] = []
      pool.run(elements: count, grain: grain) { range in lock.locked { chunks.append(range) } }
      let sorted = chunks.sorted { $0.lowerBound < $1.lowerBound }
      #expect(sorted.flatMap { Array($0) } == Array(0..<count))
      #expect(sorted.dropLast().allSatisfy { $0.count == max(grain, 1) })
    }
  }

  /// A number that tasks may share.
  private final class Total: Sendable {
    let value = Atomic<Int>(0)
  }

  private func sleepMicroseconds(_ duration: Int) {
    let clock = ContinuousClock()
    let end = clock.now + .microseconds(duration)
    while clock.now < end {}
  }
}
