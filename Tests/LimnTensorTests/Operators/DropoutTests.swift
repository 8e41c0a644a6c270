import Testing

@testable import LimnTensor

@Suite("Dropout")
struct DropoutTests {
  @Test("drops about its rate, and scales what stays so that the mean stays")
  func share() throws {
    let x = try Tensor.ones([200, 500])
    let y = try x.droppedOut(rate: 0.3, source: RandomSource(seed: 4)).elements(Float.self)
    let dropped = y.count { $0 == 0 }
    // 100,000 draws: four standard deviations are 580.
    #expect(abs(dropped - 30_000) < 580)
    #expect(y.allSatisfy { $0 == 0 || $0 == 1 / 0.7 })
  }

  @Test("gives a gradient where an element stayed")
  func gradients() throws {
    try checkGradients([try numbers([5, 6])]) {
      try $0[0].droppedOut(rate: 0.5, source: RandomSource(seed: 1)).square()
    }
  }

  @Test("repeats from its source's state, and draws nothing at rate 0")
  func source() throws {
    let x = try numbers([40])
    let source = RandomSource(seed: 8)
    let before = source.state
    #expect(try x.droppedOut(rate: 0, source: source).isEqual(to: x))
    #expect(source.state == before)
    let first = try x.droppedOut(rate: 0.5, source: source)
    let second = try x.droppedOut(rate: 0.5, source: source)
    #expect(try !first.isEqual(to: second))
    #expect(try first.isEqual(to: try x.droppedOut(rate: 0.5, source: RandomSource(before))))
  }

  @Test("refuses a rate out of range", arguments: [-0.1, 1, 2, Double.nan])
  func errors(rate: Double) throws {
    let x = try Tensor.ones([2])
    #expect(Tensor.code { try x.droppedOut(rate: rate, source: RandomSource(seed: 1)) } == "bad-argument")
  }
}
