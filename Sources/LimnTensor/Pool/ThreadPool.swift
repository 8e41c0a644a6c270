import CLinux
import Glibc
import Synchronization

/// The threads that share the work of every kernel.
///
/// A kernel cuts its work into numbered tiles and hands them over in one call, which returns when all of them
/// are done:
///
///     ThreadPool.shared.run(rows) { row in
///       normalize(input + row * width, output + row * width, width)
///     }
///
/// The calling thread takes part, and each thread claims a further number when it is free, so that nobody
/// waits for the slowest half. *Who runs a tile is left to chance; what a tile computes must not be.* Cut tiles
/// by shapes, never by ``threads``, let each write its own part of the result, and combine partial results in
/// the order of their numbers. Then the bits are the same for any number of threads, one included.
///
/// A tile may call `run` again, and so may another thread while the pool is busy: such a call does all of its
/// tiles itself, one after another. A call with one tile, or in a pool of one thread, is a plain loop.
///
/// ## How it works
///
/// One word, ``Job/state``, says whether a job is open and how many workers are inside. A worker enters by adding
/// one to it, which succeeds only while the job is open; it claims tiles until none are left, and leaves by
/// subtracting one. The caller does the same work, then closes the job and waits until the last worker has left.
/// A worker that wakes too late finds the job closed and is not waited for. The word also counts jobs, so that
/// a worker can never mistake a new job for the one that it looked at before.
///
/// The caller takes the first tile that is left, the first worker the last one, and so on in turns. Number tiles by
/// their place in the result: then a processor comes back to the part of a tensor that the kernel before left in its
/// cache.
///
/// Between jobs a worker watches that word for some microseconds, since the next product usually follows at
/// once, then sleeps on a semaphore. The caller wakes no more workers than there are tiles for.
public final class ThreadPool: @unchecked Sendable {
  /// The pool of this process, with a thread for each processor.
  public static let shared = ThreadPool(threads: processors)

  /// Processors that this process may use, as its affinity mask says.
  public static let processors: Int = {
    var mask = [UInt64](repeating: 0, count: 1024)
    let isKnown = sched_getaffinity(0, UInt(mask.count * 8), &mask) >= 0
    return max(1, isKnown ? mask.reduce(0) { $0 + $1.nonzeroBitCount } : sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }()

  /// The largest accepted ``threads``.
  static let maximumThreads = 256

  private let job = Job()
  private let isBusy = Atomic<Bool>(false)
  private let threadLimit: Atomic<Int>
  /// Grows while ``isBusy`` is held, and is read only then.
  private var workers: [Worker] = []

  init(threads: Int) {
    threadLimit = Atomic(min(max(threads, 1), Self.maximumThreads))
  }

  /// The number of threads that take part in a job, the caller among them: at least one.
  ///
  /// It changes speed and nothing else. A job that is running keeps the number that it began with.
  public var threads: Int {
    get { threadLimit.load(ordering: .relaxed) }
    set { threadLimit.store(min(max(newValue, 1), Self.maximumThreads), ordering: .relaxed) }
  }

  /// Runs `tile(0)`, `tile(1)`, ... `tile(count - 1)`, in no fixed order, and returns when all have ended.
  ///
  /// - Parameters:
  ///   - count: the number of tiles; nothing happens when it is zero or less.
  ///   - tile: the work of one number. It runs on several threads at once, so what it writes must be its own.
  @inlinable
  public func run(_ count: Int, _ tile: (Int) -> Void) {
    if count == 1 { return tile(0) }
    runTogether(count, tile)
  }

  /// Cuts `0..<count` into chunks of `grain` elements (the last may be shorter) and runs `body` on each.
  ///
  /// The chunks depend on `count` and `grain` alone. A partial result of chunk `i` belongs at place
  /// `range.lowerBound / grain`.
  @inlinable
  public func run(elements count: Int, grain: Int, _ body: (Range<Int>) -> Void) {
    guard count > 0 else { return }
    let grain = max(grain, 1)
    run((count - 1) / grain + 1) { chunk in
      let start = chunk * grain
      body(start..<start + min(grain, count - start))
    }
  }

  @usableFromInline
  func runTogether(_ count: Int, _ tile: (Int) -> Void) {
    let helpers = min(threads, count) - 1
    guard helpers > 0, !isBusy.exchange(true, ordering: .acquiring) else {
      var index = 0
      while index < count {
        tile(index)
        index += 1
      }
      return
    }
    while workers.count < helpers {
      workers.append(Worker(job: job, end: workers.count.isMultiple(of: 2) ? .last : .first))
    }
    withoutActuallyEscaping(tile) { tile in
      job.open(count: count, helpers: helpers, tile: tile)
      for index in 0..<helpers { workers[index].wake() }
      job.work(from: .first)
      job.closeAndWait()
    }
    isBusy.store(false, ordering: .releasing)
  }

  deinit {
    for worker in workers { worker.stop() }
  }
}
