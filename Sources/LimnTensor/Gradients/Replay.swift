/// The gradients of a composition of operators, given the gradient of its result.
///
/// An operator with a fused kernel for its first derivative calls it when derivatives of that are wanted too
/// (``Tape/isRecording``): the same function, written with differentiable operators, is run again, and what its
/// backward pass computes is recorded by whoever is recording.
///
/// - Parameters:
///   - inputs: the operator's inputs.
///   - gradient: the gradient of its output.
///   - needs: which inputs' gradients are wanted.
///   - function: the operator as a composition, from tensors with the values of `inputs`.
/// - Returns: a gradient for each input that is wanted; nil for the others.
func replayedGradients(
  of inputs: [Tensor], _ gradient: Tensor, _ needs: Needs, _ function: ([Tensor]) throws -> Tensor
) throws -> [Tensor?] {
  let wanted = inputs.indices.filter { needs($0) }
  let gradients = try valueAndGradients(at: wanted.map { inputs[$0] }) { targets in
    var all = inputs
    for (index, target) in zip(wanted, targets) { all[index] = target }
    return try function(all).multiplied(by: gradient).sum()
  }.gradients
  var result = [Tensor?](repeating: nil, count: inputs.count)
  for (index, found) in zip(wanted, gradients) { result[index] = found }
  return result
}
