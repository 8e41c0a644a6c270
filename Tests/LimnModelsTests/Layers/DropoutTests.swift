import LimnTensor
import Testing

@testable import LimnModels

@Suite("Dropout")
struct DropoutTests {
  @Test("drops in training mode alone, and keeps the mean")
  func rate() throws {
    let layer = try Dropout(0.3, random: RandomSource(seed: 4))
    let x = try Tensor.ones([100, 1000])
    try expectEqual(try layer(x), x)
    let y = try TrainingMode.with(true) { try layer(x).doubles() }
    let kept = y.filter { $0 != 0 }
    #expect(kept.allSatisfy { abs($0 - 1 / 0.7) < 1e-6 })
    // Five standard deviations of a binomial's frequency: √(0.3 · 0.7 / 100000) · 5.
    #expect(abs(Double(kept.count) / 1e5 - 0.7) < 0.0073)
  }

  @Test("draws a new mask in each call, the same from the same key and count")
  func masks() throws {
    func masks() throws -> [Tensor] {
      let layer = try Dropout(0.5, random: RandomSource(seed: 4))
      return try TrainingMode.with(true) { try (0..<2).map { _ in try layer(Tensor.ones([64])) } }
    }
    let (first, second) = (try masks(), try masks())
    try expectEqual(first[0], second[0])
    try expectEqual(first[1], second[1])
    #expect(try !first[0].isEqual(to: first[1]))
  }

  @Test("lets gradients through where it lets values through")
  func gradients() throws {
    let layer = try Dropout(0.5, random: RandomSource(seed: 4))
    var y: Tensor?
    let gradient = try gradient(at: Tensor.ones([64])) { x in
      let dropped = try TrainingMode.with(true) { try layer(x) }
      y = dropped.detached()
      return try dropped.sum()
    }
    try expectEqual(gradient, y)
  }

  @Test("with a rate of zero is the identity, in training too")
  func zero() throws {
    let layer = try Dropout(0, random: RandomSource(seed: 4))
    let x = try Tensor([1.0, 2.0])
    try expectEqual(try TrainingMode.with(true) { try layer(x) }, x)
  }
}
