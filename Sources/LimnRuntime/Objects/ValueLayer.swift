import LimnLanguage
import LimnModels
import LimnTensor

/// A function, or a model that the user has declared, as one layer of a chain.
final class ValueLayer: Layer {
  let value: Value
  private unowned let interpreter: Interpreter
  /// What the value holds, when it is a model.
  private var inside: ModelContents { (try? ModelWalk.contents(of: value)) ?? ModelContents() }

  init(_ value: Value, _ interpreter: Interpreter) {
    self.value = value
    self.interpreter = interpreter
  }

  /// What stands for a value in a chain; nil for one that cannot be called.
  static func layer(of value: Value, _ interpreter: Interpreter) -> (any Layer)? {
    if let layer = value.asHost as? LayerObject { return layer.layer }
    guard let object = value.asObject, object.isCallable else { return nil }
    return ValueLayer(value, interpreter)
  }

  /// The value that a layer of a chain is to the user.
  static func value(of layer: any Layer) -> Value {
    (layer as? ValueLayer)?.value ?? .object(LayerObject(layer))
  }

  var name: String { value.typeName }
  var description: String { (try? interpreter.chainText(of: value)) ?? name }

  func callAsFunction(_ x: Tensor) throws -> Tensor {
    let result = try interpreter.call(value, [.tensor(x)])
    guard let tensor = result.asTensor else {
      throw Fault("type-mismatch", "a function in a chain gives a tensor, and this one gave \(result.typeName)")
    }
    return tensor
  }

  var ownWeights: [(name: String, weight: Weight)] { inside.weights.map { ($0.path, $0.weight) } }
  var ownStatistics: [(name: String, statistic: Statistic)] { inside.statistics.map { ($0.path, $0.statistic) } }

  func copied(by copier: Copier) -> ValueLayer {
    ValueLayer((try? interpreter.copy(value)) ?? value, interpreter)
  }
}

extension Interpreter {
  /// How a function or model stands in a chain's text: its name, or what it prints.
  fileprivate func chainText(of value: Value) throws -> String {
    try value.functionName ?? repr(value)
  }
}
