import Testing

@testable import LimnTensor

@Suite("Bias and activation in one pass")
struct BiasActivationTests {
  static let activations: [FusedActivation] = [.none, .relu, .tanh, .sigmoid, .gelu, .leakyRelu(0.2)]

  @Test("is what the two operators give one after the other", arguments: activations)
  func agreement(_ activation: FusedActivation) throws {
    for (rows, channels) in [(1, 8), (5, 11), (300, 16), (40, 129), (9, 3)] {
      let inputs = [try numbers([rows, channels]), try numbers([channels], seed: 2)]
      try checkSinglePrecision(inputs, tolerance: 1e-4, second: rows < 10) {
        try $0[0].activated(bias: $0[1], activation)
      }
      let (x, bias) = (try inputs[0].converted(to: .float32), try inputs[1].converted(to: .float32))
      let apart = try activation(try x.adding(bias))
      try expectClose(try x.activated(bias: bias, activation).doubles(), try apart.doubles(), 1e-6)
    }
  }

  @Test("keeps NaN and infinities")
  func extremes() throws {
    let x = try Tensor([Float](repeating: -.infinity, count: 8) + [Float](repeating: .nan, count: 8)).reshaped([2, 8])
    let y: [Float] = try x.activated(bias: try Tensor.zeros([8]), .relu).elements()
    #expect(y.prefix(8).allSatisfy { $0 == 0 } && y.suffix(8).allSatisfy(\.isNaN))
  }
}
