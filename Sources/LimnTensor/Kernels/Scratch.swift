import Glibc
import Synchronization

/// Memory that a kernel needs while it runs: packed operands, partial results.
///
/// Training asks for the same sizes at every step, and a fresh allocation of some megabytes costs more in page faults
/// than packing into it. So buffers are kept, by power of two, and handed out again. Contents are undefined. The allocator
/// of tensors counts them, and empties this store when memory runs out.
enum Scratch {
  /// Bytes that may wait here for their next use; what would exceed it goes back to the system.
  static let retainedLimit = 512 << 20

  /// Calls `body` with a buffer of at least `count` elements, aligned to a cache line. Any thread may.
  @inline(__always)
  static func withBuffer<Element: BitwiseCopyable, Result>(
    of type: Element.Type, count: Int, _ body: (UnsafeMutablePointer<Element>) -> Result
  ) -> Result {
    let sizeClass = sizeClass(bytes: max(count, 1) * MemoryLayout<Element>.stride)
    let buffer = take(sizeClass)
    defer { giveBack(buffer, sizeClass) }
    return body(buffer.assumingMemoryBound(to: Element.self))
  }

  /// `withBuffer` of floats.
  @inline(__always)
  static func withFloats<Result>(_ count: Int, _ body: (UnsafeMutablePointer<Float>) -> Result) -> Result {
    withBuffer(of: Float.self, count: count, body)
  }

  private struct Buffer: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer
  }

  private struct Waiting: @unchecked Sendable {
    /// Buffers by size class: those of class c have 2^c bytes.
    var buffers = [[UnsafeMutableRawPointer]](repeating: [], count: 64)
    var bytes = 0
  }

  private static let waiting = Mutex(Waiting())

  private static func sizeClass(bytes: Int) -> Int {
    max(12, Int.bitWidth - (bytes - 1).leadingZeroBitCount)
  }

  @inline(never)
  private static func take(_ sizeClass: Int) -> UnsafeMutableRawPointer {
    let reused = waiting.withLock { waiting -> Buffer? in
      guard let buffer = waiting.buffers[sizeClass].popLast() else { return nil }
      waiting.bytes -= 1 << sizeClass
      return Buffer(pointer: buffer)
    }
    Allocator.shared.countScratch(taken: 1 << sizeClass, isReused: reused != nil)
    return reused?.pointer ?? allocate(1 << sizeClass)
  }

  /// Gives everything that waits back to the system; returns how many bytes that was.
  static func releaseWaiting() -> Int {
    waiting.withLock { waiting in
      for sizeClass in waiting.buffers.indices {
        for buffer in waiting.buffers[sizeClass] { buffer.deallocate() }
        waiting.buffers[sizeClass].removeAll()
      }
      defer { waiting.bytes = 0 }
      return waiting.bytes
    }
  }

  /// Large buffers ask for large pages: kernels walk through them in many places at once, and an address that is not in
  /// the processor's table of pages costs as much as some dozen products.
  private static func allocate(_ bytes: Int) -> UnsafeMutableRawPointer {
    let largePage = 2 << 20
    guard bytes >= largePage else { return .allocate(byteCount: bytes, alignment: 4096) }
    let pointer = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: largePage)
    madvise(pointer, bytes, MADV_HUGEPAGE)
    return pointer
  }

  @inline(never)
  private static func giveBack(_ pointer: UnsafeMutableRawPointer, _ sizeClass: Int) {
    let buffer = Buffer(pointer: pointer)
    let isKept = waiting.withLock { waiting in
      guard waiting.bytes + (1 << sizeClass) <= retainedLimit else { return false }
      waiting.buffers[sizeClass].append(buffer.pointer)
      waiting.bytes += 1 << sizeClass
      return true
    }
    Allocator.shared.countScratch(returned: 1 << sizeClass, isKept: isKept)
    if !isKept { pointer.deallocate() }
  }
}
