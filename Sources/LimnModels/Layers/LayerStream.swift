import LimnTensor

/// A layer's own random numbers: a key, drawn from the session when the layer is made, and a count of draws.
///
/// First values of weights come from the key alone, so they are the same whenever the layer is first called. What is
/// drawn anew in each call, such as dropout's mask, depends on the count too.
public final class LayerStream {
  /// The key; the position is the number of calls that have drawn.
  ///
  /// A change made during a training step is taken back if the step fails.
  public internal(set) var state: RandomSource.State {
    didSet { UndoLog.current?.record { [self, oldValue] in state = oldValue } }
  }

  /// Takes a key from a session's source.
  public init(_ random: RandomSource) { state = RandomSource.State(key: random.splitKey()) }

  private init(_ state: RandomSource.State) { self.state = state }

  /// Calls draw from here on, so that they share no numbers with weights.
  private static let firstCall: UInt64 = 1 << 32

  /// A source for the first value of a weight.
  ///
  /// - Parameter purpose: which of the layer's weights; each has its own numbers.
  func initial(_ purpose: UInt32) -> RandomSource { source(UInt64(purpose)) }

  /// A source for one call.
  func next() -> RandomSource {
    defer { state.position &+= 1 }
    return source(Self.firstCall &+ state.position)
  }

  private func source(_ number: UInt64) -> RandomSource {
    RandomSource(RandomSource.State(key: state.key, position: number)).split()
  }

  func copy() -> LayerStream { LayerStream(state) }
}
