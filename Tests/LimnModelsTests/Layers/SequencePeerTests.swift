import LimnModels
import LimnTensor
import Testing

/// Outputs and gradients come from PyTorch 2.13: see ``Peer/sequence(_:)``.
@Suite("Sequences, norms and convolutions are PyTorch's, with the same gradients")
struct SequencePeerTests {
  private let random = RandomSource(seed: 1)

  private func check(_ layer: some Layer, _ name: String) throws { try expectPeer(layer, name, in: Peer.sequence) }

  @Test func plainRecurrent() throws { try check(Recurrent(.plain, 5, random: random), "rnn") }
  @Test func lstm() throws { try check(Recurrent(.lstm, 5, random: random), "lstm") }
  @Test func gru() throws { try check(Recurrent(.gru, 5, random: random), "gru") }
  @Test func attention() throws { try check(MultiHeadAttention(2, causal: true, random: random), "attention") }

  /// The fixture's block has LayerNorm's ε of 1e-5, as ours.
  @Test func transformerBlock() throws { try check(TransformerBlock(8, heads: 2, random: random), "block") }

  @Test func rmsNorm() throws { try check(RMSNorm(), "rms_norm") }
  @Test func groupNorm() throws { try check(GroupNorm(2), "group_norm") }
  @Test func instanceNorm() throws { try check(GroupNorm(nil), "instance_norm") }

  @Test func causalConvolution() throws {
    try check(ConvolutionLayer(.conv1D, 5, kernel: [4], causal: true, random: random), "conv1d")
  }
  @Test func volumes() throws { try check(ConvolutionLayer(.conv3D, 3, kernel: [3], random: random), "conv3d") }
  @Test func depthwise() throws {
    try check(ConvolutionLayer(.depthwise2D, 2, kernel: [3], random: random), "depthwise_conv2d")
  }

  private func check(_ name: String, _ inputs: [String], _ function: ([Tensor]) throws -> Tensor) throws {
    try expectPeer(name, inputs, in: Peer.sequence, single: false, function)
  }

  @Test func maskedAttention() throws {
    let mask = try Peer.sequence("scaled_attention.mask")
    try check("scaled_attention", ["query", "key", "value"]) {
      try Tensor.attention(query: $0[0], key: $0[1], value: $0[2], mask: mask)
    }
  }

  @Test func gaussianLikelihood() throws {
    let target = try Peer.sequence("gaussian_nll.target")
    try check("gaussian_nll", ["x", "variance"]) {
      try Loss.gaussianNegativeLogLikelihood($0[0], .tensor(target), variance: $0[1].square() + 0.1)
    }
  }

  @Test func linearAlgebra() throws {
    try check("solve", ["x", "b"]) { try $0[0].solved($0[1]) }
    try check("inverse", ["x"]) { try $0[0].inverted() }
    try check("det", ["x"]) { try $0[0].determinant() }
    try check("cholesky", ["x"]) {
      try ($0[0].matrixProduct($0[0].transposed()) + Tensor.eye(4, .float64)).cholesky()
    }
    try check("eigh", ["x"]) { x in
      let (values, vectors) = try (x[0] + x[0].transposed()).symmetricEigen()
      return try Tensor.concatenated([values, vectors.square().flattened()])
    }
    try check("svd", ["x"]) { x in
      let (u, s, v) = try x[0].svd()
      let outer = try u[.all, .slice(stop: 1)].matrixProduct(v[.slice(stop: 1)])
      return try Tensor.concatenated([s, outer.square().flattened()])
    }
    try check("qr", ["x"]) { x in
      let (q, r) = try x[0].qr()
      return try Tensor.concatenated([q.flattened(), r.flattened()])
    }
    try check("lstsq", ["x", "b"]) { try $0[0].leastSquares($0[1]) }
  }
}
