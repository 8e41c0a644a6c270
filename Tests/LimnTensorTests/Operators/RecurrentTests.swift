import Testing

@testable import LimnTensor

/// Gradients are checked against finite differences in float64; the fused kernels of float32 against that.
@Suite("Recurrent cells")
struct RecurrentTests {
  static let cells: [(RecurrentCell, CellActivation)] = RecurrentCell.allCases.flatMap { cell in
    CellActivation.allCases.map { (cell, $0) }
  }

  /// x, W, U, b, bₙ of a GRU, h, and c of an LSTM.
  private func inputs(_ cell: RecurrentCell, steps: Int, batch: Int, features: Int, units: Int) throws -> [Tensor] {
    let width = cell.gates * units
    var all = [
      try numbers([steps, batch, features]), try numbers([features, width], seed: 2),
      try numbers([units, width], seed: 3, from: -0.6, to: 0.6), try numbers([width], seed: 4),
    ]
    if cell == .gru { all.append(try numbers([units], seed: 5)) }
    all.append(try numbers([batch, units], seed: 6))
    if cell == .lstm { all.append(try numbers([batch, units], seed: 7)) }
    return all
  }

  /// Outputs and last state side by side.
  private func run(_ cell: RecurrentCell, _ activation: CellActivation, _ x: [Tensor], state: Bool = true) throws -> Tensor {
    let isGRU = cell == .gru
    let weights = RecurrentWeights(
      kernel: x[1], recurrentKernel: x[2], bias: x[3], candidateBias: isGRU ? x[4] : nil)
    let result = try x[0].recurrent(
      cell, weights, state: state ? Array(x[(isGRU ? 5 : 4)...]) : [], activation: activation)
    return try Tensor.concatenated([result.outputs.flattened()] + result.state.map { try $0.flattened() })
  }

  @Test("have right first and second gradients", arguments: cells)
  func gradients(_ cell: RecurrentCell, _ activation: CellActivation) throws {
    let x = try inputs(cell, steps: 2, batch: 2, features: 2, units: 2)
    try checkGradients(x, tolerance: 1e-5) { try run(cell, activation, $0) }
  }

  @Test("agree with double precision where the fused kernels run", arguments: cells)
  func fused(_ cell: RecurrentCell, _ activation: CellActivation) throws {
    for (batch, units) in [(1, 1), (3, 5), (7, 8), (13, 19), (10, 16)] {
      let x = try inputs(cell, steps: 4, batch: batch, features: 3, units: units)
      try checkSinglePrecision(x, tolerance: 1e-4, second: false) { try run(cell, activation, $0) }
      let fresh = Array(x.prefix(cell == .gru ? 5 : 4))
      try checkSinglePrecision(fresh, tolerance: 1e-4, second: units == 5) {
        try run(cell, activation, $0, state: false)
      }
    }
  }

  @Test("go on from a state as if the sequence had not been cut", arguments: RecurrentCell.allCases)
  func continuation(_ cell: RecurrentCell) throws {
    let x = try inputs(cell, steps: 6, batch: 3, features: 2, units: 5).map { try $0.converted(to: .float32) }
    let weights = RecurrentWeights(
      kernel: x[1], recurrentKernel: x[2], bias: x[3], candidateBias: cell == .gru ? x[4] : nil)
    let whole = try x[0].recurrent(cell, weights)
    let first = try x[0][.slice(stop: 4)].recurrent(cell, weights)
    let second = try x[0][.slice(start: 4)].recurrent(cell, weights, state: first.state)
    #expect(try Tensor.concatenated([first.outputs, second.outputs]).isEqual(to: whole.outputs))
    for (a, b) in zip(second.state, whole.state) { #expect(try a.isEqual(to: b)) }
  }

  @Test("give the same bits on any number of threads", arguments: RecurrentCell.allCases)
  func threads(_ cell: RecurrentCell) throws {
    let x = try inputs(cell, steps: 5, batch: 40, features: 16, units: 24).map { try $0.converted(to: .float32) }
    func all() throws -> [Tensor] {
      let result = try valueAndGradients(at: x) { try run(cell, .tanh, $0).square().sum() }
      return [result.value] + result.gradients
    }
    let expected = try withThreads(1) { try all() }
    for threads in [2, 3] {
      for (a, b) in zip(try withThreads(threads) { try all() }, expected) { #expect(try a.isEqual(to: b)) }
    }
  }

  @Test("say what does not fit")
  func edges() throws {
    let weights = RecurrentWeights(
      kernel: try Tensor.zeros([3, 8]), recurrentKernel: try Tensor.zeros([2, 8]), bias: try Tensor.zeros([8]))
    #expect(Tensor.code { try Tensor.zeros([4, 1, 2]).recurrent(.lstm, weights).outputs } == "shape-mismatch")
    #expect(Tensor.code { try Tensor.zeros([0, 1, 3]).recurrent(.lstm, weights).outputs } == "shape-mismatch")
    #expect(Tensor.code { try Tensor.zeros([4, 3]).recurrent(.lstm, weights).outputs } == "shape-mismatch")
    let x = try Tensor.zeros([4, 1, 3])
    #expect(Tensor.code { try x.recurrent(.lstm, weights, state: [x]).outputs } == "shape-mismatch")
    #expect(try Tensor.zeros([4, 0, 3]).recurrent(.lstm, weights).outputs.shape == [4, 0, 2])
  }
}

/// Runs a body with so many threads in the shared pool.
func withThreads<Result>(_ count: Int, _ body: () throws -> Result) rethrows -> Result {
  let before = ThreadPool.shared.threads
  ThreadPool.shared.threads = count
  defer { ThreadPool.shared.threads = before }
  return try body()
}
