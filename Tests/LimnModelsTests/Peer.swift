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

  /// Of transformers' parts: transformer.safetensors, written by Tests/Peers/transformer_fixtures.py.
  static func transformer(_ name: String) throws -> Tensor { try tensor(name, in: "transformer") }

  /// Of layers one by one, with gradients of gradients: layers.safetensors, written by Tests/Peers/layer_fixtures.py.
  static func layer(_ name: String) throws -> Tensor { try tensor(name, in: "layers") }

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

/// Expects a tensor to be the fixture's, within `tolerance` times its largest number.
func expectRelative(
  _ a: Tensor, _ name: String, _ tolerance: Double, in fixture: (String) throws -> Tensor,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let expected = try fixture(name)
  let scale = try max(1, expected.absolute().max().item().double)
  #expect(a.shape == expected.shape, "\(name)", sourceLocation: sourceLocation)
  let difference = try zip(a.doubles(), expected.doubles()).map { abs($0 - $1) }.max() ?? 0
  #expect(difference <= tolerance * scale, "\(name)", sourceLocation: sourceLocation)
}

/// Gives a layer the fixture's weights and compares its output, and all gradients, in both float types.
func expectPeer(
  _ layer: some Layer, _ name: String, in fixture: (String) throws -> Tensor,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let x = try fixture("\(name).x")
  for (dtype, tolerance) in [(DType.float64, 1e-10), (.float32, 1e-5)] {
    for (path, weight) in layer.contents.weights {
      weight.value = try fixture("\(name).\(path)").converted(to: dtype)
    }
    let found = try outputAndGradients(
      of: layer, at: x.converted(to: dtype), weightedBy: fixture("\(name).y_gradient").converted(to: dtype))
    #expect(found.y.dtype == dtype, sourceLocation: sourceLocation)
    try expectRelative(found.y, "\(name).y", tolerance, in: fixture, sourceLocation: sourceLocation)
    try expectRelative(found.x, "\(name).x_gradient", tolerance, in: fixture, sourceLocation: sourceLocation)
    for (path, gradient) in found.weights {
      try expectRelative(
        gradient, "\(name).\(path)_gradient", tolerance, in: fixture, sourceLocation: sourceLocation)
    }
  }
}

/// Compares a function of the fixture's tensors, and its gradients for them, in both float types.
func expectPeer(
  _ name: String, _ inputs: [String], in fixture: (String) throws -> Tensor, single: Bool = true,
  sourceLocation: SourceLocation = #_sourceLocation, _ function: ([Tensor]) throws -> Tensor
) throws {
  for (dtype, tolerance) in [(DType.float64, 1e-10), (.float32, 1e-5)] where single || dtype == .float64 {
    let x = try inputs.map { try fixture("\(name).\($0)").converted(to: dtype) }
    let weighting = try fixture("\(name).y_gradient").converted(to: dtype)
    try expectRelative(try function(x), "\(name).y", tolerance, in: fixture, sourceLocation: sourceLocation)
    let gradients = try valueAndGradients(at: x) { try (function($0) * weighting).sum() }.gradients
    for (input, gradient) in zip(inputs, gradients) {
      try expectRelative(
        gradient, "\(name).\(input)_gradient", tolerance, in: fixture, sourceLocation: sourceLocation)
    }
  }
}
