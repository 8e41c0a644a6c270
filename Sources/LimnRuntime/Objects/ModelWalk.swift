import LimnLanguage
import LimnModels
import LimnTensor

/// Finds what belongs to a model: a layer, a weight, an instance with those in its fields, or lists and maps of them.
///
/// Order is that of fields, lists, and maps; names are paths, `blocks.0.kernel`; what is found twice counts once. A
/// function's captures are not searched.
enum ModelWalk {
  static func contents(of value: Value) -> ModelContents {
    var walk = Walk()
    walk.add(value, at: "")
    return walk.contents
  }

  /// Whether a value is, or holds, any part of a model.
  static func isModel(_ value: Value) -> Bool {
    let contents = contents(of: value)
    return !contents.layers.isEmpty || !contents.weights.isEmpty || value.asInstance != nil
  }

  private struct Walk {
    var contents = ModelContents()
    private var seen: Set<ObjectIdentifier> = []

    mutating func add(_ value: Value, at path: String) {
      guard let object = value.asObject else { return }
      if let layer = object as? LayerObject { return contents.add(layer.layer, at: path) }
      if let weight = object as? WeightObject { return contents.add(weight.weight, at: path) }
      guard seen.insert(ObjectIdentifier(object)).inserted else { return }
      if let instance = object as? InstanceObject {
        for (name, value) in instance.setFields {
          let inner = ModelContents.join(path, name)
          if value.isNil || value.asHost is TensorObject { contents.add(field(name, of: instance), at: inner) }
          add(value, at: inner)
        }
      } else if let list = object as? ListObject {
        for (index, element) in list.enumerated() { add(element, at: ModelContents.join(path, String(index))) }
      } else if let map = object as? MapObject {
        for (key, element) in map { add(element, at: ModelContents.join(path, key.pathText)) }
      } else if let composition = object as? CompositionObject {
        add(composition.first, at: ModelContents.join(path, "0"))
        add(composition.second, at: ModelContents.join(path, "1"))
      }
    }

    private func field(_ name: String, of instance: InstanceObject) -> ModelContents.Field {
      ModelContents.Field(
        read: { (instance[field: name]?.asHost as? TensorObject)?.tensor },
        write: { value, isWeight in
          instance[field: name] = isWeight ? .object(WeightObject(Weight(value))) : .tensor(value)
        })
    }
  }
}

extension Value {
  /// A map's key as part of a path.
  fileprivate var pathText: String {
    switch self {
    case .int(let value): "\(value)"
    case .bool(let value): "\(value)"
    default: asString ?? ""
    }
  }
}
