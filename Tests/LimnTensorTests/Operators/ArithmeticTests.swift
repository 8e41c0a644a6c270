import Foundation
import Testing

@testable import LimnTensor

/// Functions of two elements: values in closed form, gradients against finite differences.
@Suite struct ArithmeticTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let function: @Sendable (Tensor, Tensor) throws -> Tensor
    let reference: @Sendable (Double, Double) -> Double
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "add", function: { try $0 + $1 }, reference: { $0 + $1 }),
    Case(name: "subtract", function: { try $0 - $1 }, reference: { $0 - $1 }),
    Case(name: "multiply", function: { try $0 * $1 }, reference: { $0 * $1 }),
    Case(name: "divide", function: { try $0 / $1 }, reference: { $0 / $1 }),
    Case(name: "maximum", function: { try $0.maximum($1) }, reference: { max($0, $1) }),
    Case(name: "minimum", function: { try $0.minimum($1) }, reference: { min($0, $1) }),
    Case(name: "power", function: { try $0.absolute().power($1) }, reference: { pow(abs($0), $1) }),
    Case(name: "modulo", function: { try $0.modulo($1) }, reference: { $0 - $1 * ($0 / $1).rounded(.down) }),
  ]

  static let shapes: [(Shape, Shape)] = [
    ([3, 5], [3, 5]), ([3, 5], [5]), ([3, 1], [5]), ([], [2, 3]), ([2, 1, 3], [4, 1]), ([1], [1]), ([0, 3], [1, 3]),
    ([2, 17], [2, 1]), ([4, 3, 1, 2], [1, 5, 1]),
  ]

  @Test("computes elementwise and broadcasts", arguments: cases)
  func values(_ test: Case) throws {
    for (first, second) in Self.shapes {
      let (a, b) = (try numbers(first, seed: 2), try numbers(second, seed: 3))
      let shape = try Shape.broadcast(first, second, for: "test")
      let (x, y) = (try a.broadcast(to: shape).doubles(), try b.broadcast(to: shape).doubles())
      let expected = zip(x, y).map(test.reference)
      let result = try test.function(a, b)
      #expect(result.shape == shape)
      try expectClose(try result.doubles(), expected, 1e-12, "\(test.name) of \(first), \(second)")
      let single = try test.function(try a.converted(to: .float32), try b.converted(to: .float32))
      if test.name != "modulo" { try expectClose(try single.doubles(), expected, 1e-3, test.name) }
    }
  }

  @Test("reads views like copies, bit for bit", arguments: cases)
  func views(_ test: Case) throws {
    let views = try awkwardViews(6, 9).map { ($0.name, $0.view) }
    for (firstName, a) in views {
      for (secondName, b) in views {
        let fromViews = try test.function(a, b)
        let fromCopies = try test.function(try a.copied(), try b.copied())
        #expect(try fromViews.isEqual(to: fromCopies), "\(test.name) of \(firstName) and \(secondName)")
      }
    }
  }

  @Test("has the gradients that finite differences give, first and second", arguments: cases)
  func gradients(_ test: Case) throws {
    for (first, second) in Self.shapes {
      try checkGradients([try numbers(first, seed: 12), try numbers(second, seed: 13)]) {
        try test.function($0[0], $0[1])
      }
    }
    try checkGradients([try numbers([2, 3], seed: 12), try numbers([3, 2], seed: 13)]) {
      try test.function(try $0[0].transposed(), $0[1])
    }
    try checkGradients([try numbers([3], seed: 5)]) { try test.function($0[0], $0[0].adding(0.7)) }
  }

  @Test("gives the same bits in parallel chunks as in one loop")
  func largeTensors() throws {
    let count = 3 * Walk.grain + 5
    let (a, b) = (try RandomSource(seed: 1).normal([count]), try RandomSource(seed: 2).normal([count]))
    let sum: [Float] = try (try a + b).elements()
    let (x, y): ([Float], [Float]) = (try a.elements(), try b.elements())
    #expect(sum == zip(x, y).map { $0 + $1 })
    let matrix = try a[.slice(stop: 3 * Walk.grain)].reshaped([3 * Walk.grain / 6, 6])
    let row = try b[.slice(stop: 6)]
    let stretched: [Float] = try (try matrix + row).elements()
    #expect(stretched == x.prefix(3 * Walk.grain).enumerated().map { $1 + y[$0 % 6] })
  }

  @Test("lays a short operand out again and again, on either side")
  func repeatedOperands() throws {
    for (whole, part) in [([700, 3], [3]), ([5, 300, 2], [1, 300, 2]), ([9000, 7], [1, 7]), ([40, 1000], [1000])]
      as [(Shape, Shape)]
    {
      let (a, b) = (try RandomSource(seed: 1).normal(whole), try RandomSource(seed: 2).normal(part))
      let stretched = try b.broadcast(to: whole).copied()
      #expect(try a.subtracting(b).isEqual(to: a.subtracting(stretched)), "\(whole) - \(part)")
      #expect(try b.subtracting(a).isEqual(to: stretched.subtracting(a)), "\(part) - \(whole)")
      #expect(try a.less(b).isEqual(to: a.less(stretched)))
    }
  }

  @Test("promotes: the higher kind, then the wider type; a number takes the tensor's type unless its kind is higher")
  func promotion() throws {
    let types = DType.allCases
    for a in types {
      for b in types where a != .bool || b != .bool {
        let kind = max(a.kind, b.kind)
        let widest = [a, b].filter { $0.kind == kind }.max { $0.byteCount < $1.byteCount }
        #expect(try Tensor.ones([2], a).adding(Tensor.ones([2], b)).dtype == widest)
      }
    }
    #expect(try Tensor.ones([2], .uint8).adding(1).dtype == .uint8)
    #expect(try Tensor.ones([2], .int32).adding(1.5).dtype == .float32)
    #expect(try Tensor.ones([2], .float64).multiplied(by: 2).dtype == .float64)
    #expect(try Tensor.ones([2], .float32).multiplied(by: 2.5).dtype == .float32)
    #expect(try Tensor.ones([2], .bool).adding(1).dtype == .int64)
    #expect(try Tensor.ones([2], .bool).adding(Tensor.ones([2], .bool)).integers() == [2, 2])
    #expect(try Tensor([1, 2]).divided(by: Tensor([4, 4])).dtype == .float32)
    #expect(try Tensor([1, 2]).divided(by: 4).doubles() == [0.25, 0.5])
  }

  @Test("floors integer quotients and gives remainders the divisor's sign")
  func integerDivision() throws {
    let (a, b) = (try Tensor([7, -7, 7, -7, 6]), try Tensor([2, 2, -2, -2, 3]))
    #expect(try a.flooredDivided(by: b).integers() == [3, -4, -4, 3, 2])
    #expect(try a.modulo(b).integers() == [1, 1, -1, -1, 0])
    #expect(try Tensor([Int64.min]).modulo(-1).integers() == [0])
  }

  @Test("explains what cannot be computed")
  func errors() throws {
    #expect(Tensor.code { try Tensor([1, 2]).flooredDivided(by: Tensor([1, 0])) } == "division-by-zero")
    #expect(Tensor.code { try Tensor([1, 2]).modulo(0) } == "division-by-zero")
    #expect(Tensor.code { try Tensor([UInt8(1)]) + 300 } == "out-of-range")
    #expect(Tensor.code { try Tensor([2]).power(Tensor([-1])) } == "bad-argument")
    let error = #expect(throws: TensorError.self) { try Tensor.zeros([2, 3]) + Tensor.zeros([4, 3]) }
    #expect(error?.code == .shapeMismatch)
    #expect(error?.message == "add cannot combine [2, 3] with [4, 3]: along axis -2 (counted from the end), 2 is not 4")
    #expect(error?.operands.map(\.label) == ["this is [2, 3]", "this is [4, 3]"])
  }

  @Test("compares by IEEE's rules, across types, and beyond what a type can hold")
  func comparison() throws {
    let x = try Tensor([1.0, .nan, 3.0])
    #expect(try x.equal(x).elements() == [true, false, true])
    #expect(try x.notEqual(x).elements() == [false, true, false])
    #expect(try x.less(2).elements() == [true, false, false])
    #expect(try x.greaterOrEqual(1).elements() == [true, false, true])
    #expect(try Tensor([1, 2]).equal(Tensor([1.0, 2.5])).elements() == [true, false])
    #expect(try Tensor([UInt8(200)]).less(300).elements() == [true])
    #expect(try Tensor([UInt8(200)]).equal(-1).elements() == [false])
  }

  @Test("works on bits and masks")
  func bits() throws {
    let (a, b) = (try Tensor([true, true, false]), try Tensor([true, false, false]))
    #expect(try a.and(b).elements() == [true, false, false])
    #expect(try a.or(b).elements() == [true, true, false])
    #expect(try a.xor(b).elements() == [false, true, false])
    #expect(try a.complement().elements() == [false, false, true])
    #expect(try Tensor([6]).and(Tensor([3])).integers() == [2])
    #expect(try Tensor([6]).complement().integers() == [-7])
    #expect(try Tensor([UInt8(6)]).complement().integers() == [249])
    #expect(Tensor.code { try Tensor([1.0]).and(Tensor([1])) } == "dtype-mismatch")
  }

  @Test("tells whole tensors apart")
  func wholeTensors() throws {
    let a = try Tensor([1.0, 2.0])
    #expect(try a.isEqual(to: Tensor([1, 2])))
    #expect(try !a.isEqual(to: Tensor([1.0, 2.0], [1, 2])))
    #expect(try a.isClose(to: Tensor([1.0, 2.00001])))
    #expect(try !a.isClose(to: Tensor([1.0, 2.001])))
    #expect(try Tensor([Double.infinity]).isClose(to: Tensor([Double.infinity])))
    #expect(try !Tensor([1.0]).isClose(to: Tensor([Double.infinity])))
    #expect(try !Tensor([Double.nan]).isClose(to: Tensor([Double.nan])))
  }

  @Test("shares the gradient of equals")
  func ties() throws {
    let (a, b) = (try Tensor([1.0, 2.0]), try Tensor([1.0, 3.0]))
    let gradients = try valueAndGradients(at: [a, b]) { try $0[0].maximum($0[1]).sum() }.gradients
    #expect(try gradients[0].doubles() == [0.5, 0])
    #expect(try gradients[1].doubles() == [0.5, 1])
  }
}
