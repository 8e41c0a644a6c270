import Foundation
import Testing

@testable import LimnTensor

/// Functions of one element: their values against the C library in double precision, their gradients against finite
/// differences.
@Suite struct FunctionTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let low: Double
    let high: Double
    let function: @Sendable (Tensor) throws -> Tensor
    let reference: @Sendable (Double) -> Double
    var testDescription: String { name }

    init(
      _ name: String, from low: Double = -3, to high: Double = 3,
      _ function: @escaping @Sendable (Tensor) throws -> Tensor,
      _ reference: @escaping @Sendable (Double) -> Double
    ) {
      (self.name, self.low, self.high, self.function, self.reference) = (name, low, high, function, reference)
    }
  }

  static let cases: [Case] = [
    Case("neg", { try $0.negated() }, { -$0 }),
    Case("abs", { try $0.absolute() }, { abs($0) }),
    Case("exp", { try $0.exp() }, { exp($0) }),
    Case("log", from: 0.1, { try $0.log() }, { log($0) }),
    Case("sqrt", from: 0.1, { try $0.sqrt() }, { sqrt($0) }),
    Case("sin", { try $0.sin() }, { sin($0) }),
    Case("cos", { try $0.cos() }, { cos($0) }),
    Case("tan", from: -1.2, to: 1.2, { try $0.tan() }, { tan($0) }),
    Case("tanh", { try $0.tanh() }, { tanh($0) }),
    Case("sigmoid", { try $0.sigmoid() }, { 1 / (1 + exp(-$0)) }),
    Case("relu", { try $0.relu() }, { max($0, 0) }),
    Case("leaky_relu", { try $0.leakyRelu(slope: 0.2) }, { $0 > 0 ? $0 : 0.2 * $0 }),
    Case("elu", { try $0.elu(alpha: 1.3) }, { $0 > 0 ? $0 : 1.3 * expm1($0) }),
    Case("softplus", { try $0.softplus() }, { log1p(exp($0)) }),
    Case("gelu", { try $0.gelu() }, { $0 * 0.5 * erfc(-$0 / sqrt(2)) }),
    Case("gelu_tanh", { try $0.geluTanh() }, { 0.5 * $0 * (1 + tanh(sqrt(2 / .pi) * ($0 + 0.044715 * $0 * $0 * $0))) }),
    Case("normal_cumulative", { try $0.normalCumulative() }, { 0.5 * erfc(-$0 / sqrt(2)) }),
    Case("silu", { try $0.silu() }, { $0 / (1 + exp(-$0)) }),
    Case("square", { try $0.square() }, { $0 * $0 }),
    Case("reciprocal", from: 0.3, { try $0.reciprocal() }, { 1 / $0 }),
    Case("power 3", { try $0.power(3) }, { $0 * $0 * $0 }),
    Case("power 1.7", from: 0.2, { try $0.power(1.7) }, { pow($0, 1.7) }),
    Case("power -2", from: 0.3, { try $0.power(-2) }, { pow($0, -2) }),
  ]

  @Test("agrees with the C library, in both float types and for every length of the last vector", arguments: cases)
  func values(_ test: Case) throws {
    for count in [0, 1, 3, 7, 8, 9, 16, 29] {
      let x = try numbers([count], seed: UInt64(count) + 3, from: test.low, to: test.high)
      let expected = try x.doubles().map(test.reference)
      try expectClose(try test.function(x).doubles(), expected, 1e-13, test.name)
      let single = try test.function(try x.converted(to: .float32))
      #expect(single.dtype == .float32)
      try expectClose(try single.doubles(), expected, 2e-5, test.name)
    }
  }

  @Test("reads views like copies, bit for bit", arguments: cases)
  func views(_ test: Case) throws {
    for (name, view) in try awkwardViews(5, 7) {
      let x = try view.absolute().adding(0.3).minimum(1.1).converted(to: .float32).transposed().copied().transposed()
      let (fromView, fromCopy) = (try test.function(x), try test.function(try x.copied()))
      #expect(try fromView.isEqual(to: fromCopy), "\(test.name) of \(name)")
    }
  }

  @Test("has the gradients that finite differences give, first and second", arguments: cases)
  func gradients(_ test: Case) throws {
    try checkGradients([try numbers([2, 5], from: test.low, to: test.high)]) { try test.function($0[0]) }
    try checkGradients([try numbers([], seed: 4, from: test.low, to: test.high)]) { try test.function($0[0]) }
    try checkGradients([try numbers([0, 3])]) { try test.function($0[0]) }
    try checkGradients([try numbers([3, 4], seed: 9, from: test.low, to: test.high)]) {
      try test.function(try $0[0].transposed())
    }
  }

  @Test("gives float32 for integers where the result is not whole")
  func integers() throws {
    let x = try Tensor([1, 4, 9])
    #expect(try x.sqrt().dtype == .float32)
    #expect(try x.sqrt().doubles() == [1, 2, 3])
    #expect(try x.negated().dtype == .int64)
    #expect(try x.negated().integers() == [-1, -4, -9])
    #expect(try Tensor([Int64(-3), 0, 2]).absolute().integers() == [3, 0, 2])
    #expect(try Tensor([Int64(-3), 0, 2]).sign().integers() == [-1, 0, 1])
    #expect(try x.power(2).integers() == [1, 16, 81])
    #expect(try x.power(-1).doubles() == [1, 0.25, Double(Float(1) / 9)])
  }

  @Test("takes the limits at infinity and passes NaN on")
  func limits() throws {
    let x = try Tensor([-Double.infinity, .infinity, .nan])
    for type in [DType.float32, .float64] {
      let x = try x.converted(to: type)
      #expect(try x.exp().doubles().prefix(2) == [0, .infinity])
      #expect(try x.sigmoid().doubles().prefix(2) == [0, 1])
      #expect(try x.tanh().doubles().prefix(2) == [-1, 1])
      #expect(try x.relu().doubles().prefix(2) == [0, .infinity])
      #expect(try x.softplus().doubles().prefix(2) == [0, .infinity])
      for function in Self.cases {
        #expect(try function.function(x).doubles()[2].isNaN, "\(function.name)")
      }
    }
  }

  @Test("has gradient 0 for sqrt at 0, also under a record")
  func squareRootAtZero() throws {
    let x = try Tensor([0.0, 4.0])
    #expect(try gradient(at: x) { try $0.sqrt().sum() }.doubles() == [0, 0.25])
    let second = try gradient(at: x) { outer in try gradient(at: outer) { try $0.sqrt().sum() }.sum() }
    #expect(try second.doubles() == [0, -0.03125])
  }

  @Test("rounds halves to even, and leaves large numbers, infinities and integers alone")
  func rounding() throws {
    let values: [Double] = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.49999997, 8388607.5, 8388609, 1e20, -.infinity, -0.2, 2]
    for type in [DType.float32, .float64] {
      let x = try Tensor(values).converted(to: type)
      let exact = try x.doubles()
      #expect(try x.round().doubles() == exact.map { $0.rounded(.toNearestOrEven) })
      #expect(try x.floor().doubles() == exact.map { $0.rounded(.down) })
      #expect(try x.ceil().doubles() == exact.map { $0.rounded(.up) })
    }
    #expect(try Tensor([3]).round().integers() == [3])
  }
}
