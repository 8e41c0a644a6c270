/// The memory that one or more tensors look into. It is given back when the last of them goes.
public final class Storage: @unchecked Sendable {
  /// The first byte.
  let pointer: UnsafeMutableRawPointer
  /// Bytes that may be read.
  let byteCount: Int
  /// The block's class when it comes from the allocator.
  private let sizeClass: SizeClass?
  /// Whoever owns memory that does not come from the allocator, such as a mapped file.
  private let owner: AnyObject?

  /// Fresh memory with undefined contents.
  ///
  /// - Throws: `out-of-memory`.
  init(byteCount: Int) throws {
    let block = try Allocator.shared.allocate(byteCount)
    pointer = block.pointer
    sizeClass = block.sizeClass
    self.byteCount = byteCount
    owner = nil
  }

  /// Memory that belongs to `owner`, such as a mapped file. It is read and never written.
  public init(borrowing bytes: UnsafeRawBufferPointer, owner: AnyObject?) {
    pointer = UnsafeMutableRawPointer(mutating: bytes.baseAddress ?? UnsafeRawPointer(Self.nothing))
    byteCount = bytes.count
    sizeClass = nil
    self.owner = owner
  }

  /// Whether the memory may be written by whoever holds it alone.
  var isWritable: Bool { sizeClass != nil }

  nonisolated(unsafe) private static let nothing = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64)

  deinit {
    if let sizeClass { Allocator.shared.deallocate(pointer, sizeClass) }
  }
}
