/// An immutable block of numbers with a shape.
///
/// A tensor is a view: it looks into a ``Storage``, from an offset, with a stride for each axis. Reshaping,
/// transposing, slicing and broadcasting make new views and copy nothing where strides can express the result. Nobody
/// changes a storage that two tensors share, so a tensor is a value, although it is a class: a reference costs less
/// to pass around than a hundred bytes of shape and strides, and the record of gradients needs something to hang on.
///
/// Every operation that can fail throws a ``TensorError``.
public final class Tensor: @unchecked Sendable {
  /// Set anew only by ``Weight``, which asks whether it is shared.
  var storage: Storage
  /// The first element's place in the storage, counted in elements.
  let offset: Int
  public let shape: Shape
  /// Elements from one index to the next, for each axis. Zero along a broadcast axis, negative along a flipped one.
  public let strides: Shape
  /// The number of elements.
  public let count: Int
  public let dtype: DType
  /// Whether the elements lie in order without gaps.
  public let isContiguous: Bool
  /// Where this tensor stands in a record of gradients. Written once, by ``record``, before anybody else sees the
  /// tensor.
  var node = Node.none

  /// A view of `storage`. The caller has made sure that every element lies inside.
  init(storage: Storage, offset: Int, shape: Shape, strides: Shape, count: Int, dtype: DType, isContiguous: Bool) {
    self.storage = storage
    self.offset = offset
    self.shape = shape
    self.strides = strides
    self.count = count
    self.dtype = dtype
    self.isContiguous = isContiguous
  }

  /// A tensor with fresh memory and undefined contents, for an operator to fill.
  ///
  /// - Throws: `bad-shape`, `out-of-memory`.
  public static func uninitialized(_ shape: Shape, _ dtype: DType) throws -> Tensor {
    let count = try shape.checkedCount()
    return Tensor(
      storage: try Storage(byteCount: count * dtype.byteCount), offset: 0, shape: shape,
      strides: shape.contiguousStrides, count: count, dtype: dtype, isContiguous: true)
  }

  /// No elements at all: what a weight holds before it has its shape.
  static let nothing = Tensor(
    storage: Storage(borrowing: UnsafeRawBufferPointer(start: nil, count: 0), owner: nil), offset: 0, shape: [0],
    strides: [1], count: 0, dtype: .float32, isContiguous: true)

  /// Another view of this tensor's storage.
  ///
  /// - Throws: `bad-shape` when broadcasting has made it too large to count.
  func view(shape: Shape, strides: Shape, offset: Int) throws -> Tensor {
    Tensor(
      storage: storage, offset: offset, shape: shape, strides: strides, count: try shape.checkedCount(), dtype: dtype,
      isContiguous: Self.isContiguous(shape, strides))
  }

  /// The number of axes.
  public var rank: Int { shape.rank }

  /// The first element, in memory that is to be read, or written by the operator that has just made this tensor.
  /// It is valid as long as the tensor is: keep that alive with `withExtendedLifetime`.
  @inline(__always)
  public func pointer<Element: TensorElement>(_ type: Element.Type = Element.self) -> UnsafeMutablePointer<Element> {
    storage.pointer.assumingMemoryBound(to: Element.self) + offset
  }

  private static func isContiguous(_ shape: Shape, _ strides: Shape) -> Bool {
    var step = 1
    var axis = shape.rank - 1
    while axis >= 0 {
      let length = shape[axis]
      if length == 0 { return true }
      if length != 1 {
        if strides[axis] != step { return false }
        step *= length
      }
      axis -= 1
    }
    return true
  }
}

/// Where a tensor stands in a record of gradients: which tape, and which of its entries.
struct Node: Sendable, Equatable {
  var tape: UInt64
  var entry: Int

  /// No gradient was ever recorded.
  static let none = Node(tape: 0, entry: 0)
}
