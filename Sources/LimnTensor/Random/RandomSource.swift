/// A source of random numbers, made of a key and a position.
///
/// The same key and position give the same numbers on any number of threads. A session has one source; what needs numbers of
/// its own whenever it comes to draw them, such as a layer that takes its shape later, gets a source of its own with
/// ``split()``.
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
    // Other words of the counter than numbers are drawn from.
    let position = advance(1)
    let block = Philox.block(
      SIMD4(UInt32(truncatingIfNeeded: position), UInt32(truncatingIfNeeded: position >> 32), 1, 0),
      key: SIMD2(UInt32(truncatingIfNeeded: state.key), UInt32(truncatingIfNeeded: state.key >> 32)))
    return UInt64(block.x) | UInt64(block.y) << 32
  }

  /// Another source, independent of this one. It uses one block.
  public func split() -> RandomSource { RandomSource(seed: splitKey()) }

  /// Takes the next `blocks` blocks, and gives the first one's position.
  func advance(_ blocks: Int) -> UInt64 {
    defer { state.position &+= UInt64(truncatingIfNeeded: blocks) }
    return state.position
  }
}
