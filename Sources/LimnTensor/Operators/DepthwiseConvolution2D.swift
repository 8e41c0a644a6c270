extension Tensor {
  /// Depthwise convolution of images: each channel is convolved with kernels of its own, and none is mixed with others.
  ///
  ///     y[b, i, j, c·m + k] = Σ over u, v of x[b, i·s + u·d - p, j·s + v·d - p, c] · kernel[u, v, c, k]
  ///
  /// with m kernels for each channel. Gradients are as those of ``convolution2D(_:rows:columns:)``, differentiable
  /// again.
  ///
  /// - Parameter kernel: `[kernel height, kernel width, channels, m]`.
  /// - Returns: `[batch, output height, output width, channels · m]`.
  /// - Throws: as ``convolution2D(_:rows:columns:)``.
  public func depthwiseConvolution2D(
    _ kernel: Tensor, rows: ConvolutionWindow = .init(), columns: ConvolutionWindow? = nil
  ) throws -> Tensor {
    let (x, kernel) = try Tensor.promotedFloats(self, kernel)
    let columns = columns ?? rows
    let shapes = try ConvolutionShapes("depthwise_conv2d", x, kernel, [rows, columns])
    try shapes.requireChannels(kernel.shape[2])
    let channels = try Shape([kernel.shape[2], kernel.shape[3]]).checkedCount()
    let geometry = ConvolutionGeometry(
      batch: x.shape[0],
      rows: try shapes.axis("height", x.shape[1], kernel.shape[0], rows),
      columns: try shapes.axis("width", x.shape[2], kernel.shape[1], columns),
      inputChannels: kernel.shape[2], outputChannels: channels)
    return try DepthwiseOperator(geometry: geometry, kernelShape: kernel.shape).forward(x, kernel)
  }
}

/// The three bilinear operators of one depthwise convolution, each a gradient of the other two.
private struct DepthwiseOperator {
  let geometry: ConvolutionGeometry
  let kernelShape: Shape

  func forward(_ x: Tensor, _ kernel: Tensor) throws -> Tensor {
    let output = try run(
      x, kernel, geometry.outputShape, DepthwiseConvolution.forward, DepthwiseConvolution.forward)
    return record("depthwise_conv2d", output, from: x, kernel, { gradient, needs in
      (needs(0) ? try inputGradient(gradient, kernel) : nil, needs(1) ? try kernelGradient(x, gradient) : nil)
    })
  }

  private func inputGradient(_ g: Tensor, _ kernel: Tensor) throws -> Tensor {
    let output = try run(
      g, kernel, geometry.inputShape, DepthwiseConvolution.inputGradient, DepthwiseConvolution.inputGradient)
    return record("depthwise_conv2d gradient", output, from: g, kernel, { gradient, needs in
      (needs(0) ? try forward(gradient, kernel) : nil, needs(1) ? try kernelGradient(gradient, g) : nil)
    })
  }

  private func kernelGradient(_ x: Tensor, _ g: Tensor) throws -> Tensor {
    let output = try run(
      x, g, kernelShape, DepthwiseConvolution.weightGradient, DepthwiseConvolution.weightGradient)
    return record("depthwise_conv2d gradient", output, from: x, g, { gradient, needs in
      (needs(0) ? try inputGradient(g, gradient) : nil, needs(1) ? try forward(x, gradient) : nil)
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
    guard geometry.inputChannels > 0, output.count > 0 else { return try Tensor.zeros(shape, a.dtype) }
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
