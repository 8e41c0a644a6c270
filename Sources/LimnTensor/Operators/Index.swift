/// One entry of a subscript: `x[i, 1:5, ..., nil]`.
public enum Index: Sendable {
  /// A single index; negative ones count from the end. The axis goes.
  case at(Int)
  /// `start:stop:step`. Bounds may be missing or negative, and are clamped to the axis.
  case slice(start: Int? = nil, stop: Int? = nil, step: Int = 1)
  /// A new axis of length 1.
  case newAxis
  /// As many whole axes as are left over.
  case ellipsis
  /// Where a bool tensor, whose shape is that of the axes it stands for, is true.
  case mask(Tensor)
  /// A list of indices, of any shape, in place of the axis.
  case list(Tensor)

  /// A whole axis.
  public static var all: Index { .slice() }
}

extension Tensor {
  /// The part of this tensor that a subscript names.
  ///
  /// Single indices, slices, new axes and an ellipsis give a view. One list or mask copies: the axes it stands for are
  /// replaced by the list's, or by one axis of the mask's true places. Gradient: `g` in its place, zeros elsewhere;
  /// added up where a list names an index more than once.
  ///
  /// - Throws: `index-out-of-range`, `bad-argument` for too many indices, two ellipses or two lists; `shape-mismatch`
  ///   for a mask of another shape.
  public subscript(_ indices: Index...) -> Tensor {
    get throws { try indexed(indices) }
  }

  /// The part of this tensor that a subscript names. See ``subscript(_:)``.
  public func indexed(_ indices: [Index]) throws -> Tensor {
    let plan = try IndexPlan(indices, shape)
    var result = try part(plan.region)
    if let list = plan.list {
      if list.axisCount != 1 { result = try result.reshaped(plan.merged(result.shape, list)) }
      result = try result.taking(list.indices, axis: list.axis)
    }
    return try result.reshaped(plan.resultShape)
  }

  /// A copy of this tensor in which the part that a subscript names holds `values`, which broadcast to it.
  ///
  /// With a list that names an index twice, the last of its values stays. Gradients: `g` with zeros in the part; `g` in
  /// the part.
  ///
  /// - Throws: as for reading, and `shape-mismatch` when `values` do not fit.
  public func setting(_ indices: [Index], to values: Tensor) throws -> Tensor {
    let plan = try IndexPlan(indices, shape)
    let target = plan.resultShape
    guard values.rank <= target.rank || values.count == 1 else { throw setMismatch(values, target) }
    let stretched: Tensor
    do {
      stretched = try (values.rank > target.rank ? values.reshaped([]) : values).broadcast(to: target)
    } catch { throw setMismatch(values, target) }
    guard let list = plan.list else {
      return try replacing(plan.region, with: try stretched.reshaped(plan.region.lengths))
    }
    // The places of the part, as a tensor of positions in the whole, tell where each value goes.
    let positions = try Tensor.arange(0, Scalar(count)).reshaped(shape).part(plan.region)
    let merged = list.axisCount == 1 ? positions : try positions.reshaped(plan.merged(positions.shape, list))
    let places = try merged.taking(list.indices, axis: list.axis).flattened()
    return try flattened().replacing(at: places, with: try stretched.flattened()).reshaped(shape)
  }

  private func setMismatch(_ values: Tensor, _ target: Shape) -> TensorError {
    TensorError(
      .shapeMismatch, "a value of \(values.shape) does not fit into a part of \(target)",
      operands: [.init(.named("value"), "this is \(values.shape)"), .init(.index(0), "the whole is \(shape)")])
  }
}

/// A subscript, resolved against a shape: first a region, then perhaps a list along one axis, then the result's shape.
private struct IndexPlan {
  /// A list of indices along `axisCount` axes from `axis`, seen as one.
  struct List {
    var axis: Int
    var axisCount: Int
    var indices: Tensor
  }

  var region: Region
  var list: List?
  var resultShape = Shape()
  private let shape: Shape

