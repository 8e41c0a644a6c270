import Testing

@testable import LimnTensor

/// Gradients are checked against finite differences in float64; the blocks of float32 against that.
@Suite("Attention")
struct AttentionTests {
  private func inputs(_ queries: Int, _ keys: Int, heads: Int = 2, size: Int = 3, valueSize: Int = 4) throws -> [Tensor] {
    [
      try numbers([2, queries, heads, size]), try numbers([2, keys, heads, size], seed: 2),
      try numbers([2, keys, heads, valueSize], seed: 3),
    ]
  }

  private func attend(_ x: [Tensor], causal: Bool = false, mask: Tensor? = nil) throws -> Tensor {
    try Tensor.attention(query: x[0], key: x[1], value: x[2], isCausal: causal, mask: mask)
  }

  @Test("has right first and second gradients")
  func gradients() throws {
    try checkGradients(try inputs(3, 4), tolerance: 1e-5) { try attend($0) }
    try checkGradients(try inputs(3, 4), tolerance: 1e-5) { try attend($0, causal: true) }
    let bias = try numbers([2, 1, 3, 4], seed: 9)
    try checkGradients(try inputs(3, 4) + [bias], tolerance: 1e-5) { try attend($0, mask: $0[3]) }
  }

  @Test(
    "agrees with double precision where it goes block by block",
    arguments: [(1, 1), (1, 300), (5, 9), (64, 64), (70, 300), (130, 530)])
  func fused(_ queries: Int, _ keys: Int) throws {
    let x = try inputs(queries, keys, size: 9, valueSize: 11)
    for causal in [false, true] {
      try checkSinglePrecision(x, tolerance: 1e-4, second: queries < 10) { try attend($0, causal: causal) }
    }
    let mask = try numbers([2, 1, queries, keys], seed: 8).greater(-1)
    try checkSinglePrecision(x, tolerance: 1e-4, second: false) { try attend($0, mask: mask) }
  }

  @Test("agrees with double precision where vectors are whole", arguments: [(4, 4), (12, 12), (23, 40), (67, 67)])
  func whole(_ queries: Int, _ keys: Int) throws {
    let x = try inputs(queries, keys, size: 16, valueSize: 32)
    for causal in [false, true] {
      try checkSinglePrecision(x, tolerance: 1e-4, second: false) { try attend($0, causal: causal) }
    }
  }

  @Test("looks at nothing behind a query when it is causal, and at the last key from the last query")
  func causal() throws {
    let x = try inputs(3, 5).map { try $0.converted(to: .float32) }
    let whole = try attend(x, causal: true)
    // The first query sees keys 0, 1 and 2.
    let first = try attend([try x[0][.all, .slice(stop: 1)]] + x.dropFirst().map { try $0[.all, .slice(stop: 3)] })
    try expectClose(try whole[.all, .at(0)].doubles(), try first[.all, .at(0)].doubles(), 1e-6)
    let last = try attend([try x[0][.all, .slice(start: 2)], x[1], x[2]])
    try expectClose(try whole[.all, .at(2)].doubles(), try last[.all, .at(0)].doubles(), 1e-6)
  }

  @Test("survives scores that would overflow, and says NaN where there is nothing to look at")
  func extremes() throws {
    let x = try inputs(2, 3).map { try $0.converted(to: .float32) }
    let large = try attend([x[0].multiplied(by: 1e4), x[1], x[2]])
    #expect(try large.isNaN().any().item().double == 0)
    let nothing = try Tensor.full([2, 3], .bool(false), .bool)
    #expect(try attend(x, mask: nothing).isNaN().all().item().double == 1)
  }

  @Test("reads parts of one product in place, and gives the same bits on any number of threads")
  func views() throws {
    let whole = try numbers([3, 70, 3, 4, 8]).converted(to: .float32)
    let parts = try (0..<3).map { try whole[.all, .all, .at($0)] }
    let copies = try parts.map { try $0.copied() }
    #expect(try attend(parts, causal: true).isEqual(to: attend(copies, causal: true)))
    func all() throws -> [Tensor] {
      let result = try valueAndGradients(at: copies) { try attend($0, causal: true).square().sum() }
      return [result.value] + result.gradients
    }
    let expected = try withThreads(1) { try all() }
    for (a, b) in zip(try withThreads(3) { try all() }, expected) { #expect(try a.isEqual(to: b)) }
  }

  @Test("says what does not fit")
  func edges() throws {
    let x = try inputs(3, 2)
    #expect(Tensor.code { try attend(x, causal: true) } == "bad-argument")
    #expect(Tensor.code { try attend([x[0], x[1], try numbers([2, 5, 2, 4])]) } == "shape-mismatch")
    #expect(Tensor.code { try attend(x, mask: try Tensor.ones([5, 5])) } == "shape-mismatch")
    #expect(try attend(try inputs(0, 2)).shape == [2, 0, 2, 4])
  }
}
