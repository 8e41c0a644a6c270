import LimnLanguage
import LimnModels
import LimnTensor

/// Layers with weights, and those that regularize.
enum LayerBindings {
  static func all(in session: SessionReference) -> [Binding] {
    [
      Binding(
        "dense", [.required("units", .int)] + common + [kernelInitializer],
        """
        A linear layer, `activation(x @ kernel + bias)` over the last axis: `[..., features]` gives `[..., units]`.
        The kernel begins Glorot uniform, the bias zero.

        `initializer` is a name (`"zeros"`, `"ones"`, `"normal"`, `"truncated_normal"`, `"uniform"`, `"glorot_uniform"`,
        `"glorot_normal"`, `"he_uniform"`, `"he_normal"`, `"lecun_uniform"`, `"lecun_normal"`, `"orthogonal"`), or a function that
        makes a tensor of a shape: `initializer: shape => 0.02 * randn(shape)`.
        """, example: "dense(3)(zeros(2, 5)).shape   # [2, 3]"
      ) { call in
        layer(
          try Dense(
            call.int(0), activation: call.activation(1), bias: call.bool(2), kernelInitializer: call.initializer(3, in: session),
            random: session.random))
      },
      Binding(
        "conv2d", [.required("filters", .int)] + convolution + [dilation] + common + [kernelInitializer],
        """
        A convolution: `[batch, height, width, channels]` gives `filters` channels.

        With padding `"same"` a side of n gives ⌈n / stride⌉, with `"valid"` only whole windows count; an int, or
        `[before, after]`, pads so many zeros on both axes. The kernel is `[kernel, kernel, in, out]` and begins Glorot uniform.
        """, example: "conv2d(8, kernel: 5, stride: 2)(zeros(1, 28, 28, 1)).shape   # [1, 14, 14, 8]"
      ) { call in
        layer(
          try Conv2D(
            call.int(0), kernel: call.window(1), stride: call.window(2), padding: call.padding(3),
            dilation: call.window(4),
            activation: call.activation(5), bias: call.bool(6), kernelInitializer: call.initializer(7, in: session),
            random: session.random))
      },
      Binding(
        "conv_transpose2d", [.required("filters", .int)] + convolution + [dilation] + common + [kernelInitializer],
        """
        A transposed convolution, which enlarges: with padding `"same"` a side of n gives n · stride.

        It is the gradient of a convolution for its input. With an int, or `[before, after]`, as padding, a side of n gives
        (n - 1) · stride + dilation · (kernel - 1) + 1 less both paddings; what others call an output padding q beside a padding p is
        `[p, p - q]`. The kernel is `[kernel, kernel, in, out]` and begins Glorot uniform.
        """, example: "conv_transpose2d(8, kernel: 5, stride: 2)(zeros(1, 7, 7, 4)).shape   # [1, 14, 14, 8]"
      ) { call in
        layer(
          try ConvTranspose2D(
            call.int(0), kernel: call.window(1), stride: call.window(2), padding: call.padding(3),
            dilation: call.window(4), activation: call.activation(5), bias: call.bool(6),
            kernelInitializer: call.initializer(7, in: session),
            random: session.random))
      },
      Binding(
        "batch_norm",
        [
          .optional("momentum", .float, 0.99, namedOnly: true), .optional("epsilon", .float, 1e-3, namedOnly: true),
          .optional("gain", .bool, true, namedOnly: true), .optional("bias", .bool, true, namedOnly: true),
        ],
        """
        Batch normalization over all axes but the last: in training by the batch's mean and variance, and otherwise by running
        ones, which move by 1 - `momentum` once a call (Ioffe and Szegedy, arXiv:1502.03167).
        """, example: "batch_norm()(ones(4, 3)).shape   # [4, 3]"
      ) { call in
        layer(
          try BatchNorm(
            momentum: call.float(0), epsilon: call.float(1), gain: call.bool(2), bias: call.bool(3)))
      },
      Binding(
        "layer_norm", [.optional("epsilon", .float, 1e-5, namedOnly: true)],
        "Layer normalization over the last axis, with a gain and a bias (Ba et al., arXiv:1607.06450).",
        example: "layer_norm()(ones(4, 3)).shape   # [4, 3]"
      ) { call in layer(try LayerNorm(epsilon: call.float(0))) },
      Binding(
        "embedding", [.required("count", .int), .required("size", .int), .initializer("uniform")],
        """
        A table of `count` vectors: ints `[...]` give `[..., size]`. The table is the weight `weight`, `[count, size]`, and begins
        uniform within ±0.05; see `dense` for others.
        """, example: "embedding(10, 4)(tensor([1, 2, 3])).shape   # [3, 4]"
      ) { call in
        layer(
          try Embedding(
            call.int(0), call.int(1), initializer: call.initializer(2, in: session), random: session.random))
      },
      Binding(
        "dropout", [.required("rate", .float)],
        """
        In training sets each element to 0 with probability `rate` and divides the others by 1 - `rate`; otherwise gives
        its input (Srivastava et al., 2014).
        """, example: "dropout(0.5)(ones(3)).list()   # [1.0, 1.0, 1.0]"
      ) { call in layer(try Dropout(call.float(0), random: session.random)) },
    ] + WindowBindings.pictures + shapes
  }

