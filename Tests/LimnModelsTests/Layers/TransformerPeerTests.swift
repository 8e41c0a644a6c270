import LimnModels
import LimnTensor
import Testing

/// Outputs and gradients come from PyTorch 2.13 and Hugging Face's transformers: see ``Peer/transformer(_:)``.
@Suite("Relative positions and gated units are those of T5, LLaMA and PyTorch, with the same gradients")
struct TransformerPeerTests {
  private let random = RandomSource(seed: 1)

  @Test("every distance has T5's bucket", arguments: [
    ("encoder", true, 32, 128), ("decoder", false, 32, 128), ("small", true, 8, 20), ("back", false, 6, 300),
  ])
  func buckets(_ name: String, _ isBidirectional: Bool, _ count: Int, _ distance: Int) throws {
    let bias = try RelativePositionBias(
      1, buckets: count, maximumDistance: distance, isBidirectional: isBidirectional, random: random)
    let distances = try Peer.transformer("buckets.distances").integers()
    #expect(try distances.map(bias.bucket) == Peer.transformer("buckets.\(name)").integers())
  }

  @Test("attention with the bias, and the gradient of its table")
  func relativeAttention() throws {
    let bias = try RelativePositionBias(3, buckets: 8, maximumDistance: 5, random: random)
    let names = ["query", "key", "value"]
    for (dtype, tolerance) in [(DType.float64, 1e-10), (.float32, 1e-5)] {
      func fixture(_ name: String) throws -> Tensor {
        try Peer.transformer("relative_attention.\(name)").converted(to: dtype)
      }
      func expect(_ tensor: Tensor, _ name: String) throws {
        try expectRelative(tensor, "relative_attention.\(name)", tolerance, in: Peer.transformer)
      }
      bias.weight.value = try fixture("weight")
      let (inputs, weighting) = (try names.map(fixture), try fixture("y_gradient"))
      func attend(_ x: [Tensor]) throws -> Tensor {
        let sequence = try x[0].reshaped([2, 7, 12])
        return try Tensor.attention(query: x[0], key: x[1], value: x[2], mask: bias(sequence), scale: 1)
      }
      try expect(bias(inputs[0].reshaped([2, 7, 12])).unsqueezed(0), "bias")
      try expect(attend(inputs), "y")
      let gradients = try valueAndGradients(at: inputs) { try (attend($0) * weighting).sum() }.gradients
      for (name, gradient) in zip(names, gradients) { try expect(gradient, "\(name)_gradient") }
      let table = try valueAndGradients(for: [bias.weight]) { try (attend(inputs) * weighting).sum() }.gradients[0]
      try expect(table, "weight_gradient")
    }
  }

  @Test("gated units", arguments: ["glu", "reglu", "geglu", "geglu_tanh", "swiglu"])
  func gatedUnits(_ name: String) throws {
    let unit = name == "geglu_tanh" ? Activation.geglu(approximate: true) : try Activation(named: name)
    try expectPeer(name, ["x"], in: Peer.transformer) { try unit($0[0]) }
  }

  @Test func gatedAlongAnotherAxis() throws {
    try expectPeer("glu_axis", ["x"], in: Peer.transformer) { try Activation.glu(axis: 1)($0[0]) }
  }

  @Test("T5's and LLaMA's feed-forward networks are two dense layers")
  func networks() throws {
    func network(_ activation: Activation) throws -> Sequential {
      try Sequential([
        Dense(10, activation: activation, bias: false, random: random), Dense(6, bias: false, random: random),
      ])
    }
    try expectPeer(network(.geglu(approximate: true)), "t5_network", in: Peer.transformer)
    try expectPeer(network(.swiglu()), "llama_network", in: Peer.transformer)
  }
}
