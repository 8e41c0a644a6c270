import LimnTensor

/// Attention of several heads, each over its own part of the features.
///
///     q, k, v = split(x · kernel + bias)        y = concat over heads of softmax(q kᵀ / √size + mask) v · output + bias
///
/// `[batch, time, features]` stays. A layer made with `cross` takes its queries from x and its keys and values from a
/// *context*, another sequence. Vaswani et al., "Attention is all you need", 2017, section 3.2.2; rotary positions are
/// those of ``rotary(_:offset:base:)``.
public final class MultiHeadAttention: ContextLayer {
  public let heads: Int
  public let isCausal: Bool
  public let isCross: Bool
  public let isRotary: Bool
  public let dropout: Dropout?
  /// `[features, 3 · features]` for queries, keys and values; `[features, features]` for the queries of a cross attention.
  public let kernel: Weight
  public let bias: Weight?
  /// A cross attention's `[context features, 2 · features]`, for keys and values.
  public let contextKernel: Weight?
  public let contextBias: Weight?
  /// `[features, features]`.
  public let outputKernel: Weight
  public let outputBias: Weight?
  public let stream: LayerStream?
  public var shapeOrigin: String?

  /// - Throws: `bad-argument` for no heads, a dropout outside [0, 1), or a cross attention that is causal or rotary.
  public init(
    _ heads: Int, causal: Bool = false, cross: Bool = false, rotary: Bool = false, bias: Bool = true,
    dropout: Double = 0, random: RandomSource
  ) throws {
    try requireCount("heads", heads)
    guard !cross || !(causal || rotary) else {
      throw TensorError(
        .badArgument, "a cross attention looks at another sequence, so it is neither causal nor rotary",
        operands: [.init(.named("cross"), "cross is true")])
    }
    self.heads = heads
    isCausal = causal
    isCross = cross
    isRotary = rotary
    self.dropout = dropout == 0 ? nil : try Dropout(dropout, random: random)
    kernel = Weight()
    self.bias = bias ? Weight() : nil
    contextKernel = cross ? Weight() : nil
    contextBias = cross && bias ? Weight() : nil
    outputKernel = Weight()
    outputBias = bias ? Weight() : nil
    stream = LayerStream(random)
  }

  private init(_ original: MultiHeadAttention, _ copier: Copier) {
    heads = original.heads
    isCausal = original.isCausal
    isCross = original.isCross
    isRotary = original.isRotary
    dropout = original.dropout.map { copier.copy($0) }
    kernel = copier.copy(original.kernel)
    bias = original.bias.map { copier.copy($0) }
    contextKernel = original.contextKernel.map { copier.copy($0) }
    contextBias = original.contextBias.map { copier.copy($0) }
    outputKernel = copier.copy(original.outputKernel)
    outputBias = original.outputBias.map { copier.copy($0) }
    stream = original.stream?.copy()
    shapeOrigin = original.shapeOrigin
  }

  public func copied(by copier: Copier) -> MultiHeadAttention { MultiHeadAttention(self, copier) }

  public var name: String { "attention" }

  public var arguments: [Argument] {
    var arguments = [Argument(nil, heads)]
    if isCausal { arguments.append(Argument("causal", true)) }
    if isCross { arguments.append(Argument("cross", true)) }
    if isRotary { arguments.append(Argument("rotary", true)) }
    if bias == nil { arguments.append(Argument("bias", false)) }
    if let dropout { arguments.append(Argument("dropout", dropout.rate)) }
    return arguments
  }

  public var ownWeights: [(name: String, weight: Weight)] {
    let all: [(String, Weight?)] = [
      ("kernel", kernel), ("bias", bias), ("context_kernel", contextKernel), ("context_bias", contextBias),
      ("output_kernel", outputKernel), ("output_bias", outputBias),
    ]
    return all.compactMap { name, weight in weight.map { (name, $0) } }
  }

  public var children: [(name: String, layer: any Layer)] { dropout.map { [("dropout", $0)] } ?? [] }

  public func shapePatterns(beside shapes: [String: Shape]) -> [String: ShapePattern] {
    let features = shapes["output_kernel"]?.first
    let width = features.map { isCross ? $0 : 3 * $0 }
    let double = features.map { 2 * $0 }
    return [
      "kernel": [features, width], "bias": [width], "context_kernel": [nil, double], "context_bias": [double],
      "output_kernel": [features, features], "output_bias": [features],
    ]
  }

  public func callAsFunction(_ x: Tensor, context: Tensor?, mask: Tensor?, cache: AttentionCache?) throws -> Tensor {
    try requireAxes(x, ["batch", "time", "features"])
    let features = x.shape[2]
    guard isCross == (context != nil) else {
      throw TensorError(
        .badArgument, isCross ? "a cross attention needs a context" : "only a cross attention takes a context",
        operands: [.init(.named("context"), isCross ? "no context" : "this has one")],
        help: isCross ? "call it as attend(x, context)" : "make it as attention(\(heads), cross: true)")
    }
    guard features % heads == 0, features > 0 else {
      throw TensorError(
        .shapeMismatch, "\(features) features cannot be shared out among \(heads) heads",
        operands: [.init(.index(0), "input is \(x.shape)")])
    }
    try makeWeights(features, context?.shape.last ?? 0, Self.weightType(for: x))
    let width = kernel.value.shape
    try requireSize(x, width.count == 2 ? width[0] : nil, "features", of: ("kernel", kernel.value))
    let attended = try attend(x, context, mask, cache)
    let y = try project(attended.reshaped(x.shape), outputKernel, outputBias)
    return try dropout?(y) ?? y
  }

