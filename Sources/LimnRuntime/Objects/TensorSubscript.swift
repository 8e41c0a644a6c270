import LimnLanguage
import LimnTensor

/// What the brackets of `x[...]` mean for a tensor.
enum TensorSubscript {
  /// The engine's indices for the language's: ints, slices, ranges, `...`, `nil` for a new axis, and at most one list, mask,
  /// or tensor of ints.
  static func indices(_ items: [SubscriptValue], of tensor: Tensor) throws -> [Index] {
    try items.enumerated().map { position, item in
      switch item {
      case .ellipsis: return .ellipsis
      case .slice(let lower, let upper, let step): return .slice(start: lower, stop: upper, step: step ?? 1)
      case .index(let value): return try index(value, at: position)
      }
    }
  }

  private static func index(_ value: Value, at position: Int) throws -> Index {
    switch value {
    case .nil: return .newAxis
    case .int(let index): return .at(index)
    case .object(let object):
      if let range = object as? RangeObject { return try slice(range, position) }
      if let list = object as? ListObject { return try self.list(list, position) }
      if let tensor = value.asTensor {
        if tensor.rank == 0, tensor.dtype.kind == .int { return .at(try tensor.integers()[0]) }
        return tensor.dtype == .bool ? .mask(tensor) : .list(tensor)
      }
    default: break
    }
    throw Fault(
      "type-mismatch", "a tensor cannot be indexed with \(value.described)",
      labels: [.init(.argument(position + 1), "this is \(value.described)")],
      help: "index with an int, a slice `a:b`, a range, `...`, `nil`, a list of ints, or a mask")
  }

  /// A range stands for the slice of the same elements. Both of its ends count from the start.
  private static func slice(_ range: RangeObject, _ position: Int) throws -> Index {
    let upper = range.isClosed ? range.upper.addingReportingOverflow(1).partialValue : range.upper
    guard range.step > 0, range.lower >= 0, upper >= range.lower else {
      throw Fault(
        "index-out-of-range", "a range in a subscript counts up from 0",
        labels: [.init(.argument(position + 1), "this range does not")], help: "use a slice such as `a:b` or `::-1`")
    }
    return .slice(start: range.lower, stop: upper, step: range.step)
  }

  private static func list(_ list: ListObject, _ position: Int) throws -> Index {
    if !list.isEmpty, list.allSatisfy({ $0.asBool != nil }) {
      return .mask(try Tensor(list.map { $0.asBool ?? false }))
    }
    let indices = try list.map { element in
      guard let int = element.asInt else {
        throw Fault(
          "type-mismatch", "a list of indices holds ints, and this one \(element.described)",
          labels: [.init(.argument(position + 1), "not a list of ints")])
      }
      return Int64(int)
    }
    return .list(try Tensor(indices))
  }
}
