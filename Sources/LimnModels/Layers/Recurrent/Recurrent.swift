import LimnTensor

/// What a recurrent layer gives: the output of every step, or of the last alone.
public enum RecurrentSteps: String, Sendable, CaseIterable {
  case all, last
}

/// A recurrent layer: plain (`rnn`), `lstm` or `gru`. ``RecurrentCell`` has the formulas and their sources.
///
/// `[batch, time, features]` becomes `[batch, time, units]`, or `[batch, units]` with ``RecurrentSteps/last``. The kernel
/// `[features, gates · units]` begins Glorot uniform, the recurrent kernel `[units, gates · units]` orthogonal, the bias
/// zero, but for an LSTM's forget gate, where it is one (Jozefowicz et al., "An empirical exploration of
/// recurrent network architectures", 2015).
///
/// Layers stack by `>>`. A step at a time, as a generator goes:
///
/// ```swift
/// var (y, state) = try cell.step(x, state: [])
/// (y, state) = try cell.step(next, state: state)
/// ```
public final class Recurrent: Layer {
  public let cell: RecurrentCell
  public let units: Int
  public let steps: RecurrentSteps
  public let activation: CellActivation
  public let kernel: Weight
  public let recurrentKernel: Weight
  /// `[gates · units]`; nil for a layer without.
  public let bias: Weight?
  /// A GRU's `[units]`, added to the candidate's recurrent part; nil for a layer without.
  public let candidateBias: Weight?
  public let stream: LayerStream?
  public var shapeOrigin: String?

  /// - Throws: `bad-argument` when `units` is less than 1.
  public init(
    _ cell: RecurrentCell, _ units: Int, steps: RecurrentSteps = .all, activation: CellActivation = .tanh,
    bias: Bool = true, random: RandomSource
  ) throws {
    try requireCount("units", units)
    self.cell = cell
    self.units = units
    self.steps = steps
    self.activation = activation
    kernel = Weight()
    recurrentKernel = Weight()
    self.bias = bias ? Weight() : nil
    candidateBias = bias && cell == .gru ? Weight() : nil
    stream = LayerStream(random)
  }

  private init(_ original: Recurrent, _ copier: Copier) {
    cell = original.cell
    units = original.units
    steps = original.steps
    activation = original.activation
    kernel = copier.copy(original.kernel)
    recurrentKernel = copier.copy(original.recurrentKernel)
    bias = original.bias.map { copier.copy($0) }
    candidateBias = original.candidateBias.map { copier.copy($0) }
    stream = original.stream?.copy()
    shapeOrigin = original.shapeOrigin
  }

  public func copied(by copier: Copier) -> Recurrent { Recurrent(self, copier) }

  /// A layer of the same kind with weights of its own.
  func sibling(random: RandomSource) throws -> Recurrent {
    try Recurrent(cell, units, steps: steps, activation: activation, bias: bias != nil, random: random)
  }

  public var name: String { cell.rawValue }

  public var arguments: [Argument] {
    var arguments = [Argument(nil, units)]
    if steps != .all { arguments.append(Argument("steps", "\"\(steps.rawValue)\"")) }
    if activation != .tanh { arguments.append(Argument("activation", "\"\(activation.rawValue)\"")) }
    if bias == nil { arguments.append(Argument("bias", false)) }
    return arguments
  }

  public var ownWeights: [(name: String, weight: Weight)] {
    [("kernel", kernel), ("recurrent_kernel", recurrentKernel)] + (bias.map { [("bias", $0)] } ?? [])
      + (candidateBias.map { [("candidate_bias", $0)] } ?? [])
  }

  public func shapePatterns(beside shapes: [String: Shape]) -> [String: ShapePattern] {
    let width = cell.gates * units
    return ["kernel": [nil, width], "recurrent_kernel": [units, width], "bias": [width], "candidate_bias": [units]]
  }

  public func callAsFunction(_ x: Tensor) throws -> Tensor {
    let result = try run(x)
    return steps == .last ? result.state[0] : result.outputs
  }

  /// The outputs of all steps, and the state after the last.
  ///
  /// - Parameters:
  ///   - x: `[batch, time, features]`.
  ///   - state: h, and for an LSTM c, each `[batch, units]`; empty to begin with zeros.
  public func run(_ x: Tensor, state: [Tensor] = []) throws -> (outputs: Tensor, state: [Tensor]) {
    try requireAxes(x, ["batch", "time", "features"])
    let weights = try weights(for: x)
    // The engine goes through time first. Between stacked layers the two exchanges of axes cancel, and nothing is copied.
    let result = try x.permuted([1, 0, 2]).recurrent(cell, weights, state: state, activation: activation)
    return (try result.outputs.permuted([1, 0, 2]), result.state)
  }

  /// One step: the output for `[batch, features]`, and the state behind it.
  public func step(_ x: Tensor, state: [Tensor] = []) throws -> (output: Tensor, state: [Tensor]) {
    try requireAxes(x, ["batch", "features"])
    let result = try x.unsqueezed(0).recurrent(cell, weights(for: x), state: state, activation: activation)
    return (result.state[0], result.state)
  }

  private func weights(for x: Tensor) throws -> RecurrentWeights {
    let (features, dtype) = (x.shape[x.rank - 1], Self.weightType(for: x))
    let (shape, recurrent): (Shape, Shape) = ([features, cell.gates * units], [units, cell.gates * units])
    try makeWeight(kernel, shape, Fans(of: shape), dtype, .glorotUniform, purpose: 0)
    try makeWeight(recurrentKernel, recurrent, Fans(of: recurrent), dtype, .orthogonal(), purpose: 1)
    if let bias { try makeWeight(bias, firstBias(dtype)) }
    if let candidateBias { try makeWeight(candidateBias, Tensor.zeros([units], dtype)) }
    let width = kernel.value.shape
    try requireSize(x, width.count == 2 ? width[0] : nil, "features", of: ("kernel", kernel.value))
    return RecurrentWeights(
      kernel: kernel.tensor, recurrentKernel: recurrentKernel.tensor,
      bias: try bias?.tensor ?? Tensor.zeros([cell.gates * units], dtype), candidateBias: candidateBias?.tensor)
  }

  private func firstBias(_ dtype: DType) throws -> Tensor {
    guard cell == .lstm else { return try Tensor.zeros([cell.gates * units], dtype) }
    let parts = try [0, 1, 0, 0].map { try Tensor.full([units], .float($0), dtype) }
    return try Tensor.concatenated(parts)
  }
}
