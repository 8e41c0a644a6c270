import LimnModels
import LimnTensor
import Testing

/// Values, gradients and gradients of gradients come from PyTorch 2.13: see ``Peer/layer(_:)``.
@Suite("Normalizations are PyTorch's, twice differentiated too")
struct NormalizationPeerTests {
  private let random = RandomSource(seed: 1)

  @Test func ofTheBatch() throws {
    try expectLayerPeer("batch_norm", ["x", "gain", "bias"]) {
      try $0[0].batchNormalized(scale: $0[1], offset: $0[2], epsilon: 1e-3).output
    }
  }

  @Test func ofEachExample() throws {
    try expectLayerPeer(LayerNorm(), "layer_norm")
    try expectLayerPeer(RMSNorm(), "rms_norm")
    try expectLayerPeer(GroupNorm(2), "group_norm")
    try expectLayerPeer(GroupNorm(nil), "instance_norm")
  }

  @Test("The vectors of spectral norm stay outside of training, and σ is differentiated through the kernel")
  func spectral() throws {
    let dense = try SpectralNorm(Dense(3, bias: false, random: random), random: random)
    try expectLayerPeer(dense, "spectral_norm.dense") {
      dense.vector.value = try Peer.layer("spectral_norm.dense.vector").converted(to: $0)
    }
    let kernel = WindowSize(rows: 3, columns: 2)
    let convolution = try SpectralNorm(
      Conv2D(4, kernel: kernel, padding: .valid, bias: false, random: random), random: random)
    try expectLayerPeer(convolution, "spectral_norm.conv2d") {
      convolution.vector.value = try Peer.layer("spectral_norm.conv2d.vector").converted(to: $0)
    }
  }
}