  /// Layers that change the shape alone. The functions of tensors by the names `flatten` and `reshape` stand in `ShapeBindings`.
  private static var shapes: [Binding] {
    [
      Binding(
        "flatten", [], "A layer that makes one axis of all but the first.",
        example: "flatten()(zeros(4, 2, 3)).shape   # [4, 6]"
      ) { _ in layer(FunctionLayer.flatten()) },
      Binding(
        "reshape", [.required("first", .either([.int, .list])), .variadic("rest", .int)],
        "A layer that gives its input another shape, batch included; one length may be -1.",
        example: "reshape(-1, 6)(zeros(4, 2, 3)).shape   # [4, 6]"
      ) { call in
        let shape = try (call.axes(0) ?? []) + call.ints(1)
        return layer(FunctionLayer.reshape(shape))
      },
    ]
  }

  private static var convolution: [Parameter] {
    [
      .required("kernel", .either([.int, .list])), .optional("stride", .either([.int, .list]), 1),
      .optional("padding", .either([.string, .int, .list]), "same"),
    ]
  }
  private static var dilation: Parameter { Parameter.optional("dilation", .either([.int, .list]), 1, namedOnly: true) }
  private static var common: [Parameter] {
    [
      .optional("activation", .either([.string, .callable, .nil]), .nil, namedOnly: true),
      .optional("bias", .bool, true, namedOnly: true),
    ]
  }
  private static var kernelInitializer: Parameter { .initializer("glorot_uniform") }

  private static func layer(_ layer: any Layer) -> Value { .object(LayerObject(layer)) }
}

extension Call {
  /// An activation by name, as the function of that name, or as any function of a tensor.
  func activation(_ index: Int) throws -> Activation? {
    guard isGiven(index) else { return nil }
    if let name = self[index].asString { return try Activation(named: name) }
    if let name = self[index].functionName, let known = Activation.named.first(where: { $0.name == name }) {
      return known
    }
    let interpreter = interpreter
    guard let layer = ValueLayer.layer(of: self[index], interpreter) else {
      throw Fault.wrongArgument(index, self[index], expected: .callable)
    }
    let isGated = Activation.named.contains { $0.name == layer.name && $0.isGated }
    return Activation(layer.description, isGated: isGated) { try layer($0) }
  }

  /// An int for both axes, or a list of two for height and width.
  fileprivate func window(_ index: Int) throws -> WindowSize {
    let sizes = try axes(index) ?? []
    switch sizes.count {
    case 1: return WindowSize(sizes[0])
    case 2: return WindowSize(rows: sizes[0], columns: sizes[1])
    default:
      throw Fault(
        "bad-argument", "this is one int, or a list of two for height and width",
        labels: [.init(.argument(index), "a list of \(sizes.count)")])
    }
  }

  func padding(_ index: Int) throws -> ConvolutionPadding {
    if let name = self[index].asString {
      switch name {
      case "same": return .same
      case "valid": return .valid
      default:
        throw Fault(
          "bad-argument", "there is no padding \"\(name)\"", labels: [.init(.argument(index), "not a padding")],
          help: Suggestion.closest(to: name, among: ["same", "valid"]).map { "did you mean \"\($0)\"?" }
            ?? "padding is \"same\", \"valid\", an int, or [before, after]")
      }
    }
    let widths = try axes(index) ?? []
    switch widths.count {
    case 1: return .explicit(before: widths[0], after: widths[0])
    case 2: return .explicit(before: widths[0], after: widths[1])
    default:
      throw Fault(
        "bad-argument", "padding is one int, or a list of two for before and after",
        labels: [.init(.argument(index), "a list of \(widths.count)")])
    }
  }
}
