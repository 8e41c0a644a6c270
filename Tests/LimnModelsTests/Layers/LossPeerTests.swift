import LimnTensor
import Testing

/// Values, gradients for predictions and targets, and gradients of gradients come from PyTorch 2.13: see
/// ``Peer/layer(_:)``.
@Suite("Losses are PyTorch's, as means and one by one")
struct LossPeerTests {
  private func check(
    _ name: String, _ inputs: [String], _ loss: ([Tensor], Loss.Reduction) throws -> Tensor
  ) throws {
    try expectLayerPeer("loss.\(name)", inputs) { try loss($0, .mean) }
    try expectLayerPeer("loss.\(name).none", inputs) { try loss($0, .none) }
  }

  @Test func binaryCrossEntropy() throws {
    try check("bce", ["x", "t"]) { try Loss.binaryCrossEntropy($0[0], .tensor($0[1]), reduction: $1) }
  }

  @Test func regression() throws {
    try check("mse", ["x", "t"]) { try Loss.squaredError($0[0], .tensor($0[1]), reduction: $1) }
    try check("mae", ["x", "t"]) { try Loss.absoluteError($0[0], .tensor($0[1]), reduction: $1) }
    try check("huber", ["x", "t"]) { try Loss.huber($0[0], .tensor($0[1]), delta: 0.7, reduction: $1) }
    try check("gaussian_nll", ["x", "t", "v"]) {
      try Loss.gaussianNegativeLogLikelihood($0[0], .tensor($0[1]), variance: $0[2], reduction: $1)
    }
  }

  @Test func margins() throws {
    let signs = try Peer.layer("loss.hinge.target")
    func target(_ x: [Tensor]) throws -> Loss.Target { .tensor(try signs.converted(to: x[0].dtype)) }
    try check("hinge", ["x"]) { try Loss.hinge($0[0], target($0), margin: 1.5, reduction: $1) }
    try check("wasserstein", ["x"]) { try Loss.wasserstein($0[0], target($0), reduction: $1) }
  }

  @Test func divergences() throws {
    try check("kl", ["x", "t"]) { try Loss.divergence($0[0].logSoftmax(), $0[1], reduction: $1) }
    try check("normal_kl", ["m", "v"]) { try Loss.normalDivergence($0[0], logVariance: $0[1], reduction: $1) }
  }

  @Test("Cross entropy, smoothed, of labels of which one is ignored, and of probabilities")
  func crossEntropy() throws {
    let labels = try Peer.layer("loss.cross_entropy.labels")
    try check("cross_entropy", ["x"]) {
      try Loss.crossEntropy($0[0], labels: labels, smoothing: 0.1, ignored: -1, reduction: $1)
    }
    try check("cross_entropy_dense", ["x", "t"]) {
      try Loss.crossEntropy($0[0], probabilities: $0[1], smoothing: 0.2, reduction: $1)
    }
  }
}
