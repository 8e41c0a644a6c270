/// A reference to a tensor that learns.
///
/// Layers hold weights and read them through ``tensor``. Under a ``Recording`` that has the weight among its targets,
/// what is read is recorded, and a gradient can be taken for the weight. Two layers that hold the same weight share it.
///
/// A layer that does not know its input's size yet makes its weights without a value and sets ``value`` on its first
/// call; such a weight can be a target before it has its shape.
public final class Weight {
  /// Whether ``value`` has been set. Until then it is empty.
  public private(set) var isShaped: Bool
  private var current: Tensor
  /// The entry that stands for this weight on the present tape.
  var node = Node.none
  /// The present value under that entry, made when it is first read.
  private var leaf: Tensor?

  /// A weight that gets its value later.
  public init() {
    isShaped = false
    current = Tensor.nothing
    adopt()
  }

  /// A weight with a value. Under a recording that adopts new weights it becomes a target of it.
  public init(_ value: Tensor) {
    isShaped = true
    current = value.detached()
    adopt()
  }

  /// The present value, as a constant.
  ///
  /// Setting it within a recording leaves the weight a target: what is read from then on is the new value.
  public var value: Tensor {
    get { current }
    set {
      current = newValue.detached()
      isShaped = true
      leaf = nil
    }
  }

  /// Takes the value away: the weight is as if it had just been made without one.
  ///
  /// A training step that fails does this to weights that layers have made in it.
  public func reset() {
    current = Tensor.nothing
    isShaped = false
    leaf = nil
  }

  /// The present value for use in a computation: recorded when the weight is a target, else constant.
  public var tensor: Tensor {
    guard node.tape != 0, let tape = Tape.current, tape.identity == node.tape,
      tape.entries[node.entry].bits & tape.recordedBits != 0
    else { return current }
    if let leaf { return leaf }
    let leaf = current.alias()
    leaf.node = node
    self.leaf = leaf
    return leaf
  }

  /// Makes `node` the entry that stands for this weight.
  func bind(to node: Node) {
    self.node = node
    leaf = nil
  }

  private func adopt() {
    guard let tape = Tape.current, tape.adoptingBits & tape.recordedBits != 0 else { return }
    tape.adopt(self)
  }

  /// Changes the value in place.
  ///
  /// `body` gets the elements in row-major order. They are the weight's own memory when nobody else looks into it,
  /// and otherwise a copy that becomes the weight's memory.
  ///
  /// - Throws: `dtype-mismatch` when `Element` is not the weight's type, `out-of-memory`, and what `body` throws.
  public func update<Element: TensorElement>(
    _ type: Element.Type, _ body: (UnsafeMutableBufferPointer<Element>) throws -> Void
  ) throws {
    guard Element.dtype == current.dtype else {
      throw TensorError(.dtypeMismatch, "a weight of \(current.dtype) cannot be updated as \(Element.dtype)")
    }
    let target = try unshared()
    try withExtendedLifetime(target) {
      try body(UnsafeMutableBufferPointer(start: target.pointer(Element.self), count: target.count))
    }
  }

  /// The value, in row-major order and in memory that nobody else looks into: what is written there changes the weight.
  ///
  /// - Throws: `out-of-memory`.
  func unshared() throws -> Tensor {
    leaf = nil
    let isUnshared =
      isKnownUniquelyReferenced(&current) && current.isContiguous && current.storage.isWritable
      && isKnownUniquelyReferenced(&current.storage)
    if !isUnshared { current = try current.copied() }
    return current
  }
}
