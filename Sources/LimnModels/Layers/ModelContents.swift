import LimnTensor

/// What a model holds, by path, in a stable order: weights, statistics, layers and other fields.
///
/// A path leads from the model to the thing: `blocks.0.kernel`. What is found twice counts once, under its first path.
/// Optimizers, checkpoints and copies all see a model through its contents. Whoever keeps layers in fields of
/// some other object adds those fields one by one:
///
/// ```swift
/// var contents = ModelContents()
/// contents.add(encoder, at: "encoder")
/// contents.add(scale, at: "scale")            // a Weight
/// ```
public struct ModelContents {
  public private(set) var weights: [(path: String, weight: Weight)] = []
  public private(set) var statistics: [(path: String, statistic: Statistic)] = []
  /// Every layer, each before those inside it.
  public private(set) var layers: [(path: String, layer: any Layer)] = []
  /// Fields that hold a plain tensor, or nothing yet.
  public private(set) var fields: [(path: String, field: Field)] = []
  private var seen: Set<ObjectIdentifier> = []

  public init() {}

  /// Adds a layer and all that is in it.
  public mutating func add(_ layer: any Layer, at path: String) {
    guard seen.insert(ObjectIdentifier(layer)).inserted else { return }
    layers.append((path, layer))
    for (name, weight) in layer.ownWeights { add(weight, at: Self.join(path, name)) }
    for (name, statistic) in layer.ownStatistics { add(statistic, at: Self.join(path, name)) }
    for (name, child) in layer.children { add(child, at: Self.join(path, name)) }
  }

  public mutating func add(_ weight: Weight, at path: String) {
    guard seen.insert(ObjectIdentifier(weight)).inserted else { return }
    weights.append((path, weight))
  }

  public mutating func add(_ statistic: Statistic, at path: String) {
    guard seen.insert(ObjectIdentifier(statistic)).inserted else { return }
    statistics.append((path, statistic))
  }

  /// Adds a field that is saved and is not trained.
  public mutating func add(_ field: Field, at path: String) { fields.append((path, field)) }

  /// `outer.inner`; either alone when the other is empty.
  public static func join(_ outer: String, _ inner: String) -> String {
    outer.isEmpty ? inner : inner.isEmpty ? outer : "\(outer).\(inner)"
  }
}

extension ModelContents {
  /// A field of a model that holds a plain tensor, or nothing as long as the model has not been called.
  public struct Field {
    /// The field's tensor; nil when it holds none yet.
    public let read: () -> Tensor?
    /// Puts a tensor from a checkpoint into the field: as a weight if that is what it was when it was saved.
    public let write: (_ value: Tensor, _ isWeight: Bool) -> Void

    public init(read: @escaping () -> Tensor?, write: @escaping (_ value: Tensor, _ isWeight: Bool) -> Void) {
      self.read = read
      self.write = write
    }
  }
}

extension ModelContents {
  /// The number of elements in all weights that have their shape.
  public var parameterCount: Int { weights.reduce(0) { $0 + ($1.weight.isShaped ? $1.weight.value.count : 0) } }
}
