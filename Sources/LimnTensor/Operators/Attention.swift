extension Tensor {
  /// Scaled dot-product attention: for each query a mean of the values, weighted by how well their keys fit.
  ///
  ///     y = softmax(q kᵀ · scale + mask) v       for each image of the batch and each head
  ///
  /// Scores are never gathered: in single precision the softmax is taken a block of keys at a time, and memory grows
  /// with the length of the sequences alone, on the way back too.
  ///
  /// Source: Vaswani et al., "Attention is all you need" (2017), section 3.2.1.
  ///
  /// - Parameters:
  ///   - query: `[batch, queries, heads, size]`.
  ///   - key: `[batch, keys, heads, size]`.
  ///   - value: `[batch, keys, heads, value size]`.
  ///   - isCausal: whether the last query sees all keys, and each one before it one key less.
  ///   - mask: bools, true where a query may look, or floats that are added to the scores; it broadcasts to
  ///     `[batch, heads, queries, keys]`. A query that may look nowhere gives NaN.
  ///   - scale: 1/√size unless given.
  /// - Returns: `[batch, queries, heads, value size]`.
  /// - Throws: `shape-mismatch`; `bad-argument` for causal attention over fewer keys than queries.
  public static func attention(
    query: Tensor, key: Tensor, value: Tensor, isCausal: Bool = false, mask: Tensor? = nil, scale: Double? = nil
  ) throws -> Tensor {
    let dtype = [query, key, value].map(\.dtype).reduce(.float32) { $0 == .float64 ? $0 : $1.isFloat ? $1 : $0 }
    return try attention(
      try [query, key, value].map { try $0.promoted(to: dtype) }, .separate, isCausal, mask, scale)
  }

  /// Attention of a sequence to itself, all of whose queries, keys and values come from one product.
  ///
  /// As ``attention(query:key:value:isCausal:mask:scale:)`` of the three parts, whose gradients need not be put together.
  ///
  /// - Parameters:
  ///   - projection: `[batch, time, 3 · heads · size]`: queries, then keys, then values, each head by head.
  ///   - mask: broadcasts to `[batch, heads, time, time]`.
  /// - Returns: `[batch, time, heads, size]`.
  /// - Throws: `shape-mismatch`.
  public static func attention(
    projection: Tensor, heads: Int, isCausal: Bool = false, mask: Tensor? = nil, scale: Double? = nil
  ) throws -> Tensor {
    guard projection.rank == 3, heads > 0, projection.shape[2] % (3 * heads) == 0 else {
      throw TensorError(
        .shapeMismatch, "attention of \(heads) heads takes queries, keys and values as [batch, time, 3 · heads · size]",
        operands: [.init(.index(0), "this is \(projection.shape)")])
    }
    let source = try projection.promoted(to: projection.dtype.isFloat ? projection.dtype : .float32)
    return try attention([source], .projection(heads: heads), isCausal, mask, scale)
  }

  private static func attention(
    _ inputs: [Tensor], _ layout: AttentionLayout, _ isCausal: Bool, _ mask: Tensor?, _ scale: Double?
  ) throws -> Tensor {
    let attention = try AttentionOperator(layout.views(of: inputs), isCausal, mask, scale)
    let hasLearnedMask = attention.mask.map { $0.node != .none } ?? false
    guard inputs[0].dtype == .float32, !hasLearnedMask, !attention.isEmpty else {
      return try attention.composed(layout.parts(of: inputs))
    }
    return try attention.fused(inputs, layout)
  }
}

/// How queries, keys and values come.
private enum AttentionLayout {
  case separate
  /// Side by side along the last axis of one tensor `[batch, time, 3 · heads · size]`.
  case projection(heads: Int)

  /// Queries, keys and values, each `[batch, time, heads, size]`.
  func parts(of inputs: [Tensor]) throws -> [Tensor] {
    guard case .projection(let heads) = self else { return inputs }
    let (batch, time, width) = (inputs[0].shape[0], inputs[0].shape[1], inputs[0].shape[2])
    return try inputs[0].split(into: 3, axis: -1).map { try $0.reshaped([batch, time, heads, width / (3 * heads)]) }
  }

  /// The same, outside of any record, in the inputs' own memory.
  func views(of inputs: [Tensor]) throws -> [Tensor] {
    guard case .projection(let heads) = self else { return inputs.map { $0.detached() } }
    let whole = inputs[0]
    let (size, stride) = (whole.shape[2] / (3 * heads), whole.strides[2])
    return try (0..<3).map { part in
      try whole.view(
        shape: [whole.shape[0], whole.shape[1], heads, size],
        strides: [whole.strides[0], whole.strides[1], size * stride, stride],
        offset: whole.offset + part * heads * size * stride)
    }
  }
}

private struct AttentionOperator {
  let shape: (batch: Int, queries: Int, keys: Int, heads: Int, size: Int, valueSize: Int)
  let isCausal: Bool
  let scale: Double
  /// Floats to add to the scores.
  let mask: Tensor?

