import LimnTensor

/// A tensor that a layer gathers from its inputs, such as a running mean: kept in checkpoints, never trained.
///
/// Like a ``Weight`` it has a place before it has a value.
public final class Statistic {
  /// The present value; nil until the layer has its shape.
  ///
  /// A change made during a training step is taken back if the step fails.
  public var value: Tensor? {
    didSet { UndoLog.current?.record { [self, oldValue] in value = oldValue } }
  }

  public init(_ value: Tensor? = nil) { self.value = value }
}
