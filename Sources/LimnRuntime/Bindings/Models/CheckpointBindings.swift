import LimnLanguage
import LimnModels
import LimnTensor

/// Models and training written to files and read back.
enum CheckpointBindings {
  static func all(in session: SessionReference) -> [Binding] {
    [
      Binding(
        "save", [.required("path", .string), .required("what", .any)],
        """
        Writes a model, an optimizer, a tensor, or a map of those by name, as safetensors; with it the session's random state.

        Of a model: weights, running statistics, tensors in fields, and layers' random keys. Of an optimizer: moments and steps. The
        file appears whole or not at all.
        """,
        example:
          "save(\"point.safetensors\", {x: tensor([1.0, 2.0])})\nload(\"point.safetensors\").x.list()   # [1.0, 2.0]"
      ) { call in
        try state(call[1], session).state.save(to: session.session.resolve(call.string(0)))
        return .nil
      },
      Binding(
        "load", [.required("path", .string), .optional("into", .any, .nil)],
        """
        Reads a file that `save` wrote, or any safetensors file. With `into`, what was given to `save`, models take their weights and
        training goes on bit for bit; layers that were never called get their shape. Without, gives a map of tensors by name.
        """,
        example: """
          let model = dense(1)
          let y = model(ones(1, 2))
          save("model.safetensors", model)
          let other = dense(1)
          load("model.safetensors", into: other)
          equal(model.kernel, other.kernel)   # true
          """
      ) { call in
        let path = session.session.resolve(try call.string(0))
        guard call.isGiven(1) else { return try tensors(path) }
        let (loaded, hasRandom) = try state(call[1], session)
        var state = loaded
        try state.load(from: path)
        if hasRandom, let random = state.random { session.random = random }
        return .nil
      },
    ]
  }

  private static func tensors(_ path: String) throws -> Value {
    let file = try Safetensors(path)
    return .map(try file.entries.map { ($0.name, .tensor(try file.tensor($0.name))) })
  }

  /// What a value stands for in a checkpoint. A map's entries stand under their names; a single thing under none.
  private static func state(
    _ value: Value, _ session: SessionReference
  ) throws -> (state: ModelState, hasRandom: Bool) {
    var state = ModelState()
    var isTraining = false
    func add(_ value: Value, as name: String) throws {
      if let optimizer = value.asHost as? OptimizerObject {
        state.add(optimizer.optimizer, as: name)
        isTraining = true
      } else if let tensor = value.asHost as? TensorObject {
        state.tensors[name.isEmpty ? "tensor" : name] = tensor.tensor
      } else if try ModelWalk.isModel(value) {
        state.add(try ModelWalk.contents(of: value), as: name)
      } else {
        throw Fault(
          "type-mismatch", "a checkpoint holds models, optimizers, and tensors, not \(value.described)",
          labels: [.init(.argument(1), "this is \(value.described)")])
      }
    }
    if let map = value.asMap {
      for (key, element) in map { try add(element, as: key.asString ?? "") }
    } else {
      try add(value, as: "")
    }
    if isTraining { state.random = session.random }
    return (state, isTraining)
  }
}
