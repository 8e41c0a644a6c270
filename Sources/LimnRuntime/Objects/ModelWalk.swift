import LimnLanguage
import LimnModels
import LimnTensor

/// Finds what belongs to a model: a layer, a weight, an instance with those in its fields, or lists and maps of them.
///
/// Order is that of fields, lists, and maps; names are paths, `blocks.0.kernel`; what is found twice counts once. A
/// function's captures are not searched.
enum ModelWalk {
  ///
  /// - Throws: `bad-argument` for parts that are nested too deeply for their paths to be of use.
  static func contents(of value: Value) throws -> ModelContents {
    var walk = Walk()
    try walk.add(value, at: "", depth: 0)
    return walk.contents
  }

  /// How deeply the parts of a model may be nested.
  static let maximumDepth = 200

  static func tooDeep() -> Fault {
    Fault("bad-argument", "the parts of a model are nested more than \(maximumDepth) deep")
  }

  /// Whether a value is, or holds, any part of a model.
  static func isModel(_ value: Value) throws -> Bool {
    let contents = try contents(of: value)
    return !contents.layers.isEmpty || !contents.weights.isEmpty || value.asInstance != nil
  }

  private struct Walk {
    var contents = ModelContents()
    private var seen: Set<ObjectIdentifier> = []

    mutating func add(_ value: Value, at path: String, depth: Int) throws {
      guard depth < maximumDepth else { throw tooDeep() }
      guard let object = value.asObject else { return }
      if let layer = object as? LayerObject { return contents.add(layer.layer, at: path) }
      if let weight = object as? WeightObject { return contents.add(weight.weight, at: path) }
      guard seen.insert(ObjectIdentifier(object)).inserted else { return }
      if let instance = object as? InstanceObject {
        for (name, value) in instance.setFields {
          let inner = ModelContents.join(path, name)
          if value.isNil || value.asHost is TensorObject { contents.add(field(name, of: instance), at: inner) }
          try add(value, at: inner, depth: depth + 1)
        }
      } else if let list = object as? ListObject {
        for (index, element) in list.enumerated() {
          try add(element, at: ModelContents.join(path, String(index)), depth: depth + 1)
        }
      } else if let map = object as? MapObject {
        for (key, element) in map { try add(element, at: ModelContents.join(path, key.pathText), depth: depth + 1) }
      } else if let composition = object as? CompositionObject {
        try add(composition.first, at: ModelContents.join(path, "0"), depth: depth + 1)
        try add(composition.second, at: ModelContents.join(path, "1"), depth: depth + 1)
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
