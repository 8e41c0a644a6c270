/// All steps of a recurrent layer over sequences in memory, time first, and the way back through them.
///
/// The product of the inputs with their weights is made for all steps at once, by whoever calls; `gates` holds it. What
/// is left depends on the step before, but sequences do not depend on each other: a tile is some sequences,
/// and goes through all steps by itself, with the recurrent weights packed once for all of them. Nothing is
/// combined across tiles.
struct RecurrentPass {
  let cell: RecurrentCell
  let activation: CellActivation
  let steps: Int
  let batch: Int
  let units: Int

  /// `[steps, batch, gates · units]`: sums before the functions, and after a forward pass their values.
  let gates: UnsafeMutablePointer<Float>
  /// `[steps, batch, units]`: cell states of an LSTM, recurrent parts of a GRU's candidate; nil for a plain cell.
  let memory: UnsafeMutablePointer<Float>?
  /// The LSTM's `[steps, batch, units]`: φ of its cell states.
  let bent: UnsafeMutablePointer<Float>?
  /// `[steps, batch, units]`.
  let output: UnsafeMutablePointer<Float>
  /// `[batch, units]`, or nil for zeros.
  let firstState: UnsafePointer<Float>?
  /// The LSTM's `[batch, units]`, or nil for zeros.
  let firstCell: UnsafePointer<Float>?
  /// `[units, gates · units]`.
  let recurrentKernel: UnsafePointer<Float>
  /// `[gates · units]`.
  let bias: UnsafePointer<Float>
  /// The GRU's `[units]`.
  let candidateBias: UnsafePointer<Float>?

  var width: Int { cell.gates * units }

  /// Sequences that a tile takes: few while the weights stay in the cache, more where they have to be read again for
  /// each step.
  private var tileRows: Int { units * width <= 1 << 16 ? FourRows.rows : 4 * MicroKernel.rows }

  // MARK: Forward

  func forward() throws {
    switch activation {
    case .tanh: try forward(CellTanh.self)
    case .relu: try forward(CellRelu.self)
    }
  }

  private func forward<F: CellFunction>(_ function: F.Type) throws {
    try Scratch.withFloats(PackedOperand.count(depth: units, columns: width)) { memory in
      let weights = PackedOperand(
        MatrixView(recurrentKernel, rowStride: width), depth: units, columns: width, into: memory)
      try ThreadPool.shared.run(elements: batch, grain: tileRows) { rows in
        let packed = PackedOperand.scratchCount(depth: units)
        try Scratch.withFloats(packed + (cell == .gru ? rows.count * width : 0)) { scratch in
          for step in 0..<steps { forward(function, step, rows, weights, scratch, scratch + packed) }
        }
      }
    }
  }

  private func forward<F: CellFunction>(
    _ function: F.Type, _ step: Int, _ rows: Range<Int>, _ weights: PackedOperand,
    _ scratch: UnsafeMutablePointer<Float>, _ recurrent: UnsafeMutablePointer<Float>
  ) {
    let first = step * batch + rows.lowerBound
    let before = step > 0 ? UnsafePointer(output + (first - batch) * units) : firstState.map { $0 + first * units }
    if let before {
      weights.multiply(
        rows: rows.count, MatrixView(before, rowStride: units), scratch: scratch,
        into: cell == .gru ? recurrent : gates + first * width, stride: width, accumulates: cell != .gru)
    } else if cell == .gru {
      recurrent.update(repeating: 0, count: rows.count * width)
    }
    for row in 0..<rows.count {
      let place = first + row
      let (sums, h) = (gates + place * width, output + place * units)
      switch cell {
      case .plain: RecurrentRows<F>.plain(sums, bias: bias, into: h, units)
      case .lstm:
        guard let memory, let bent else { return }
        RecurrentRows<F>.lstm(
          sums, bias: bias, cellBefore: cellBefore(step, place), cell: memory + place * units,
          bent: bent + place * units, into: h, units)
      case .gru:
        guard let memory, let candidateBias else { return }
        RecurrentRows<F>.gru(
          sums, recurrent: recurrent + row * width, bias: bias, candidateBias: candidateBias,
          hBefore: before.map { $0 + row * units }, candidate: memory + place * units, into: h, units)
      }
    }
  }

