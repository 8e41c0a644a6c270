/// The weights of a recurrent cell. Gates stand side by side, in the order that ``RecurrentCell`` gives.
public struct RecurrentWeights {
  /// W, `[inputs, gates · units]`.
  public var kernel: Tensor
  /// U, `[units, gates · units]`.
  public var recurrentKernel: Tensor
  /// b, `[gates · units]`.
  public var bias: Tensor
  /// bₙ of a GRU, `[units]`; no other cell has it.
  public var candidateBias: Tensor?

  public init(kernel: Tensor, recurrentKernel: Tensor, bias: Tensor, candidateBias: Tensor? = nil) {
    self.kernel = kernel
    self.recurrentKernel = recurrentKernel
    self.bias = bias
    self.candidateBias = candidateBias
  }
}

extension Tensor {
  /// A recurrent cell over all steps of a batch of sequences, time first. See ``RecurrentCell`` for the formulas.
  ///
  /// The steps are one operator: the inputs' product is made for all of them at once, each step is one product and one
  /// pass over its gates, and the gradient goes back through time in one operator too.
  ///
  /// - Parameters:
  ///   - self: `[steps, batch, inputs]`, with at least one step.
  ///   - state: h before the first step, `[batch, units]`, and for an LSTM c, likewise; empty for zeros.
  /// - Returns: the outputs of all steps, `[steps, batch, units]`, and the state after the last, as `state`.
  /// - Throws: `shape-mismatch`.
  public func recurrent(
    _ cell: RecurrentCell, _ weights: RecurrentWeights, state: [Tensor] = [], activation: CellActivation = .tanh
  ) throws -> (outputs: Tensor, state: [Tensor]) {
    let shape = try RecurrentShape(cell, self, weights, state)
    let x = try inFloats()
    var inputs = [x] + (try [weights.kernel, weights.recurrentKernel, weights.bias].map { try $0.promoted(to: x.dtype) })
    if cell == .gru {
      inputs.append(try (weights.candidateBias ?? Tensor.zeros([shape.units], x.dtype)).promoted(to: x.dtype))
    }
    inputs += try state.map { try $0.promoted(to: x.dtype) }
    let all =
      x.dtype == .float32 && x.count > 0
      ? try RecurrentOperator(cell, activation, shape, inputs).run()
      : try Tensor.composedRecurrence(cell, activation, shape.steps, inputs)
    let outputs = cell == .lstm ? try all[.slice(stop: shape.steps)] : all
    let last = try outputs[.at(shape.steps - 1)]
    return (outputs, cell == .lstm ? [last, try all[.at(shape.steps)]] : [last])
  }

  /// The same as differentiable operators, one after another: outputs, and behind them the LSTM's last cell state.
  ///
  /// - Parameter inputs: x, W, U, b, the GRU's bₙ, h, c; the last two may be missing.
  fileprivate static func composedRecurrence(
    _ cell: RecurrentCell, _ activation: CellActivation, _ steps: Int, _ inputs: [Tensor]
  ) throws -> Tensor {
    let (x, kernel, recurrentKernel, bias) = (inputs[0], inputs[1], inputs[2], inputs[3])
    let units = recurrentKernel.shape[0]
    let states = Array(inputs.dropFirst(cell == .gru ? 5 : 4))
    let zeros = try Tensor.zeros([x.shape[1], units], x.dtype)
    var h = states.first ?? zeros
    var c = states.count > 1 ? states[1] : zeros
    let sums = try x.matrixProduct(kernel).adding(bias)
    var outputs: [Tensor] = []
    for step in 0..<steps {
      let sum = try sums[.at(step)]
      let recurrent = try h.matrixProduct(recurrentKernel)
      switch cell {
      case .plain: h = try activation(try sum.adding(recurrent))
      case .lstm:
        let gates = try sum.adding(recurrent).split(into: 4, axis: 1)
        c = try gates[1].sigmoid() * c + gates[0].sigmoid() * activation(gates[2])
        h = try gates[3].sigmoid() * activation(c)
      case .gru:
        let (gates, parts) = (try sum.split(into: 3, axis: 1), try recurrent.split(into: 3, axis: 1))
        let reset = try (gates[0] + parts[0]).sigmoid()
        let update = try (gates[1] + parts[1]).sigmoid()
        let candidate = try activation(try gates[2] + reset * (parts[2] + inputs[4]))
        h = try candidate + update * (h - candidate)
      }
      outputs.append(h)
    }
    return try stacked(cell == .lstm ? outputs + [c] : outputs)
  }
}

