import Testing

@testable import LimnTensor

/// Random shapes, broadcasts, layouts and types: expected values come from functions of single numbers.
@Suite("Whatever the shapes and layouts, elementwise functions and reductions")
struct ElementwisePropertyTests {
  @Test("of one tensor take each element, wherever it lies", arguments: FunctionTests.cases)
  func functions(_ test: FunctionTests.Case) throws {
    for seed in 0..<24 {
      var choices = Choices(seed)
      let dtype: DType = seed % 2 == 0 ? .float64 : .float32
      let x = try choices.tensor(choices.shape(rank: 0...4), dtype, from: test.low, to: test.high)
      let result = try test.function(x)
      #expect(result.shape == x.shape && result.dtype == dtype)
      try expectClose(
        try result.doubles(), try x.doubles().map(test.reference), dtype == .float64 ? 1e-12 : 3e-5,
        "\(test.name) of \(x.shape), seed \(seed)")
    }
  }

  @Test("of two tensors stretch them", arguments: ArithmeticTests.cases)
  func pairs(_ test: ArithmeticTests.Case) throws {
    for seed in 0..<25 {
      var choices = Choices(seed)
      let whole = choices.shape(rank: 0...4)
      let (first, second) = (choices.broadcastable(to: whole), choices.broadcastable(to: whole))
      let shape = try Shape.broadcast(first, second, for: "test")
      let (a, b) = (try choices.tensor(first), try choices.tensor(second))
      let (x, y) = (try a.broadcast(to: shape).doubles(), try b.broadcast(to: shape).doubles())
      let result = try test.function(a, b)
      #expect(result.shape == shape)
      try expectClose(
        try result.doubles(), zip(x, y).map(test.reference), 1e-12, "\(test.name) of \(first), \(second), seed \(seed)")
      let (c, d) = (try choices.tensor(first, .float32), try choices.tensor(second, .float32))
      #expect(try test.function(c, d).isEqual(to: test.function(c.copied(), d.copied())), "seed \(seed)")
    }
  }

  @Test("of integers agree with Swift's arithmetic", arguments: [DType.uint8, .int32, .int64])
  func integers(_ dtype: DType) throws {
    for seed in 0..<25 {
      var choices = Choices(seed)
      let whole = choices.shape(rank: 0...4)
      let (first, second) = (choices.broadcastable(to: whole), choices.broadcastable(to: whole))
      let shape = try Shape.broadcast(first, second, for: "test")
      // Products stay in range for a byte, and differences above zero.
      let a = try choices.tensor(first, dtype, from: 8, to: 15)
      let b = try choices.tensor(second, dtype, from: 1, to: 8)
      let x = try a.broadcast(to: shape).integers()
      let y = try b.broadcast(to: shape).integers()
      let pairs = Array(zip(x, y))
      #expect(try a.adding(b).integers() == pairs.map { $0 + $1 })
      #expect(try a.subtracting(b).integers() == pairs.map { $0 - $1 })
      #expect(try a.multiplied(by: b).integers() == pairs.map { $0 * $1 })
      #expect(try a.flooredDivided(by: b).integers() == pairs.map { $0 / $1 })
      #expect(try a.modulo(b).integers() == pairs.map { $0 % $1 })
      #expect(try a.maximum(b).integers() == pairs.map { max($0, $1) })
      #expect(try a.greater(b).integers() == pairs.map { $0 > $1 ? 1 : 0 })
      #expect(try a.adding(b).dtype == dtype)
    }
  }

  @Test("reduce along any axes of any layout", arguments: ReductionTests.cases)
  func reductions(_ test: ReductionTests.Case) throws {
    for seed in 0..<20 {
      var choices = Choices(seed)
      let shape = choices.shape(rank: 1...4)
      guard shape.elementCount > 0 else { continue }
      let axes: [Int]? = choices.int(0...3) == 0 ? nil : shape.indices.filter { _ in choices.bool() }
      let x = try choices.tensor(shape)
      let expected = try ReductionTests.expected(x, axes, test.reference)
      // A spread over one element is no number, or not far from zero by rounding alone.
      if expected.contains(where: \.isNaN) { continue }
      let name = "\(test.name) of \(shape) along \(axes ?? []), seed \(seed)"
      try expectClose(try test.function(x, axes, choices.bool()).doubles(), expected, 1e-11, name)
      let single = try choices.tensor(shape, .float32)
      let exact = try ReductionTests.expected(single, axes, test.reference)
      try expectClose(try test.function(single, axes, false).doubles(), exact, 1e-4, "\(name) in float32")
    }
  }
}
