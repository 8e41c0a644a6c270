import LimnTensor

/// How a weight gets its first value.
public struct Initializer {
  public let name: String
  public let arguments: [Argument]
  private let make: (Shape, Fans, DType, RandomSource) throws -> Tensor

  /// An initializer of one's own.
  ///
  /// - Parameter make: gives a tensor of the shape and float type; the fans are what the layer says of its weight.
  public init(
    _ name: String, _ arguments: [Argument] = [],
    _ make: @escaping (_ shape: Shape, _ fans: Fans, _ dtype: DType, _ random: RandomSource) throws -> Tensor
  ) {
    self.name = name
    self.arguments = arguments
    self.make = make
  }

  /// A first value for a weight.
  ///
  /// - Throws: `shape-mismatch` when an initializer of one's own gives another shape; what it throws.
  public func callAsFunction(_ shape: Shape, fans: Fans, dtype: DType, random: RandomSource) throws -> Tensor {
    let value = try noGradient { try make(shape, fans, dtype, random) }
    guard value.shape == shape else {
      throw TensorError(
        .shapeMismatch, "the initializer \(name) gave \(value.shape) for a weight of \(shape)",
        operands: [.init(.named("initializer"), "gave \(value.shape)")])
    }
    return try value.converted(to: dtype)
  }
}

extension Initializer: CustomStringConvertible {
  public var description: String { arguments.isEmpty ? name : Argument.call(name, arguments) }
}

/// How many inputs each output of a weight is a sum of, and how many outputs each input contributes to.
public struct Fans: Sendable, Equatable {
  public let input: Int
  public let output: Int

  public init(input: Int, output: Int) {
    self.input = input
    self.output = output
  }

  /// A matrix `[in, out]`, or a convolution's kernel `[height, width, in, out]`: the channels times the taps of
  /// the window, whatever the stride, as in Keras. A vector's fans are its length.
  public init(of shape: Shape) {
    guard shape.count >= 2 else {
      let length = shape.first ?? 1
      self.init(input: length, output: length)
      return
    }
    // A shape with a zero among its lengths may have others whose product overflows; it needs no fans.
    let taps = shape.dropLast(2).reduce(1, &*)
    self.init(input: taps &* shape[shape.count - 2], output: taps &* shape[shape.count - 1])
  }
}
