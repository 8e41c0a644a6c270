import LimnTensor

extension Initializer {
  public static var zeros: Initializer { Initializer("zeros") { shape, _, dtype, _ in try Tensor.zeros(shape, dtype) } }

  public static var ones: Initializer { Initializer("ones") { shape, _, dtype, _ in try Tensor.ones(shape, dtype) } }

  /// One number everywhere.
  public static func constant(_ number: Double) -> Initializer {
    Initializer("constant", [Argument(nil, number)]) { shape, _, dtype, _ in
      try Tensor.full(shape, .float(number), dtype)
    }
  }
}
