extension Loss {
  /// Cross entropy of the softmax of logits with the wanted classes' numbers.
  ///
  ///     -log softmax(x)[label]
  ///
  /// With smoothing s, the target is not the class alone but (1 - s) of it and s of all classes alike. Gradient for x:
  /// `softmax(x) - target`. Source of smoothing: Szegedy et al., "Rethinking the Inception architecture" (2016).
  ///
  /// - Parameters:
  ///   - logits: `[..., classes]`.
  ///   - labels: integers `[...]`.
  ///   - smoothing: from 0 to 1.
  ///   - ignored: a label that marks what is not to be counted, such as padding: its loss is 0, and it has no part in
  ///     the mean.
  /// - Returns: a number, or losses `[...]` for ``Reduction/none``. The mean of nothing is NaN.
  /// - Throws: `shape-mismatch`, `dtype-mismatch` for labels that are not integers, `index-out-of-range` for a label
  ///   that is no class, `bad-argument`.
  public static func crossEntropy(
    _ logits: Tensor, labels: Tensor, smoothing: Double = 0, ignored: Int? = nil, reduction: Reduction = .mean
  ) throws -> Tensor {
    try requireSmoothing(smoothing)
    let classes = try classCount(logits)
    var rows = logits.shape
    rows.remove(at: rows.rank - 1)
    guard labels.shape == rows else {
      throw TensorError(
        .shapeMismatch,
        "cross_entropy of logits \(logits.shape) takes labels \(rows), one for each row, and these are \(labels.shape)",
        operands: [.init(.index(0), "logits are \(logits.shape)"), .init(.index(1), "labels are \(labels.shape)")],
        help: labels.shape == logits.shape ? "for probabilities use dense targets, of a float type" : nil)
    }
    let (checked, counted) = try checkedLabels(labels, classes, ignored)
    let x = try logits.inFloats()
    let losses =
      x.dtype == .float32 && x.count > 0
      ? try fusedCrossEntropy(x, checked, smoothing, rows)
      : try composedCrossEntropy(x, checked, smoothing, rows)
    switch reduction {
    case .none: return losses
    case .sum: return try losses.sum()
    case .mean:
      let total = try losses.sum()
      return try counted == 0 ? total.divided(by: 0) : total.multiplied(by: .float(1 / Double(counted)))
    }
  }

  /// Cross entropy of the softmax of logits with wanted probabilities: `-Σ t log softmax(x)` along the last axis.
  ///
  /// - Parameters:
  ///   - logits: `[..., classes]`.
  ///   - target: probabilities of the same shape.
  ///   - smoothing: takes (1 - s) of the target and s of all classes alike.
  /// - Throws: `shape-mismatch` when the shapes differ, `bad-argument`.
  public static func crossEntropy(
    _ logits: Tensor, probabilities target: Tensor, smoothing: Double = 0, reduction: Reduction = .mean
  ) throws -> Tensor {
    try requireSmoothing(smoothing)
    let classes = try classCount(logits)
    try requireSame("cross_entropy", logits, target)
    var (x, t) = try Tensor.promotedFloats(logits, target)
    if smoothing > 0 {
      t = try t.multiplied(by: .float(1 - smoothing)).adding(.float(smoothing / Double(classes)))
    }
    return try reduce(try x.logSoftmax().multiplied(by: t).sum(axes: [-1]).negated(), reduction)
  }

  private static func requireSmoothing(_ smoothing: Double) throws {
    guard smoothing >= 0, smoothing <= 1 else {
      throw TensorError(
        .badArgument, "smoothing is a share, from 0 to 1",
        operands: [.init(.named("smoothing"), "smoothing is \(smoothing)")])
    }
  }

  private static func classCount(_ logits: Tensor) throws -> Int {
    guard logits.rank > 0, logits.shape[logits.rank - 1] > 0 else {
      throw TensorError(
        .shapeMismatch, "cross_entropy takes logits whose last axis are the classes",
        operands: [.init(.index(0), "logits are \(logits.shape)")])
    }
    return logits.shape[logits.rank - 1]
  }

  /// Labels in row-major order, -1 for those that do not count, and the number of those that do.
  private static func checkedLabels(_ labels: Tensor, _ classes: Int, _ ignored: Int?) throws -> ([Int], Int) {
    guard labels.dtype.kind == .int else {
      throw TensorError(
        .dtypeMismatch, "labels are numbers of classes, integers, and these are \(labels.dtype)",
        operands: [.init(.index(1), "labels are \(labels.shape) \(labels.dtype)")],
        help: "convert them: to(labels, \"int64\")")
    }
    var numbers = try labels.integers()
    var counted = 0
    for (place, label) in numbers.enumerated() {
      if let ignored, label == ignored {
        numbers[place] = -1
        continue
      }
      guard label >= 0, label < classes else {
        throw TensorError(
          .indexOutOfRange, "label \(label) is none of \(classes) classes, which count from 0",
          operands: [.init(.index(1), "labels[\(place)] is \(label)")])
      }
      counted += 1
    }
    return (numbers, counted)
  }

  private static func fusedCrossEntropy(
    _ logits: Tensor, _ labels: [Int], _ smoothing: Double, _ shape: Shape
  ) throws -> Tensor {
    let x = try logits.contiguous()
    let classes = x.shape[x.rank - 1]
    let rows = labels.count
    let output = try Tensor.uninitialized(shape, .float32)
    let logSums = try Tensor.uninitialized([rows], .float32)
    withExtendedLifetime((x, output, logSums)) {
      labels.withUnsafeBufferPointer { labels in
        guard let labels = labels.baseAddress else { return }
        CrossEntropyRows.losses(
          x.pointer(Float.self), rows: rows, classes: classes, labels: labels, smoothing: Float(smoothing),
          into: output.pointer(Float.self), logSums: logSums.pointer(Float.self))
      }
    }
    return record("cross_entropy", output, from: logits, { gradient in
      if Tape.isRecording {
        let found = try replayedGradients(of: [logits], gradient, Needs(bits: 1)) {
          try composedCrossEntropy($0[0], labels, smoothing, shape)
        }
        if let found = found[0] { return found }
      }
      let scale = try gradient.contiguous()
      let inputGradient = try Tensor.uninitialized(x.shape, .float32)
      withExtendedLifetime((x, scale, logSums)) {
        labels.withUnsafeBufferPointer { labels in
          guard let labels = labels.baseAddress else { return }
          CrossEntropyRows.gradients(
            x.pointer(Float.self), rows: rows, classes: classes, labels: labels, smoothing: Float(smoothing),
            logSums: logSums.pointer(Float.self), scale: scale.pointer(Float.self),
            into: inputGradient.pointer(Float.self))
        }
      }
      return inputGradient
    })
  }

  /// The same by differentiable operators, with the labels as a table of probabilities.
  private static func composedCrossEntropy(
    _ x: Tensor, _ labels: [Int], _ smoothing: Double, _ shape: Shape
  ) throws -> Tensor {
    let classes = x.shape[x.rank - 1]
    var target = [Double](repeating: 0, count: labels.count * classes)
    for (row, label) in labels.enumerated() where label >= 0 {
      for place in 0..<classes { target[row * classes + place] = smoothing / Double(classes) }
      target[row * classes + label] += 1 - smoothing
    }
    let t = try Tensor(target, x.shape).converted(to: x.dtype)
    return try x.logSoftmax().multiplied(by: t).sum(axes: [-1]).negated()
  }
}
