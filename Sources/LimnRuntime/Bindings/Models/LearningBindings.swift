import LimnLanguage
import LimnModels
import LimnTensor

/// Losses differentiated, and weights changed by it.
enum LearningBindings {
  static func all(in session: SessionReference) -> [Binding] {
    [
      minimize, gradient, withoutGradients, training,
      Binding(
        "weight", [.required("value", .tensor)],
        "A weight with a first value: what an optimizer changes when it is in a model's field.",
        example: "weight(zeros(2)).shape   # [2]"
      ) { call in .object(WeightObject(Weight(try call.tensor(0)))) },
      Binding(
        "weights", receivers: [.layer, .instance], [.required("model", .any)],
        "A model's weights by path: those of layers, fields, and lists and maps in fields, in order.",
        example: "let d = dense(2)\nlet y = d(zeros(1, 3))\nweights(d).keys()   # [\"kernel\", \"bias\"]"
      ) { call in
        let contents = try ModelWalk.contents(of: call[0])
        return .map(contents.weights.map { ($0.path, .object(WeightObject($0.weight))) })
      },
    ]
  }

  private static let optimizer = ValueType.host(Types.optimizer)

  private static var minimize: Binding {
    Binding(
      "minimize", [.required("optimizer", .either([optimizer, .list])), .required("body", .callable)],
      """
      Runs the block once, in training mode, and takes one step of the optimizer, or of each in a list.

      Loss i of what the block gives is differentiated for the weights of optimizer i alone; all gradients are taken before any
      weight changes. Gives the losses as floats, then whatever else the block gave, as constants.
      """,
      example: """
        let model = dense(1)
        let opt = sgd(model, lr: 0.1)
        let x = tensor([[1.0], [2.0]])
        for i in 1...300 { minimize(opt) { mse(model(x), 3 * x) } }
        minimize(opt) { mse(model(x), 3 * x) } < 0.01   # true
        """
    ) { call in
      let optimizers = try optimizers(call)
      var values: [Value] = []
      let step = try takingStep(optimizers) {
        let result = try call.interpreter.call(call[1])
        values = optimizers.count == 1 && !isSeveral(result) ? [result] : result.asList.map(Array.init) ?? [result]
        return try values.prefix(optimizers.count).enumerated().map { try loss($1, number: $0, of: optimizers.count) }
      }
      let results = step.losses.map { Value.float($0) } + values.dropFirst(optimizers.count)
      return results.count == 1 ? results[0] : .list(results)
    }
  }

  /// One training step; an error about a loss marks the block that gave it.
  private static func takingStep(
    _ optimizers: [Optimizer], _ body: () throws -> [Tensor]
  ) throws -> TrainingStep {
    do {
      return try LimnModels.minimize(optimizers, body)
    } catch var error as TensorError where error.code == .notFinite || error.code == .noGradient {
      error.operands = [.init(.index(1), error.operands.first?.label ?? "this gives the loss")]
      throw error
    }
  }

  /// Whether a block gave several values: `return loss, accuracy` is a list.
  private static func isSeveral(_ result: Value) -> Bool { result.asList != nil }

  private static func optimizers(_ call: Call) throws -> [Optimizer] {
    if let one = call[0].asHost as? OptimizerObject { return [one.optimizer] }
    return try call.list(0).map { element in
      guard let object = element.asHost as? OptimizerObject else {
        throw Fault(
          "type-mismatch", "minimize takes optimizers, and this list has \(element.described)",
          labels: [.init(.argument(0), "not all of these are optimizers")])
      }
      return object.optimizer
    }
  }

  private static func loss(_ value: Value, number: Int, of count: Int) throws -> Tensor {
    if let tensor = try value.asTensor ?? value.scalar.map({ try Tensor.scalar($0, .float32) }) { return tensor }
    let name = count == 1 ? "the loss" : "loss \(number + 1)"
    throw Fault(
      "type-mismatch", "\(name) is a tensor of one number, and the block gave \(value.described)",
      help: "end the block with the loss, or `return` it")
  }

  private static var gradient: Binding {
    Binding(
      "grad", [.required("f", .callable), .required("x", .any)],
      """
      The gradient of the number `f(x)` at `x`: for a tensor, a weight, or a number of its kind; for a model a map of gradients by
      path; for a list a list. Within another `grad` or `minimize` it is itself differentiable.
      """,
      example: "grad(x => sum(x ** 2), tensor([1.0, 2.0])).list()   # [2.0, 4.0]"
    ) { call in
      try GradientForm(call[1]).gradient(of: call[0], in: call.interpreter)
    }
  }

  private static var withoutGradients: Binding {
    Binding(
      "no_grad", [.required("body", .callable)], "The value of the block as a constant: no gradient flows through it.",
      example: "grad(x => x * no_grad { x }, tensor(3.0)).item()   # 3.0"
    ) { call in
      try noGradient { constant(try call.interpreter.call(call[0])) }
    }
  }

  /// A value whose tensors stand in no record. Of a list, as `return a, b` makes one, the elements; what they hold becomes
  /// constant when the recording ends.
  private static func constant(_ value: Value) -> Value {
    if let tensor = value.asTensor { return .tensor(tensor.detached()) }
    if let list = value.asList { return .list(list.map { $0.asTensor.map { .tensor($0.detached()) } ?? $0 }) }
    return value
  }

  private static var training: Binding {
    Binding(
      "training", [.required("on", .bool), .required("body", .callable)],
      "Runs the block with layers in training mode, or out of it, and gives its value.",
      example: "training(true) { dropout(0.5)(ones(4)).shape }   # [4]"
    ) { call in
      let isOn = try call.bool(0)
      return try TrainingMode.with(isOn) { try call.interpreter.call(call[1]) }
    }
  }
}
