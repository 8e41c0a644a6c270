import Testing

@testable import LimnTensor

/// Checks a function in float32, where fused kernels run, against itself in float64: its value, its gradients, and its
/// second derivatives in a fixed direction. ``checkGradients`` has checked the latter against finite differences.
func checkSinglePrecision(
  _ inputs: [Tensor], tolerance: Double = 2e-5, second: Bool = true,
  sourceLocation: SourceLocation = #_sourceLocation, _ function: ([Tensor]) throws -> Tensor
) throws {
  func number(_ x: [Tensor]) throws -> Tensor {
    let result = try function(x)
    return try result.multiplied(by: try numbers(result.shape, seed: 77).converted(to: result.dtype)).sum()
  }
  func slope(_ x: [Tensor]) throws -> Tensor {
    try valueAndGradients(at: x, of: number).gradients.reduce(try Tensor.scalar(0, x[0].dtype)) { total, gradient in
      let factors = try numbers(gradient.shape, seed: 99).converted(to: gradient.dtype)
      return try total.adding(try gradient.multiplied(by: factors).sum())
    }
  }
  let singles = try inputs.map { try $0.converted(to: .float32) }
  try expectClose(
    try function(singles).doubles(), try function(inputs).doubles(), tolerance, "value", sourceLocation)
  let gradients = try valueAndGradients(at: singles, of: number).gradients
  let expected = try valueAndGradients(at: inputs, of: number).gradients
  for (index, (a, b)) in zip(gradients, expected).enumerated() {
    #expect(a.dtype == .float32, sourceLocation: sourceLocation)
    try expectClose(try a.doubles(), try b.doubles(), tolerance, "gradient \(index)", sourceLocation)
  }
  guard second else { return }
  let seconds = try valueAndGradients(at: singles, of: slope).gradients
  let expectedSeconds = try valueAndGradients(at: inputs, of: slope).gradients
  for (index, (a, b)) in zip(seconds, expectedSeconds).enumerated() {
    try expectClose(try a.doubles(), try b.doubles(), tolerance * 10, "second gradient \(index)", sourceLocation)
  }
}
