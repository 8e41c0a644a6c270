import LimnModels
import LimnTensor
import Testing

/// Values, gradients and gradients of gradients come from PyTorch 2.13: see ``Peer/layer(_:)``.
@Suite("Layers that see a whole sequence, two of them, or a graph are PyTorch's and their papers', twice differentiated too")
struct ContextPeerTests {
  private let random = RandomSource(seed: 1)

  @Test("Both directions of every recurrent cell", arguments: RecurrentCell.allCases)
  func bidirectional(_ cell: RecurrentCell) throws {
    try expectLayerPeer(
      Bidirectional(Recurrent(cell, 5, random: random), random: random), "bidirectional.\(cell.rawValue)")
  }

  @Test("An LSTM with relu changes candidate and output alone, as Keras's does")
  func reluLSTM() throws {
    try expectLayerPeer(Recurrent(.lstm, 5, activation: .relu, random: random), "lstm.relu")
  }

  @Test("Attention from one sequence to another, with a mask")
  func crossAttention() throws {
    let attention = try MultiHeadAttention(2, cross: true, random: random)
    let mask = try Peer.layer("cross_attention.mask").converted(to: .bool)
    let weights = attention.contents.weights.map { (path: $0.path, weight: $0.weight) }
    try expectLayerPeer("cross_attention", ["x", "context"], weights: weights) {
      try attention($0[0], context: $0[1], mask: mask, cache: nil)
    }
  }

  @Test("A decoder's block, with its norms first and last", arguments: [true, false])
  func decoder(_ isNormFirst: Bool) throws {
    let block = try TransformerBlock(
      6, heads: 2, causal: true, cross: true, normFirst: isNormFirst, random: random)
    let weights = block.contents.weights.map { (path: $0.path, weight: $0.weight) }
    #expect(weights.count == 20)
    try expectLayerPeer(
      "decoder.\(isNormFirst ? "norm_first" : "norm_last")", ["x", "context"], weights: weights, second: false
    ) { try block($0[0], context: $0[1], mask: nil, cache: nil) }
  }

  @Test func rotaryPositions() throws {
    try expectLayerPeer("rotary", ["x"]) { try rotary($0[0], offset: 2) }
  }

  @Test func graphs() throws {
    let gcn = try GraphConvolution(4, random: random)
    let adjacency = try Peer.layer("gcn.adjacency")
    try expectLayerPeer("gcn", ["x"], weights: gcn.contents.weights.map { ($0.path, $0.weight) }) {
      try gcn($0[0], adjacency: adjacency)
    }
    let gat = try GraphAttention(4, heads: 2, random: random)
    try expectLayerPeer("gat", ["x"], weights: gat.contents.weights.map { ($0.path, $0.weight) }) {
      try gat($0[0], adjacency: adjacency)
    }
  }

  @Test("A gradient penalty, and its gradients for the critic's weights")
  func gradientPenalty() throws {
    let critic = try Sequential([
      Conv2D(4, kernel: 3, stride: 2, random: random), Activation.leakyRelu(0.2).layer, LayerNorm(),
      FunctionLayer.flatten(), Dense(1, bias: false, random: random),
    ])
    let weights = critic.contents.weights
    for (dtype, tolerance) in [(DType.float64, 1e-10), (.float32, 1e-5)] {
      for (path, weight) in weights { weight.value = try Peer.layer("penalty.\(path)").converted(to: dtype) }
      let x = try Peer.layer("penalty.x").converted(to: dtype)
      let found = try valueAndGradients(for: weights.map(\.weight)) {
        let slopes = try gradient(at: x) { try critic($0).sum() }
        return try ((slopes.reshaped([3, 40]).norm(axes: [1]) - 1).square().mean()) * 10
      }
      try expectRelative(found.value, "penalty.y", tolerance, in: Peer.layer)
      for ((path, _), slope) in zip(weights, found.gradients) {
        try expectRelative(slope, "penalty.\(path)_gradient", tolerance, in: Peer.layer)
      }
    }
  }
}
