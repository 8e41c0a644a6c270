import LimnTensor

/// One block of a transformer: attention and a feed-forward network, each beside a path that it is added to.
///
///     x = x + attend(norm(x));   x = x + attend(norm(x), context), with `cross`;   x = x + down(f(up(norm(x))))
///
/// `[batch, time, features]` stays. This is an encoder's block; with `causal` a language model's, and with `cross` too a
/// decoder's. Vaswani et al., 2017, section 3.1, with the norms before the parts (Xiong et al., arXiv:2002.04745)
/// unless `normFirst` is false.
public final class TransformerBlock: ContextLayer {
  /// What normalizes.
  public enum Norm: String, Sendable, CaseIterable {
    case layer, rms
  }

  public let size: Int
  public let attention: MultiHeadAttention
  public let crossAttention: MultiHeadAttention?
  public let up: Dense
  public let down: Dense
  /// One for each part, in order.
  public let norms: [any Layer]
  public let isNormFirst: Bool
  public let dropout: Dropout?

  /// - Parameters:
  ///   - size: features.
  ///   - hidden: features between the two layers of the feed-forward network; four times as many as `size` unless given.
  ///   - activation: a gated one, such as ``Activation/swiglu(axis:)``, makes the first layer twice as wide as `hidden`.
  ///   - dropout: behind each part, in training.
  /// - Throws: `bad-argument`, as ``MultiHeadAttention``, and when a count is less than 1.
  public init(
    _ size: Int, heads: Int, hidden: Int? = nil, causal: Bool = false, cross: Bool = false, rotary: Bool = false,
    activation: Activation = .gelu(), norm: Norm = .layer, normFirst: Bool = true, bias: Bool = true,
    dropout: Double = 0, random: RandomSource
  ) throws {
    try requireCount("size", size)
    guard heads > 0, size % heads == 0 else {
      throw TensorError(
        .badArgument, "\(size) features cannot be shared out among \(heads) heads",
        operands: [.init(.named("heads"), "heads is \(heads)")])
    }
    self.size = size
    attention = try MultiHeadAttention(heads, causal: causal, rotary: rotary, bias: bias, random: random)
    crossAttention = cross ? try MultiHeadAttention(heads, cross: true, bias: bias, random: random) : nil
    up = try Dense((hidden ?? 4 * size) * (activation.isGated ? 2 : 1), activation: activation, bias: bias, random: random)
    down = try Dense(size, bias: bias, random: random)
    norms = try (0..<(cross ? 3 : 2)).map { _ -> any Layer in
      if norm == .rms { return try RMSNorm() }
      return try LayerNorm(bias: bias)
    }
    isNormFirst = normFirst
    self.dropout = dropout == 0 ? nil : try Dropout(dropout, random: random)
  }

  private init(_ original: TransformerBlock, _ copier: Copier) {
    func copied(_ layer: any Layer) -> any Layer { copier.copy(layer) }
    size = original.size
    attention = copier.copy(original.attention)
    crossAttention = original.crossAttention.map { copier.copy($0) }
    up = copier.copy(original.up)
    down = copier.copy(original.down)
    norms = original.norms.map(copied)
    isNormFirst = original.isNormFirst
    dropout = original.dropout.map { copier.copy($0) }
  }

  public func copied(by copier: Copier) -> TransformerBlock { TransformerBlock(self, copier) }

  public var name: String { "transformer_block" }

  public var arguments: [Argument] {
    var arguments = [Argument(nil, size), Argument(nil, attention.heads)]
    let hidden = up.activation?.isGated == true ? up.units / 2 : up.units
    if hidden != 4 * size { arguments.append(Argument("hidden", hidden)) }
    if attention.isCausal { arguments.append(Argument("causal", true)) }
    if crossAttention != nil { arguments.append(Argument("cross", true)) }
    if attention.isRotary { arguments.append(Argument("rotary", true)) }
    if let activation = up.activation, activation.name != "gelu" { arguments.append(activation.argument) }
    if norms[0] is RMSNorm { arguments.append(Argument("norm", "\"rms\"")) }
    if !isNormFirst { arguments.append(Argument("norm_first", false)) }
    if up.bias == nil { arguments.append(Argument("bias", false)) }
    if let dropout { arguments.append(Argument("dropout", dropout.rate)) }
    return arguments
  }

  public var children: [(name: String, layer: any Layer)] {
    var children: [(name: String, layer: any Layer)] = [("norm1", norms[0]), ("attention", attention)]
    if let crossAttention { children += [("norm2", norms[1]), ("cross_attention", crossAttention)] }
    children += [("norm\(norms.count)", norms[norms.count - 1]), ("up", up), ("down", down)]
    return children + (dropout.map { [("dropout", $0)] } ?? [])
  }

  public func callAsFunction(_ x: Tensor, context: Tensor?, mask: Tensor?, cache: AttentionCache?) throws -> Tensor {
    try requireAxes(x, ["batch", "time", "features"])
    guard x.shape[2] == size else {
      throw TensorError(
        .shapeMismatch, "transformer_block was made for \(size) features, and got \(x.shape[2])",
        operands: [.init(.index(0), "input is \(x.shape)")])
    }
    guard (crossAttention != nil) == (context != nil) else {
      throw TensorError(
        .badArgument,
        context == nil ? "a block with a cross attention needs a context" : "only a block with `cross` takes a context",
        operands: [.init(.named("context"), context == nil ? "no context" : "this has one")],
        help: context == nil ? "call it as block(x, context)" : "make it with cross: true")
    }
    // A mask is for the sequence that is looked at besides, where there is one.
    var y = try add(x, norms[0]) { try attention($0, context: nil, mask: context == nil ? mask : nil, cache: cache) }
    if let crossAttention {
      y = try add(y, norms[1]) { try crossAttention($0, context: context, mask: mask, cache: cache) }
    }
    return try add(y, norms[norms.count - 1]) { try down(up($0)) }
  }

  private func add(_ x: Tensor, _ norm: any Layer, _ part: (Tensor) throws -> Tensor) throws -> Tensor {
    let made = try part(isNormFirst ? norm(x) : x)
    let sum = try x + (dropout?(made) ?? made)
    return isNormFirst ? sum : try norm(sum)
  }
}
