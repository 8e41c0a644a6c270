import LimnTensor

/// A piece of a model: something that turns a tensor into a tensor and may hold weights.
///
/// A layer takes its input's size from its first call and makes its weights then. Its random key is drawn when the
/// layer is made, so a weight's first value does not depend on which layer is called first.
///
/// ```swift
/// let random = RandomSource(seed: 0)
/// let classify = try Conv2D(64, kernel: 5, stride: 2, random: random)
///   >>> Activation.leakyRelu(0.2).layer >>> FunctionLayer.flatten() >>> Dense(10, random: random)
/// let scores = try classify(images)          // [64, 28, 28, 1] to [64, 10]
/// ```
///
/// A type of one's own conforms by saying what it holds: ``ownWeights``, ``ownStatistics`` and ``children`` each have
/// an empty default.
public protocol Layer: AnyObject {
  /// The standard name, such as `conv2d`.
  var name: String { get }

  /// What the layer was made with, for printing.
  var arguments: [Argument] { get }

  /// The layer as one would write it: `conv2d(64, kernel: 5, stride: 2)`.
  var description: String { get }

  /// Applies the layer.
  ///
  /// - Throws: `shape-mismatch` for an input that it cannot take, and what its operators throw.
  func callAsFunction(_ x: Tensor) throws -> Tensor

  /// The weights that this layer itself holds, in a fixed order. They are named before they have a value.
  var ownWeights: [(name: String, weight: Weight)] { get }

  /// What this layer itself has gathered from its inputs, such as running means, in a fixed order.
  var ownStatistics: [(name: String, statistic: Statistic)] { get }

  /// The layers inside this one, in a fixed order.
  var children: [(name: String, layer: any Layer)] { get }

  /// Where the layer's random numbers come from, if it uses any.
  var stream: LayerStream? { get }

  /// How the layer took its shape, for errors to quote: `on the first call, cell 2, line 5`. Nil until it has one.
  var shapeOrigin: String? { get set }

  /// The shapes that weights and statistics of this layer can have, by name; a free length is nil.
  ///
  /// A checkpoint is held against them before anything of it is taken.
  ///
  /// - Parameter shapes: what the checkpoint has. Lengths that must agree with each other are taken from it.
  func shapePatterns(beside shapes: [String: Shape]) -> [String: ShapePattern]

  /// A layer that shares nothing with this one, save that what is shared within the copied model stays so.
  ///
  /// Called by ``Copier/copy(_:)-(Layer)``, which sees to it that a layer is copied once. A layer without weights,
  /// statistics, children and random numbers may return itself.
  func copied(by copier: Copier) -> Self
}

/// A shape in which some lengths are free.
public typealias ShapePattern = [Int?]

extension Layer {
  public var arguments: [Argument] { [] }
  public var description: String { Argument.call(name, arguments) }
  public var ownWeights: [(name: String, weight: Weight)] { [] }
  public var ownStatistics: [(name: String, statistic: Statistic)] { [] }
  public var children: [(name: String, layer: any Layer)] { [] }
  public var stream: LayerStream? { nil }
  public var shapeOrigin: String? {
    get { nil }
    set {}
  }
  public func shapePatterns(beside shapes: [String: Shape]) -> [String: ShapePattern] { [:] }

  /// This layer and all that is in it.
  public var contents: ModelContents {
    var contents = ModelContents()
    contents.add(self, at: "")
    return contents
  }

  /// A deep copy: it shares nothing with this layer.
  public func copy() -> Self { Copier().copy(self) }
}
