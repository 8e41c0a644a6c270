import LimnTensor

/// Makes a deep copy of a model: it shares nothing with the original, and what is shared within stays shared within.
///
/// One copier makes one copy. Whoever copies an object that holds layers in its fields uses one copier for all fields.
public final class Copier {
  private var layers: [ObjectIdentifier: (original: any Layer, copy: any Layer)] = [:]
  private var weights: [ObjectIdentifier: (original: Weight, copy: Weight)] = [:]
  private var statistics: [ObjectIdentifier: (original: Statistic, copy: Statistic)] = [:]

  public init() {}

  /// The copy of a layer; the same one each time.
  public func copy<Copied: Layer>(_ layer: Copied) -> Copied {
    if let known = layers[ObjectIdentifier(layer)]?.copy as? Copied { return known }
    let copy = layer.copied(by: self)
    register(copy, for: layer)
    return copy
  }

  /// Says what the copy of a layer is before its parts have been copied. A layer that can hold itself, in a list
  /// perhaps, calls this first thing in ``Layer/copied(by:)``.
  public func register<Copied: Layer>(_ copy: Copied, for layer: Copied) {
    layers[ObjectIdentifier(layer)] = (layer, copy)
  }

  /// The copy of a weight; the same one each time. It has the original's value as long as neither changes.
  public func copy(_ weight: Weight) -> Weight {
    if let known = weights[ObjectIdentifier(weight)] { return known.copy }
    let copy = weight.isShaped ? Weight(weight.value) : Weight()
    weights[ObjectIdentifier(weight)] = (weight, copy)
    return copy
  }

  /// The copy of a statistic; the same one each time.
  public func copy(_ statistic: Statistic) -> Statistic {
    if let known = statistics[ObjectIdentifier(statistic)] { return known.copy }
    let copy = Statistic(statistic.value)
    statistics[ObjectIdentifier(statistic)] = (statistic, copy)
    return copy
  }
}
