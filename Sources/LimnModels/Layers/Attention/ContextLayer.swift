import LimnTensor

/// A layer that looks at more than its input: at another sequence, through a mask, at what it has seen before.
public protocol ContextLayer: Layer {
  /// Applies the layer.
  ///
  /// - Parameters:
  ///   - x: `[batch, time, features]`.
  ///   - context: the sequence that a cross attention looks at.
  ///   - mask: bools, true where a query may look, or floats that are added to the scores.
  ///   - cache: what earlier calls have left; `x` goes on from there.
  func callAsFunction(_ x: Tensor, context: Tensor?, mask: Tensor?, cache: AttentionCache?) throws -> Tensor
}

extension ContextLayer {
  public func callAsFunction(_ x: Tensor) throws -> Tensor { try self(x, context: nil, mask: nil, cache: nil) }
}

/// What the layers of a model have seen of a sequence, so that its next element costs one step and not the whole.
///
/// A generator makes one cache for a sequence and gives it to every call. Each layer keeps a place of its own in it: an
/// attention the keys and values so far, a positional encoding how far it has counted. Nothing in it has a gradient.
public final class AttentionCache {
  private struct Place {
    /// Held, so that its identity cannot pass to another layer.
    let layer: any Layer
    var keys: SequenceBuffer
    var values: SequenceBuffer
    var context: (Tensor, Tensor)?
    var length = 0
  }

  private var places: [ObjectIdentifier: Place] = [:]

  public init() {}

  /// How many elements have been seen.
  public var length: Int { places.values.map(\.length).max() ?? 0 }

  /// How many elements a layer has seen.
  func length(of layer: any Layer) -> Int { places[ObjectIdentifier(layer)]?.length ?? 0 }

  /// Counts elements, for a layer that needs no more than their number.
  func advance(_ layer: any Layer, by count: Int) {
    places[ObjectIdentifier(layer), default: place(layer)].length += count
  }

  /// Adds keys and values, `[batch, time, heads, size]`, and gives all that there are.
  ///
  /// - Throws: `shape-mismatch` when they do not go on from those before.
  func append(_ layer: any Layer, keys: Tensor, values: Tensor) throws -> (keys: Tensor, values: Tensor) {
    var place = places[ObjectIdentifier(layer)] ?? place(layer)
    places[ObjectIdentifier(layer)] = nil
    let all = (try place.keys.append(keys), try place.values.append(values))
    place.length += keys.shape[1]
    places[ObjectIdentifier(layer)] = place
    return all
  }

  /// The keys and values of a context, which are made on the first call and kept.
  func context(_ layer: any Layer, _ make: () throws -> (Tensor, Tensor)) throws -> (Tensor, Tensor) {
    if let known = places[ObjectIdentifier(layer)]?.context { return known }
    let made = try make()
    let kept = (made.0.detached(), made.1.detached())
    places[ObjectIdentifier(layer), default: place(layer)].context = kept
    return kept
  }

  private func place(_ layer: any Layer) -> Place {
    Place(layer: layer, keys: SequenceBuffer(), values: SequenceBuffer())
  }
}
