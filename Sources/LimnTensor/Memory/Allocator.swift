import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the process holds in tensors, and kernels while they run, in bytes.
public struct MemoryStatistics: Sendable, Equatable {
  /// Held by tensors that can still be reached, and by kernels that run.
  public var live = 0
  /// Freed, and kept for the next tensor, or kernel, that wants as much.
  public var cached = 0
  /// The most that has been live at once.
  public var peak = 0
}

/// Memory for tensors' elements: blocks in size classes, which are kept when freed.
///
/// Training asks for the same sizes in every step. A fresh block costs a page fault for every four kilobytes, more
/// than most operators cost; a kept one costs a pop from a list. There are four classes to a power of two, so that at
/// most a fifth of a block is wasted; a large block may also come from the two classes above, at most half as large
/// again, before the system is asked for another. What is live and kept together is bounded by one and a half times the
/// most that was ever live: a loop wants no more than that again, but not all of it in the same sizes at once. Everything
/// kept is given back when the system has no more.
public final class Allocator: Sendable {
  /// The allocator of this process.
  public static let shared = Allocator()

  /// Every block starts at a multiple of this: a cache line.
  static let alignment = 64

  /// Bytes of memory that the machine has.
  static let physicalMemory = max(1 << 30, sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)))

  private struct State: ~Copyable {
    /// Of tensors; the peak is of all.
    var statistics = MemoryStatistics()
    /// Of kernels' scratch: in use, and waiting for its next use.
    var scratch = (live: 0, cached: 0)
    /// The most that was ever live: what bounds what is kept. ``resetPeak()`` leaves it alone.
    var highWater = 0
    /// What is left of the slab that small blocks are cut from.
    var slab = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    var free: [[UnsafeMutableRawPointer]] = Array(repeating: [], count: SizeClass.count)
  }

  nonisolated(unsafe) private let state = UnsafeMutablePointer<State>.allocate(capacity: 1)
  private let lock = Lock()

  init() { state.initialize(to: State()) }

  deinit {
    trim()
    state.deinitialize(count: 1)
    state.deallocate()
  }

  public var statistics: MemoryStatistics {
    lock.locked {
      var all = state.pointee.statistics
      all.live += state.pointee.scratch.live
      all.cached += state.pointee.scratch.cached
      return all
    }
  }

  /// Begins to measure the peak anew, from what is live now.
  public func resetPeak() {
    lock.locked { state.pointee.statistics.peak = state.pointee.statistics.live + state.pointee.scratch.live }
  }

  /// Gives back to the system what is kept for reuse, but for blocks of up to a kilobyte.
  public func trim() {
    lock.locked { releaseCached() }
  }

  /// Counts what kernels' scratch in use, and that which waits, grow by.
  func countScratch(live: Int, cached: Int) {
    lock.locked {
      state.pointee.scratch.live += live
      state.pointee.scratch.cached += cached
      let all = state.pointee.statistics.live + state.pointee.scratch.live
      if all > state.pointee.statistics.peak { state.pointee.statistics.peak = all }
    }
  }

  /// A block of at least `byteCount` bytes, with undefined contents.
  ///
  /// - Throws: `out-of-memory` when the machine does not have that much.
  func allocate(_ byteCount: Int) throws -> (pointer: UnsafeMutableRawPointer, sizeClass: SizeClass) {
    guard byteCount <= Self.physicalMemory, let sizeClass = SizeClass(holding: byteCount) else {
      throw outOfMemory(byteCount)
    }
    var found = sizeClass
    let pointer: UnsafeMutableRawPointer? = lock.locked {
      guard state.pointee.statistics.live + sizeClass.byteCount <= Self.physicalMemory else { return nil }
      let block: UnsafeMutableRawPointer
      let kept = keptBlock(&found)
      let size = found.byteCount
      let live = state.pointee.statistics.live + size
      if let kept {
        state.pointee.statistics.cached -= size
        block = kept
      } else {
        if live + state.pointee.statistics.cached > Self.physicalMemory { releaseCached() }
        guard let fresh = freshBlock(size) else { return nil }
        block = fresh
      }
      state.pointee.statistics.live = live
      let all = live + state.pointee.scratch.live
      if all > state.pointee.statistics.peak { state.pointee.statistics.peak = all }
      if live > state.pointee.highWater { state.pointee.highWater = live }
      return block
    }
    guard let pointer else { throw outOfMemory(byteCount) }
    return (pointer, found)
  }

  /// A kept block of a class, or, where it is large, of one of the two above: then the class is changed to it.
  @inline(__always)
  private func keptBlock(_ sizeClass: inout SizeClass) -> UnsafeMutableRawPointer? {
    if let exact = state.pointee.free[sizeClass.index].popLast() { return exact }
    guard sizeClass.byteCount >= SystemMemory.smallestMapping else { return nil }
    for larger in sizeClass.index + 1..<min(sizeClass.index + 3, SizeClass.count) {
      guard let block = state.pointee.free[larger].popLast() else { continue }
      sizeClass = SizeClass(index: larger)
      return block
    }
    return nil
  }

  func deallocate(_ pointer: UnsafeMutableRawPointer, _ sizeClass: SizeClass) {
    let size = sizeClass.byteCount
    lock.locked {
      state.pointee.statistics.live -= size
      let held = state.pointee.statistics.live + state.pointee.statistics.cached + size
      if size <= Self.largestSmallBlock || held <= state.pointee.highWater + state.pointee.highWater / 2 {
        state.pointee.free[sizeClass.index].append(pointer)
        state.pointee.statistics.cached += size
      } else {
        SystemMemory.release(pointer, size)
      }
    }
  }

  /// Blocks up to this size are cut from slabs and go back to their list for good: the system takes longer to
  /// give one than an operator needs to fill it.
  private static let largestSmallBlock = 1024
  private static let slabSize = 1 << 16

  /// From the system; when it refuses, once more after everything kept has been given back.
  private func freshBlock(_ size: Int) -> UnsafeMutableRawPointer? {
    if size <= Self.largestSmallBlock { return smallBlock(size) }
    if let block = SystemMemory.allocate(size, alignment: Self.alignment) { return block }
    releaseCached()
    return SystemMemory.allocate(size, alignment: Self.alignment)
  }

  private func smallBlock(_ size: Int) -> UnsafeMutableRawPointer? {
    let rounded = (size + Self.alignment - 1) / Self.alignment * Self.alignment
    if state.pointee.slab.count < rounded {
      guard let fresh = aligned_alloc(Self.alignment, Self.slabSize) else { return nil }
      state.pointee.slab = UnsafeMutableRawBufferPointer(start: fresh, count: Self.slabSize)
    }
    let block = state.pointee.slab.baseAddress
    state.pointee.slab = UnsafeMutableRawBufferPointer(rebasing: state.pointee.slab.dropFirst(rounded))
    return block
  }

  private func releaseCached() {
    for index in state.pointee.free.indices where SizeClass.byteCount(index) > Self.largestSmallBlock {
      for pointer in state.pointee.free[index] { SystemMemory.release(pointer, SizeClass.byteCount(index)) }
      state.pointee.statistics.cached -= state.pointee.free[index].count * SizeClass.byteCount(index)
      state.pointee.free[index].removeAll()
    }
    if self === Allocator.shared { state.pointee.scratch.cached -= Scratch.releaseWaiting() }
  }

  /// The error of a request that neither this store nor the system can meet.
  @inline(never)
  func outOfMemory(_ byteCount: Int) -> TensorError {
    let statistics = statistics
    return TensorError(
      .outOfMemory, "\(formatBytes(byteCount)) more do not fit in memory",
      notes: [
        "\(formatBytes(statistics.live)) are in use, and the machine has \(formatBytes(Self.physicalMemory))"
      ],
      help: "use smaller batches, or let go of tensors that are no longer needed")
  }
}

/// A byte count as people write it: `3.5 GiB`.
func formatBytes(_ count: Int) -> String {
  var value = Double(count)
  var unit = 0
  let units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
  while value >= 1024, unit < units.count - 1 {
    value /= 1024
    unit += 1
  }
  if unit == 0 { return "\(count) bytes" }
  return "\((value * 10).rounded() / 10) \(units[unit])"
}
