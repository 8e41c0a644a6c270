/// The value of `function` at `x`, and its gradient there.
///
/// Within another recording, both are themselves differentiable.
///
/// - Parameters:
///   - x: float tensors.
///   - function: gives one number, from tensors with the values of `x`.
/// - Returns: gradients of the shapes of `x`; zeros for one that `function` does not depend on.
/// - Throws: `no-gradient` when the value is not one float, and what `function` throws.
public func valueAndGradients(
  at x: [Tensor], of function: ([Tensor]) throws -> Tensor
) throws -> (value: Tensor, gradients: [Tensor]) {
  for tensor in x where !tensor.dtype.isFloat {
    throw TensorError(
      .noGradient, "a gradient is taken for floats, and this is \(tensor.dtype)",
      help: "convert it with to(\"float32\")")
  }
  return try Recording.run(groups: [[]]) { recording in
    let targets = x.map { recording.target($0) }
    let value = try function(targets)
    let gradients = try recording.gradients(of: value, at: targets)
    return (
      value,
      try zip(gradients, x).map { gradient, x in try gradient ?? Tensor.zeros(x.shape, x.dtype) }
    )
  }
}

/// The gradient of `function` at `x`. See ``valueAndGradients(at:of:)``.
public func gradient(at x: Tensor, of function: (Tensor) throws -> Tensor) throws -> Tensor {
  try valueAndGradients(at: [x]) { try function($0[0]) }.gradients[0]
}

/// The value of `function`, and its gradients for weights that it reads.
///
/// - Returns: gradients of the weights' shapes; zeros for one that `function` does not depend on.
/// - Throws: `no-gradient` when the value is not one float, and what `function` throws.
public func valueAndGradients(
  for weights: [Weight], of function: () throws -> Tensor
) throws -> (value: Tensor, gradients: [Tensor]) {
  try Recording.run(groups: [weights]) { recording in
    let value = try function()
    let gradients = try recording.gradients(of: value, for: weights)
    return (
      value,
      try zip(gradients, weights).map { gradient, weight in
        try gradient ?? Tensor.zeros(weight.value.shape, weight.value.dtype)
      }
    )
  }
}
