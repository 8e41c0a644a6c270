import Testing

@testable import LimnTensor

/// Taking gradients of functions: `valueAndGradients`, `gradient`, nesting, and what stays constant.
@Suite struct GradientTests {
  @Test("takes a gradient and gives the value beside it")
  func simple() throws {
    let (value, gradients) = try valueAndGradients(at: [Tensor(3.0)]) { try $0[0].square() }
    #expect(try value.item() == .float(9))
    #expect(try gradients[0].item() == .float(6))
  }

  @Test("takes gradients of gradients, to any order")
  func orders() throws {
    // Of x⁵ at 2: 80, 160, 240, 240.
    func derivative(_ order: Int, _ x: Tensor) throws -> Tensor {
      order == 0 ? try x.power(5) : try gradient(at: x) { try derivative(order - 1, $0) }
    }
    for (order, expected) in [(1, 80.0), (2, 160), (3, 240), (4, 240), (5, 120), (6, 0)] {
      #expect(try abs(derivative(order, Tensor(2.0)).item().double - expected) < 1e-9)
    }
  }

  @Test("keeps the variables of nested gradients apart")
  func perturbations() throws {
    // d/dx [x · d/dy (x + y)] = 1: an inner gradient must not see the outer variable as its own.
    let result = try gradient(at: Tensor(1.0)) { x in
      try x.multiplied(by: try gradient(at: Tensor(1.0)) { y in try x.adding(y) })
    }
    #expect(try result.item() == .float(1))
    // d/dx d/dy (x² y³) at (3, 2) = 2x · 3y² = 72.
    let mixed = try gradient(at: Tensor(3.0)) { x in
      try gradient(at: Tensor(2.0)) { y in try x.square().multiplied(by: try y.power(3)) }
    }
    #expect(try mixed.item() == .float(72))
  }

  @Test("differentiates a gradient penalty for weights, through an inner gradient for an input")
  func gradientPenalty() throws {
    let (w, v) = (Weight(try numbers([4, 6], seed: 1)), Weight(try numbers([6, 1], seed: 2)))
    let x = try numbers([5, 4], seed: 3)
    func penalty(_ w: Tensor, _ v: Tensor) throws -> Tensor {
      let slope = try gradient(at: x) { try $0.matrixProduct(w).tanh().matrixProduct(v).sum() }
      return try slope.norm(axes: [1]).subtracting(1).square().mean()
    }
    try checkGradients([w.value, v.value], second: false) { try penalty($0[0], $0[1]) }
    let byWeights = try valueAndGradients(for: [w, v]) { try penalty(w.tensor, v.tensor) }.gradients
    let byTensors = try valueAndGradients(at: [w.value, v.value]) { try penalty($0[0], $0[1]) }.gradients
    for (a, b) in zip(byWeights, byTensors) { #expect(try a.isEqual(to: b)) }
  }

  @Test("adds up over several uses, and gives zeros for what is not used")
  func uses() throws {
    let x = [try Tensor([1.0, 2.0]), try Tensor([5.0])]
    let gradients = try valueAndGradients(at: x) { try $0[0].adding($0[0]).multiplied(by: $0[0]).sum() }.gradients
    #expect(try gradients[0].doubles() == [4, 8])
    #expect(try gradients[1].doubles() == [0])
    #expect(try gradient(at: x[1]) { $0 }.doubles() == [1])
  }

  @Test("holds constant what is detached, or computed without gradient")
  func constants() throws {
    #expect(try gradient(at: Tensor(3.0)) { try $0.detached().multiplied(by: $0) }.item() == .float(3))
    #expect(
      try gradient(at: Tensor(3.0)) { x in try noGradient { try x.square() }.multiplied(by: x) }.item() == .float(9))
    let inner = try gradient(at: Tensor(3.0)) { x in
      try noGradient { try gradient(at: x) { try $0.power(3) } }.multiplied(by: x)
    }
    #expect(try inner.item() == .float(27))
  }

  @Test("leaves plain values behind when a record has ended")
  func escape() throws {
    var escaped = try Tensor(0.0)
    _ = try gradient(at: Tensor(3.0)) { x in
      escaped = try x.square()
      return escaped
    }
    #expect(Tape.current == nil)
    let old = escaped
    #expect(try gradient(at: Tensor(2.0)) { try $0.multiplied(by: old) }.item() == .float(9))
    #expect(try gradient(at: Tensor(2.0)) { _ in old }.item() == .float(0))
    // From an inner record into the outer one: constant for it too.
    let outer = try gradient(at: Tensor(2.0)) { x in
      var leaked = x
      _ = try gradient(at: Tensor(5.0)) { y in
        leaked = try y.square()
        return leaked
      }
      return try x.multiplied(by: leaked)
    }
    #expect(try outer.item() == .float(25))
  }

  @Test("records nothing after an error, and can start anew")
  func errors() throws {
    #expect(Tensor.code { try gradient(at: Tensor([1.0, 2.0])) { try $0.square() } } == "no-gradient")
    #expect(Tensor.code { try gradient(at: Tensor([1, 2])) { try $0.sum() } } == "no-gradient")
    #expect(Tensor.code { try gradient(at: Tensor(1.0)) { try $0.greater(0) } } == "no-gradient")
    #expect(
      Tensor.code {
        try gradient(at: Tensor([1.0])) { try $0.adding(Tensor([1.0, 2.0])).adding(Tensor([1.0, 2.0, 3.0])) }
      } == "shape-mismatch")
    #expect(Tape.current == nil)
    #expect(try gradient(at: Tensor(3.0)) { try $0.square() }.item() == .float(6))
  }

  @Test("takes 64 nested gradients at a time, and refuses more")
  func nesting() throws {
    func nested(_ depth: Int, _ x: Tensor) throws -> Tensor {
      depth == 0 ? try x.square() : try gradient(at: x) { try nested(depth - 1, $0).sum() }
    }
    #expect(try nested(64, Tensor(1.0)).item() == .float(0))
    #expect(Tensor.code { try nested(65, Tensor(1.0)) } == "bad-argument")
    #expect(Tape.current == nil)
  }

  @Test("builds, differentiates and frees a chain of 100,000 operators")
  func longChain() throws {
    let slope = try gradient(at: Tensor(1.0)) { x in
      var y = x
      for _ in 0..<100_000 { y = try y.multiplied(by: 1.00001) }
      return y
    }
    #expect(try abs(slope.item().double - 2.71826823719) < 1e-9)
    // Recorded and dropped without being differentiated.
    _ = try gradient(at: Tensor(1.0)) { x in
      var y = x
      for _ in 0..<100_000 { y = try y.adding(1) }
      return try x.square()
    }
  }

  @Test("keeps threads apart")
  func threads() async throws {
    try await withThrowingTaskGroup(of: Double.self) { group in
      for index in 1...16 {
        group.addTask {
          try gradient(at: Tensor(Double(index))) { x in
            var y = x
            for _ in 0..<500 { y = try y.adding(x) }
            return try y.multiplied(by: x)
          }.item().double / (1002 * Double(index))
        }
      }
      for try await ratio in group { #expect(ratio == 1) }
    }
  }
}
