import LimnTensor

/// A graph convolution: each node takes the mean of its neighbors and itself, weighted by their degrees, through a
/// linear layer.
///
///     y = activation(Â x W + b),    Â = D^(−½) (A + I) D^(−½)
///
/// `[nodes, features]` becomes `[nodes, units]`; a batch of graphs, `[batch, nodes, features]`, likewise. A is the
/// adjacency, `[nodes, nodes]` or `[batch, nodes, nodes]`, and D the degrees in A + I. Kipf and Welling,
/// arXiv:1609.02907.
public final class GraphConvolution: Layer {
  public let units: Int
  public let activation: Activation?
  public let linear: Dense

  /// - Throws: `bad-argument` when `units` is less than 1.
  public init(_ units: Int, activation: Activation? = nil, bias: Bool = true, random: RandomSource) throws {
    self.units = units
    self.activation = activation
    linear = try Dense(units, bias: bias, random: random)
  }

  private init(_ original: GraphConvolution, _ copier: Copier) {
    units = original.units
    activation = original.activation
    linear = copier.copy(original.linear)
  }

  public func copied(by copier: Copier) -> GraphConvolution { GraphConvolution(self, copier) }

  public var name: String { "gcn" }
  public var arguments: [Argument] { [Argument(nil, units)] + (activation.map { [$0.argument] } ?? []) }
  public var children: [(name: String, layer: any Layer)] { [("linear", linear)] }

  /// - Throws: `bad-argument`: a graph convolution needs an adjacency.
  public func callAsFunction(_ x: Tensor) throws -> Tensor { throw missingAdjacency(self) }

  /// Applies the layer to nodes that are joined by `adjacency`.
  public func callAsFunction(_ x: Tensor, adjacency: Tensor) throws -> Tensor {
    try requireGraph(self, x, adjacency)
    let dtype = Self.weightType(for: x)
    let nodes = x.shape[x.rank - 2]
    let joined = try adjacency.converted(to: dtype) + Tensor.eye(nodes, dtype)
    let scale = try joined.sum(axes: [-1], keepsAxes: true).power(-0.5)
    // The mean of the neighbors comes before the linear layer's bias, which the product with Â must not touch.
    let mean = try (joined * scale * scale.transposed()).matrixProduct(x)
    let y = try linear(mean)
    return try activation?(y) ?? y
  }
}

/// A graph attention: each node takes a mean of its neighbors and itself, by weights that are learned from both.
///
///     e = leaky_relu(aᵀ [W x_i, W x_j], 0.2),   α = softmax over the neighbors j of i,   y_i = activation(Σ α W x_j + b)
///
/// `[nodes, features]` becomes `[nodes, heads · units]`, the heads side by side. Veličković et al., arXiv:1710.10903.
public final class GraphAttention: Layer {
  public let units: Int
  public let heads: Int
  public let activation: Activation?
  /// `[features, heads · units]`.
  public let kernel: Weight
  /// a, `[2, heads, units]`: for the node that looks, and for the one that is looked at.
  public let attention: Weight
  /// `[heads · units]`.
  public let bias: Weight
  public let stream: LayerStream?
  public var shapeOrigin: String?

  /// - Throws: `bad-argument` when a count is less than 1.
  public init(_ units: Int, heads: Int = 1, activation: Activation? = nil, random: RandomSource) throws {
    try requireCount("units", units)
    try requireCount("heads", heads)
    self.units = units
    self.heads = heads
    self.activation = activation
    kernel = Weight()
    attention = Weight()
    bias = Weight()
    stream = LayerStream(random)
  }

  private init(_ original: GraphAttention, _ copier: Copier) {
    units = original.units
    heads = original.heads
    activation = original.activation
    kernel = copier.copy(original.kernel)
    attention = copier.copy(original.attention)
    bias = copier.copy(original.bias)
    stream = original.stream?.copy()
    shapeOrigin = original.shapeOrigin
  }

  public func copied(by copier: Copier) -> GraphAttention { GraphAttention(self, copier) }

  public var name: String { "gat" }
  public var arguments: [Argument] {
    [Argument(nil, units)] + (heads == 1 ? [] : [Argument("heads", heads)]) + (activation.map { [$0.argument] } ?? [])
  }
  public var ownWeights: [(name: String, weight: Weight)] {
    [("kernel", kernel), ("attention", attention), ("bias", bias)]
  }
  public func shapePatterns(beside shapes: [String: Shape]) -> [String: ShapePattern] {
    ["kernel": [nil, heads * units], "attention": [2, heads, units], "bias": [heads * units]]
  }

  /// - Throws: `bad-argument`: a graph attention needs an adjacency.
  public func callAsFunction(_ x: Tensor) throws -> Tensor { throw missingAdjacency(self) }

  /// Applies the layer to nodes that are joined by `adjacency`, `[nodes, nodes]`; what is not zero joins.
  public func callAsFunction(_ x: Tensor, adjacency: Tensor) throws -> Tensor {
    try requireGraph(self, x, adjacency)
    let (dtype, features, nodes) = (Self.weightType(for: x), x.shape[x.rank - 1], x.shape[x.rank - 2])
    let shape: Shape = [features, heads * units]
    try makeWeight(kernel, shape, Fans(input: features, output: units), dtype, .glorotUniform, purpose: 0)
    try makeWeight(
      attention, [2, heads, units], Fans(input: 2 * units, output: 1), dtype, .glorotUniform, purpose: 1)
    try makeWeight(bias, Tensor.zeros([heads * units], dtype))
    try requireSize(x, kernel.value.shape[0], "features", of: ("kernel", kernel.value))
    let batch = Array(x.shape.dropLast(2))
    let h = try x.matrixProduct(kernel.tensor).reshaped(to: batch + [nodes, heads, units])
    // [..., nodes, heads] for each role; then [..., heads, nodes that look, nodes that are looked at].
    let looks = try (h * attention.tensor[.at(0)]).sum(axes: [-1]).transposed().unsqueezed(-1)
    let seen = try (h * attention.tensor[.at(1)]).sum(axes: [-1]).transposed().unsqueezed(-2)
    let joined = try (adjacency.notEqual(0).converted(to: .int64) + Tensor.eye(nodes, .int64)).greater(0).unsqueezed(-3)
    let scores = try Tensor.choose(
      joined, (looks + seen).leakyRelu(slope: 0.2), Tensor.scalar(.float(-.infinity), dtype))
    let mixed = try scores.softmax().matrixProduct(h.transposed(-3, -2)).transposed(-3, -2)
    let y = try mixed.reshaped(to: batch + [nodes, heads * units]) + bias.tensor
    return try activation?(y) ?? y
  }
}

private func missingAdjacency(_ layer: any Layer) -> TensorError {
  TensorError(
    .badArgument, "\(layer.name) needs to know which nodes are joined", help: "call it as layer(x, adjacency)")
}

private func requireGraph(_ layer: any Layer, _ x: Tensor, _ adjacency: Tensor) throws {
  let nodes = x.rank >= 2 ? x.shape[x.rank - 2] : -1
  guard x.rank >= 2, adjacency.rank >= 2, adjacency.shape[adjacency.rank - 1] == nodes,
    adjacency.shape[adjacency.rank - 2] == nodes
  else {
    throw TensorError(
      .shapeMismatch, "\(layer.name) wants nodes as [..., nodes, features] and an adjacency [..., nodes, nodes]",
      operands: [.init(.index(0), "input is \(x.shape)"), .init(.index(1), "adjacency is \(adjacency.shape)")])
  }
}
