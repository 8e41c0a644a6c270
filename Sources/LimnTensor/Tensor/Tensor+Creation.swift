extension Tensor {
  /// A tensor of Swift values, in row-major order.
  ///
  /// - Throws: `shape-mismatch` when their number is not the shape's, `bad-shape`, `out-of-memory`.
  public convenience init<Element: TensorElement>(_ elements: [Element], _ shape: Shape) throws {
    let count = try shape.checkedCount()
    guard elements.count == count else {
      throw TensorError(
        .shapeMismatch, "shape \(shape) has \(count) elements, but \(elements.count) were given",
        operands: [.init(.named("shape"), "shape is \(shape)")])
    }
    let storage = try Storage(byteCount: count * MemoryLayout<Element>.stride)
    elements.withUnsafeBytes { bytes in
      if let source = bytes.baseAddress { storage.pointer.copyMemory(from: source, byteCount: bytes.count) }
    }
    self.init(
      storage: storage, offset: 0, shape: shape, strides: shape.contiguousStrides, count: count, dtype: Element.dtype,
      isContiguous: true)
  }

  /// A tensor of one axis.
  public convenience init<Element: TensorElement>(_ elements: [Element]) throws {
    try self.init(elements, try Shape([elements.count]))
  }

  /// A single number: a tensor without axes.
  public convenience init<Element: TensorElement>(_ element: Element) throws {
    try self.init([element], [])
  }

  /// Elements that lie in memory already, such as a mapped file's.
  ///
  /// - Throws: `shape-mismatch` when the storage is too small; `bad-argument` for bools that are neither 0 nor 1.
  public convenience init(storage: Storage, byteOffset: Int = 0, shape: Shape, dtype: DType) throws {
    let count = try shape.checkedCount()
    guard byteOffset >= 0, byteOffset % dtype.byteCount == 0, byteOffset <= storage.byteCount,
      count * dtype.byteCount <= storage.byteCount - byteOffset
    else {
      throw TensorError(
        .shapeMismatch, "\(shape) \(dtype) from byte \(byteOffset) does not fit in \(storage.byteCount) bytes")
    }
    if dtype == .bool {
      let bytes = UnsafeRawBufferPointer(start: storage.pointer + byteOffset, count: count)
      guard bytes.allSatisfy({ $0 <= 1 }) else {
        throw TensorError(.badArgument, "a bool is stored as 0 or 1, and these bytes hold something else")
      }
    }
    self.init(
      storage: storage, offset: byteOffset / dtype.byteCount, shape: shape, strides: shape.contiguousStrides,
      count: count, dtype: dtype, isContiguous: true)
  }

  /// A tensor of one repeated number.
  ///
  /// It takes one element of memory, whatever its shape: its strides are all zero.
  ///
  /// - Throws: `bad-shape`, `out-of-memory`, `out-of-range` when the type cannot hold the number.
  public static func full(_ shape: Shape, _ value: Scalar, _ dtype: DType = .float32) throws -> Tensor {
    let one = try scalar(value, dtype)
    return try one.view(shape: shape, strides: Shape(repeating: 0, rank: shape.rank), offset: 0)
  }

  public static func zeros(_ shape: Shape, _ dtype: DType = .float32) throws -> Tensor { try full(shape, 0, dtype) }

  public static func ones(_ shape: Shape, _ dtype: DType = .float32) throws -> Tensor { try full(shape, 1, dtype) }

  /// A tensor without axes that holds one number.
  ///
  /// - Throws: `out-of-range` when the type cannot hold it.
  public static func scalar(_ value: Scalar, _ dtype: DType) throws -> Tensor {
    let tensor = try uninitialized([], dtype)
    switch dtype {
    case .bool: tensor.pointer(Bool.self).pointee = value.double != 0
    case .uint8: tensor.pointer(UInt8.self).pointee = try value.integer(dtype)
    case .int32: tensor.pointer(Int32.self).pointee = try value.integer(dtype)
    case .int64: tensor.pointer(Int64.self).pointee = try value.integer(dtype)
    case .float32: tensor.pointer(Float.self).pointee = Float(value.double)
    case .float64: tensor.pointer(Double.self).pointee = value.double
    }
    return tensor
  }

  /// The numbers from `start`, `step` apart, up to and without `stop`.
  ///
  /// The type is int64 when all three are ints, else float32, unless given.
  ///
  /// - Throws: `bad-argument` for a step of zero or numbers that are not finite.
  public static func arange(
    _ start: Scalar, _ stop: Scalar, step: Scalar = 1, dtype: DType? = nil
  ) throws -> Tensor {
    let isInt = start.kind != .float && stop.kind != .float && step.kind != .float
    let dtype = dtype ?? (isInt ? .int64 : .float32)
    let length = (stop.double - start.double) / step.double
    guard step.double != 0, length.isFinite else {
      throw TensorError(.badArgument, "arange cannot count from \(start) to \(stop) in steps of \(step)")
    }
    let count = Swift.max(0, length.rounded(.up))
    guard count < 1e15 else { throw TensorError(.outOfMemory, "arange from \(start) to \(stop) is too long to hold") }
    return try series(Int(count), start: start.double, step: step.double, dtype: dtype)
  }

  /// `count` numbers from `start` to `stop`, both included, at equal distances.
  ///
  /// - Throws: `bad-argument` for a negative count.
  public static func linspace(
    _ start: Double, _ stop: Double, count: Int, dtype: DType = .float32
  ) throws -> Tensor {
    guard count >= 0 else {
      throw TensorError(
        .badArgument, "linspace cannot make \(count) numbers", operands: [.init(.named("count"), "count is \(count)")])
    }
    return try series(count, start: start, step: count > 1 ? (stop - start) / Double(count - 1) : 0, dtype: dtype)
  }

  /// `start + i * step`, computed in double precision.
  private static func series(_ count: Int, start: Double, step: Double, dtype: DType) throws -> Tensor {
    let numbers = try uninitialized(try Shape([count]), .float64)
    let pointer = numbers.pointer(Double.self)
    for index in 0..<count { pointer[index] = start + Double(index) * step }
    return try numbers.converted(to: dtype)
  }

  /// The identity matrix.
  ///
  /// - Throws: `bad-shape` for a negative size.
  public static func eye(_ size: Int, _ dtype: DType = .float32) throws -> Tensor {
    let indices = try arange(0, Scalar(try Shape([size])[0]))
    return try indices.unsqueezed(1).equal(indices).converted(to: dtype)
  }
}

extension Scalar {
  /// This number as an integer of a type.
  ///
  /// - Throws: `out-of-range` when the type cannot hold it.
  fileprivate func integer<Integer: FixedWidthInteger>(_ dtype: DType) throws -> Integer {
    let exact: Integer? =
      switch self {
      case .bool(let value): value ? 1 : 0
      case .int(let value): Integer(exactly: value)
      case .float(let value): Integer(exactly: value.rounded(.towardZero))
      }
    guard let exact else {
      throw TensorError(
        .outOfRange, "\(dtype) cannot hold \(self)", help: "convert the tensor first, with to(\"int64\")")
    }
    return exact
  }
}
