/// An activation that can share its pass over memory with the bias before it.
public enum FusedActivation: Sendable, Hashable {
  case none, relu, tanh, sigmoid, gelu
  case leakyRelu(Double)

  /// The function alone, differentiable.
  func callAsFunction(_ x: Tensor) throws -> Tensor {
    switch self {
    case .none: x
    case .relu: try x.relu()
    case .tanh: try x.tanh()
    case .sigmoid: try x.sigmoid()
    case .gelu: try x.gelu()
    case .leakyRelu(let slope): try x.leakyRelu(slope: slope)
    }
  }

  fileprivate func forward(_ x: Tensor, _ bias: Tensor, into y: Tensor, slopes: Tensor?) {
    func go<F: FusedFunction>(_ function: F) {
      BiasActivationRows.run(
        function, x.pointer(Float.self), rows: x.count / bias.count, channels: bias.count,
        bias: bias.pointer(Float.self), into: y.pointer(), slopes: slopes?.pointer())
    }
    switch self {  // Each call is of a known type, for which the loops are compiled.
    case .none: go(FusedIdentity())
    case .relu: go(FusedRelu())
    case .tanh: go(FusedTanh())
    case .sigmoid: go(FusedSigmoid())
    case .gelu: go(FusedGelu())
    case .leakyRelu(let slope): go(FusedLeakyRelu(slope: Float(slope)))
    }
  }

  /// What is left to do with parts of a product that has its bias, in place; nil where there is nothing.
  func finishing(_ y: Tensor, slopes: Tensor?) -> MatrixProduct.Finish? {
    let stride = y.shape[y.rank - 1]
    func go<F: FusedFunction>(_ function: F) -> MatrixProduct.Finish {
      { rows, columns in
        let place = rows.lowerBound * stride + columns.lowerBound
        BiasActivationRows.finish(
          function, y.pointer(Float.self) + place, rows: rows.count, columns: columns.count, stride: stride,
          slopes: slopes.map { $0.pointer(Float.self) + place })
      }
    }
    return switch self {  // Each call is of a known type, for which the loops are compiled.
    case .none: nil
    case .relu: go(FusedRelu())
    case .tanh: go(FusedTanh())
    case .sigmoid: go(FusedSigmoid())
    case .gelu: go(FusedGelu())
    case .leakyRelu(let slope): go(FusedLeakyRelu(slope: Float(slope)))
    }
  }

  func backward(_ gradient: Tensor, kept: Tensor, _ bias: Tensor) throws -> (Tensor, Tensor) {
    let result = (try Tensor.uninitialized(gradient.shape, .float32), try Tensor.uninitialized(bias.shape, .float32))
    func go<F: FusedFunction>(_ function: F) throws {
      try BiasActivationRows.gradients(
        function, gradient.pointer(Float.self), kept: kept.pointer(Float.self), rows: gradient.count / bias.count,
        channels: bias.count, into: result.0.pointer(), biasGradient: result.1.pointer())
    }
    switch self {  // Each call is of a known type, for which the loops are compiled.
    case .none: return (gradient, try gradient.summed(to: bias.shape))
    case .relu: try go(FusedRelu())
    case .tanh: try go(FusedTanh())
    case .sigmoid: try go(FusedSigmoid())
    case .gelu: try go(FusedGelu())
    case .leakyRelu(let slope): try go(FusedLeakyRelu(slope: Float(slope)))
    }
    return result
  }

  var keepsSlopes: Bool { self == .gelu }
}

extension Tensor {
  /// `f(x + bias)`: what stands behind the product of a dense or convolution layer, in one pass over memory, and one on
  /// the way back.
  ///
  /// - Parameter bias: as long as the last axis.
  /// - Throws: `shape-mismatch`.
  public func activated(bias: Tensor, _ activation: FusedActivation) throws -> Tensor {
    let isFused =
      dtype == .float32 && bias.dtype == .float32 && bias.rank == 1 && bias.count >= 8 && rank > 0 && count > 0
      && bias.count == shape[rank - 1]
    guard isFused else { return try activation(try adding(bias)) }
    let (x, offset) = (try contiguous(), try bias.contiguous())
    let output = try Tensor.uninitialized(shape, .float32)
    let slopes = activation.keepsSlopes && Tape.isRecording ? try Tensor.uninitialized(shape, .float32) : nil
    withExtendedLifetime((x, offset, output, slopes)) { activation.forward(x, offset, into: output, slopes: slopes) }
    if activation == .none {
      return record("add", output, from: self, bias, { gradient, needs in
        (needs(0) ? gradient : nil, needs(1) ? try gradient.summed(to: bias.shape) : nil)
      })
    }
    let kept = slopes ?? output
    return record("bias and activation", output, from: self, bias, { gradient, needs in
      if Tape.isRecording {
        let gradients = try replayedGradients(of: [self, bias], gradient, needs) { try activation($0[0].adding($0[1])) }
        return (gradients[0], gradients[1])
      }
      let gradient = try gradient.contiguous()
      return try withExtendedLifetime((kept, gradient)) {
        try activation.backward(gradient, kept: kept, offset)
      }
    })
  }
}
