enum Addition: CheckedFunction {
  @inline(__always) static func value<N: Number>(_ a: N, _ b: N) -> N { N.sum(a, b) }
  @inline(__always) static func valueWithDoubts<N: IntegerNumber>(_ a: N, _ b: N) -> (N, N) { N.sumWithDoubts(a, b) }
  static func overflows<N: IntegerNumber>(_ a: N, _ b: N) -> Bool { a.addingReportingOverflow(b).overflow }
  static func text<N: IntegerNumber>(_ a: N, _ b: N) -> String { "\(a) + \(b)" }
}
private enum Subtraction: CheckedFunction {
  @inline(__always) static func value<N: Number>(_ a: N, _ b: N) -> N { N.difference(a, b) }
  @inline(__always) static func valueWithDoubts<N: IntegerNumber>(_ a: N, _ b: N) -> (N, N) {
    N.differenceWithDoubts(a, b)
  }
  static func overflows<N: IntegerNumber>(_ a: N, _ b: N) -> Bool { a.subtractingReportingOverflow(b).overflow }
  static func text<N: IntegerNumber>(_ a: N, _ b: N) -> String { "\(a) - \(b)" }
}
enum Multiplication: CheckedFunction {
  @inline(__always) static func value<N: Number>(_ a: N, _ b: N) -> N { N.product(a, b) }
  @inline(__always) static func valueWithDoubts<N: IntegerNumber>(_ a: N, _ b: N) -> (N, N) {
    N.productWithDoubts(a, b)
  }
  static func overflows<N: IntegerNumber>(_ a: N, _ b: N) -> Bool { a.multipliedReportingOverflow(by: b).overflow }
  static func text<N: IntegerNumber>(_ a: N, _ b: N) -> String { "\(a) * \(b)" }
}
private enum Maximum: NumberFunction {
  @inline(__always) static func value<N: Number>(_ a: N, _ b: N) -> N { a > b || a.isNotANumber ? a : b }
}
private enum Minimum: NumberFunction {
  @inline(__always) static func value<N: Number>(_ a: N, _ b: N) -> N { a < b || a.isNotANumber ? a : b }
}

extension Tensor {
  /// The elementwise sum. Tensors broadcast; gradients: `g` for both.
  ///
  /// - Throws: `shape-mismatch`; `integer-overflow` where an integer type cannot hold a result.
  public func adding(_ other: Tensor) throws -> Tensor {
    let (a, b) = try Tensor.promoted(self, other)
    let output = try checkedArithmetic(Addition.self, "add", a, b)
    let (aShape, bShape) = (a.shape, b.shape)
    return record("add", output, from: a, b, { gradient, needs in
      (needs(0) ? try gradient.summed(to: aShape) : nil, needs(1) ? try gradient.summed(to: bShape) : nil)
    })
  }

  /// The elementwise difference. Tensors broadcast; gradients: `g` and `-g`.
  ///
  /// - Throws: `shape-mismatch`; `integer-overflow` where an integer type cannot hold a result.
  public func subtracting(_ other: Tensor) throws -> Tensor {
    let (a, b) = try Tensor.promoted(self, other)
    let output = try checkedArithmetic(Subtraction.self, "subtract", a, b)
    let (aShape, bShape) = (a.shape, b.shape)
    return record("subtract", output, from: a, b, { gradient, needs in
      (
        needs(0) ? try gradient.summed(to: aShape) : nil,
        needs(1) ? try gradient.summed(to: bShape).negated() : nil
      )
    })
  }

  /// The elementwise product. Tensors broadcast; gradients: `b g` and `a g`.
  ///
  /// - Throws: `shape-mismatch`; `integer-overflow` where an integer type cannot hold a result.
  public func multiplied(by other: Tensor) throws -> Tensor {
    let (a, b) = try Tensor.promoted(self, other)
    let output = try checkedArithmetic(Multiplication.self, "multiply", a, b)
    return record("multiply", output, from: a, b, { gradient, needs in
      (
        needs(0) ? try gradient.multiplied(by: b).summed(to: a.shape) : nil,
        needs(1) ? try gradient.multiplied(by: a).summed(to: b.shape) : nil
      )
    })
  }

  /// The larger of each two elements; NaN if either is. Gradient: `g` for the larger, half for each of equals.
  public func maximum(_ other: Tensor) throws -> Tensor {
    let (a, b) = try Tensor.promoted(self, other)
    let output = try arithmetic(Maximum.self, "maximum", a, b)
    return record("maximum", output, from: a, b, { gradient, needs in
      try Tensor.gradientsOfChoice(gradient, needs, a, b, first: try a.greater(b))
    })
  }

