import LimnTensor

/// - Throws: `bad-argument` when a hyperparameter is not in [0, 1).
func requireFraction(_ name: String, _ value: Double) throws {
  guard value >= 0, value < 1 else {
    throw TensorError(
      .badArgument, "\(name) is at least 0 and less than 1, and \(value) is not",
      operands: [.init(.named(name), "\(name) is \(value)")])
  }
}

/// - Throws: `bad-argument` when a hyperparameter is negative or not finite.
func requireNotNegative(_ name: String, _ value: Double) throws {
  guard value >= 0, value.isFinite else {
    throw TensorError(
      .badArgument, "\(name) is a number from 0, and \(value) is not",
      operands: [.init(.named(name), "\(name) is \(value)")])
  }
}

/// - Throws: `bad-argument` when a count or size is less than 1 or beyond what any tensor has.
func requireCount(_ name: String, _ value: Int) throws {
  guard value >= 1, value < 1 << 31 else {
    throw TensorError(
      .badArgument, value < 1 ? "\(name) is at least 1, and \(value) is not" : "\(name) cannot be \(value)",
      operands: [.init(.named(name), "\(name) is \(value)")])
  }
}
