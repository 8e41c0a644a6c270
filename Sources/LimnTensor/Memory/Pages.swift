#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Memory straight from the system, for large blocks.
///
/// The C library keeps what lies between blocks that are still in use, and a training loop's blocks come and go in no
/// order: a third of a process can be such gaps. What is mapped by itself goes back whole.
enum Pages {
  /// From this size on a block is worth a mapping of its own.
  static let smallest = 1 << 20

  private static let largePage = 2 << 20

  /// Zeroed memory, or nil when the system has no more.
  ///
  /// - Parameter isLarge: whether to start at a large page, and ask for such: where a kernel walks through memory in many
  ///   places at once, an address that is not in the processor's table of pages costs as much as some dozen products.
  static func map(_ byteCount: Int, large isLarge: Bool = false) -> UnsafeMutableRawPointer? {
    let slack = isLarge ? largePage : 0
    guard
      let start = mmap(
        nil, byteCount + slack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), start != MAP_FAILED
    else { return nil }
    guard isLarge else { return start }
    let skipped = -Int(bitPattern: start) & (largePage - 1)
    let pointer = start + skipped
    if skipped > 0 { munmap(start, skipped) }
    if skipped < slack { munmap(pointer + byteCount, slack - skipped) }
    #if canImport(Glibc)
    madvise(pointer, byteCount, MADV_HUGEPAGE)
    #endif
    return pointer
  }

  /// Gives back what ``map(_:large:)`` gave, of the same size.
  static func unmap(_ pointer: UnsafeMutableRawPointer, _ byteCount: Int) {
    munmap(pointer, byteCount)
  }
}