  init(_ inputs: [Tensor], _ isCausal: Bool, _ mask: Tensor?, _ scale: Double?) throws {
    let (query, key, value) = (inputs[0], inputs[1], inputs[2])
    let shapes = [query, key, value].map(\.shape)
    guard shapes.allSatisfy({ $0.rank == 4 }), shapes[1][0] == shapes[0][0], shapes[1][2] == shapes[0][2],
      shapes[1][3] == shapes[0][3], shapes[2].prefix(3).elementsEqual(shapes[1].prefix(3)), shapes[0][3] > 0
    else {
      throw TensorError(
        .shapeMismatch, "attention takes queries, keys and values as [batch, time, heads, size] that go together",
        operands: [
          .init(.index(0), "queries are \(shapes[0])"), .init(.index(1), "keys are \(shapes[1])"),
          .init(.index(2), "values are \(shapes[2])"),
        ])
    }
    shape = (shapes[0][0], shapes[0][1], shapes[1][1], shapes[0][2], shapes[0][3], shapes[2][3])
    let whole: Shape = [shapes[0][0], shapes[0][2], shapes[0][1], shapes[1][1]]
    guard !isCausal || shape.keys >= shape.queries else {
      throw TensorError(
        .badArgument, "causal attention of \(shape.queries) queries needs at least as many keys, and got \(shape.keys)",
        operands: [.init(.index(1), "keys are \(shapes[1])")])
    }
    self.isCausal = isCausal
    self.scale = scale ?? 1 / Double(shape.size).squareRoot()
    self.mask = try mask.map { mask in
      guard mask.rank <= 4, (try? Shape.broadcast(mask.shape, whole, for: "mask")) == whole else {
        throw TensorError(
          .shapeMismatch, "a mask of \(mask.shape) does not stretch to [batch, heads, queries, keys], \(whole)",
          operands: [.init(.named("mask"), "mask is \(mask.shape)")])
      }
      guard mask.dtype == .bool else { return try mask.promoted(to: query.dtype) }
      let hidden = try Tensor.scalar(.float(-.infinity), query.dtype)
      return try Tensor.choose(mask, try Tensor.scalar(0, query.dtype), hidden)
    }
  }

  var isEmpty: Bool { min(shape.batch, shape.queries, min(shape.keys, shape.heads, shape.valueSize)) == 0 }

  /// As differentiable operators.
  func composed(_ inputs: [Tensor]) throws -> Tensor {
    let heads = try inputs.map { try $0.permuted([0, 2, 1, 3]) }
    var scores = try heads[0].matrixProduct(try heads[1].transposed()).multiplied(by: .float(scale))
    if let mask { scores = try scores.adding(mask) }
    if isCausal {
      let (rows, columns) = (try Tensor.arange(0, Scalar(shape.queries)), try Tensor.arange(0, Scalar(shape.keys)))
      let last = try rows.adding(.int(Int64(shape.keys - shape.queries))).unsqueezed(1)
      let hidden = try Tensor.scalar(.float(-.infinity), scores.dtype)
      scores = try Tensor.choose(try columns.lessOrEqual(last), scores, hidden)
    }
    return try scores.softmax().matrixProduct(heads[2]).permuted([0, 2, 1, 3])
  }

  /// In blocks, in single precision.
  func fused(_ inputs: [Tensor], _ layout: AttentionLayout) throws -> Tensor {
    let rows = try layout.views(of: inputs).map { $0.strides[3] == 1 || $0.shape[3] == 1 ? $0 : try $0.copied() }
    let output = try Tensor.uninitialized([shape.batch, shape.queries, shape.heads, shape.valueSize], .float32)
    let logSums = try Tensor.uninitialized([shape.batch, shape.heads, shape.queries], .float32)
    let bias = try mask.map { try $0.detached().inMaskOrder(keys: shape.keys) }
    try withExtendedLifetime((rows, output, logSums, bias)) {
      try pass(rows, bias).forward(into: output.pointer(), logSums: logSums.pointer())
    }
    return record("attention", output, from: inputs, { gradient, needs in
      if Tape.isRecording {
        return try replayedGradients(of: inputs, gradient, needs) { try composed(layout.parts(of: $0)) }
      }
      let gradient = try gradient.contiguous()
      let gradients = try inputs.map { try Tensor.uninitialized($0.shape, .float32) }
      let parts = try layout.views(of: gradients)
      try withExtendedLifetime((rows, output, logSums, bias, gradient, gradients)) {
        try pass(rows, bias).backward(
          .init(
            output: UnsafePointer(gradient.pointer(Float.self)), values: UnsafePointer(output.pointer(Float.self)),
            logSums: UnsafePointer(logSums.pointer(Float.self)), query: heads(parts[0]), key: heads(parts[1]),
            value: heads(parts[2])))
      }
      return gradients
    })
  }

  private func pass(_ rows: [Tensor], _ bias: Tensor?) -> AttentionPass {
    AttentionPass(
      batch: shape.batch, heads: shape.heads, queries: shape.queries, keys: shape.keys, size: shape.size,
      valueSize: shape.valueSize, scale: Float(scale), isCausal: isCausal, query: heads(rows[0]), key: heads(rows[1]),
      value: heads(rows[2]),
      mask: bias.map { bias in
        let strides = bias.broadcastStrides(to: [shape.batch, shape.heads, shape.queries, shape.keys])
        return .init(
          start: UnsafePointer(bias.pointer(Float.self)), batch: strides[0], head: strides[1], query: strides[2])
      })
  }

  private func heads(_ x: Tensor) -> AttentionPass.Heads {
    .init(start: x.pointer(), batch: x.strides[0], time: x.strides[1], head: x.strides[2])
  }
}

extension Tensor {
  /// A mask in memory order, with a whole last axis.
  fileprivate func inMaskOrder(keys: Int) throws -> Tensor {
    var whole: Shape = rank == 0 ? [1] : shape
    whole[whole.rank - 1] = keys
    return try broadcast(to: whole).contiguous()
  }
}
