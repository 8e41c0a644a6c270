import LimnLanguage
import LimnModels
import LimnTensor

/// A layer as a value of the language: called with a tensor, chained with `>>`.
final class LayerObject: HostObject {
  let layer: any Layer

  init(_ layer: any Layer) {
    self.layer = layer
    super.init()
  }

  override var type: HostType { Types.layer }

  override func describe(nested: Bool, in interpreter: Interpreter) throws -> String { layer.description }

  // MARK: Calling

  override var isCallable: Bool { true }

  override var callParameters: [Parameter]? {
    if layer is any ContextLayer { return Self.contextParameters }
    return layer is GraphConvolution || layer is GraphAttention ? Self.graphParameters : Self.parameters
  }

  private static var parameters: [Parameter] { [Parameter.required("x", .tensor)] }
  private static var graphParameters: [Parameter] { [.required("x", .tensor), .required("adjacency", .tensor)] }
  private static var contextParameters: [Parameter] {
    [
      .required("x", .tensor), .optional("context", .either([.tensor, .nil]), .nil),
      .optional("mask", .either([.tensor, .nil]), .nil, namedOnly: true),
      .optional("cache", .either([.attentionCache, .nil]), .nil, namedOnly: true),
    ]
  }

  override func call(_ call: Call) throws -> Value {
    let x = try call.tensor(0)
    return .tensor(try CallSite.describing(call) { try apply(to: x, call) })
  }

  /// What a layer needs besides its input stands behind it.
  private func apply(to x: Tensor, _ call: Call) throws -> Tensor {
    switch layer {
    case let layer as any ContextLayer:
      let cache = call.isGiven(3) ? try call.host(3, AttentionCacheObject.self).cache : nil
      return try layer(x, context: call.optionalTensor(1), mask: call.optionalTensor(2), cache: cache)
    case let layer as GraphConvolution: return try layer(x, adjacency: call.tensor(1))
    case let layer as GraphAttention: return try layer(x, adjacency: call.tensor(1))
    default: return try layer(x)
    }
  }

  // MARK: Weights and children, by name

  override var memberNames: [String] {
    ["weights"] + layer.ownWeights.map(\.name) + layer.children.map(\.name)
  }

  override func member(_ name: String, in interpreter: Interpreter) throws -> Value? {
    if let weight = layer.ownWeights.first(where: { $0.name == name })?.weight { return .object(WeightObject(weight)) }
    if let child = layer.children.first(where: { $0.name == name })?.layer { return ValueLayer.value(of: child) }
    return nil
  }

  /// The layers of a chain by position.
  override func subscripted(_ items: [SubscriptValue], in interpreter: Interpreter) throws -> Value? {
    guard let chain = layer as? Sequential, items.count == 1, case .index(.int(let index)) = items[0] else {
      return nil
    }
    let position = index < 0 ? index + chain.layers.count : index
    guard chain.layers.indices.contains(position) else {
      throw Fault(
        "index-out-of-range", "there is no layer \(index) in a chain of \(chain.layers.count)",
        labels: [.init(.argument(1), "index is \(index)")])
    }
    return ValueLayer.value(of: chain.layers[position])
  }

  override func length(in interpreter: Interpreter) throws -> Int? { (layer as? Sequential)?.layers.count }

  override class func compose(_ left: Value, _ right: Value, in interpreter: Interpreter) throws -> Value? {
    guard let first = ValueLayer.layer(of: left, interpreter), let second = ValueLayer.layer(of: right, interpreter)
    else {
      return nil
    }
    return .object(LayerObject(Sequential([first, second])))
  }

  override func copied(_ copyValue: (Value) throws -> Value) throws -> HostObject {
    LayerObject(Copier().copy(layer))
  }
}

extension CallSite {
  /// Runs a call so that a layer which takes its shape in it can say where that was.
  static func describing<Result>(_ call: Call, _ body: () throws -> Result) rethrows -> Result {
    try with({ call.location?.description }, body)
  }
}
