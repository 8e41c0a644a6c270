#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Memory from the system: for tensors' blocks and kernels' scratch.
///
/// The C library keeps what lies between blocks that are still in use, and a training loop's blocks come and go in no
/// order: a third of a process can be such gaps. So large blocks are mapped by themselves, and go back whole.
enum SystemMemory {
  /// From this size on a block is a mapping of its own.
  static let smallestMapping = 1 << 20

  /// Blocks from this size on are asked for only when the machine has that much to spare: the system promises more than
  /// it has, and ends the process that takes it at its word.
  private static let promisedSize = 1 << 26

  private static let largePage = 2 << 20

  /// A block with undefined contents, or nil when the system has no more.
  ///
  /// - Parameters:
  ///   - alignment: a power of two, up to a page's 4096 bytes.
  ///   - isLarge: whether a mapping starts at a large page, and asks for such: where a kernel walks through memory in
  ///     many places at once, an address that is not in the processor's table of pages costs as much as some dozen
  ///     products.
  static func allocate(
    _ byteCount: Int, alignment: Int, inLargePages isLarge: Bool = false
  ) -> UnsafeMutableRawPointer? {
    if byteCount < smallestMapping { return aligned_alloc(alignment, byteCount) }
    if byteCount >= promisedSize, let available, byteCount > available { return nil }
    return isLarge ? mapLargePages(byteCount) : map(byteCount)
  }

  /// Gives back what ``allocate(_:alignment:inLargePages:)`` gave, of the same size.
  static func release(_ pointer: UnsafeMutableRawPointer, _ byteCount: Int) {
    if byteCount < smallestMapping { free(pointer) } else { munmap(pointer, byteCount) }
  }

  /// Addresses of a mapping's size, none of which has memory yet, or nil when the process may have no more.
  static func reserve(_ byteCount: Int) -> UnsafeMutableRawPointer? { map(byteCount) }

  private static func map(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    let start = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    return start == MAP_FAILED ? nil : start
  }

  private static func mapLargePages(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    // Near the end of memory, a block without large pages is better than none.
    guard let start = map(byteCount + largePage) else { return map(byteCount) }
    let skipped = -Int(bitPattern: start) & (largePage - 1)
    let pointer = start + skipped
    if skipped > 0 { munmap(start, skipped) }
    if skipped < largePage { munmap(pointer + byteCount, largePage - skipped) }
    #if canImport(Glibc)
    madvise(pointer, byteCount, MADV_HUGEPAGE)
    #endif
    return pointer
  }

  /// Bytes that the system could give without swapping, as it says itself; nil where it does not say.
  private static var available: Int? {
    guard let file = fopen("/proc/meminfo", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let words = text.split(separator: " ")
      if words.first == "MemAvailable:", words.count > 1 { return Int(words[1]).map { $0 << 10 } }
    }
    return nil
  }
}
