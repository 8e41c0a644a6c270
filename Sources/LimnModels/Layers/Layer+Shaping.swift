import LimnTensor

extension Layer {
  /// Gives a weight its first value, if it has none yet, from the layer's own random numbers.
  ///
  /// - Parameter purpose: which of the layer's weights it is; each has its own random numbers.
  func makeWeight(
    _ weight: Weight, _ shape: Shape, _ fans: Fans, _ dtype: DType, _ initializer: Initializer, purpose: UInt32
  ) throws {
    guard !weight.isShaped else { return }
    guard let stream else { throw TensorError(.badArgument, "\(name) has no random numbers of its own") }
    try makeWeight(weight, initializer(shape, fans: fans, dtype: dtype, random: stream.initial(purpose)))
  }

  /// Gives a weight its first value, if it has none yet. If that happens in a training step that fails, the weight is
  /// empty again afterwards.
  func makeWeight(_ weight: Weight, _ value: @autoclosure () throws -> Tensor) rethrows {
    guard !weight.isShaped else { return }
    let origin = shapeOrigin
    let value = try value()
    UndoLog.current?.record { [self] in
      weight.reset()
      shapeOrigin = origin
    }
    weight.value = value
    if shapeOrigin == nil { shapeOrigin = CallSite.firstCall }
  }

  /// The float type that weights take from a layer's first input: its own, or float32 for integers.
  static func weightType(for x: Tensor) -> DType { x.dtype.isFloat ? x.dtype : .float32 }

  /// Makes sure that an input has the number of axes that the layer works on.
  ///
  /// - Parameter layout: the axes' names: `[batch, height, width, channels]`.
  /// - Throws: `shape-mismatch`.
  func requireAxes(_ x: Tensor, _ layout: [String]) throws {
    guard x.rank != layout.count else { return }
    throw TensorError(
      .shapeMismatch, "\(name) wants \(layout.count) axes, and got \(x.rank)",
      operands: [.init(.index(0), "input is \(x.shape)")],
      notes: ["the axes are [\(layout.joined(separator: ", "))]"],
      help: x.rank + 1 == layout.count && layout[0] == "batch" ? "a batch of one is x[nil]" : nil)
  }

  /// Makes sure that an input's last axis is as long as that of the first call.
  ///
  /// - Parameters:
  ///   - weight: the tensor that was made for that length, by name, and the length that it was made for.
  ///   - unit: what the last axis counts: `channels`.
  /// - Throws: `shape-mismatch`.
  func requireSize(_ x: Tensor, _ size: Int?, _ unit: String, of weight: (name: String, value: Tensor)) throws {
    let length = x.shape.last ?? 0
    guard length != size else { return }
    let origin = shapeOrigin.map { " \($0)" } ?? ""
    guard let size else {
      throw TensorError(
        .shapeMismatch, "the \(weight.name) of \(name) cannot be \(weight.value.shape)",
        notes: ["it was given its value outside of the layer"])
    }
    throw TensorError(
      .shapeMismatch, "\(name) got \(Self.count(length, unit)), but its \(weight.name) was made for \(size)",
      operands: [.init(.index(0), "input is \(x.shape)")],
      notes: ["the \(weight.name) took its shape\(origin): \(weight.value.shape)"],
      help: "make a new \(name) for inputs of \(Self.count(length, unit))")
  }

  /// `3 channels`, `1 channel`.
  private static func count(_ number: Int, _ units: String) -> String {
    "\(number) \(number == 1 ? String(units.dropLast()) : units)"
  }
}
