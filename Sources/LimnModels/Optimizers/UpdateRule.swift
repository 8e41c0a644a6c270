import LimnTensor

/// How an optimizer changes one weight, given its gradient: the formula that tells Adam from RMSprop.
///
/// A rule is a value without memory. What it wants to remember of a weight, its *moments*, is kept by the
/// ``Optimizer``.
public protocol UpdateRule {
  /// The optimizer's name, as users know it: `adam`.
  var name: String { get }

  /// What the rule was made with, for printing; the learning rate is not among it.
  var arguments: [Argument] { get }

  /// The names of the tensors that the rule remembers for each weight. Each has the weight's shape and begins as zeros.
  var moments: [String] { get }

  /// The weight's next value, and its moments.
  ///
  /// - Parameters:
  ///   - value: the present value; `gradient` and each of `moments` have its shape.
  ///   - step: how often the weight will have been updated: 1 for the first time.
  func updated(
    _ value: Tensor, gradient: Tensor, moments: [Tensor], step: Int, learningRate: Double
  ) throws -> (value: Tensor, moments: [Tensor])
}

/// A rule that can also change weights and their moments where they are, in one pass over memory.
public protocol InPlaceUpdateRule: UpdateRule {
  /// Does what ``UpdateRule/updated(_:gradient:moments:step:learningRate:)`` says, in place, for many weights.
  func update(_ changes: [InPlaceChange], learningRate: Double) throws
}

/// A weight that is to be changed in place.
public struct InPlaceChange {
  /// Its value is a float tensor that nobody else looks into.
  public let weight: Weight
  /// Of the weight's shape and type, its elements in order.
  public let gradient: Tensor
  /// Of the same shape and type, and not shared either.
  public let moments: [Weight]
  /// How often the weight will have been updated: 1 for the first time.
  public let step: Int
}
