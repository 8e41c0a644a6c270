import LimnLanguage
import LimnModels
import LimnTensor

/// Convolutions of sequences, of volumes, and of each channel by itself.
enum ConvolutionBindings {
  static func all(in session: SessionReference) -> [Binding] {
    [
      convolution(
        .conv1D,
        """
        A convolution of sequences: `[batch, time, channels]` gives `filters` channels. With padding `"causal"` all zeros stand
        before the sequence, so that no output sees what comes after it. The kernel is `[kernel, in, out]`.
        """, "conv1d(8, kernel: 3, padding: \"causal\")(zeros(1, 10, 2)).shape   # [1, 10, 8]", session),
      convolution(
        .convTranspose1D,
        "A transposed convolution of sequences, which lengthens: with padding `\"same\"` n gives n · stride.",
        "conv_transpose1d(8, kernel: 4, stride: 2)(zeros(1, 10, 2)).shape   # [1, 20, 8]", session),
      convolution(
        .conv3D,
        """
        A convolution of volumes or clips: `[batch, depth, height, width, channels]` gives `filters` channels. The kernel is
        `[kernel, kernel, kernel, in, out]`.
        """, "conv3d(4, kernel: 3, stride: 2)(zeros(1, 8, 8, 8, 1)).shape   # [1, 4, 4, 4, 4]", session),
      convolution(
        .convTranspose3D, "A transposed convolution of volumes, which enlarges each axis by `stride`.",
        "conv_transpose3d(4, kernel: 3, stride: 2)(zeros(1, 2, 2, 2, 1)).shape   # [1, 4, 4, 4, 4]", session),
      convolution(
        .depthwise2D,
        """
        A convolution of each channel by itself, with `filters` kernels for each: c channels give c · filters (Chollet,
        arXiv:1610.02357). The kernel is `[kernel, kernel, channels, filters]`.
        """, "depthwise_conv2d(2, kernel: 3)(zeros(1, 8, 8, 3)).shape   # [1, 8, 8, 6]", session),
    ] + WindowBindings.sequencesAndVolumes
  }

  private static func convolution(
    _ kind: ConvolutionLayer.Kind, _ documentation: String, _ example: String, _ session: SessionReference
  ) -> Binding {
    Binding(
      kind.rawValue,
      [
        .required("filters", .int), .required("kernel", .either([.int, .list])),
        .optional("stride", .either([.int, .list]), 1), .optional("padding", .either([.string, .int, .list]), "same"),
        .optional("dilation", .either([.int, .list]), 1, namedOnly: true),
        .optional("activation", .either([.string, .callable, .nil]), .nil, namedOnly: true),
        .optional("bias", .bool, true, namedOnly: true),
        .initializer("glorot_uniform"),
      ], documentation, example: example
    ) { call in
      let isCausal = kind == .conv1D && call[3].asString == "causal"
      return .object(
        LayerObject(
          try ConvolutionLayer(
            kind, call.int(0), kernel: call.axes(1) ?? [], stride: call.axes(2) ?? [],
            padding: isCausal ? .valid : call.padding(3), causal: isCausal, dilation: call.axes(4) ?? [],
            activation: call.activation(5), bias: call.bool(6), kernelInitializer: call.initializer(7, in: session),
            random: session.random)))
    }
  }
}
