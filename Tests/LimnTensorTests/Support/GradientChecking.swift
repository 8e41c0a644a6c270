import Testing

@testable import LimnTensor

/// Numbers for tests: distinct, of both signs, none near zero, a half or another, fixed by a seed.
func numbers(_ shape: Shape, seed: UInt64 = 1, from low: Double = -1.5, to high: Double = 1.5) throws -> Tensor {
  try RandomSource(seed: seed).uniform(shape, from: low, to: high, dtype: .float64)
}

/// Checks a function's gradients, and its gradients' gradients, against central finite differences in float64.
///
/// - Parameters:
///   - inputs: float64 tensors at which the function is smooth.
///   - second: whether second derivatives exist and are checked.
func checkGradients(
  _ inputs: [Tensor], second: Bool = true, tolerance: Double = 1e-6,
  sourceLocation: SourceLocation = #_sourceLocation, _ function: ([Tensor]) throws -> Tensor
) throws {
  let faults = try gradientFaults(inputs, second: second, tolerance: tolerance, function)
  #expect(faults.isEmpty, sourceLocation: sourceLocation)
}

/// What is wrong with a function's gradients.
///
/// The function's result is reduced to a number with fixed random factors. First comes the gradient as a step of
/// training takes it, which may use fused kernels; then the same gradient under an outer record, which goes through
/// differentiable operators; then the derivative of that gradient.
func gradientFaults(
  _ inputs: [Tensor], second: Bool = true, tolerance: Double = 1e-6, _ function: ([Tensor]) throws -> Tensor
) throws -> [String] {
  func number(_ x: [Tensor]) throws -> Tensor {
    let result = try function(x)
    return try result.multiplied(by: try numbers(result.shape, seed: 77)).sum()
  }
  var faults: [String] = []
  let gradients = try valueAndGradients(at: inputs, of: number).gradients
  for (index, gradient) in gradients.enumerated() {
    if gradient.shape != inputs[index].shape || gradient.dtype != .float64 {
      return ["gradient \(index) is \(gradient.shape) \(gradient.dtype), not \(inputs[index].shape)"]
    }
    let differences = try centralDifferences(inputs, index) { try number($0).item().double }
    faults += mismatches(try gradient.doubles(), differences, tolerance, "gradient \(index)")
  }
  guard second else { return faults }
  // The gradient, dotted with fixed factors, is a function again.
  func slope(_ x: [Tensor]) throws -> (value: Tensor, gradients: [Tensor]) {
    let (value, gradients) = try valueAndGradients(at: x, of: number)
    var total = try value.multiplied(by: 0)
    for (index, gradient) in gradients.enumerated() {
      total = try total.adding(try gradient.multiplied(by: try numbers(gradient.shape, seed: 99 + UInt64(index))).sum())
    }
    return (total, gradients)
  }
  var recorded: [Tensor] = []
  let seconds = try valueAndGradients(at: inputs) { x in
    let result = try slope(x)
    recorded = result.gradients
    return result.value
  }.gradients
  for (fused, differentiable) in zip(gradients, recorded) {
    faults += mismatches(try differentiable.doubles(), try fused.doubles(), 1e-12, "gradient under a record")
  }
  for (index, gradient) in seconds.enumerated() {
    let differences = try centralDifferences(inputs, index) { try slope($0).value.item().double }
    faults += mismatches(try gradient.doubles(), differences, tolerance, "second gradient \(index)")
  }
  return faults
}

/// `(f(x + h) - f(x - h)) / 2h` for each element of one input.
private func centralDifferences(
  _ inputs: [Tensor], _ index: Int, _ function: ([Tensor]) throws -> Double
) throws -> [Double] {
  let elements = try inputs[index].doubles()
  let step = 1e-5
  return try elements.indices.map { place in
    func shifted(_ change: Double) throws -> Double {
      var moved = elements
      moved[place] += change
      var arguments = inputs
      arguments[index] = try Tensor(moved, inputs[index].shape)
      return try function(arguments)
    }
    return (try shifted(step) - shifted(-step)) / (2 * step)
  }
}

/// Checks that two lists agree to within `tolerance`, relative to the larger of one and the number.
func expectClose(
  _ actual: [Double], _ expected: [Double], _ tolerance: Double, _ name: String = "value",
  _ sourceLocation: SourceLocation = #_sourceLocation
) throws {
  #expect(mismatches(actual, expected, tolerance, name).isEmpty, sourceLocation: sourceLocation)
}

/// Where two lists differ by more than `tolerance`, relative to the larger of one and the number.
private func mismatches(_ actual: [Double], _ expected: [Double], _ tolerance: Double, _ name: String) -> [String] {
  guard actual.count == expected.count else { return ["\(name) has \(actual.count) elements, not \(expected.count)"] }
  return zip(actual, expected).enumerated().compactMap { place, pair in
    let (a, b) = pair
    return a == b || abs(a - b) <= tolerance * max(1, abs(b)) ? nil : "\(name) at \(place): \(a), not \(b)"
  }
}

/// Views that a kernel has to read right: transposed, every second, reversed, stretched.
func awkwardViews(_ rows: Int, _ columns: Int, seed: UInt64 = 5) throws -> [(name: String, view: Tensor)] {
  [
    ("transposed", try numbers([columns, rows], seed: seed).transposed()),
    ("every second column", try numbers([rows, 2 * columns], seed: seed)[.all, .slice(step: 2)]),
    ("reversed", try numbers([rows, columns], seed: seed).flipped()),
    ("stretched", try numbers([1, columns], seed: seed).broadcast(to: [rows, columns])),
    (
      "a part",
      try numbers([rows + 2, columns + 3], seed: seed)[.slice(start: 1, stop: -1), .slice(start: 2, stop: -1)]
    ),
  ]
}

extension Tensor {
  /// The code of the error that `body` throws.
  static func code(_ body: () throws -> Any) -> String? {
    do {
      _ = try body()
      return nil
    } catch let error as TensorError { return error.code.rawValue } catch { return "\(error)" }
  }
}