/// The fused operator, in single precision.
private struct RecurrentOperator {
  let cell: RecurrentCell
  let activation: CellActivation
  let shape: RecurrentShape
  let inputs: [Tensor]

  init(_ cell: RecurrentCell, _ activation: CellActivation, _ shape: RecurrentShape, _ inputs: [Tensor]) throws {
    self.cell = cell
    self.activation = activation
    self.shape = shape
    self.inputs = inputs
  }

  private var stateIndex: Int { cell == .gru ? 5 : 4 }

  func run() throws -> Tensor {
    let (steps, batch, units) = (shape.steps, shape.batch, shape.units)
    let values = try inputs.map { try $0.detached().contiguous() }
    let gates = try values[0].reshaped([steps * batch, shape.inputs]).matrixProduct(values[1])
    let memory = cell == .plain ? nil : try Tensor.uninitialized([steps, batch, units], .float32)
    let bent = cell == .lstm ? try Tensor.uninitialized([steps, batch, units], .float32) : nil
    let output = try Tensor.uninitialized([cell == .lstm ? steps + 1 : steps, batch, units], .float32)
    try withExtendedLifetime((values, gates, memory, bent, output)) {
      try pass(values, gates, memory, bent, output).forward()
      if cell == .lstm, let memory {
        (output.pointer(Float.self) + steps * batch * units).update(
          from: memory.pointer(Float.self) + (steps - 1) * batch * units, count: batch * units)
      }
    }
    return record("recurrent", output, from: inputs, { gradient, needs in
      if Tape.isRecording {
        return try replayedGradients(of: inputs, gradient, needs) {
          try Tensor.composedRecurrence(cell, activation, steps, $0)
        }
      }
      return try gradients(gradient, values, gates, memory, bent, output, needs)
    })
  }

  private func pass(
    _ values: [Tensor], _ gates: Tensor, _ memory: Tensor?, _ bent: Tensor?, _ output: Tensor
  ) -> RecurrentPass {
    RecurrentPass(
      cell: cell, activation: activation, steps: shape.steps, batch: shape.batch, units: shape.units,
      gates: gates.pointer(), memory: memory?.pointer(), bent: bent?.pointer(), output: output.pointer(),
      firstState: values.count > stateIndex ? UnsafePointer(values[stateIndex].pointer(Float.self)) : nil,
      firstCell: values.count > stateIndex + 1 ? UnsafePointer(values[stateIndex + 1].pointer(Float.self)) : nil,
      recurrentKernel: UnsafePointer(values[2].pointer(Float.self)), bias: UnsafePointer(values[3].pointer(Float.self)),
      candidateBias: cell == .gru ? UnsafePointer(values[4].pointer(Float.self)) : nil)
  }

