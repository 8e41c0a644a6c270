import LimnLanguage
import LimnModels
import LimnTensor

/// Optimizers and schedules of their learning rate.
enum OptimizerBindings {
  static var all: [Binding] {
    [
      Binding(
        "sgd",
        [
          model, rate(0.01), named("momentum", 0.0), .optional("nesterov", .bool, false, namedOnly: true),
          named("weight_decay", 0.0), clipNorm, clipValue,
        ],
        "Stochastic gradient descent, with momentum if given: v ← momentum · v + g, w ← w - lr · v." + holds,
        example: "sgd(dense(1), lr: 0.1).lr   # 0.1"
      ) { call in
        let rule = try SGD(momentum: call.float(2), nesterov: call.bool(3), weightDecay: call.float(4))
        return try optimizer(rule, call, clipping: 5)
      },
      Binding(
        "rmsprop",
        [
          model, rate(1e-3), named("decay", 0.99), named("momentum", 0.0), named("epsilon", 1e-8),
          named("weight_decay", 0.0), clipNorm, clipValue,
        ],
        "RMSprop: gradients divided by the root of a running mean of their squares (Hinton, 2012)." + holds,
        example: "rmsprop(dense(1)).step   # 0"
      ) { call in
        let rule = try RMSProp(
          decay: call.float(2), momentum: call.float(3), epsilon: call.float(4), weightDecay: call.float(5))
        return try optimizer(rule, call, clipping: 6)
      },
      Binding(
        "adam", [model, rate(1e-3)] + moments + [named("weight_decay", 0.0), clipNorm, clipValue],
        "Adam (Kingma and Ba, arXiv:1412.6980), with ε outside of the corrected root." + holds,
        example: "adam(dense(1), lr: 1e-4).lr   # 0.0001"
      ) { call in
        let rule = try Adam(
          beta1: call.float(2), beta2: call.float(3), epsilon: call.float(4), weightDecay: call.float(5))
        return try optimizer(rule, call, clipping: 6)
      },
      Binding(
        "adamw", [model, rate(1e-3)] + moments + [named("weight_decay", 0.01), clipNorm, clipValue],
        "Adam with weight decay apart from the gradient (Loshchilov and Hutter, arXiv:1711.05101)." + holds,
        example: "adamw(dense(1)).step   # 0"
      ) { call in
        let rule = try Adam(
          beta1: call.float(2), beta2: call.float(3), epsilon: call.float(4), weightDecay: call.float(5),
          decoupled: true)
        return try optimizer(rule, call, clipping: 6)
      },
      Binding(
        "adagrad", [model, rate(1e-2), named("epsilon", 1e-10), named("weight_decay", 0.0), clipNorm, clipValue],
        "Adagrad: gradients divided by the root of the sum of all their squares (Duchi et al., 2011)." + holds,
        example: "adagrad(dense(1)).lr   # 0.01"
      ) { call in
        let rule = try Adagrad(epsilon: call.float(2), weightDecay: call.float(3))
        return try optimizer(rule, call, clipping: 4)
      },
      Binding(
        "lion",
        [
          model, rate(1e-4), named("beta1", 0.9), named("beta2", 0.99), named("weight_decay", 0.0), clipNorm,
          clipValue,
        ],
        "Lion: steps by the sign of a momentum, all of one length (Chen et al., arXiv:2302.06675)." + holds,
        example: "lion(dense(1)).step   # 0"
      ) { call in
        let rule = try Lion(beta1: call.float(2), beta2: call.float(3), weightDecay: call.float(4))
        return try optimizer(rule, call, clipping: 5)
      },
      Binding(
        "apply", receivers: [.host(Types.optimizer)],
        [.required("optimizer", .host(Types.optimizer)), .required("gradients", .map)],
        "Takes one step with gradients from `grad`, a map by path. Weights that it does not name stay.",
        example: """
          let model = dense(1, bias: false)
          let opt = sgd(model, lr: 1)
          let y = model(ones(1, 1))
          let before = model.kernel.item()
          opt.apply({kernel: ones(1, 1)})
          close(before - model.kernel.item(), 1.0)   # true
          """
      ) { call in
        let gradients = try call.map(1).map { key, value -> (String, Tensor) in
          guard let tensor = value.asTensor else {
            throw Fault(
              "type-mismatch", "a gradient is a tensor, and this map has \(value.described)",
              labels: [.init(.argument(1), "not all of these are tensors")])
          }
          return (key.asString ?? "", tensor)
        }
        try call.host(0, OptimizerObject.self).optimizer.apply(
          Dictionary(gradients, uniquingKeysWith: { _, last in last }))
        return .nil
      },
    ]
  }

  private static let holds = " It holds the model and finds its weights when a step begins."
  private static var model: Parameter { Parameter.required("model", .any) }
  private static var moments: [Parameter] { [named("beta1", 0.9), named("beta2", 0.999), named("epsilon", 1e-8)] }
  private static var clipNorm: Parameter { Parameter.optional("clip_norm", .optional(.float), .nil, namedOnly: true) }
  private static var clipValue: Parameter { Parameter.optional("clip_value", .optional(.float), .nil, namedOnly: true) }

  private static func rate(_ value: Double) -> Parameter {
    .optional("lr", .either([.float, .callable]), .float(value))
  }
  private static func named(_ name: String, _ value: Double) -> Parameter {
    .optional(name, .float, .float(value), namedOnly: true)
  }

  /// The optimizer of a call: model, rate, and clipping from its arguments.
  private static func optimizer(_ rule: any UpdateRule, _ call: Call, clipping index: Int) throws -> Value {
    guard try ModelWalk.isModel(call[0]) || call[0].asList != nil || call[0].asMap != nil else {
      throw Fault(
        "type-mismatch", "an optimizer holds a model, and \(call[0].described) has no weights",
        labels: [.init(.argument(0), "this is \(call[0].described)")],
        help: "give a layer, an instance with layers in its fields, or a list of those")
    }
    let clipping: Clipping =
      if let norm = try call.optionalFloat(index) { .norm(norm) } else if let value = try call.optionalFloat(index + 1)
      {
        .value(value)
      } else { .none }
    let rate = try LearningRate(call[1], call.interpreter)
    return .object(
      OptimizerObject(call[0]) { Optimizer(rule, learningRate: rate, clipping: clipping, model: $0) })
  }
}
