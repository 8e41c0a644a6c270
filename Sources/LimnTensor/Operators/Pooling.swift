/// The window of a pooling operator along one axis.
public struct PoolingWindow: Hashable, Sendable {
  /// Pixels in the window.
  public var size: Int
  /// Pixels from one window to the next.
  public var stride: Int
  public var padding: ConvolutionPadding

  /// - Parameter stride: as `size` if it is not given: windows then lie side by side.
  public init(size: Int, stride: Int? = nil, padding: ConvolutionPadding = .valid) {
    self.size = size
    self.stride = stride ?? size
    self.padding = padding
  }
}

extension Tensor {
  /// The largest element of each window, channel by channel: `[batch, height, width, channels]` gives `[batch, output
  /// height, output width, channels]`. What lies beyond the edges is not looked at.
  ///
  /// Gradient: `g` at the place of the largest, the first one of equals.
  ///
  /// - Throws: `shape-mismatch` for another number of axes or a window that does not fit; `bad-argument`.
  public func maxPooled2D(rows: PoolingWindow, columns: PoolingWindow) throws -> Tensor {
    let x = try inFloats()
    return try x.maximum(of: try x.poolingGeometry("max_pool2d", rows, columns))
  }

  /// The largest of each window. This is the geometry's input, whatever its axes are called.
  func maximum(of geometry: ConvolutionGeometry) throws -> Tensor {
    let x = self
    let source = try x.contiguous()
    let output = try Tensor.uninitialized(geometry.outputShape, x.dtype)
    let places = try Tensor.uninitialized(geometry.outputShape, .int32)
    withExtendedLifetime((source, output, places)) {
      let places = places.pointer(Int32.self)
      if x.dtype == .float32 {
        PoolingKernels.maximum(geometry, source.pointer(Float.self), into: output.pointer(Float.self), places: places)
      } else {
        PoolingKernels.maximum(geometry, source.pointer(Double.self), into: output.pointer(Double.self), places: places)
      }
    }
    return record("max_pool2d", output, from: x, { gradient in try gradient.scattered(geometry, places) })
  }

  /// The mean of each window, channel by channel, over those of its pixels that lie inside the image.
  ///
  /// Gradient: `g / n` for each of a window's n pixels.
  ///
  /// - Throws: as ``maxPooled2D(rows:columns:)``.
  public func averagePooled2D(rows: PoolingWindow, columns: PoolingWindow) throws -> Tensor {
    let x = try inFloats()
    return try x.mean(of: try x.poolingGeometry("avg_pool2d", rows, columns))
  }

  /// The gradient of the largest of each window: this, at its place.
  private func scattered(_ geometry: ConvolutionGeometry, _ places: Tensor) throws -> Tensor {
    let g = try contiguous()
    let output = try Tensor.uninitialized(geometry.inputShape, dtype)
    withExtendedLifetime((g, output, places)) {
      let places = UnsafePointer(places.pointer(Int32.self))
      if dtype == .float32 {
        PoolingKernels.scatter(geometry, g.pointer(Float.self), places: places, into: output.pointer(Float.self))
      } else {
        PoolingKernels.scatter(geometry, g.pointer(Double.self), places: places, into: output.pointer(Double.self))
      }
    }
    return record("max_pool2d gradient", output, from: self, { gradient in try gradient.taken(geometry, places) })
  }

  /// The elements of this at the places of the largest.
  private func taken(_ geometry: ConvolutionGeometry, _ places: Tensor) throws -> Tensor {
    let x = try contiguous()
    let output = try Tensor.uninitialized(geometry.outputShape, dtype)
    withExtendedLifetime((x, output, places)) {
      let places = UnsafePointer(places.pointer(Int32.self))
      if dtype == .float32 {
        PoolingKernels.take(geometry, x.pointer(Float.self), places: places, into: output.pointer(Float.self))
      } else {
        PoolingKernels.take(geometry, x.pointer(Double.self), places: places, into: output.pointer(Double.self))
      }
    }
    return record("max_pool2d gradient", output, from: self, { gradient in try gradient.scattered(geometry, places) })
  }

  /// The mean of each window. This is the geometry's input, whatever its axes are called.
  func mean(of geometry: ConvolutionGeometry) throws -> Tensor {
    let x = try contiguous()
    let output = try Tensor.uninitialized(geometry.outputShape, dtype)
    withExtendedLifetime((x, output)) {
      if dtype == .float32 {
        PoolingKernels.mean(geometry, x.pointer(Float.self), into: output.pointer(Float.self))
      } else {
        PoolingKernels.mean(geometry, x.pointer(Double.self), into: output.pointer(Double.self))
      }
    }
    return record("avg_pool2d", output, from: self, { gradient in try gradient.spread(geometry) })
  }

  /// The gradient of the mean of each window: this, shared among its pixels.
  private func spread(_ geometry: ConvolutionGeometry) throws -> Tensor {
    let g = try contiguous()
    let output = try Tensor.uninitialized(geometry.inputShape, dtype)
    withExtendedLifetime((g, output)) {
      if dtype == .float32 {
        PoolingKernels.spread(geometry, g.pointer(Float.self), into: output.pointer(Float.self))
      } else {
        PoolingKernels.spread(geometry, g.pointer(Double.self), into: output.pointer(Double.self))
      }
    }
    return record("avg_pool2d gradient", output, from: self, { gradient in try gradient.mean(of: geometry) })
  }

  private func poolingGeometry(
    _ name: String, _ rows: PoolingWindow, _ columns: PoolingWindow
  ) throws -> ConvolutionGeometry {
    guard rank == 4 else {
      throw TensorError(
        .shapeMismatch, "\(name) takes images, [batch, height, width, channels], and this has \(rank) axes",
        operands: [.init(.index(0), "input is \(shape)")])
    }
    let height = try poolingAxis(name, "height", shape[1], rows)
    let width = try poolingAxis(name, "width", shape[2], columns)
    try Self.requirePlaces(name, height, width)
    return ConvolutionGeometry(
      batch: shape[0], rows: height, columns: width, inputChannels: shape[3], outputChannels: shape[3])
  }

  /// A window's positions along one axis, which the user calls `which`.
  func poolingAxis(
    _ name: String, _ which: String, _ length: Int, _ window: PoolingWindow
  ) throws -> ConvolutionAxis {
    guard window.size >= 1, window.stride >= 1 else {
      throw TensorError(
        .badArgument, "\(name) needs a window and a stride of at least 1",
        operands: [.init(.named("size"), "size is \(window.size), stride is \(window.stride)")])
    }
    let axis = ConvolutionAxis(
      input: length, kernel: window.size, stride: window.stride, dilation: 1, padding: window.padding)
    guard let axis else {
      throw TensorError(
        .shapeMismatch, "\(name): a window of \(window.size) does not fit into a \(which) of \(length)",
        operands: [.init(.index(0), "input is \(shape)")], help: "use a smaller window, or padding: \"same\"")
    }
    return axis
  }
}

extension ConvolutionGeometry {
  var inputShape: Shape { [batch, rows.input, columns.input, inputChannels] }
  var outputShape: Shape { [batch, rows.output, columns.output, outputChannels] }
  var weightShape: Shape { [rows.kernel, columns.kernel, inputChannels, outputChannels] }
}
