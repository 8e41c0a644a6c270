/// A source of random numbers, made of a key and a position.
///
/// The same key and position give the same numbers on any number of threads. A session has one source; what needs
/// numbers of its own whenever it comes to draw them, such as a layer that takes its shape later, gets a source of its
/// own with ``split()``.
public final class RandomSource {
  /// What is needed to go on from here.
  public struct State: Hashable, Sendable, Codable {
    /// Which stream.
    public var key: UInt64
    /// How many blocks of four words have been used.
    public var position: UInt64

    public init(key: UInt64, position: UInt64 = 0) {
      self.key = key
      self.position = position
    }
  }

  public var state: State

  public init(seed: UInt64) { state = State(key: seed) }

  public init(_ state: State) { self.state = state }

  /// A key for another source, independent of this one. It uses one block.
  public func splitKey() -> UInt64 {
    let words = Philox.blocks(at: advance(1), key: state.key, lane: 1)
    return UInt64(words.x[0]) | UInt64(words.y[0]) << 32
  }

  /// Another source, independent of this one. It uses one block.
  public func split() -> RandomSource { RandomSource(seed: splitKey()) }

  /// Takes the next `blocks` blocks, and gives the first one's position.
  private func advance(_ blocks: Int) -> UInt64 {
    defer { state.position &+= UInt64(truncatingIfNeeded: blocks) }
    return state.position
  }

  /// Draws `count` values and calls `use` with each group of them, on any thread.
  ///
  /// A group is made of the words of four blocks, `perGroup` values to a group, so that values depend on their own
  /// positions alone.
  @inline(__always)
  func draw(_ count: Int, perGroup: Int, _ use: (_ group: Int, _ words: Philox.Words) -> Void) {
    let key = state.key
    let groups = (count + perGroup - 1) / perGroup
    let start = advance(groups * 4)
    Tensor.chunks(groups, grain: Walk.grain / 16) { range in
      for group in range { use(group, Philox.blocks(at: start &+ UInt64(group) &* 4, key: key)) }
    }
  }
}