  private func attend(_ x: Tensor, _ context: Tensor?, _ mask: Tensor?, _ cache: AttentionCache?) throws -> Tensor {
    if context == nil, cache == nil, !isRotary {
      return try Tensor.attention(
        projection: project(x, kernel, bias), heads: heads, isCausal: isCausal, mask: mask)
    }
    let (query, key, value) = try projections(x, context, cache)
    return try Tensor.attention(query: query, key: key, value: value, isCausal: isCausal, mask: mask)
  }

  /// Queries, keys and values, each `[batch, time, heads, size]`.
  private func projections(
    _ x: Tensor, _ context: Tensor?, _ cache: AttentionCache?
  ) throws -> (Tensor, Tensor, Tensor) {
    if let context, let contextKernel {
      try requireAxes(context, ["batch", "time", "features"])
      let make = { [self] in
        let both = try project(context, contextKernel, contextBias).split(into: 2, axis: -1).map { try inHeads($0) }
        return (both[0], both[1])
      }
      let (key, value) = try cache?.context(self, make) ?? make()
      return (try inHeads(project(x, kernel, bias)), key, value)
    }
    let parts = try project(x, kernel, bias).split(into: 3, axis: -1).map { try inHeads($0) }
    var (query, key) = (parts[0], parts[1])
    if isRotary {
      let offset = cache?.length(of: self) ?? 0
      (query, key) = (try rotary(query, offset: offset), try rotary(key, offset: offset))
    }
    guard let cache else { return (query, key, parts[2]) }
    let all = try cache.append(self, keys: key, values: parts[2])
    return (query, all.keys, all.values)
  }

  private func inHeads(_ x: Tensor) throws -> Tensor {
    try x.reshaped([x.shape[0], x.shape[1], heads, x.shape[2] / heads])
  }

  private func project(_ x: Tensor, _ kernel: Weight, _ bias: Weight?) throws -> Tensor {
    guard let bias else { return try x.matrixProduct(kernel.tensor) }
    return try x.linear(kernel.tensor, bias: bias.tensor)
  }

  private func makeWeights(_ features: Int, _ contextFeatures: Int, _ dtype: DType) throws {
    func make(_ weight: Weight?, _ bias: Weight?, _ inputs: Int, _ count: Int, purpose: UInt32) throws {
      guard let weight else { return }
      // Each projection has the fans of a dense layer of its own.
      let fans = Fans(input: inputs, output: features)
      try makeWeight(weight, [inputs, count * features], fans, dtype, .glorotUniform, purpose: purpose)
      if let bias { try makeWeight(bias, Tensor.zeros([count * features], dtype)) }
    }
    try make(kernel, bias, features, isCross ? 1 : 3, purpose: 0)
    try make(contextKernel, contextBias, contextFeatures, 2, purpose: 1)
    try make(outputKernel, outputBias, features, 1, purpose: 2)
  }
}

/// Rotary positions: each pair of features of a query or key is turned by an angle that grows with its position, so that
/// products depend on distances alone.
///
///     y₁ = x₁ cos θ − x₂ sin θ,   y₂ = x₂ cos θ + x₁ sin θ,   θ = position · base^(−2 i / size)
///
/// Pair i is made of features i and i + size / 2. Su et al., "RoFormer", arXiv:2104.09864, in the layout of GPT-NeoX.
///
/// - Parameters:
///   - x: `[batch, time, heads, size]`, with an even size.
///   - offset: the position of the first element.
/// - Throws: `shape-mismatch`.
public func rotary(_ x: Tensor, offset: Int = 0, base: Double = 10_000) throws -> Tensor {
  guard x.rank == 4, x.shape[3] % 2 == 0 else {
    throw TensorError(
      .shapeMismatch, "rotary positions turn pairs: they take [batch, time, heads, size] with an even size",
      operands: [.init(.index(0), "input is \(x.shape)")])
  }
  let (time, half) = (x.shape[1], x.shape[3] / 2)
  let angles = try noGradient {
    let positions = try Tensor.arange(.int(Int64(offset)), .int(Int64(offset + time)), dtype: .float64).unsqueezed(1)
    let rates = try (Tensor.arange(0, Scalar(half), dtype: .float64) * .float(-1 / Double(max(half, 1))))
    return try positions * Tensor.scalar(.float(base), .float64).power(rates)
  }
  let dtype = x.dtype.isFloat ? x.dtype : .float32
  let (cosine, sine) = (
    try angles.cos().converted(to: dtype).unsqueezed(1), try angles.sin().converted(to: dtype).unsqueezed(1)
  )
  let parts = try x.split(into: 2, axis: -1)
  return try Tensor.concatenated(
    [parts[0] * cosine - parts[1] * sine, parts[1] * cosine + parts[0] * sine], axis: -1)
}
