import Testing

@testable import LimnTensor

/// Integers that do not fit into their type are errors, in every type and operator; what just fits is exact.
@Suite struct IntegerOverflowTests {
  /// Numbers around which results begin not to fit, with zero, one and minus one.
  static func edges<N: FixedWidthInteger>(_ type: N.Type) -> [N] {
    let root = N(1) << (N.bitWidth / 2)
    var all: [N] = [.min, .min + 1, .max, .max - 1, .max / 2, .max / 2 + 1, root, root - 1, root / 2, 0, 1, 2, 3]
    if N.isSigned { all += [.min / 2, .min / 2 - 1, 0 - root, 0 - 1, 0 - 2, 0 - root / 2] }
    return all
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let function: @Sendable (Tensor, Tensor) throws -> Tensor
    let reference: @Sendable (Int128, Int128) -> Int128
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "+", function: { try $0 + $1 }, reference: { $0 + $1 }),
    Case(name: "-", function: { try $0 - $1 }, reference: { $0 - $1 }),
    Case(name: "*", function: { try $0 * $1 }, reference: { $0 * $1 }),
    Case(name: "negation", function: { a, _ in try a.negated() }, reference: { a, _ in -a }),
    Case(name: "abs", function: { a, _ in try a.absolute() }, reference: { a, _ in abs(a) }),
    Case(name: "square", function: { a, _ in try a.square() }, reference: { a, _ in a * a }),
    Case(
      name: "//", function: { try $0.flooredDivided(by: $1) },
      reference: { a, b in a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0) }),
    Case(name: "prod", function: { try Tensor.stacked([$0, $1]).product(axes: [0]) }, reference: { $0 * $1 }),
    Case(name: "cumprod", function: { try last(Tensor.stacked([$0, $1]).cumulativeProduct(axis: 0)) }, reference: { $0 * $1 }),
    Case(name: "sum", function: { try Tensor.stacked([$0, $1]).sum(axes: [0]) }, reference: { $0 + $1 }),
    Case(name: "cumsum", function: { try last(Tensor.stacked([$0, $1]).cumulativeSum(axis: 0)) }, reference: { $0 + $1 }),
    Case(name: "@", function: { try $0.reshaped([1, $0.count]).matrixProduct($1) }, reference: { $0 * $1 }),
  ]

  static func last(_ x: Tensor) throws -> Tensor { try x[.at(1)] }

  /// Every pair of edges by itself, and in the middle of a long row of ones, where loops are vector code.
  private func check<N: IntegerNumber>(_ test: Case, _ type: N.Type) throws {
    for a in Self.edges(type) {
      for b in Self.edges(type) where test.name != "//" || b != 0 {
        let exact = test.reference(Int128(a), Int128(b))
        let (x, y) = (try Tensor([a]), try Tensor([b]))
        let label = Comment("\(test.name) of \(a) and \(b) in \(type)")
        // Reductions and scans give int64, whatever they are of.
        let isWide = ["sum", "prod", "cumsum", "cumprod"].contains(test.name)
        let fits = isWide ? Int64(exactly: exact) != nil : N(exactly: exact) != nil
        if fits {
          let result = try test.function(x, y)
          #expect(try Int128(result.integers()[0]) == exact, label)
        } else {
          #expect(Tensor.code { try test.function(x, y) } == "integer-overflow", label)
        }
        guard test.name != "@" else { continue }
        var (first, second) = (Array(repeating: N(1), count: 71), Array(repeating: N(1), count: 71))
        if !N.isSigned, test.name == "negation" { first = Array(repeating: 0, count: 71) }
        (first[37], second[37]) = (a, b)
        let code = Tensor.code { try test.function(try Tensor(first), try Tensor(second)) }
        #expect(code == (fits ? nil : "integer-overflow"), label)
      }
    }
  }

  @Test("says so where a result does not fit, and is exact where it does", arguments: cases)
  func edges(_ test: Case) throws {
    try check(test, UInt8.self)
    try check(test, Int32.self)
    try check(test, Int64.self)
  }

  @Test("powers: every base and exponent that fits, and the next that does not")
  func powers() throws {
    for base in [2, 3, -2, -3, 7, 10, 46341, 3_037_000_499] {
      var exact: Int128 = 1
      for exponent in 0..<70 {
        let code = Tensor.code { try Tensor([base]).power(Tensor([exponent])) }
        #expect(code == (Int64(exactly: exact) == nil ? "integer-overflow" : nil), "\(base) ** \(exponent)")
        if Int64(exactly: exact) != nil {
          #expect(try Tensor([base]).power(Tensor([exponent])).integers() == [Int(exact)])
        }
        if exact.magnitude < 1 << 64 { exact *= Int128(base) }
      }
    }
    #expect(try Tensor([1, -1, 0]).power(Tensor([Int64.max, Int64.max, Int64.max])).integers() == [1, -1, 0])
    #expect(Tensor.code { try Tensor([Int32(2)]).power(31) } == "integer-overflow")
    #expect(try Tensor([Int32(-2)]).power(31).integers() == [Int(Int32.min)])
  }

  @Test("sums and products may leave the type on the way, if they come back")
  func detours() throws {
    #expect(try Tensor([Int64.max, 1, -1]).sum().integers() == [.max])
    #expect(try Tensor([Int64.max, .max, .min, .min]).reshaped([2, 2]).sum(axes: [0]).integers() == [-1, -1])
    #expect(try Tensor([1 << 62, 4, 0]).product().integers() == [0])
    #expect(try Tensor([1 << 32, 1 << 31, -1]).product().integers() == [.min])
    #expect(try Tensor([1 << 62, 1 << 62], [1, 2]).matrixProduct(Tensor([2, -2], [2, 1])).integers() == [0])
    // A running sum shows what is on the way.
    #expect(Tensor.code { try Tensor([Int64.max, 1, -1]).cumulativeSum(axis: 0) } == "integer-overflow")
  }

  @Test("long sums of large numbers are exact, along any axis")
  func longSums() throws {
    let count = 3 * Walk.grain
    let large = Int64.max / Int64(count)
    let x = try Tensor.full([count], .int(large), .int64)
    #expect(try x.sum().integers() == [Int(large) * count])
    #expect(Tensor.code { try x.adding(1).sum() } == "integer-overflow")
    let pairs = try Tensor.stacked([x, x], axis: 1)
    #expect(try pairs.sum(axes: [0]).integers() == [Int(large) * count, Int(large) * count])
    #expect(Tensor.code { try pairs.sum() } == "integer-overflow")
    #expect(try Tensor.full([count], .int(255), .uint8).sum().integers() == [255 * count])
  }

  @Test("finds the one that does not fit in any layout, and says where it stands")
  func places() throws {
    var numbers = Array(repeating: Int64(5), count: 3 * Walk.grain)
    numbers[2 * Walk.grain + 7] = .max
    let x = try Tensor(numbers).reshaped([3, Walk.grain])
    let error = #expect(throws: TensorError.self) { try x + 1 }
    #expect(error?.message == "int64 cannot hold 9223372036854775807 + 1, which stands at [2, 7]")
    #expect(Tensor.code { try x.transposed() + 1 } == "integer-overflow")
    #expect(Tensor.code { try x + Tensor([0, 0, 1], [3, 1]) } == "integer-overflow")
    #expect(try x.adding(Tensor([1, 1, 0], [3, 1]))[.at(0), .at(0)].item() == .int(6))
    #expect(Tensor.code { try x[.all, .slice(step: -1)].multiplied(by: 2) } == "integer-overflow")
    #expect(Tensor.code { try x.cumulativeSum(axis: 1) } == "integer-overflow")
  }
}
