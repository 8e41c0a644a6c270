import LimnTensor

/// A bound on gradients, applied before an optimizer uses them.
public enum Clipping: Sendable, Equatable {
  case none
  /// Each element is brought between −limit and limit.
  case value(Double)
  /// When the Euclidean norm of all the optimizer's gradients together exceeds the limit, all are scaled by limit /
  /// norm (Pascanu, Mikolov and Bengio, arXiv:1211.5063).
  case norm(Double)

  /// The gradients within the bound.
  ///
  /// - Throws: `bad-argument` for a limit that is not a positive number; `not-finite` when a norm is to be bounded and
  ///   is NaN or infinite.
  func clip(_ gradients: [Tensor]) throws -> [Tensor] {
    switch self {
    case .none: return gradients
    case .value(let limit):
      try Self.requirePositive(limit, "clip_value")
      return try gradients.map { try $0.clamped(.float(-limit), .float(limit)) }
    case .norm(let limit):
      try Self.requirePositive(limit, "clip_norm")
      let norm = try Self.norm(of: gradients)
      guard norm.isFinite else {
        throw TensorError(.notFinite, "the norm of the gradients is \(norm)", help: "lower the learning rate")
      }
      guard norm > limit else { return gradients }
      return try gradients.map { try $0.multiplied(by: .float(limit / norm)) }
    }
  }

  /// The square root of the sum of the squares of all elements. Sums of squares are added in double precision.
  static func norm(of tensors: [Tensor]) throws -> Double {
    try tensors.reduce(0) { try $0 + $1.square().sum().item().double }.squareRoot()
  }

  private static func requirePositive(_ limit: Double, _ name: String) throws {
    guard limit.isFinite, limit > 0 else {
      throw TensorError(.badArgument, "a gradient's bound is a positive number, and \(limit) is not",
        operands: [.init(.named(name), "\(name) is \(limit)")])
    }
  }
}
