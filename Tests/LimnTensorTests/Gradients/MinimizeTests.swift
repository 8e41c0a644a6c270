import Testing

@testable import LimnTensor

/// A training step's gradients: groups of weights, shared work, weights made on the way, and what is refused.
@Suite struct MinimizeTests {
  @Test("differentiates each loss for its own group alone")
  func groups() throws {
    let (a, b) = (Weight(try Tensor(2.0)), Weight(try Tensor(3.0)))
    let losses = try minimize(groups: { [[a], [b]] }) {
      let shared = try a.tensor.multiplied(by: b.tensor)
      return [try shared.square(), try shared.multiplied(by: b.tensor), try shared.adding(1)]
    }
    // d/da (ab)² = 2ab², d/db ab² = 2ab.
    #expect(try losses.gradients[0][0]?.item() == .float(36))
    #expect(try losses.gradients[1][0]?.item() == .float(12))
    #expect(try losses.values.map { try $0.item() } == [.float(36), .float(18), .float(7)])
    #expect(losses.values.allSatisfy { $0.node == .none })
  }

  @Test("spends nothing on the other group's half of a shared pass")
  func work() throws {
    let (generator, critic) = (Weight(try Tensor(2.0)), Weight(try Tensor(3.0)))
    var asked: [String] = []
    func traced(_ name: String, _ x: Tensor) throws -> Tensor {
      record(
        "trace", try x.detached().multiplied(by: 1), from: x,
        { gradient in
          asked.append(name)
          return gradient
        })
    }
    _ = try minimize(groups: { [[generator], [critic]] }) {
      let fake = try traced("fake", try generator.tensor.multiplied(by: 5))
      let kernel = try traced("kernel", try critic.tensor.multiplied(by: 1))
      let score = try traced("score", try fake.multiplied(by: kernel))
      return [score, try score.negated()]
    }
    #expect(asked == ["score", "fake", "score", "kernel"])
  }

  @Test("finds weights that were made or shaped in the block")
  func newWeights() throws {
    let lazy = Weight()
    var made: [Weight] = [lazy]
    #expect(!lazy.isShaped)
    for _ in 0..<2 {
      let losses = try minimize(groups: { [made] }) {
        if made.count == 1 {
          lazy.value = try Tensor([4.0])
          made.append(Weight(try Tensor([5.0])))
        }
        return [try lazy.tensor.multiplied(by: made[1].tensor).sum()]
      }
      #expect(losses.weights[0].count == 2)
      #expect(try losses.gradients[0].map { try $0?.doubles() } == [[5], [4]])
    }
    #expect(lazy.isShaped)
  }

  @Test("reads a weight as its present value, recorded only where it is a target")
  func reading() throws {
    let (w, frozen) = (Weight(try Tensor(2.0)), Weight(try Tensor(10.0)))
    let losses = try minimize(groups: { [[w]] }) {
      #expect(frozen.tensor.node == .none)
      let before = try w.tensor.multiplied(by: frozen.tensor)
      w.value = try Tensor(7.0)
      return [try before.adding(try w.tensor.square())]
    }
    #expect(try losses.gradients[0][0]?.item() == .float(24))
    #expect(w.tensor.node == .none)
    #expect(try noGradient { try w.tensor.item() } == .float(7))
  }

  @Test("counts a weight that stands twice in a group once")
  func shared() throws {
    let w = Weight(try Tensor(3.0))
    let losses = try minimize(groups: { [[w, w]] }) { [try w.tensor.square()] }
    #expect(try losses.gradients[0].map { try $0?.item() } == [.float(6), .float(6)])
  }

  @Test("gives nil for a weight that the loss does not depend on")
  func unused() throws {
    let (w, other) = (Weight(try Tensor(3.0)), Weight(try Tensor(4.0)))
    let losses = try minimize(groups: { [[w, other]] }) { [try w.tensor.square()] }
    #expect(losses.gradients[0][1] == nil)
  }

  @Test("works inside a gradient, for a learned optimizer")
  func nested() throws {
    // One step of gradient descent on (w - t)², as a function of the target t: w - 0.1 · 2 (w - t), whose slope is 0.2.
    let w = Weight(try Tensor(1.0))
    let slope = try gradient(at: Tensor(3.0)) { target in
      let losses = try minimize(groups: { [[w]] }) { [try w.tensor.subtracting(target).square()] }
      guard let gradient = losses.gradients[0][0] else { return target }
      return try w.value.subtracting(try gradient.multiplied(by: 0.1))
    }
    #expect(try abs(slope.item().double - 0.2) < 1e-12)
  }

  @Test("refuses what cannot be meant, and changes nothing")
  func errors() throws {
    let (w, v) = (Weight(try Tensor(3.0)), Weight(try Tensor([4.0, 5.0])))
    #expect(Tensor.code { try minimize(groups: { [[w], [v, w]] }) { [] } } == "bad-argument")
    #expect(Tensor.code { try minimize(groups: { [[w], [v]] }) { [try w.tensor.square()] } } == "bad-argument")
    #expect(Tensor.code { try minimize(groups: { [[v]] }) { [try v.tensor.square()] } } == "no-gradient")
    #expect(Tensor.code { try minimize(groups: { [[w]] }) { [try Tensor(1.0)] } } == "no-gradient")
    let error = #expect(throws: TensorError.self) {
      try minimize(groups: { [[w], [v]] }) { [try w.tensor.square(), try w.tensor.square()] }
    }
    #expect(error?.message == "loss 2 does not depend on any of the weights of optimizer 2")
    #expect(Tape.current == nil)
    #expect(w.node == .none)
  }

  @Test("names the first operator that made a NaN")
  func notFinite() throws {
    let w = Weight(try Tensor([0.0, 800.0]))
    let error = #expect(throws: TensorError.self) {
      try minimize(groups: { [[w]] }) {
        let large = try w.tensor.exp()
        return [try large.subtracting(large).tanh().sum()]
      }
    }
    #expect(error?.code == .notFinite)
    #expect(
      error?.notes == [
        "the first operator that gave nan is subtract, whose result is [2]",
        "the first operator that gave inf is exp, whose result is [2]",
      ])
    #expect(Tensor.code { try minimize(groups: { [[w]] }) { [try w.tensor.exp().sum()] } } == "not-finite")
  }

  @Test("frees activations as it goes back")
  func freeing() throws {
    // Each step needs its own megabyte until its gradient has been taken; gradients of two steps are alive at a time.
    let w = Weight(try Tensor.ones([1 << 18]).copied())
    let losses = try minimize(groups: { [[w]] }) {
      var x = w.tensor
      for _ in 0..<20 { x = try x.sigmoid() }
      return [try x.sum()]
    }
    #expect(losses.gradients[0][0] != nil)
    weak var activation: Tensor?
    _ = try minimize(groups: { [[w]] }) {
      let x = try w.tensor.exp()
      activation = x
      return [try x.mean()]
    }
    #expect(activation == nil)
  }
}
