extension Optimizer {
  /// Plain gradient descent, or with momentum. See ``SGD``.
  public static func sgd(
    _ model: any Layer, learningRate: LearningRate = 0.01, momentum: Double = 0, nesterov: Bool = false,
    weightDecay: Double = 0, clipping: Clipping = .none
  ) throws -> Optimizer {
    let rule = try SGD(momentum: momentum, nesterov: nesterov, weightDecay: weightDecay)
    return Optimizer(rule, learningRate: learningRate, clipping: clipping) { model.contents }
  }

  /// See ``RMSProp``.
  public static func rmsprop(
    _ model: any Layer, learningRate: LearningRate = 1e-3, decay: Double = 0.99, momentum: Double = 0,
    epsilon: Double = 1e-8, weightDecay: Double = 0, clipping: Clipping = .none
  ) throws -> Optimizer {
    let rule = try RMSProp(decay: decay, momentum: momentum, epsilon: epsilon, weightDecay: weightDecay)
    return Optimizer(rule, learningRate: learningRate, clipping: clipping) { model.contents }
  }

  /// See ``Adam``.
  public static func adam(
    _ model: any Layer, learningRate: LearningRate = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8, weightDecay: Double = 0, clipping: Clipping = .none
  ) throws -> Optimizer {
    let rule = try Adam(beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay)
    return Optimizer(rule, learningRate: learningRate, clipping: clipping) { model.contents }
  }

  /// Adam with decoupled weight decay. See ``Adam``.
  public static func adamw(
    _ model: any Layer, learningRate: LearningRate = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8, weightDecay: Double = 0.01, clipping: Clipping = .none
  ) throws -> Optimizer {
    let rule = try Adam(beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay, decoupled: true)
    return Optimizer(rule, learningRate: learningRate, clipping: clipping) { model.contents }
  }

  /// See ``Adagrad``.
  public static func adagrad(
    _ model: any Layer, learningRate: LearningRate = 0.01, epsilon: Double = 1e-10, weightDecay: Double = 0,
    clipping: Clipping = .none
  ) throws -> Optimizer {
    let rule = try Adagrad(epsilon: epsilon, weightDecay: weightDecay)
    return Optimizer(rule, learningRate: learningRate, clipping: clipping) { model.contents }
  }

  /// See ``Lion``.
  public static func lion(
    _ model: any Layer, learningRate: LearningRate = 1e-4, beta1: Double = 0.9, beta2: Double = 0.99,
    weightDecay: Double = 0, clipping: Clipping = .none
  ) throws -> Optimizer {
    let rule = try Lion(beta1: beta1, beta2: beta2, weightDecay: weightDecay)
    return Optimizer(rule, learningRate: learningRate, clipping: clipping) { model.contents }
  }
}
