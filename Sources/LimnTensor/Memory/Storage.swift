/// The memory that one or more tensors look into. It is given back when the last of them goes.
///
/// # Storage and views
///
/// A ``Tensor`` is two things: a *storage*, which is bytes in a row, and a *view*, which says how to read them: an offset,
/// and for each axis a length and a stride, the step from one index to the next, counted in elements.
///
///     element [i, j, k]  stands at  offset + i · strides[0] + j · strides[1] + k · strides[2]
///
/// Six numbers in order, `0 1 2 3 4 5`, are a matrix of shape `[2, 3]` with strides `[3, 1]`. Many operators need no more than
/// other words for the same bytes, and copy nothing:
///
/// | operator | shape | strides | offset |
/// |---|---|---|---|
/// | `x` | `[2, 3]` | `[3, 1]` | 0 |
/// | `x.transpose()` | `[3, 2]` | `[1, 3]` | 0 |
/// | `x[:, 1]` | `[2]` | `[3]` | 1 |
/// | `x[:, ::-1]` | `[2, 3]` | `[3, -1]` | 2 |
/// | `x[0]`, stretched to `[4, 3]` | `[4, 3]` | `[0, 1]` | 0 |
/// | `x.reshape(6)` | `[6]` | `[1]` | 0 |
///
/// The last works because the elements lie in order without gaps (``Tensor/isContiguous``). Where strides cannot say it, as when
/// a transposed matrix is made flat, ``Tensor/contiguous()`` copies first.
///
/// Kernels are fastest on rows of neighbors. ``Walk`` joins the axes that lie one inside the other, for all operands at once, and
/// hands out rows; a kernel that cannot use strides asks for `contiguous()`.
///
/// **Who may write.** An operator fills the memory that it has just asked for, before anybody else sees the tensor. From then on it is
/// never written, so that views need no protection from each other. There are two exceptions, and both first make sure that
/// nobody shares the storage: ``Weight`` is updated in place by an optimizer, and a backward pass adds up gradients that it made itself.
///
/// **Where it comes from.** ``Allocator`` hands out blocks and keeps those that come back; or it is a mapped file's, which its
/// owner keeps alive and nobody writes.
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
