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

  @Test(
    "takes one product for queries, keys and values, with its gradients",
    arguments: [(1, 1), (5, 3), (12, 16), (64, 32), (70, 9)])
  func projection(_ time: Int, _ size: Int) throws {
    let x = try numbers([2, time, 3 * 2 * size])
    let mask = try numbers([2, 1, time, time], seed: 8)
    for causal in [false, true] {
      try checkSinglePrecision([x], tolerance: 1e-4, second: time < 10) {
        try Tensor.attention(projection: $0[0], heads: 2, isCausal: causal, mask: mask.converted(to: $0[0].dtype))
      }
      let single = try x.converted(to: .float32)
      let apart: (Tensor) throws -> Tensor = { x in
        let parts = try (0..<3).map { part in
          try x[.all, .all, .slice(start: part * 2 * size, stop: (part + 1) * 2 * size)].reshaped([2, time, 2, size])
        }
        return try attend(parts, causal: causal)
      }
      let expected = try valueAndGradients(at: [single]) { try apart($0[0]).square().sum() }
      let found = try valueAndGradients(at: [single]) {
        try Tensor.attention(projection: $0[0], heads: 2, isCausal: causal).square().sum()
      }
      #expect(try found.value.isEqual(to: expected.value))
      #expect(try found.gradients[0].isEqual(to: expected.gradients[0]))
      // One that lies otherwise in memory.
      let turned = try single.permuted([2, 0, 1]).copied().permuted([1, 2, 0])
      #expect(
        try Tensor.attention(projection: turned, heads: 2, isCausal: causal).isEqual(to: try apart(single)))
    }
  }

  @Test("a key that is NaN reaches those queries alone that see it", arguments: [3, 8, 20, 64])
  func notANumber(_ time: Int) throws {
    let x = try inputs(time, time).map { try $0.converted(to: .float32) }
    let key = try x[1].replacing(
      Region([2, time, 2, 3], axis: 1, start: time - 1, length: 1), with: try Tensor.scalar(.float(.nan), .float32))
    let y = try attend([x[0], key, x[2]], causal: true)
    let first = try y[.all, .slice(stop: time - 1)]
    #expect(try first.isEqual(to: attend(x, causal: true)[.all, .slice(stop: time - 1)]))
    #expect(try y[.all, .at(time - 1)].isNaN().all().item().double == 1)
    let all = try attend([x[0], try Tensor.full([2, time, 2, 3], .float(.nan)), x[2]])
    #expect(try all.isNaN().all().item().double == 1)
  }

  @Test("says what does not fit")
  func edges() throws {
    let x = try inputs(3, 2)
    #expect(Tensor.code { try attend(x, causal: true) } == "bad-argument")
    #expect(Tensor.code { try attend([x[0], x[1], try numbers([2, 5, 2, 4])]) } == "shape-mismatch")
    #expect(Tensor.code { try attend(x, mask: try Tensor.ones([5, 5])) } == "shape-mismatch")
    #expect(try attend(try inputs(0, 2)).shape == [2, 0, 2, 4])
    for shape in [[2, 3], [2, 3, 10], [2, 3, 12, 1]] as [Shape] {
      #expect(Tensor.code { try Tensor.attention(projection: try Tensor.ones(shape), heads: 4) } == "shape-mismatch")
    }
    #expect(try Tensor.attention(projection: try Tensor.ones([2, 0, 12]), heads: 2).shape == [2, 0, 2, 2])
    let integers = try Tensor.ones([1, 2, 6]).converted(to: .int64)
    #expect(try Tensor.attention(projection: integers, heads: 2).dtype == .float32)
  }
}
