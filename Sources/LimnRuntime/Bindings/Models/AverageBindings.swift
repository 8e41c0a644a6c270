import LimnLanguage
import LimnModels

/// Running means of weights.
enum AverageBindings {
  static var all: [Binding] {
    [
      Binding(
        "average",
        [
          .required("model", .any), .optional("decay", .float, 0.999, namedOnly: true),
          .optional("warm", .bool, true, namedOnly: true),
        ],
        """
        A running mean of a model's weights, in a copy of the model, `.model`: average ← decay · average + (1 - decay) · weight
        at each `.update()`. With `warm` the decay begins low, min(decay, (1 + n) / (10 + n)) (Polyak and Juditsky, 1992).
        """,
        example: """
          let model = dense(1, bias: false)
          let mean = average(model, decay: 0.5)
          let y = model(ones(1, 1))
          mean.update()
          equal(mean.model(ones(1, 1)), y)   # true
          """
      ) { call in
        guard try ModelWalk.isModel(call[0]) || call[0].asList != nil || call[0].asMap != nil else {
          throw Fault(
            "type-mismatch", "an average is of a model, and \(call[0].described) has no weights",
            labels: [.init(.argument(0), "this is \(call[0].described)")])
        }
        return .object(
          try AverageObject(
            of: call[0], copy: call.interpreter.copy(call[0]), decay: call.float(1), warm: call.bool(2)))
      },
      Binding(
        "update", receivers: [.host(Types.average)], [.required("average", .host(Types.average))],
        "Moves the averages towards the model's weights as they are now.",
        example: "let mean = average(dense(1))\nmean.update()\nmean.updates   # 1"
      ) { call in
        try call.host(0, AverageObject.self).average.update()
        return .nil
      },
    ]
  }
}
