import Foundation
import LimnModels
import LimnTensor
import Testing

/// What PyTorch 2.13 computed, in float64: Tests/Fixtures/training.safetensors, written by
/// Tests/Peers/training_fixtures.py.
enum Peer {
  static func tensor(_ name: String) throws -> Tensor { try tensor(name, in: "training") }

  /// Of sequences, norms and linear algebra: sequence.safetensors, written by Tests/Peers/sequence_fixtures.py.
  static func sequence(_ name: String) throws -> Tensor { try tensor(name, in: "sequence") }

  private static func tensor(_ name: String, in file: String) throws -> Tensor {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try Safetensors(tests.appending(path: "Fixtures/\(file).safetensors").path()).tensor(name)
  }
}

/// Expects two tensors to have one shape and all their elements within `tolerance` of each other.
func expectClose(
  _ a: Tensor?, _ b: Tensor?, _ tolerance: Double = 1e-12, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let (a, b) = (try #require(a, sourceLocation: sourceLocation), try #require(b, sourceLocation: sourceLocation))
  #expect(a.shape == b.shape, sourceLocation: sourceLocation)
  guard a.shape == b.shape else { return }
  let difference = try zip(a.doubles(), b.doubles()).map { $0 == $1 ? 0 : abs($0 - $1) }.max() ?? 0
  #expect(difference <= tolerance, sourceLocation: sourceLocation)
}

/// Expects two tensors to be equal bit by bit.
func expectEqual(_ a: Tensor?, _ b: Tensor?, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let (a, b) = (try #require(a, sourceLocation: sourceLocation), try #require(b, sourceLocation: sourceLocation))
  #expect(a.dtype == b.dtype, sourceLocation: sourceLocation)
  #expect(try a.isEqual(to: b), sourceLocation: sourceLocation)
}

/// The mean of the squared distance of two tensors.
func meanSquaredError(_ a: Tensor, _ b: Tensor) throws -> Tensor { try (a - b).square().mean() }

/// The gradients of Σ y · `weight` for the weights of a layer, by name, and for x; y itself too.
func outputAndGradients(
  of layer: some Layer, at x: Tensor, weightedBy weight: Tensor
) throws -> (y: Tensor, x: Tensor, weights: [String: Tensor]) {
  let weights = layer.contents.weights
  let y = try layer(x)
  let xGradient = try gradient(at: x) { try (layer($0) * weight).sum() }
  let gradients = try valueAndGradients(for: weights.map(\.weight)) { try (layer(x) * weight).sum() }.gradients
  return (y, xGradient, Dictionary(uniqueKeysWithValues: zip(weights.map(\.path), gradients)))
}
