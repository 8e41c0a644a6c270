import LimnModels
import LimnTensor
import Testing

/// Values, gradients and gradients of gradients come from PyTorch 2.13: see ``Peer/layer(_:)``.
@Suite("Activations are PyTorch's, twice differentiated too")
struct ActivationPeerTests {
  @Test(arguments: [
    "relu", "tanh", "sigmoid", "selu", "silu", "softplus", "gelu", "softmax", "log_softmax", "glu", "swiglu",
  ])
  func named(_ name: String) throws {
    let activation = try Activation(named: name)
    try expectLayerPeer("activation.\(name)", ["x"]) { try activation($0[0]) }
  }

  @Test func withOptions() throws {
    try expectLayerPeer("activation.leaky_relu", ["x"]) { try Activation.leakyRelu(0.2)($0[0]) }
    try expectLayerPeer("activation.elu", ["x"]) { try Activation.elu(1.3)($0[0]) }
    try expectLayerPeer("activation.gelu_tanh", ["x"]) { try Activation.gelu(approximate: true)($0[0]) }
    try expectLayerPeer("activation.softmax_axis", ["x"]) { try Activation.softmax(axis: 1)($0[0]) }
  }
}
