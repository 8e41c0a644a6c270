import LimnModels
import LimnTensor
import Testing

/// Compares a function of the fixture's tensors and of a layer's weights with layers.safetensors, in both float types: its
/// value, its gradients for all of them, and the gradients of those, in the fixture's directions.
///
/// - Parameters:
///   - inputs: the names of the tensors that the function takes.
///   - weights: what it reads besides; they get the fixture's values of the same names.
///   - second: whether the fixture has gradients of gradients.
///   - prepare: called for each float type, before the function is.
func expectLayerPeer(
  _ name: String, _ inputs: [String], weights: [(path: String, weight: Weight)] = [], second: Bool = true,
  prepare: (DType) throws -> Void = { _ in }, sourceLocation: SourceLocation = #_sourceLocation,
  _ function: ([Tensor]) throws -> Tensor
) throws {
  // Gradients of gradients lose more digits, as they are differences of larger numbers.
  for (dtype, tolerance, secondTolerance) in [(DType.float64, 1e-10, 1e-9), (.float32, 1e-5, 1e-4)] {
    func fixture(_ part: String) throws -> Tensor { try Peer.layer("\(name).\(part)").converted(to: dtype) }
    func expect(_ tensors: [Tensor], _ names: [String], _ suffix: String, _ tolerance: Double) throws {
      for (tensor, part) in zip(tensors, names) {
        #expect(tensor.dtype == dtype, sourceLocation: sourceLocation)
        try expectRelative(tensor, "\(name).\(part)\(suffix)", tolerance, in: Peer.layer, sourceLocation: sourceLocation)
      }
    }
    try prepare(dtype)
    for (path, weight) in weights { weight.value = try fixture(path) }
    let (x, paths) = (try inputs.map(fixture), weights.map(\.path))
    let weighting = try fixture("y_gradient")
    try expect([function(x)], ["y"], "", tolerance)

    func number(_ x: [Tensor]) throws -> Tensor { try (function(x) * weighting).sum() }
    func gradients(_ x: [Tensor], of number: ([Tensor]) throws -> Tensor) throws -> [Tensor] {
      try valueAndGradients(at: x, of: number).gradients
        + valueAndGradients(for: weights.map(\.weight)) { try number(x) }.gradients
    }
    try expect(gradients(x, of: number), inputs + paths, "_gradient", tolerance)
    guard second else { continue }
    let directions = try (inputs + paths).map { try fixture("\($0)_direction") }
    let seconds = try gradients(x) { x in
      try zip(gradients(x, of: number), directions).reduce(Tensor.scalar(0, dtype)) { try $0 + ($1.0 * $1.1).sum() }
    }
    try expect(seconds, inputs + paths, "_second", secondTolerance)
  }
}

/// The same of a layer that takes one tensor, named x.
func expectLayerPeer(
  _ layer: some Layer, _ name: String, second: Bool = true, prepare: (DType) throws -> Void = { _ in },
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try expectLayerPeer(
    name, ["x"], weights: layer.contents.weights.map { ($0.path, $0.weight) }, second: second, prepare: prepare,
    sourceLocation: sourceLocation
  ) { try layer($0[0]) }
}
