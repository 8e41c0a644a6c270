import LimnLanguage
import LimnModels
import LimnTensor

/// Attention, positions, and the blocks of transformers.
enum AttentionBindings {
  static func all(in session: SessionReference) -> [Binding] { functions + layers(in: session) }

  private static var functions: [Binding] {
    [
      Binding(
        "scaled_attention",
        [
          .required("query", .tensor), .required("key", .tensor), .required("value", .tensor),
          .optional("causal", .bool, false, namedOnly: true),
          .optional("mask", .either([.tensor, .nil]), .nil, namedOnly: true),
          .optional("scale", .optional(.float), .nil, namedOnly: true),
        ],
        """
        softmax(q kᵀ · scale + mask) v: for each query a mean of the values, weighted by how well their keys fit (Vaswani et
        al., 2017). All are `[batch, time, heads, size]`; `scale` is 1 / √size unless given.

        `mask` holds bools, true where a query may look, or floats that are added to the scores; it stretches to
        `[batch, heads, queries, keys]`. Scores are never gathered, so memory grows with the sequence and not with its square.
        """, example: "scaled_attention(ones(1, 3, 2, 4), ones(1, 5, 2, 4), ones(1, 5, 2, 4)).shape   # [1, 3, 2, 4]"
      ) { call in
        .tensor(
          try Tensor.attention(
            query: call.tensor(0), key: call.tensor(1), value: call.tensor(2), isCausal: call.bool(3),
            mask: call.optionalTensor(4), scale: call.optionalFloat(5)))
      },
      Binding(
        "rotary", receivers: [.tensor],
        [
          .required("x", .tensor), .optional("offset", .int, 0, namedOnly: true),
          .optional("base", .float, 10_000.0, namedOnly: true),
        ],
        """
        Rotary positions: feature i and feature i + size / 2 of `[batch, time, heads, size]` are turned by position ·
        base^(-2i / size), so that products of queries and keys depend on distances alone (Su et al., arXiv:2104.09864).
        """, example: "rotary(ones(1, 3, 2, 4)).shape   # [1, 3, 2, 4]"
      ) { call in .tensor(try rotary(call.tensor(0), offset: call.int(1), base: call.float(2))) },
      Binding(
        "attention_cache", [],
        """
        A place for what the layers of a transformer have seen of a sequence. Given to every call as `cache:`, it makes the
        next element cost one step and not the whole sequence.
        """,
        example: """
          let block = transformer_block(8, 2, causal: true)
          let cache = attention_cache()
          let first = block(ones(1, 5, 8), cache: cache)
          block(ones(1, 1, 8), cache: cache).shape   # [1, 1, 8]
          """
      ) { _ in .object(AttentionCacheObject()) },
    ]
  }

  private static func layers(in session: SessionReference) -> [Binding] {
    [
      Binding(
        "attention",
        [
          .required("heads", .int), flag("causal"), flag("cross"), flag("rotary"), flag("bias", true),
          .optional("dropout", .float, 0.0, namedOnly: true),
        ],
        """
        Attention of several heads over `[batch, time, features]`, which stay; the features are shared out among the heads
        (Vaswani et al., 2017). With `causal` no element looks at what comes after it. With `cross` it is called with a second
        sequence, which it looks at: `attend(x, context)`.

        It is called as `attend(x, context, mask:, cache:)`.
        """, example: "attention(2, causal: true)(ones(1, 5, 8)).shape   # [1, 5, 8]"
      ) { call in
        .object(
          LayerObject(
            try MultiHeadAttention(
              call.int(0), causal: call.bool(1), cross: call.bool(2), rotary: call.bool(3), bias: call.bool(4),
              dropout: call.float(5), random: session.random)))
      },
      Binding(
        "transformer_block",
        [
          .required("size", .int), .required("heads", .int),
          .optional("hidden", .either([.int, .nil]), .nil, namedOnly: true), flag("causal"), flag("cross"),
          flag("rotary"), .optional("activation", .either([.string, .callable]), "gelu", namedOnly: true),
          .optional("norm", .string, "layer", namedOnly: true), flag("norm_first", true), flag("bias", true),
          .optional("dropout", .float, 0.0, namedOnly: true),
        ],
        """
        A block of a transformer: x + attend(norm(x)), then x + down(f(up(norm(x)))); between them, with `cross`, x +
        attend(norm(x), context). `[batch, time, size]` stays. Without more it is an encoder's block, with `causal` a language
        model's, with `cross` too a decoder's (Vaswani et al., 2017; norms come first as in Xiong et al., arXiv:2002.04745,
        unless `norm_first` is false).

        `hidden` is 4 · size unless given; `norm` is `"layer"` or `"rms"`. It is called as `block(x, context, mask:, cache:)`.
        """, example: "transformer_block(8, 2, causal: true)(ones(1, 5, 8)).shape   # [1, 5, 8]"
      ) { call in
        .object(
          LayerObject(
            try TransformerBlock(
              call.int(0), heads: call.int(1), hidden: call.isGiven(2) ? call.int(2) : nil, causal: call.bool(3),
              cross: call.bool(4), rotary: call.bool(5), activation: call.activation(6) ?? .gelu(),
              norm: call.choice(7, TransformerBlock.Norm.self), normFirst: call.bool(8), bias: call.bool(9),
              dropout: call.float(10), random: session.random)))
      },
      Binding(
        "positions",
        [.optional("kind", .string, "sinusoidal"), .optional("length", .int, 1024, namedOnly: true)],
        """
        Adds to each element of `[batch, time, features]` a vector that tells its position: sines and cosines (Vaswani et al.,
        2017), or with `"learned"` a table of `length` weights.
        """, example: "positions()(zeros(1, 2, 4))[0, 0].list()   # [0.0, 1.0, 0.0, 1.0]"
      ) { call in
        .object(
          LayerObject(
            try PositionalEncoding(
              call.choice(0, PositionalEncoding.Kind.self), length: call.int(1), random: session.random)))
      },
      Binding(
        "relative_bias",
        [
          .required("heads", .int), .optional("buckets", .int, 32, namedOnly: true),
          .optional("max_distance", .int, 128, namedOnly: true), flag("bidirectional", true),
        ],
        """
        Relative positions, as T5 has them (Raffel et al., arXiv:1910.10683): for each head and each distance of a key from a query a
        number to add to attention's scores. It is called with the sequence that attention takes and gives `[heads, queries, keys]`, to be
        passed on as `mask:`. Small distances have a bucket of their own, larger ones share buckets, up to `max_distance`. A decoder's
        looks back alone: `bidirectional: false`.

        It is called as `bias(x, context, mask:, cache:)`; a mask is joined to the bias.
        """,
        example: """
          let bias = relative_bias(2)
          let attend = attention(2)
          let x = ones(1, 5, 8)
          attend(x, mask: bias(x)).shape   # [1, 5, 8]
          """
      ) { call in
        .object(
          LayerObject(
            try RelativePositionBias(
              call.int(0), buckets: call.int(1), maximumDistance: call.int(2), isBidirectional: call.bool(3),
              random: session.random)))
      },
    ]
  }

  private static func flag(_ name: String, _ value: Bool = false) -> Parameter {
    .optional(name, .bool, .bool(value), namedOnly: true)
  }
}