  private func gradients(
    _ gradient: Tensor, _ values: [Tensor], _ gates: Tensor, _ memory: Tensor?, _ bent: Tensor?, _ output: Tensor,
    _ needs: Needs
  ) throws -> [Tensor?] {
    let (steps, batch, units) = (shape.steps, shape.batch, shape.units)
    let gradient = try gradient.contiguous()
    let dGates = try Tensor.uninitialized([steps * batch, cell.gates * units], .float32)
    let dRecurrent = cell == .gru ? try Tensor.uninitialized(dGates.shape, .float32) : nil
    let dState = try Tensor.uninitialized([batch, units], .float32)
    let dCell = try Tensor.uninitialized([batch, units], .float32)
    try withExtendedLifetime((gradient, values, gates, memory, bent, output)) {
      let start = UnsafePointer(gradient.pointer(Float.self))
      try pass(values, gates, memory, bent, output).backward(
        .init(
          output: start, lastCell: cell == .lstm ? start + steps * batch * units : nil, gates: dGates.pointer(),
          recurrent: dRecurrent?.pointer(), firstState: dState.pointer(), firstCell: dCell.pointer()))
    }
    var result = [Tensor?](repeating: nil, count: inputs.count)
    if needs(0) { result[0] = try dGates.matrixProduct(values[1].transposed()).reshaped(values[0].shape) }
    if needs(1) {
      result[1] = try values[0].reshaped([steps * batch, shape.inputs]).transposed().matrixProduct(dGates)
    }
    if needs(2) { result[2] = try recurrentKernelGradient(dRecurrent ?? dGates, values, output) }
    if needs(3) { result[3] = try dGates.sum(axes: [0]) }
    if cell == .gru, needs(4) { result[4] = try dRecurrent?[.all, .slice(start: 2 * units)].sum(axes: [0]) }
    if inputs.count > stateIndex { result[stateIndex] = dState }
    if inputs.count > stateIndex + 1 { result[stateIndex + 1] = dCell }
    return result
  }

  /// Σ over steps of hᵀ times the gradient of h U, with h the state before the step.
  private func recurrentKernelGradient(_ dSums: Tensor, _ values: [Tensor], _ output: Tensor) throws -> Tensor {
    let (steps, batch, units) = (shape.steps, shape.batch, shape.units)
    var total: Tensor?
    if steps > 1 {
      let before = try output.detached()[.slice(stop: steps - 1)].reshaped([(steps - 1) * batch, units])
      total = try before.transposed().matrixProduct(try dSums[.slice(start: batch)])
    }
    if values.count > stateIndex {
      let first = try values[stateIndex].transposed().matrixProduct(try dSums[.slice(stop: batch)])
      total = try total?.adding(first) ?? first
    }
    return try total ?? Tensor.zeros([units, cell.gates * units])
  }
}

/// The lengths of a recurrent operator's axes, after they have been compared with each other.
private struct RecurrentShape {
  let steps: Int
  let batch: Int
  let inputs: Int
  let units: Int

  init(_ cell: RecurrentCell, _ x: Tensor, _ weights: RecurrentWeights, _ state: [Tensor]) throws {
    let name = cell.rawValue
    guard x.rank == 3, x.shape[0] > 0 else {
      throw TensorError(
        .shapeMismatch, "\(name) takes sequences of at least one step, [steps, batch, features]",
        operands: [.init(.index(0), "input is \(x.shape)")])
    }
    (steps, batch, inputs) = (x.shape[0], x.shape[1], x.shape[2])
    units = weights.recurrentKernel.shape.first ?? 0
    var expected: [(String, Tensor, Shape)] = [
      ("kernel", weights.kernel, [inputs, cell.gates * units]),
      ("recurrent kernel", weights.recurrentKernel, [units, cell.gates * units]),
      ("bias", weights.bias, [cell.gates * units]),
    ]
    if let candidate = weights.candidateBias { expected.append(("candidate bias", candidate, [units])) }
    guard state.isEmpty || state.count == (cell == .lstm ? 2 : 1) else {
      throw TensorError(
        .shapeMismatch, "the state of \(name) has \(cell == .lstm ? "two tensors, h and c" : "one tensor, h")",
        operands: [.init(.named("state"), "this has \(state.count)")])
    }
    for tensor in state { expected.append(("state", tensor, [batch, units])) }
    for (what, tensor, shape) in expected where tensor.shape != shape || units == 0 {
      throw TensorError(
        .shapeMismatch, "the \(what) of \(name) is \(tensor.shape), and \(shape) would fit",
        operands: [.init(.index(0), "input is \(x.shape)")])
    }
  }
}
