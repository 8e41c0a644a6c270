import LimnTensor

extension Image {
  /// The picture that a tensor holds.
  ///
  /// ```swift
  /// let image = try Image(generator(noise)[0], range: ValueRange(-1, 1))
  /// ```
  ///
  /// - Parameters:
  ///   - tensor: `[height, width]`, or `[height, width, channels]` with 1 to 4 channels: gray, gray and alpha, RGB,
  ///     RGBA. A uint8 tensor's values are samples as they are; true is white; other numbers are mapped by `range`.
  ///   - range: The numbers that are black and white; what lies outside is clamped.
  ///   - depth: Bits in a sample. A uint8 tensor always has 8.
  /// - Throws: `shape-mismatch` for another shape, `bad-image` for an empty one, `not-finite` for a NaN, with its
  ///   place.
  public init(_ tensor: Tensor, range: ValueRange = .unit, depth: Depth = .eight) throws {
    guard tensor.rank == 2 || tensor.rank == 3,
      let channels = Channels(rawValue: tensor.rank == 2 ? 1 : tensor.shape[2])
    else { throw Self.notAPicture(tensor.shape) }
    let (height, width) = (tensor.shape[0], tensor.shape[1])
    try Self.checkSize(width: width, height: height)
    if tensor.dtype == .uint8 {
      try self.init(width: width, height: height, channels: channels, samples: .eight(tensor.elements()))
      return
    }
    let fractions = try Self.fractions(of: tensor, range: range)
    self.init(width: width, height: height, channels: channels, unitSamples: fractions, depth: depth)
  }

  /// The picture's samples as fractions: float32 `[height, width, channels]` from 0 to 1.
  ///
  /// - Throws: `out-of-memory`.
  public func tensor() throws -> Tensor {
    try Tensor(unitSamples, Shape([height, width, channels.count]))
  }

  /// A tensor's elements as fractions of a range; booleans as 0 and 1.
  static func fractions(of tensor: Tensor, range: ValueRange) throws -> [Float] {
    switch tensor.dtype {
    case .bool: try tensor.elements(Bool.self).map { $0 ? 1 : 0 }
    case .uint8: try tensor.elements(UInt8.self).map { Float($0) / 255 }
    case .int32, .int64, .float32, .float64:
      try range.fractions(of: tensor.converted(to: .float32).elements(), shape: tensor.shape)
    }
  }

  private static func notAPicture(_ shape: Shape) -> TensorError {
    let reason =
      shape.rank == 3
      ? "axis 2 has \(shape[2]) channels, and a picture has 1 to 4" : "a picture has 2 or 3 axes, not \(shape.rank)"
    return TensorError(
      .shapeMismatch, "a tensor of shape \(shape) is not a picture: \(reason)",
      operands: [.init(.index(0), "this is \(shape)")], notes: ["pictures are [height, width, channels]"],
      help: shape.rank == 4 ? "show a batch with grid(images), or one of it with images[0]" : nil)
  }
}
