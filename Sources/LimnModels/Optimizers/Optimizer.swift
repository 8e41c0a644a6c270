import LimnTensor

/// Changes a model's weights against their gradients.
///
/// An optimizer holds a model and finds its weights anew in each step, so a layer that has not been called yet is
/// fine, and to freeze a part one gives the optimizer less. It is used by ``minimize(_:_:)``:
///
/// ```swift
/// let optimizer = Optimizer.adam(model, learningRate: 1e-4)
/// let step = try minimize([optimizer]) { [try Loss.binaryCrossEntropy(model(x), .tensor(y))] }
/// print(step.losses[0])
/// ```
public final class Optimizer {
  /// The formula, such as ``Adam``.
  public let rule: any UpdateRule
  public var learningRate: LearningRate
  public let clipping: Clipping
  /// How many steps have been made. A schedule sees it.
  public internal(set) var step = 0

  private let model: () throws -> ModelContents
  var memories: [ObjectIdentifier: WeightMemory] = [:]
  /// What a checkpoint remembers of weights that the model did not have yet when it was loaded, by path.
  var awaited: [String: (moments: [Tensor], step: Int)] = [:]

  /// - Parameter model: gives what the model holds now; it is asked at each step.
  public init(
    _ rule: any UpdateRule, learningRate: LearningRate, clipping: Clipping = .none,
    model: @escaping () throws -> ModelContents
  ) {
    self.rule = rule
    self.learningRate = learningRate
    self.clipping = clipping
    self.model = model
  }

  /// What the model holds now.
  func contents() throws -> ModelContents { try model() }

  /// The weights that this optimizer changes, as they are found now.
  public func weights() throws -> [(path: String, weight: Weight)] { try contents().weights }

  /// What is remembered of a weight; nil if it has never been updated.
  func memory(of weight: Weight, at path: String) -> WeightMemory? {
    if let memory = memories[ObjectIdentifier(weight)] { return memory }
    return awaited[path].map { kept in
      noGradient { WeightMemory(weight, moments: kept.moments.map { Weight($0) }, step: kept.step) }
    }
  }

  /// Makes one step with gradients from elsewhere, by path. Weights that are not named stay as they are.
  ///
  /// - Throws: `unknown-name` for a path that is none of the model's; `shape-mismatch`. Then nothing has changed.
  public func apply(_ gradients: [String: Tensor]) throws {
    let weights = try weights()
    let paths = Set(weights.map(\.path))
    if let unknown = gradients.keys.filter({ !paths.contains($0) }).min() {
      throw TensorError(
        .unknownName, "the optimizer's model has no weight \"\(unknown)\"",
        operands: [.init(.named("gradients"), "\"\(unknown)\" is not a weight")],
        help: Spelling.suggestion(for: unknown, among: weights.map(\.path)))
    }
    try commit(try stage(weights.compactMap { path, weight in gradients[path].map { (path, weight, $0) } }))
  }
}

extension Optimizer: CustomStringConvertible {
  /// Such as `adam(lr: 0.001, beta1: 0.5)`.
  public var description: String {
    var arguments = [Argument("lr", learningRate.description)] + rule.arguments
    switch clipping {
    case .none: break
    case .value(let limit): arguments.append(Argument("clip_value", limit))
    case .norm(let limit): arguments.append(Argument("clip_norm", limit))
    }
    return Argument.call(rule.name, arguments)
  }
}
