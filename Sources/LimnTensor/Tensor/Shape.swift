/// The lengths of a tensor's axes, outermost first, or the strides that go with them: up to eight integers, kept
/// inline so that a small operation allocates nothing for them.
public struct Shape: Sendable {
  /// The largest number of axes.
  public static let maximumRank = 8

  /// Entries from `rank` on are zero.
  @usableFromInline var lengths: InlineArray<8, Int>
  /// The number of axes.
  public private(set) var rank: Int

  /// The shape of a single number: no axes.
  @inline(__always)
  public init() {
    lengths = InlineArray(repeating: 0)
    rank = 0
  }

  /// `rank` axes of the same length. `rank` is at most eight.
  @inline(__always)
  init(repeating length: Int, rank: Int) {
    lengths = InlineArray(repeating: 0)
    self.rank = rank
    for axis in 0..<rank { lengths[axis] = length }
  }

  /// A shape that a user has asked for.
  ///
  /// - Throws: `bad-shape` for more than eight axes, a negative length, or more elements than can be counted.
  public init(_ lengths: some Collection<Int>) throws {
    guard lengths.count <= Self.maximumRank else {
      throw TensorError(
        .badShape, "a tensor has at most \(Self.maximumRank) axes, and \(Array(lengths)) has \(lengths.count)")
    }
    self.init(unchecked: lengths)
    if let axis = firstIndex(where: { $0 < 0 }) {
      throw TensorError(.badShape, "axis \(axis) of shape \(self) is negative")
    }
    _ = try checkedCount()
  }

  /// A shape from lengths that are known to be at most eight and not negative.
  init(unchecked lengths: some Collection<Int>) {
    self.init()
    for length in lengths.prefix(Self.maximumRank) { append(length) }
  }

  /// Adds an axis at the end. The caller has made sure that there is room.
  @inline(__always)
  public mutating func append(_ length: Int) {
    lengths[rank] = length
    rank += 1
  }

  /// Adds an axis before `axis`. The caller has made sure that there is room.
  public mutating func insert(_ length: Int, at axis: Int) {
    var position = rank
    while position > axis {
      lengths[position] = lengths[position - 1]
      position -= 1
    }
    lengths[axis] = length
    rank += 1
  }

  public mutating func remove(at axis: Int) {
    for position in axis..<(rank - 1) { lengths[position] = lengths[position + 1] }
    rank -= 1
    lengths[rank] = 0
  }

  /// The number of elements.
  ///
  /// - Throws: `bad-shape` when it is too large to count.
  @inline(__always)
  func checkedCount() throws -> Int {
    var count = 1
    var overflowed = false
    var isEmpty = false
    for axis in 0..<rank {
      let (product, overflow) = count.multipliedReportingOverflow(by: lengths[axis])
      count = product
      overflowed = overflowed || overflow
      isEmpty = isEmpty || lengths[axis] == 0
    }
    if isEmpty { return 0 }
    if overflowed || count >= 1 << 48 { throw tooLarge() }
    return count
  }

  @inline(never)
  private func tooLarge() -> TensorError {
    TensorError(.badShape, "shape \(self) has more elements than any machine can hold")
  }

  /// The number of elements of a shape that is known to be countable.
  @inline(__always)
  public var elementCount: Int {
    var count = 1
    for axis in 0..<rank { count &*= lengths[axis] }
    return count
  }

  /// The strides of a tensor of this shape whose elements lie in order without gaps.
  @inline(__always)
  public var contiguousStrides: Shape {
    var strides = self
    var step = 1
    var axis = rank - 1
    while axis >= 0 {
      strides.lengths[axis] = step
      step &*= lengths[axis]
      axis -= 1
    }
    return strides
  }
}

extension Shape: RandomAccessCollection, MutableCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { rank }

  @inline(__always)
  public subscript(axis: Int) -> Int {
    get { lengths[axis] }
    set { lengths[axis] = newValue }
  }
}

extension Shape: Hashable {
  @inline(__always)
  public static func == (a: Shape, b: Shape) -> Bool {
    guard a.rank == b.rank else { return false }
    for axis in 0..<a.rank where a.lengths[axis] != b.lengths[axis] { return false }
    return true
  }

  public func hash(into hasher: inout Hasher) {
    for length in self { hasher.combine(length) }
  }
}

extension Shape: ExpressibleByArrayLiteral {
  /// A shape written in Swift source. Shapes that come from users go through ``init(_:)-(Collection)``.
  public init(arrayLiteral lengths: Int...) {
    precondition(lengths.count <= Self.maximumRank, "a tensor has at most \(Self.maximumRank) axes")
    self.init(unchecked: lengths)
  }
}

extension Shape: CustomStringConvertible {
  /// Such as `[64, 28, 28, 1]`.
  public var description: String { "[" + map(String.init).joined(separator: ", ") + "]" }
}

extension Shape {
  /// The axis that a user's number names; negative numbers count from the end.
  ///
  /// - Throws: `bad-axis`.
  func axis(_ axis: Int) throws -> Int {
    let resolved = axis < 0 ? axis + rank : axis
    guard resolved >= 0, resolved < rank else {
      throw TensorError(
        .badAxis, "there is no axis \(axis) in shape \(self)",
        operands: [.init(.named("axis"), "axis is \(axis), shape is \(self)")],
        help: rank == 0 ? "a single number has no axes" : "axes of this tensor are 0 to \(rank - 1), or -\(rank) to -1")
    }
    return resolved
  }

  /// Which of the axes a user's list names, as a set of bits; nil names all.
  ///
  /// - Throws: `bad-axis` for an axis that is not there or is named twice.
  func axes(_ axes: [Int]?) throws -> AxisSet {
    guard let axes else { return AxisSet(bits: UInt8(truncatingIfNeeded: (1 << rank) - 1)) }
    var set = AxisSet(bits: 0)
    for axis in axes {
      let axis = try self.axis(axis)
      guard !set.contains(axis) else {
        throw TensorError(
          .badAxis, "axis \(axis) is named twice in \(axes)", operands: [.init(.named("axis"), "axis is \(axes)")])
      }
      set.insert(axis)
    }
    return set
  }
}

/// A set of axes.
struct AxisSet: Hashable, Sendable {
  var bits: UInt8

  @inline(__always)
  func contains(_ axis: Int) -> Bool { bits >> UInt8(truncatingIfNeeded: axis) & 1 == 1 }

  @inline(__always)
  mutating func insert(_ axis: Int) { bits |= 1 << UInt8(truncatingIfNeeded: axis) }
}
