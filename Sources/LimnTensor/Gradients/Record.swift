/// Records that `output` was computed from `input`, if anybody wants a gradient through it; returns `output`.
///
/// - Parameters:
///   - name: the operator's name, as users know it: errors about NaN mention it.
///   - output: a fresh tensor.
///   - rule: the gradient of `input`, given the gradient of `output`. It is made only when an entry is.
@inline(__always)
func record(
  _ name: StaticString, _ output: Tensor, from input: Tensor,
  _ rule: @autoclosure () -> (Tensor) throws -> Tensor
) -> Tensor {
  if input.node.tape == 0 { return output }
  guard let tape = Tape.current else { return output }
  let bits = tape.bits(of: input) & tape.recordedBits
  guard bits != 0 else { return output }
  tape.append(name, bits, Inputs(first: tape.index(of: input)), .one(rule()), output)
  return output
}

/// Records that `output` was computed from two inputs, if anybody wants a gradient through it; returns `output`.
///
/// The rule returns the gradients of both inputs; nil for one that is not needed or has none.
@inline(__always)
func record(
  _ name: StaticString, _ output: Tensor, from first: Tensor, _ second: Tensor,
  _ rule: @autoclosure () -> (Tensor, Needs) throws -> (Tensor?, Tensor?)
) -> Tensor {
  if first.node.tape | second.node.tape == 0 { return output }
  guard let tape = Tape.current else { return output }
  let bits = (tape.bits(of: first) | tape.bits(of: second)) & tape.recordedBits
  guard bits != 0 else { return output }
  let inputs = Inputs(first: tape.index(of: first), second: tape.index(of: second))
  tape.append(name, bits, inputs, .two(rule()), output)
  return output
}

/// Records that `output` was computed from any number of inputs, if anybody wants a gradient through it; returns
/// `output`.
///
/// The rule returns as many gradients as there are inputs; nil for one that is not needed or has none.
func record(
  _ name: StaticString, _ output: Tensor, from inputs: [Tensor],
  _ rule: @autoclosure () -> (Tensor, Needs) throws -> [Tensor?]
) -> Tensor {
  guard let tape = Tape.current else { return output }
  var bits: UInt64 = 0
  for input in inputs { bits |= tape.bits(of: input) }
  bits &= tape.recordedBits
  guard bits != 0 else { return output }
  tape.append(name, bits, Inputs(all: inputs.map { tape.index(of: $0) }), .many(rule()), output)
  return output
}

extension Tensor {
  /// The same value, as a constant: no gradient flows through it.
  public func detached() -> Tensor {
    if node == .none { return self }
    return alias()
  }

  /// Another object with the same value and no place in any record.
  func alias() -> Tensor {
    Tensor(
      storage: storage, offset: offset, shape: shape, strides: strides, count: count, dtype: dtype,
      isContiguous: isContiguous)
  }
}

/// Runs `body` without recording anything: what it computes is constant.
///
/// A tensor that `body` merely passes through keeps its place in the record; call ``Tensor/detached()`` on it.
public func noGradient<Result>(_ body: () throws -> Result) rethrows -> Result {
  guard let tape = Tape.current else { return try body() }
  let bits = tape.recordedBits
  tape.recordedBits = 0
  defer { tape.recordedBits = bits }
  return try body()
}
