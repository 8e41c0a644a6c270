import Foundation
import Testing

@testable import LimnTensor

/// Values are PyTorch 2.13's, unless a closed form stands beside them; gradients are checked against finite
/// differences.
@Suite("Losses")
struct LossTests {
  @Test("binary cross entropy gives PyTorch's numbers, and does not overflow")
  func binaryCrossEntropy() throws {
    let x = try Tensor([-2, 0.5, 30, -200])
    let t = try Tensor([0, 1, 0.3, 0.9])
    let losses = try Loss.binaryCrossEntropy(x, .tensor(t), reduction: .none)
    try expectClose(
      try losses.doubles(), [0.1269280110429727, 0.4740769841801067, 21.000000000000092, 180.0], 1e-13)
    #expect(try Loss.binaryCrossEntropy(try Tensor([Float(800), -900]), .number(0)).item().double == 400)
    // A small loss keeps its digits: softplus(-30) = e^-30.
    let small = try Loss.binaryCrossEntropy(try Tensor([Float(30)]), .number(1)).item().double
    #expect(abs(small / exp(-30) - 1) < 1e-6)
  }

  @Test("a plain number stands for a tensor of it")
  func numberTarget() throws {
    let x = try numbers([3, 2])
    for number in [0, 1, 0.9] {
      let full = try Tensor.full([3, 2], .float(number), .float64)
      for loss in [Loss.binaryCrossEntropy, Loss.squaredError, Loss.absoluteError] {
        #expect(
          try loss(x, .number(number), .mean).isClose(to: try loss(x, .tensor(full), .mean), relative: 1e-12))
      }
    }
  }

  @Test("regression losses follow their formulas")
  func regression() throws {
    let p = try Tensor([0.5, -1, 3, 0])
    let q = Loss.Target.tensor(try Tensor([0, 1, 2.5, 0]))
    #expect(try Loss.squaredError(p, q, reduction: .none).doubles() == [0.25, 4, 0.25, 0])
    #expect(try Loss.squaredError(p, q).item().double == 1.125)
    #expect(try Loss.absoluteError(p, q, reduction: .sum).item().double == 3)
    #expect(try Loss.huber(p, q, delta: 1.5, reduction: .none).doubles() == [0.125, 1.875, 0.125, 0])
  }

  @Test("divergence gives PyTorch's number, counts 0 log 0 as 0, and is 0 for equals")
  func divergence() throws {
    let logProbabilities = try Tensor([1, 2, -1, 0.5, -0.5, 3], [2, 3]).logSoftmax()
    let t = try Tensor([0.2, 0.3, 0.5, 1, 0, 0], [2, 3])
    #expect(abs(try Loss.divergence(logProbabilities, t).item().double - 1.8128866534917842) < 1e-12)
    #expect(abs(try Loss.divergence(logProbabilities, try logProbabilities.exp()).item().double) < 1e-15)
  }

  @Test("have right first and second gradients")
  func gradients() throws {
    let x = try numbers([3, 2])
    let t = try numbers([3, 2], seed: 2, from: 0.1, to: 0.9)
    try checkGradients([x, t]) { try Loss.binaryCrossEntropy($0[0], .tensor($0[1])) }
    try checkGradients([x]) { try Loss.binaryCrossEntropy($0[0], .number(1), reduction: .none) }
    try checkGradients([x, t]) { try Loss.squaredError($0[0], .tensor($0[1]), reduction: .sum) }
    try checkGradients([x, t]) { try Loss.absoluteError($0[0], .tensor($0[1])) }
    try checkGradients([x, t]) { try Loss.huber($0[0], .tensor($0[1]), delta: 0.7) }
    try checkGradients([x, t]) { try Loss.divergence(try $0[0].logSoftmax(), $0[1]) }
  }

  @Test("refuse shapes that do not match, and say how they differ")
  func shapes() throws {
    let column = try Tensor.zeros([64, 1])
    let flat = try Tensor.zeros([64])
    do {
      _ = try Loss.squaredError(column, .tensor(flat))
      Issue.record("a loss has stretched its target")
    } catch let error as TensorError {
      #expect(error.code == .shapeMismatch)
      #expect(error.message == "mse compares [64, 1] with [64]: 2 and 1 axes")
      #expect(error.operands.map(\.label) == ["prediction is [64, 1]", "target is [64]"])
      #expect(error.help == "bring them to one shape: reshape(target, [64, 1])")
    }
    #expect(Tensor.code { try Loss.binaryCrossEntropy(column, .tensor(flat)) } == "shape-mismatch")
    #expect(Tensor.code { try Loss.absoluteError(column, .tensor(try Tensor.zeros([64, 2]))) } == "shape-mismatch")
    #expect(Tensor.code { try Loss.huber(column, .tensor(flat)) } == "shape-mismatch")
    #expect(Tensor.code { try Loss.huber(flat, .number(0), delta: 0) } == "bad-argument")
    #expect(Tensor.code { try Loss.divergence(column, flat) } == "shape-mismatch")
    #expect(Tensor.code { try Loss.divergence(try Tensor(1.0), try Tensor(1.0)) } == "shape-mismatch")
  }
}
