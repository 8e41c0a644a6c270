extension Tensor {
  /// Convolution of images, channels last.
  ///
  ///     y[b, i, j, o] = Σ over u, v, c of x[b, i·s + u·d - p, j·s + v·d - p, c] · kernel[u, v, c, o]
  ///
  /// with stride s, dilation d and padding p of each axis, and zeros beyond the edges. As everywhere in the field, the
  /// kernel is not flipped. An axis of length n gives ⌈n/s⌉ elements under ``ConvolutionPadding/same``, and
  /// ⌊(n + padding - (k-1)·d - 1)/s⌋ + 1 under the others.
  ///
  /// Gradients: for x the transposed convolution of `g`, for the kernel the products of x and `g` at each tap's
  /// distance. Both are differentiable again.
  ///
  /// - Parameters:
  ///   - kernel: `[kernel height, kernel width, input channels, output channels]`.
  ///   - rows: stride, dilation and padding along the height.
  ///   - columns: the same along the width; as `rows` if it is not given.
  /// - Returns: `[batch, output height, output width, output channels]`.
  /// - Throws: `shape-mismatch` when this is not `[batch, height, width, channels]`, the kernel not of four axes, their
  ///   channels differ, or the kernel does not fit into the image; `bad-argument` for a stride, dilation or padding
  ///   out of range.
  public func convolution2D(
    _ kernel: Tensor, rows: ConvolutionWindow = .init(), columns: ConvolutionWindow? = nil
  ) throws -> Tensor {
    let (x, kernel) = try Tensor.promotedFloats(self, kernel)
    let columns = columns ?? rows
    let shapes = try ConvolutionShapes("conv2d", x, kernel, [rows, columns])
    try shapes.requireChannels(kernel.shape[2])
    let geometry = ConvolutionGeometry(
      batch: x.shape[0],
      rows: try shapes.axis("height", x.shape[1], kernel.shape[0], rows),
      columns: try shapes.axis("width", x.shape[2], kernel.shape[1], columns),
      inputChannels: kernel.shape[2], outputChannels: kernel.shape[3])
    return try ConvolutionOperator(geometry).forward(x, kernel)
  }

  /// Transposed convolution of images: the gradient of ``convolution2D(_:rows:columns:)`` for its input.
  ///
  ///     y[b, i·s + u·d - p, j·s + v·d - p, o] += x[b, i, j, c] · kernel[u, v, o, c]    over all u, v, c, i, j
  ///
  /// An axis of length n gives n·s elements under ``ConvolutionPadding/same``, and (n-1)·s + (k-1)·d + 1 less the
  /// padding under the others.
  ///
  /// - Parameter kernel: `[kernel height, kernel width, output channels, input channels]`, which is the kernel of the
  ///   convolution that leads from y back to a tensor of this shape.
  /// - Returns: `[batch, output height, output width, output channels]`.
  /// - Throws: as ``convolution2D(_:rows:columns:)``.
  public func transposedConvolution2D(
    _ kernel: Tensor, rows: ConvolutionWindow = .init(), columns: ConvolutionWindow? = nil
  ) throws -> Tensor {
    let (x, kernel) = try Tensor.promotedFloats(self, kernel)
    let columns = columns ?? rows
    let shapes = try ConvolutionShapes("conv_transpose2d", x, kernel, [rows, columns])
    try shapes.requireChannels(kernel.shape[3])
    let geometry = ConvolutionGeometry(
      batch: x.shape[0],
      rows: try shapes.transposedAxis("height", x.shape[1], kernel.shape[0], rows),
      columns: try shapes.transposedAxis("width", x.shape[2], kernel.shape[1], columns),
      inputChannels: kernel.shape[2], outputChannels: kernel.shape[3])
    return try ConvolutionOperator(geometry, isTransposed: true).inputGradient(x, kernel)
  }

  /// Convolution of sequences: `[batch, time, input channels]` with a kernel `[length, input channels, output
  /// channels]` gives `[batch, output time, output channels]`. See ``convolution2D(_:rows:columns:)``.
  ///
  /// - Throws: as ``convolution2D(_:rows:columns:)``.
  public func convolution1D(_ kernel: Tensor, _ window: ConvolutionWindow = .init()) throws -> Tensor {
    try requireSequence("conv1d", kernel)
    return try unsqueezed(1).convolution2D(
      try kernel.unsqueezed(0), rows: ConvolutionWindow(padding: .valid), columns: window
    ).squeezed([1])
  }

  /// Transposed convolution of sequences, with a kernel `[length, output channels, input channels]`. See
  /// ``transposedConvolution2D(_:rows:columns:)``.
  ///
  /// - Throws: as ``convolution2D(_:rows:columns:)``.
  public func transposedConvolution1D(_ kernel: Tensor, _ window: ConvolutionWindow = .init()) throws -> Tensor {
    try requireSequence("conv_transpose1d", kernel)
    return try unsqueezed(1).transposedConvolution2D(
      try kernel.unsqueezed(0), rows: ConvolutionWindow(padding: .valid), columns: window
    ).squeezed([1])
  }

  private func requireSequence(_ name: String, _ kernel: Tensor) throws {
    guard rank == 3, kernel.rank == 3 else {
      throw TensorError(
        .shapeMismatch, "\(name) takes a batch of sequences, [batch, time, channels], and a kernel of three axes",
        operands: [.init(.index(0), "input is \(shape)"), .init(.index(1), "kernel is \(kernel.shape)")],
        help: rank == 2 ? "add an axis of length 1 for the channels or the batch: unsqueeze(x, 0)" : nil)
    }
  }

  /// Two operands in their common float type; integers become float32.
  static func promotedFloats(_ a: Tensor, _ b: Tensor) throws -> (Tensor, Tensor) {
    let common = DType.promote(a.dtype, b.dtype)
    let dtype = common.isFloat ? common : .float32
    return (try a.promoted(to: dtype), try b.promoted(to: dtype))
  }
}

