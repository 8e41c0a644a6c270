import LimnTensor
import Testing

@testable import LimnModels

@Suite("Relative position bias and gated units")
struct RelativePositionTests {
  private let random = RandomSource(seed: 3)

  @Test("the buckets that the paper's models have been trained with")
  func buckets() throws {
    let encoder = try RelativePositionBias(1, random: random)
    #expect([-8, 0, 1, 7, 8, 20, 127].map(encoder.bucket) == [8, 0, 17, 23, 24, 26, 31])
    let decoder = try RelativePositionBias(1, isBidirectional: false, random: random)
    #expect([-15, -16, -32, -127, 5].map(decoder.bucket) == [15, 16, 21, 31, 0])
  }

  @Test("a cache counts on: the bias of the last query is the last row of the whole")
  func cache() throws {
    let bias = try RelativePositionBias(2, buckets: 8, maximumDistance: 6, isBidirectional: false, random: random)
    let whole = try bias(Tensor.zeros([1, 6, 4]))
    #expect(whole.shape == [2, 6, 6])
    let cache = AttentionCache()
    try expectEqual(try bias(Tensor.zeros([1, 5, 4]), context: nil, mask: nil, cache: cache), whole[.all, .slice(stop: 5), .slice(stop: 5)])
    try expectEqual(try bias(Tensor.zeros([1, 1, 4]), context: nil, mask: nil, cache: cache), whole[.all, .slice(start: 5)])
  }

  @Test("keys may be another sequence's, and a mask is joined to the bias")
  func contextAndMask() throws {
    let bias = try RelativePositionBias(2, random: random)
    let x = try Tensor.zeros([1, 3, 4])
    #expect(try bias(x, context: Tensor.zeros([1, 7, 4]), mask: nil, cache: nil).shape == [2, 3, 7])
    let plain = try bias(x)
    let mask = try Tensor([true, false, true], [1, 3])
    let joined = try bias(x, context: nil, mask: mask, cache: nil)
    try expectEqual(joined[.all, .all, .at(0)], plain[.all, .all, .at(0)])
    #expect(try joined[.all, .all, .at(1)].doubles().allSatisfy { $0 == -.infinity })
    try expectEqual(try bias(x, context: nil, mask: Tensor([1, 2, 3], [1, 3]), cache: nil), plain + Tensor([1, 2, 3], [1, 3]))
  }

  @Test("what cannot be is an error")
  func errors() throws {
    #expect(failure(of: { try RelativePositionBias(0, random: random) })?.code.rawValue == "bad-argument")
    #expect(failure(of: { try RelativePositionBias(2, buckets: 7, random: random) })?.code.rawValue == "bad-argument")
    #expect(failure(of: { try RelativePositionBias(2, buckets: 32, maximumDistance: 8, random: random) })?.code.rawValue == "bad-argument")
    #expect(failure(of: { try RelativePositionBias(2, random: random)(Tensor.zeros([3, 4])) })?.code.rawValue == "shape-mismatch")
    #expect(failure(of: { try Activation.glu()(Tensor.zeros([2, 3])) })?.code.rawValue == "shape-mismatch")
    #expect(failure(of: { try Activation.swiglu(axis: 2)(Tensor.zeros([2, 4])) })?.code.rawValue == "bad-axis")
  }

  @Test("a transformer block with a gated unit keeps its hidden width, and says how it was made")
  func gatedBlock() throws {
    let block = try TransformerBlock(8, heads: 2, hidden: 12, activation: .swiglu(), norm: .rms, bias: false, random: random)
    #expect(try block(Tensor.ones([1, 3, 8])).shape == [1, 3, 8])
    #expect(block.up.kernel.value.shape == [8, 24])
    #expect(block.down.kernel.value.shape == [12, 8])
    #expect(block.description == "transformer_block(8, 2, hidden: 12, activation: \"swiglu\", norm: \"rms\", bias: false)")
  }
}