  private func cellBefore(_ step: Int, _ place: Int) -> UnsafePointer<Float>? {
    if step > 0 { return memory.map { UnsafePointer($0 + (place - batch) * units) } }
    return firstCell.map { $0 + place * units }
  }

  // MARK: Backward

  /// What the way back is given and what it fills.
  struct Gradients {
    /// `[steps, batch, units]`.
    let output: UnsafePointer<Float>
    /// The LSTM's last cell state's, `[batch, units]`; nil for zeros.
    let lastCell: UnsafePointer<Float>?
    /// Receives `[steps, batch, gates · units]`, the gradients of x W + b.
    let gates: UnsafeMutablePointer<Float>
    /// The GRU's: receives those of h U. The others' are `gates`.
    let recurrent: UnsafeMutablePointer<Float>?
    /// Receive `[batch, units]`.
    let firstState: UnsafeMutablePointer<Float>
    let firstCell: UnsafeMutablePointer<Float>
  }

  func backward(_ gradients: Gradients) throws {
    switch activation {
    case .tanh: try backward(CellTanh.self, gradients)
    case .relu: try backward(CellRelu.self, gradients)
    }
  }

  private func backward<F: CellFunction>(_ function: F.Type, _ gradients: Gradients) throws {
    try Scratch.withFloats(PackedOperand.count(depth: width, columns: units)) { memory in
      let weights = PackedOperand(
        MatrixView(recurrentKernel, rowStride: width).transposed, depth: width, columns: units, into: memory)
      try ThreadPool.shared.run(elements: batch, grain: tileRows) { rows in
        let state = gradients.firstState + rows.lowerBound * units
        let cellState = gradients.firstCell + rows.lowerBound * units
        state.update(repeating: 0, count: rows.count * units)
        if let last = gradients.lastCell {
          cellState.update(from: last + rows.lowerBound * units, count: rows.count * units)
        } else {
          cellState.update(repeating: 0, count: rows.count * units)
        }
        try Scratch.withFloats(PackedOperand.scratchCount(depth: width)) { scratch in
          var step = steps - 1
          while step >= 0 {
            backward(function, step, rows, gradients, state, cellState)
            let place = (step * batch + rows.lowerBound) * width
            weights.multiply(
              rows: rows.count, MatrixView((gradients.recurrent ?? gradients.gates) + place, rowStride: width),
              scratch: scratch, into: state, stride: units, accumulates: cell == .gru)
            step -= 1
          }
        }
      }
    }
  }

  /// One step back: `state` holds the gradient that reaches the step's output from those after it.
  private func backward<F: CellFunction>(
    _ function: F.Type, _ step: Int, _ rows: Range<Int>, _ gradients: Gradients,
    _ state: UnsafeMutablePointer<Float>, _ cellState: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<rows.count {
      let place = step * batch + rows.lowerBound + row
      let dh = state + row * units
      let outputGradient = gradients.output + place * units
      forEachVector(units) { unit, width in
        dh.put(dh.vector(unit, width) + outputGradient.vector(unit, width), unit, width)
      }
      let dGates = gradients.gates + place * width
      let values = UnsafePointer(gates + place * width)
      switch cell {
      case .plain: RecurrentRows<F>.plainGradient(dh, h: UnsafePointer(output + place * units), into: dGates, units)
      case .lstm:
        guard let bent else { return }
        RecurrentRows<F>.lstmGradient(
          dh, cellState + row * units, gates: values, cellBefore: cellBefore(step, place),
          bent: UnsafePointer(bent + place * units), into: dGates, units)
      case .gru:
        guard let memory, let recurrent = gradients.recurrent else { return }
        let before = step > 0 ? UnsafePointer(output + (place - batch) * units) : firstState.map { $0 + place * units }
        RecurrentRows<F>.gruGradient(
          dh, gates: values, candidate: UnsafePointer(memory + place * units), hBefore: before, into: dGates,
          recurrent: recurrent + place * width, units)
      }
    }
  }
}
