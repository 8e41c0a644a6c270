import LimnTensor

/// Tensors taken apart along their first axis, a few rows at a time, in a new order each time around.
///
/// ```swift
/// let batches = try Batches([images, labels], size: 64, random: random)
/// for _ in 0..<epochs {
///   let loop = try batches.begin()
///   while let batch = try loop.next() { try step(images: batch[0], labels: batch[1]) }
/// }
/// ```
///
/// An order is drawn when its loop begins. A loop's `state` tells where it stands; `begin(at:)` goes on from there with
/// the same rows in the same order, in this process or another. Batches are constants: no gradient flows to the
/// tensors that they come from.
public final class Batches {
  /// The number of rows, the same in each tensor.
  public let rowCount: Int
  /// Rows in a batch.
  public let size: Int
  /// The number of batches in a loop.
  public let count: Int

  private let tensors: [Tensor]
  private let shuffle: Bool
  private let random: RandomSource

  /// Batches of tensors whose rows belong together.
  ///
  /// - Parameters:
  ///   - tensors: One or more, with first axes of the same length.
  ///   - size: Rows in a batch.
  ///   - shuffle: Whether each loop has an order of its own, rather than the rows' own.
  ///   - dropLast: Whether rows that do not fill a batch at the end are left out.
  ///   - random: Where orders are drawn from.
  /// - Throws: `bad-argument` for a size below one or when there is no batch; `shape-mismatch` for tensors without axes
  ///   or with different numbers of rows.
  public init(
    _ tensors: [Tensor], size: Int, shuffle: Bool = true, dropLast: Bool = false, random: RandomSource
  ) throws {
    guard size > 0 else {
      throw TensorError(
        .badArgument, "a batch has at least one row", operands: [.init(.named("size"), "size is \(size)")])
    }
    guard let first = tensors.first else { throw TensorError(.badArgument, "batches need at least one tensor") }
    for (index, tensor) in tensors.enumerated() where tensor.rank == 0 || tensor.shape[0] != first.shape.first {
      let reason =
        tensor.rank == 0
        ? "tensor \(index) is a single number and has no rows"
        : "tensor 0 has \(first.shape.first ?? 0) rows on axis 0, and tensor \(index) has \(tensor.shape[0])"
      throw TensorError(
        .shapeMismatch, "the tensors of a batch need the same number of rows: \(reason)",
        operands: [.init(.index(0), "shapes are " + tensors.map { "\($0.shape)" }.joined(separator: " and "))])
    }
    rowCount = first.shape[0]
    count = dropLast || rowCount == 0 ? rowCount / size : (rowCount - 1) / size + 1
    guard count > 0 else {
      throw TensorError(
        .badArgument,
        rowCount == 0
          ? "there are no rows to make batches of" : "\(rowCount) rows do not fill one batch of \(size)",
        help: rowCount == 0 ? nil : "use drop_last: false or a smaller size")
    }
    self.tensors = try tensors.map { try $0.contiguous() }
    self.size = size
    self.shuffle = shuffle
    self.random = random
  }

  /// Where a loop stands: all that is needed to go on.
  public struct State: Equatable, Sendable {
    /// The source's state before the loop's order was drawn; nil when rows are not shuffled.
    public var permutation: RandomSource.State?
    /// The number of batches that have been given.
    public var batch: Int

    public init(permutation: RandomSource.State?, batch: Int) {
      self.permutation = permutation
      self.batch = batch
    }
  }

  /// Begins a loop, and draws its order.
  public func begin() throws -> Loop {
    let state = State(permutation: shuffle ? random.state : nil, batch: 0)
    return Loop(self, try order(from: random), state)
  }

  /// Goes on with a loop from where it stood. The source of random numbers is not touched.
  ///
  /// - Throws: `bad-argument` for a state of other batches.
  public func begin(at state: State) throws -> Loop {
    guard (0...count).contains(state.batch), (state.permutation != nil) == shuffle else {
      throw TensorError(
        .badArgument, "this state belongs to other batches",
        notes: ["it stands at batch \(state.batch), and there are \(count)"])
    }
    return Loop(self, try state.permutation.flatMap { try order(from: RandomSource($0)) }, state)
  }

  /// The rows' order, or nil for their own.
  private func order(from source: RandomSource) throws -> [Int]? {
    shuffle ? try source.permutation(rowCount).elements(Int.self) : nil
  }

  /// One time around.
  public final class Loop {
    /// Where the loop stands.
    public private(set) var state: State

    private let batches: Batches
    private let order: [Int]?

    fileprivate init(_ batches: Batches, _ order: [Int]?, _ state: State) {
      self.batches = batches
      self.order = order
      self.state = state
    }

    /// The next batch, with a part of each tensor; nil at the end.
    ///
    /// - Throws: `out-of-memory`.
    public func next() throws -> [Tensor]? {
      guard state.batch < batches.count else { return nil }
      let start = state.batch * batches.size
      let rows = start..<min(start + batches.size, batches.rowCount)
      let batch = try batches.tensors.map { tensor in
        if let order { try tensor.copyOfRows(order[rows]) } else { try tensor.copyOfRows(rows) }
      }
      state.batch += 1
      return batch
    }
  }
}

extension Tensor {
  /// The rows at some indices of the first axis, in that order. The caller has checked the indices and that the tensor
  /// is contiguous.
  fileprivate func copyOfRows(_ rows: some Collection<Int>) throws -> Tensor {
    let result = try Tensor.uninitialized(Shape([rows.count] + shape.dropFirst()), dtype)
    let length = shape.dropFirst().reduce(dtype.byteCount, *)
    guard length > 0 else { return result }
    try withElementBytes { source in
      guard let start = source.baseAddress else { return }
      withExtendedLifetime(result) {
        // A new tensor begins at its storage's first byte.
        var target = UnsafeMutableRawPointer(result.pointer(UInt8.self))
        for row in rows {
          target.copyMemory(from: start + row * length, byteCount: length)
          target += length
        }
      }
    }
    return result
  }
}
