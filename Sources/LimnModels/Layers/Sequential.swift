import LimnTensor

/// Layers applied one after another: what the language's `>>` and Swift's ``>>>(_:_:)`` make of them.
///
/// A chain inside a chain is taken apart, so that `a >>> (b >>> c)` holds three layers, and the path of a weight is
/// its layer's position: `0.kernel`.
public final class Sequential: Layer {
  public let layers: [any Layer]

  public init(_ layers: [any Layer]) {
    self.layers = layers.flatMap { ($0 as? Sequential)?.layers ?? [$0] }
  }

  public var name: String { "sequential" }

  public var children: [(name: String, layer: any Layer)] {
    layers.enumerated().map { (String($0.offset), $0.element) }
  }

  /// `a >> b >> c`.
  public var description: String {
    layers.isEmpty ? "sequential()" : layers.map(\.description).joined(separator: " >> ")
  }

  public func callAsFunction(_ x: Tensor) throws -> Tensor {
    var x = x
    for layer in layers { x = try layer(x) }
    return x
  }

  public func copied(by copier: Copier) -> Sequential { Sequential(layers.map { copier.copy($0) }) }
}

/// Looser than arithmetic, and from left to right: Swift's own `>>` does not chain.
precedencegroup CompositionPrecedence {
  associativity: left
  lowerThan: NilCoalescingPrecedence
  higherThan: ComparisonPrecedence
}

infix operator >>> : CompositionPrecedence

/// Applies `first`, then `second`: what the language writes as `first >> second`.
public func >>> (first: any Layer, second: any Layer) -> Sequential { Sequential([first, second]) }