  /// The smaller of each two elements; NaN if either is. Gradient: `g` for the smaller, half for each of equals.
  public func minimum(_ other: Tensor) throws -> Tensor {
    let (a, b) = try Tensor.promoted(self, other)
    let output = try arithmetic(Minimum.self, "minimum", a, b)
    return record("minimum", output, from: a, b, { gradient, needs in
      try Tensor.gradientsOfChoice(gradient, needs, a, b, first: try a.less(b))
    })
  }

  /// Gives `gradient` to `a` where `first`, half of it where they are equal, and the rest to `b`.
  private static func gradientsOfChoice(
    _ gradient: Tensor, _ needs: Needs, _ a: Tensor, _ b: Tensor, first: Tensor
  ) throws -> (Tensor?, Tensor?) {
    let halves = try a.equal(b).converted(to: gradient.dtype).multiplied(by: 0.5)
    let share = try first.converted(to: gradient.dtype).adding(halves)
    return (
      needs(0) ? try gradient.multiplied(by: share).summed(to: a.shape) : nil,
      needs(1) ? try gradient.multiplied(by: try share.negated().adding(1)).summed(to: b.shape) : nil
    )
  }

  public func adding(_ number: Scalar) throws -> Tensor { try adding(try operand(number)) }
  public func subtracting(_ number: Scalar) throws -> Tensor { try subtracting(try operand(number)) }
  public func multiplied(by number: Scalar) throws -> Tensor { try multiplied(by: try operand(number)) }
  public func maximum(_ number: Scalar) throws -> Tensor { try maximum(try operand(number)) }
  public func minimum(_ number: Scalar) throws -> Tensor { try minimum(try operand(number)) }

  public static func + (a: Tensor, b: Tensor) throws -> Tensor { try a.adding(b) }
  public static func + (a: Tensor, b: Scalar) throws -> Tensor { try a.adding(b) }
  public static func - (a: Tensor, b: Tensor) throws -> Tensor { try a.subtracting(b) }
  public static func - (a: Tensor, b: Scalar) throws -> Tensor { try a.subtracting(b) }
  public static func - (a: Scalar, b: Tensor) throws -> Tensor { try b.operand(a).subtracting(b) }
  public static func * (a: Tensor, b: Tensor) throws -> Tensor { try a.multiplied(by: b) }
  public static func * (a: Tensor, b: Scalar) throws -> Tensor { try a.multiplied(by: b) }
}

extension Tensor {
  /// Adds a tensor of this one's shape and type to it in place. Whoever calls it has made sure that nobody else sees
  /// this memory.
  func accumulate(_ other: Tensor) throws {
    if dtype == .float64 {
      try mapPairs(Arithmetic<Addition, Double>.self, self, other, shape, into: self)
    } else {
      try mapPairs(Arithmetic<Addition, Float>.self, self, other, shape, into: self)
    }
  }

  /// A plain number as the other operand of arithmetic with this tensor.
  ///
  /// - Throws: `out-of-range` when the tensor's integer type cannot hold it.
  public func operand(_ number: Scalar) throws -> Tensor { try Tensor.scalar(number, number.promoted(with: dtype)) }

  /// Two operands in their common type. Bools count as int64: arithmetic with them counts.
  @inline(__always)
  static func promoted(_ a: Tensor, _ b: Tensor) throws -> (Tensor, Tensor) {
    if a.dtype == b.dtype, a.dtype != .bool { return (a, b) }
    let common = DType.promote(a.dtype, b.dtype)
    let dtype = common == .bool ? .int64 : common
    return (try a.promoted(to: dtype), try b.promoted(to: dtype))
  }
}

/// An arithmetic function of two tensors of one number type, which broadcast.
@inline(__always)
func arithmetic<F: NumberFunction>(
  _ function: F.Type, _ name: StaticString, _ a: Tensor, _ b: Tensor
) throws -> Tensor {
  let shape = try Shape.broadcast(a.shape, b.shape, for: name)
  switch a.dtype {
  case .bool, .uint8: return try mapPairs(Arithmetic<F, UInt8>.self, a, b, shape)
  case .int32: return try mapPairs(Arithmetic<F, Int32>.self, a, b, shape)
  case .int64: return try mapPairs(Arithmetic<F, Int64>.self, a, b, shape)
  case .float32: return try mapPairs(Arithmetic<F, Float>.self, a, b, shape)
  case .float64: return try mapPairs(Arithmetic<F, Double>.self, a, b, shape)
  }
}
