import Foundation
import Testing

@testable import LimnTensor

/// Reductions: values against plain loops over the elements, gradients against finite differences.
@Suite struct ReductionTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let function: @Sendable (Tensor, [Int]?, Bool) throws -> Tensor
    let reference: @Sendable ([Double]) -> Double
    var testDescription: String { name }
  }

  static func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }
  static func variance(_ x: [Double]) -> Double { mean(x.map { ($0 - mean(x)) * ($0 - mean(x)) }) }

  static let cases: [Case] = [
    Case(name: "sum", function: { try $0.sum(axes: $1, keepsAxes: $2) }, reference: { $0.reduce(0, +) }),
    Case(name: "mean", function: { try $0.mean(axes: $1, keepsAxes: $2) }, reference: { mean($0) }),
    Case(name: "var", function: { try $0.variance(axes: $1, keepsAxes: $2) }, reference: { variance($0) }),
    Case(
      name: "std", function: { try $0.standardDeviation(axes: $1, keepsAxes: $2) },
      reference: { variance($0).squareRoot() }),
    Case(
      name: "var, unbiased", function: { try $0.variance(axes: $1, keepsAxes: $2, isUnbiased: true) },
      reference: { $0.count == 1 ? .nan : variance($0) * Double($0.count) / Double($0.count - 1) }),
    Case(name: "min", function: { try $0.min(axes: $1, keepsAxes: $2) }, reference: { $0.min() ?? 0 }),
    Case(name: "max", function: { try $0.max(axes: $1, keepsAxes: $2) }, reference: { $0.max() ?? 0 }),
    Case(name: "prod", function: { try $0.product(axes: $1, keepsAxes: $2) }, reference: { $0.reduce(1, *) }),
    Case(
      name: "norm", function: { try $0.norm(axes: $1, keepsAxes: $2) },
      reference: { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }),
    Case(
      name: "logsumexp", function: { try $0.logSumExp(axes: $1, keepsAxes: $2) },
      reference: { log($0.reduce(0) { $0 + exp($1) }) }),
  ]

  /// Shapes, and axes of them: single, inner, outer, middle, apart from each other, all.
  static let reductions: [(Shape, [Int]?)] = [
    ([5], nil), ([5], [0]), ([3, 4], [0]), ([3, 4], [1]), ([3, 4], [-1]), ([3, 4], nil), ([2, 3, 4], [1]),
    ([2, 3, 4], [0, 2]), ([2, 3, 4], [2, 0]), ([2, 3, 2, 2], [1, 3]), ([2, 1, 3], [0]), ([], nil), ([1, 1], [0]),
    ([1, 7, 1], [1]), ([2, 19], [1]), ([19, 2], [0]), ([2, 3], []),
  ]

  /// What a reduction should give, by collecting the elements that belong together.
  static func expected(_ x: Tensor, _ axes: [Int]?, _ reference: ([Double]) -> Double) throws -> [Double] {
    let reduced = Set((axes ?? Array(0..<x.rank)).map { $0 < 0 ? $0 + x.rank : $0 })
    let kept = (0..<x.rank).filter { !reduced.contains($0) }
    let elements = try x.doubles()
    let strides = x.shape.contiguousStrides
    var groups: [[Double]] = Array(repeating: [], count: kept.reduce(1) { $0 * x.shape[$1] })
    for (position, element) in elements.enumerated() {
      let group = kept.reduce(0) { $0 * x.shape[$1] + position / strides[$1] % x.shape[$1] }
      groups[group].append(element)
    }
    return groups.map(reference)
  }

  @Test("reduces any axes", arguments: cases)
  func values(_ test: Case) throws {
    for (shape, axes) in Self.reductions {
      let x = try numbers(shape, seed: 21)
      let expected = try Self.expected(x, axes, test.reference)
      let result = try test.function(x, axes, false)
      let kept = try test.function(x, axes, true)
      #expect(kept.rank == x.rank)
      if test.name == "var, unbiased", expected.contains(where: \.isNaN) { continue }
      try expectClose(try result.doubles(), expected, 1e-12, "\(test.name) of \(shape) along \(axes ?? [])")
      try expectClose(try kept.doubles(), expected, 1e-12)
      let single = try test.function(try x.converted(to: .float32), axes, false)
      #expect(single.dtype == .float32)
      try expectClose(try single.doubles(), expected, 1e-5)
    }
  }

  @Test("reads views like copies, bit for bit", arguments: cases)
  func views(_ test: Case) throws {
    for (name, view) in try awkwardViews(5, 6) {
      for axes in [nil, [0], [1]] as [[Int]?] {
        let (fromView, fromCopy) = (
          try test.function(view, axes, false), try test.function(try view.copied(), axes, false)
        )
        #expect(try fromView.isEqual(to: fromCopy), "\(test.name) of \(name) along \(axes ?? [])")
      }
    }
  }

  @Test("has the gradients that finite differences give, first and second", arguments: cases)
  func gradients(_ test: Case) throws {
    for (shape, axes) in Self.reductions where shape.elementCount > 1 {
      // A spread over one element, or over none, has no derivative.
      if ["std", "var, unbiased"].contains(test.name), axes == [] || axes == [0] && shape[0] == 1 { continue }
      for keeps in [false, true] {
        try checkGradients([try numbers(shape, seed: 23)]) { try test.function($0[0], axes, keeps) }
      }
    }
    try checkGradients([try numbers([3, 4], seed: 6)]) { try test.function(try $0[0].transposed(), [0], false) }
  }

  @Test("gives the same bits on one thread and on several")
  func threads() throws {
    let pool = ThreadPool.shared
    let threads = pool.threads
    defer { pool.threads = threads }
    for shape in [[1 << 20], [1 << 17, 8], [8, 1 << 17], [6, 40_000, 3], [2, 300, 5000]] as [Shape] {
      let x = try RandomSource(seed: 3).normal(shape)
      for axis in 0..<shape.rank {
        pool.threads = 1
        let one = try x.sum(axes: [axis])
        pool.threads = 2
        #expect(try x.sum(axes: [axis]).isEqual(to: one), "\(shape) along \(axis)")
      }
    }
  }

  @Test("keeps float32 sums accurate over a million elements")
  func accuracy() throws {
    let x = try RandomSource(seed: 3).uniform([1 << 20])
    let exact = try x.converted(to: .float64).sum().item().double
    #expect(abs(try x.sum().item().double - exact) < 1e-6 * exact)
    let rows = try x.reshaped([1 << 17, 8])
    let exactRows = try rows.converted(to: .float64).sum(axes: [0]).doubles()
    try expectClose(try rows.sum(axes: [0]).doubles().map { $0 / 1e5 }, exactRows.map { $0 / 1e5 }, 3e-6)
  }

  @Test("counts integers and bools in int64")
  func integers() throws {
    #expect(try Tensor([true, true, false]).sum().integers() == [2])
    #expect(try Tensor([UInt8](repeating: 200, count: 5)).sum().integers() == [1000])
    #expect(try Tensor([UInt8(3), 200, 7]).max().dtype == .uint8)
    #expect(try Tensor([1, 2, 4]).mean().doubles() == [Double(Float(7) * Float(1.0 / 3))])
    #expect(try Tensor([2, 3, 4]).product().integers() == [24])
  }

  @Test("reduces nothing to the neutral element, or says that it cannot")
  func nothing() throws {
    let empty = try Tensor.zeros([0, 3], .float64)
    #expect(try empty.sum(axes: [0]).doubles() == [0, 0, 0])
    #expect(try empty.sum(axes: [1]).shape == [0])
    #expect(try empty.product(axes: [0]).doubles() == [1, 1, 1])
    #expect(try empty.mean(axes: [0]).doubles().allSatisfy(\.isNaN))
    #expect(try empty.max(axes: [1]).shape == [0])
    #expect(try empty.logSumExp(axes: [0]).doubles() == [-.infinity, -.infinity, -.infinity])
    #expect(Tensor.code { try empty.max() } == "bad-argument")
    #expect(Tensor.code { try empty.argmin(axis: 0) } == "bad-argument")
    #expect(try empty.any().elements() == [false])
    #expect(try empty.all().elements() == [true])
  }

  @Test("finds places of extremes: the first of equals, and NaN before all")
  func places() throws {
    let x = try Tensor([3.0, 9.0, 1.0, 9.0, 1.0, 0.0], [2, 3])
    #expect(try x.argmax().integers() == [1])
    #expect(try x.argmin().integers() == [5])
    #expect(try x.argmax(axis: 0).integers() == [1, 0, 0])
    #expect(try x.argmax(axis: 1).integers() == [1, 0])
    #expect(try x.argmax(axis: 1, keepsAxes: true).shape == [2, 1])
    #expect(try Tensor([1.0, .nan, 5.0]).argmax().integers() == [1])
    #expect(try Tensor([1.0, .nan, 5.0]).max().doubles()[0].isNaN)
    #expect(try Tensor([1.0, .nan, 5.0]).min().doubles()[0].isNaN)
    #expect(try Tensor([0.0, 2.0, 0.0]).any().elements() == [true])
    #expect(try Tensor([1, 2, 0]).all().elements() == [false])
  }

  @Test("shares a maximum's gradient among equals, and is exact for products with zeros")
  func specialGradients() throws {
    #expect(try gradient(at: Tensor([2.0, 1.0, 2.0])) { try $0.max() }.doubles() == [0.5, 0, 0.5])
    #expect(try gradient(at: Tensor([2.0, 0.0, 5.0])) { try $0.product() }.doubles() == [0, 10, 0])
    #expect(try gradient(at: Tensor([0.0, 0.0, 5.0])) { try $0.product() }.doubles() == [0, 0, 0])
    #expect(try gradient(at: Tensor([0.0, 0.0])) { try $0.norm() }.doubles() == [0, 0])
  }

  @Test("explains axes that are not there")
  func errors() throws {
    let x = try Tensor.zeros([2, 3])
    #expect(Tensor.code { try x.sum(axes: [2]) } == "bad-axis")
    #expect(Tensor.code { try x.sum(axes: [-3]) } == "bad-axis")
    #expect(Tensor.code { try x.sum(axes: [0, -2]) } == "bad-axis")
    #expect(Tensor.code { try x.argmax(axis: .min) } == "bad-axis")
  }
}
