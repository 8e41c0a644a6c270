/// Memory that a kernel needs while it runs: packed operands, partial results.
///
/// Training asks for the same sizes at every step, and a fresh allocation of some megabytes costs more in page faults
/// than packing into it. So buffers are kept, by power of two, and handed out again. Contents are undefined.
///
/// Kernels with large buffers mostly run one after another, each with sizes of its own: a large buffer that waits also
/// serves smaller requests, and goes back to the system when a larger one comes to take its place. What is kept is
/// about what the hungriest kernel needs, not the sum over all. The allocator of tensors counts these buffers, and
/// empties this store when memory runs out.
enum Scratch {
  /// Bytes that may wait here for their next use; what would exceed it goes back to the system.
  static let retainedLimit = 512 << 20

  /// Calls `body` with a buffer of at least `count` elements, aligned to a cache line. Any thread may.
  ///
  /// - Throws: `out-of-memory`, before `body` is called, and what `body` throws.
  @inline(__always)
  static func withBuffer<Element: BitwiseCopyable, Result>(
    of type: Element.Type, count: Int, _ body: (UnsafeMutablePointer<Element>) throws -> Result
  ) throws -> Result {
    let (buffer, taken) = try take(sizeClass(bytes: max(count, 1) * MemoryLayout<Element>.stride))
    defer { giveBack(buffer, taken) }
    return try body(buffer.assumingMemoryBound(to: Element.self))
  }

  /// `withBuffer` of floats.
  @inline(__always)
  static func withFloats<Result>(
    _ count: Int, _ body: (UnsafeMutablePointer<Float>) throws -> Result
  ) throws -> Result {
    try withBuffer(of: Float.self, count: count, body)
  }

  /// The buffers that wait.
  struct Waiting: @unchecked Sendable {
    /// Buffers by size class: those of class c have 2^c bytes.
    private var buffers = [[UnsafeMutableRawPointer]](repeating: [], count: 64)
    private(set) var bytes = 0

    /// The smallest buffer that will do. Where a large one is asked for and none will, smaller large ones are freed:
    /// the one that must be made now will serve for them.
    mutating func take(_ sizeClass: Int) -> (UnsafeMutableRawPointer, Int)? {
      let classes = sizeClass < Scratch.largeClass ? sizeClass...sizeClass : sizeClass...63
      for found in classes {
        guard let buffer = buffers[found].popLast() else { continue }
        bytes -= 1 << found
        return (buffer, found)
      }
      if sizeClass > Scratch.largeClass { release(Scratch.largeClass..<sizeClass) }
      return nil
    }

    /// Keeps a buffer, or frees it where enough is kept; returns which.
    mutating func add(_ buffer: UnsafeMutableRawPointer, _ sizeClass: Int) -> Bool {
      guard bytes + (1 << sizeClass) <= Scratch.retainedLimit else {
        SystemMemory.release(buffer, 1 << sizeClass)
        return false
      }
      buffers[sizeClass].append(buffer)
      bytes += 1 << sizeClass
      return true
    }

    /// Frees the buffers of some classes.
    mutating func release(_ classes: Range<Int>) {
      for sizeClass in classes {
        for buffer in buffers[sizeClass] { SystemMemory.release(buffer, 1 << sizeClass) }
        bytes -= buffers[sizeClass].count << sizeClass
        buffers[sizeClass] = []
      }
    }
  }

  private static let lock = Lock()
  nonisolated(unsafe) private static var waiting = Waiting()

  /// From this class on buffers are large: 1 MiB. The system maps them by themselves, here in large pages.
  static let largeClass = 20

  private static func sizeClass(bytes: Int) -> Int {
    max(12, Int.bitWidth - (bytes - 1).leadingZeroBitCount)
  }

  /// A buffer of at least `sizeClass`, and the class that it has.
  @inline(never)
  private static func take(_ sizeClass: Int) throws -> (UnsafeMutableRawPointer, Int) {
    let (found, change) = lock.locked {
      let before = waiting.bytes
      let found = waiting.take(sizeClass)
      return (found, waiting.bytes - before)
    }
    guard let buffer = found ?? allocate(sizeClass).map({ ($0, sizeClass) }) else {
      if change != 0 { Allocator.shared.countScratch(live: 0, cached: change) }
      throw Allocator.shared.outOfMemory(1 << sizeClass)
    }
    Allocator.shared.countScratch(live: 1 << buffer.1, cached: change)
    return buffer
  }

  /// Gives everything that waits back to the system; returns how many bytes that was.
  static func releaseWaiting() -> Int {
    lock.locked {
      let before = waiting.bytes
      waiting.release(0..<64)
      return before
    }
  }

  /// Fresh memory, or nil when the system has none even after everything that waits anywhere has gone back to it.
  private static func allocate(_ sizeClass: Int) -> UnsafeMutableRawPointer? {
    if let buffer = fresh(sizeClass) { return buffer }
    Allocator.shared.trim()
    return fresh(sizeClass)
  }

  static func fresh(_ sizeClass: Int) -> UnsafeMutableRawPointer? {
    SystemMemory.allocate(1 << sizeClass, alignment: 4096, inLargePages: true)
  }

  @inline(never)
  private static func giveBack(_ pointer: UnsafeMutableRawPointer, _ sizeClass: Int) {
    let isKept = lock.locked { waiting.add(pointer, sizeClass) }
    Allocator.shared.countScratch(live: -(1 << sizeClass), cached: isKept ? 1 << sizeClass : 0)
  }
}
