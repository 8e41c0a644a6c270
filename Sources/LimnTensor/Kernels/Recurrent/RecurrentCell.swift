/// The function that one step of a recurrent layer computes.
///
/// With x the step's input and h the state before it, and `σ` the sigmoid:
///
/// | cell | gates, in the order of their weights | step |
/// |---|---|---|
/// | plain | a = x W + h U + b | h' = f(a) |
/// | lstm | i, f, g, o = x W + h U + b | c' = σ(f) c + σ(i) φ(g), h' = σ(o) φ(c') |
/// | gru | r, z, n = x W + b; r, z += h U | m = φ(n + σ(r) (h Uₙ + bₙ)), h' = (1 - σ(z)) m + σ(z) h |
///
/// f and φ are the cell's ``CellActivation``. Sources: Elman, "Finding structure in time" (1990); Hochreiter and
/// Schmidhuber, "Long short-term memory" (1997), with the forget gate of Gers et al. (2000); Cho et al.,
/// arXiv:1406.1078, with the reset gate behind the product, as PyTorch and Keras compute it.
public enum RecurrentCell: String, Sendable, CaseIterable {
  case plain = "rnn"
  case lstm
  case gru

  /// How many vectors the weights make of a step.
  public var gates: Int {
    switch self {
    case .plain: 1
    case .lstm: 4
    case .gru: 3
    }
  }
}

/// The bounded or rectifying function of a recurrent cell.
public enum CellActivation: String, Sendable, CaseIterable {
  case tanh, relu

  /// The function, differentiable.
  func callAsFunction(_ x: Tensor) throws -> Tensor {
    switch self {
    case .tanh: try x.tanh()
    case .relu: try x.relu()
    }
  }
}

/// A cell's activation for kernels: its value, and its slope where it has a value.
protocol CellFunction {
  static func value(_ x: Vector) -> Vector
  static func slope(atValue y: Vector) -> Vector
}

enum CellTanh: CellFunction {
  @inline(__always) static func value(_ x: Vector) -> Vector { VectorMath.tanh(x) }
  @inline(__always) static func slope(atValue y: Vector) -> Vector { 1 - y * y }
}

enum CellRelu: CellFunction {
  @inline(__always) static func value(_ x: Vector) -> Vector { x.replacing(with: 0, where: x .< 0) }
  @inline(__always) static func slope(atValue y: Vector) -> Vector {
    Vector().replacing(with: 1, where: y .> 0)
  }
}