  init(_ indices: [Index], _ shape: Shape) throws {
    self.shape = shape
    region = Region(all: shape)
    let used = indices.reduce(0) { $0 + $1.axisCount }
    guard used <= shape.rank else {
      throw TensorError(
        .badArgument, "\(used) indices for a tensor of shape \(shape), which has \(shape.rank) axes",
        operands: [.init(.index(0), "this is \(shape)")])
    }
    var axis = 0
    var hasEllipsis = false
    for (item, index) in indices.enumerated() {
      switch index {
      case .ellipsis:
        guard !hasEllipsis else { throw TensorError(.badArgument, "a subscript has at most one ...") }
        hasEllipsis = true
        for _ in 0..<(shape.rank - used) {
          try append(shape[axis])
          axis += 1
        }
      case .newAxis: try append(1)
      case .at(let position):
        region.starts[axis] = try resolve(position, axis, item)
        region.lengths[axis] = 1
        axis += 1
      case .slice(let start, let stop, let step):
        try slice(start, stop, step, axis)
        try append(region.lengths[axis])
        axis += 1
      case .list(let tensor):
        guard tensor.dtype.kind == .int else {
          throw TensorError(.dtypeMismatch, "indices are integers, and these are \(tensor.dtype)")
        }
        try setList(List(axis: axis, axisCount: 1, indices: tensor))
        for length in tensor.shape { try append(length) }
        axis += 1
      case .mask(let mask):
        let axes = mask.rank
        guard mask.dtype == .bool, axes > 0, mask.shape == Shape(unchecked: shape[axis..<(axis + axes)]) else {
          throw TensorError(
            .shapeMismatch, "a mask of \(mask.shape) does not fit axes \(axis) to \(axis + axes - 1) of \(shape)",
            operands: [.init(.index(item + 1), "mask is \(mask.shape) \(mask.dtype)")])
        }
        let places = try mask.truePlaces()
        try setList(List(axis: axis, axisCount: axes, indices: places))
        try append(places.count)
        axis += axes
      }
    }
    while axis < shape.rank {
      try append(shape[axis])
      axis += 1
    }
  }

  /// `shape` with the list's axes seen as one.
  func merged(_ shape: Shape, _ list: List) -> Shape {
    var result = shape
    for _ in 1..<max(1, list.axisCount) {
      result[list.axis] *= result[list.axis + 1]
      result.remove(at: list.axis + 1)
    }
    return result
  }

  private mutating func append(_ length: Int) throws {
    guard resultShape.rank < Shape.maximumRank else {
      throw TensorError(.badShape, "a tensor has at most \(Shape.maximumRank) axes, and this subscript makes more")
    }
    resultShape.append(length)
  }

  private mutating func setList(_ new: List) throws {
    guard list == nil else {
      throw TensorError(
        .badArgument, "a subscript has at most one list or mask", help: "for more, use gather(x, indices, axis: 0)")
    }
    list = new
  }

  /// - Parameter item: Which part of the subscript this is; as an operand, the tensor comes before the first.
  private func resolve(_ position: Int, _ axis: Int, _ item: Int) throws -> Int {
    let length = shape[axis]
    let resolved = position < 0 ? position + length : position
    guard resolved >= 0, resolved < length else {
      throw TensorError(
        .indexOutOfRange, "index \(position) is outside axis \(axis) of \(shape), whose length is \(length)",
        operands: [.init(.index(item + 1), "index is \(position)")])
    }
    return resolved
  }

  /// Python's rules for a slice.
  private mutating func slice(_ start: Int?, _ stop: Int?, _ step: Int, _ axis: Int) throws {
    guard step != 0, step != .min else { throw TensorError(.badArgument, "a slice cannot have a step of \(step)") }
    let length = shape[axis]
    func clamp(_ bound: Int?, _ missing: Int, _ lowest: Int, _ highest: Int) -> Int {
      guard let bound else { return missing }
      let (counted, overflow) = bound < 0 ? bound.addingReportingOverflow(length) : (bound, false)
      return overflow ? lowest : Swift.min(Swift.max(counted, lowest), highest)
    }
    let isForward = step > 0
    let first = isForward ? clamp(start, 0, 0, length) : clamp(start, length - 1, -1, length - 1)
    let last = isForward ? clamp(stop, length, 0, length) : clamp(stop, -1, -1, length - 1)
    let distance = isForward ? last - first : first - last
    let size = distance <= 0 ? 0 : (distance - 1) / abs(step) + 1
    region.starts[axis] = size == 0 ? 0 : first
    region.steps[axis] = size <= 1 ? 1 : step
    region.lengths[axis] = size
  }
}

extension Index {
  /// How many axes of the tensor it stands for.
  fileprivate var axisCount: Int {
    switch self {
    case .at, .slice, .list: 1
    case .newAxis, .ellipsis: 0
    case .mask(let mask): mask.rank
    }
  }
}

extension Tensor {
  /// The positions, in row-major order, of what is not zero.
  func truePlaces() throws -> Tensor {
    let mask: [Bool] = try detached().converted(to: .bool).elements()
    return try Tensor(mask.indices.filter { mask[$0] })
  }
}
