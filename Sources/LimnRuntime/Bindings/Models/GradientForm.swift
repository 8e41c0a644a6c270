import LimnLanguage
import LimnModels
import LimnTensor

/// What `grad` differentiates for, and the form in which the answer comes.
struct GradientForm {
  private indirect enum Part {
    case number(Double)
    case tensor(Tensor)
    case weight(Weight)
    case model(Value)
    case list([Part])
  }

  private let part: Part

  /// - Throws: `type-mismatch` for what has no gradient.
  init(_ value: Value) throws { part = try Self.part(value, depth: 0) }

  private static func part(_ value: Value, depth: Int) throws -> Part {
    guard depth < ModelWalk.maximumDepth else { throw ModelWalk.tooDeep() }
    if let weight = value.asHost as? WeightObject { return .weight(weight.weight) }
    if let tensor = value.asTensor { return .tensor(tensor) }
    if let number = value.asFloat { return .number(number) }
    if let list = value.asList { return .list(try list.map { try part($0, depth: depth + 1) }) }
    guard try ModelWalk.isModel(value) else {
      throw Fault(
        "type-mismatch",
        "a gradient is taken for a tensor, a weight, a model, or a list of those, not for \(value.described)",
        labels: [.init(.argument(1), "this is \(value.described)")])
    }
    return .model(value)
  }

  /// The gradient of the number that `function` gives at this place.
  func gradient(of function: Value, in interpreter: Interpreter) throws -> Value {
    let weights = try Self.weights(part)
    return try Recording.run(groups: [weights], adoptsNewWeights: true) { recording in
      var targets: [Tensor] = []
      let x = try Self.bound(part, recording, &targets)
      let result = try interpreter.call(function, [x])
      guard let value = result.asTensor else {
        if result.asFloat != nil { return try Self.zeros(part) }
        throw Fault(
          "type-mismatch", "grad differentiates a number, and the function gave \(result.described)",
          labels: [.init(.argument(0), "this gives \(result.described)")])
      }
      // A layer may have made its weights in this very call.
      let all = try Self.weights(part)
      let gradients = try recording.gradients(of: value, at: targets + all.map(\.tensor))
      var rest = gradients.prefix(targets.count)[...]
      let ofWeights = Dictionary(
        zip(all.map(ObjectIdentifier.init), gradients.dropFirst(targets.count)), uniquingKeysWith: { first, _ in first }
      )
      return try Self.answer(part, &rest, ofWeights)
    }
  }

  /// The value to call the function with: tensors as targets, weights and models themselves.
  private static func bound(_ part: Part, _ recording: Recording, _ targets: inout [Tensor]) throws -> Value {
    switch part {
    case .number(let number):
      targets.append(recording.target(try Tensor.scalar(.float(number), .float64)))
      return .tensor(targets[targets.count - 1])
    case .tensor(let tensor):
      guard tensor.dtype.isFloat else {
        throw TensorError(
          .noGradient, "a gradient is taken for floats, and this is \(tensor.dtype)",
          operands: [.init(.index(1), "this is \(tensor.dtype)")], help: "convert it with to(\"float32\")")
      }
      targets.append(recording.target(tensor))
      return .tensor(targets[targets.count - 1])
    case .weight(let weight): return .object(WeightObject(weight))
    case .model(let value): return value
    case .list(let parts): return .list(try parts.map { try bound($0, recording, &targets) })
    }
  }

  private static func weights(_ part: Part) throws -> [Weight] {
    switch part {
    case .number, .tensor: []
    case .weight(let weight): [weight]
    case .model(let value): try ModelWalk.contents(of: value).weights.map(\.weight)
    case .list(let parts): try parts.flatMap(weights)
    }
  }

  /// The gradients in the form of what they were taken for; zeros where the value does not depend on it.
  private static func answer(
    _ part: Part, _ targets: inout ArraySlice<Tensor?>, _ weights: [ObjectIdentifier: Tensor?]
  ) throws -> Value {
    switch part {
    case .number: return .float(try (targets.removeFirst()).map { try $0.item().double } ?? 0)
    case .tensor(let tensor): return .tensor(try targets.removeFirst() ?? Tensor.zeros(tensor.shape, tensor.dtype))
    case .weight(let weight): return .tensor(try gradient(of: weight, weights))
    case .model(let value):
      return .map(
        try ModelWalk.contents(of: value).weights.map { ($0.path, .tensor(try gradient(of: $0.weight, weights))) })
    case .list(let parts): return .list(try parts.map { try answer($0, &targets, weights) })
    }
  }

  private static func gradient(of weight: Weight, _ gradients: [ObjectIdentifier: Tensor?]) throws -> Tensor {
    try gradients[ObjectIdentifier(weight)].flatMap(\.self) ?? Tensor.zeros(weight.value.shape, weight.value.dtype)
  }

  private static func zeros(_ part: Part) throws -> Value {
    var targets = [Tensor?](repeating: nil, count: count(part))[...]
    return try answer(part, &targets, [:])
  }

  private static func count(_ part: Part) -> Int {
    switch part {
    case .number, .tensor: 1
    case .weight, .model: 0
    case .list(let parts): parts.map(count).reduce(0, +)
    }
  }
}