/// The three bilinear operators of one convolution, each a gradient of the other two.
private struct ConvolutionOperator {
  let geometry: ConvolutionGeometry
  /// Whether users see the input's gradient as the operator: names in the record follow.
  let isTransposed: Bool

  init(_ geometry: ConvolutionGeometry, isTransposed: Bool = false) {
    self.geometry = geometry
    self.isTransposed = isTransposed
  }

  /// The convolution of x with the kernel.
  func forward(_ x: Tensor, _ kernel: Tensor) throws -> Tensor {
    let output = try run(x, kernel, geometry.outputShape, Convolution.forward, Convolution.forward)
    return record(isTransposed ? "conv_transpose2d gradient" : "conv2d", output, from: x, kernel, { gradient, needs in
      (
        needs(0) ? try inputGradient(gradient, kernel) : nil,
        needs(1) ? try kernelGradient(x, gradient) : nil
      )
    })
  }

  /// The gradient for x, from that of the output: the transposed convolution.
  func inputGradient(_ g: Tensor, _ kernel: Tensor) throws -> Tensor {
    let output = try run(g, kernel, geometry.inputShape, Convolution.inputGradient, Convolution.inputGradient)
    return record(isTransposed ? "conv_transpose2d" : "conv2d gradient", output, from: g, kernel, { gradient, needs in
      (
        needs(0) ? try forward(gradient, kernel) : nil,
        needs(1) ? try kernelGradient(gradient, g) : nil
      )
    })
  }

  /// The gradient for the kernel, from x and the gradient of the output.
  func kernelGradient(_ x: Tensor, _ g: Tensor) throws -> Tensor {
    let output = try run(x, g, geometry.weightShape, Convolution.weightGradient, Convolution.weightGradient)
    let name: StaticString = isTransposed ? "conv_transpose2d gradient" : "conv2d gradient"
    return record(name, output, from: x, g, { gradient, needs in
      (
        needs(0) ? try inputGradient(g, gradient) : nil,
        needs(1) ? try forward(x, gradient) : nil
      )
    })
  }

  private typealias Kernel<Element> = (
    ConvolutionGeometry, UnsafePointer<Element>, UnsafePointer<Element>, UnsafeMutablePointer<Element>
  ) throws -> Void

  private func run(
    _ first: Tensor, _ second: Tensor, _ shape: Shape, _ single: Kernel<Float>, _ double: Kernel<Double>
  ) throws -> Tensor {
    let (a, b) = (try first.contiguous(), try second.contiguous())
    let output = try Tensor.uninitialized(shape, a.dtype)
    try withExtendedLifetime((a, b, output)) {
      if a.dtype == .float32 {
        try single(geometry, a.pointer(Float.self), b.pointer(Float.self), output.pointer(Float.self))
      } else {
        try double(geometry, a.pointer(Double.self), b.pointer(Double.self), output.pointer(Double.self))
      }
    }
    return output
  }
}
