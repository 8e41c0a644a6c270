/// How what lies between the elements of an image is found when it is enlarged.
public enum UpSampling: String, Sendable, CaseIterable {
  /// Each element is repeated.
  case nearest
  /// Along a straight line between neighbors; elements are the middles of what they cover, and beyond the first and the
  /// last middle the value stays. PyTorch's `align_corners=False`.
  case linear
}

extension Tensor {
  /// Sequences, images or volumes enlarged by whole factors, one for each axis between the batch and the channels:
  /// `[batch, height, width, channels]` gives `[batch, height · rows, width · columns, channels]`.
  ///
  /// Gradient: the sum of `g` over what each element has contributed to, weighted by how much.
  ///
  /// - Throws: `shape-mismatch` for another number of axes; `bad-argument` for a factor below 1; `bad-shape` for a
  ///   result that is too large.
  public func upSampled(_ factors: [Int], _ mode: UpSampling = .nearest) throws -> Tensor {
    guard rank == factors.count + 2 else {
      let layouts = ["[batch, time, channels]", "[batch, height, width, channels]", "[batch, depth, height, width, channels]"]
      throw TensorError(
        .shapeMismatch,
        "up_sample takes \(layouts[Swift.min(factors.count, 3) - 1]), and this has \(rank) axes",
        operands: [.init(.index(0), "input is \(shape)")])
    }
    guard factors.allSatisfy({ $0 >= 1 }) else {
      throw TensorError(
        .badArgument, "up_sample needs factors of at least 1",
        operands: [.init(.named("factor"), "factors are \(factors)")])
    }
    var target = shape
    for (index, factor) in factors.enumerated() {
      let (length, overflow) = shape[index + 1].multipliedReportingOverflow(by: factor)
      guard !overflow else { throw TensorError(.badShape, "up_sample by \(factors) of \(shape) is too large") }
      target[index + 1] = length
    }
    _ = try target.checkedCount()
    switch mode {
    case .nearest: return try stretched(factors).reshaped(target)
    case .linear:
      var result = try inFloats()
      for (index, factor) in factors.enumerated() where factor > 1 {
        result = try result.interpolated(axis: index + 1, factor)
      }
      return result
    }
  }

  /// Each element beside copies of itself, along an axis of its own.
  private func stretched(_ factors: [Int]) throws -> Tensor {
    var (apart, copies) = ([shape[0]], [shape[0]])
    for (index, factor) in factors.enumerated() {
      apart += [shape[index + 1], 1]
      copies += [shape[index + 1], factor]
    }
    let channels = shape[rank - 1]
    return try reshaped(to: apart + [channels]).broadcast(to: Shape(copies + [channels]))
  }

  /// Output i stands at (i + ½) / factor - ½, between two elements; each has a share of it by its distance.
  private func interpolated(axis: Int, _ factor: Int) throws -> Tensor {
    let length = shape[axis]
    guard length > 0 else { return self }
    let places = try Tensor.arange(0, .int(Int64(length * factor)), dtype: .float64)
    let positions = try places.adding(0.5).multiplied(by: .float(1 / Double(factor))).subtracting(0.5).maximum(0)
    let lower = try positions.floor()
    let upper = try lower.adding(1).minimum(.float(Double(length - 1)))
    var lengths = [Int](repeating: 1, count: rank)
    lengths[axis] = length * factor
    let share = try positions.subtracting(lower).converted(to: dtype).reshaped(Shape(lengths))
    let near = try taking(lower.converted(to: .int64), axis: axis)
    return try near + (taking(upper.converted(to: .int64), axis: axis) - near) * share
  }
}
