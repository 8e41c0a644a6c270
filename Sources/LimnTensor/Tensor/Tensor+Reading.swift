extension Tensor {
  /// The elements in row-major order.
  ///
  /// - Throws: `dtype-mismatch` when `Element` is not this tensor's own type.
  public func elements<Element: TensorElement>(_ type: Element.Type = Element.self) throws -> [Element] {
    guard Element.dtype == dtype else {
      throw TensorError(.dtypeMismatch, "a tensor of \(dtype) cannot be read as \(Element.dtype)")
    }
    let source = try contiguous()
    return withExtendedLifetime(source) {
      Array(UnsafeBufferPointer(start: source.pointer(Element.self), count: count))
    }
  }

  /// The elements in row-major order, as doubles.
  public func doubles() throws -> [Double] { try converted(to: .float64).elements() }

  /// The elements in row-major order, as integers; fractions are cut off.
  public func integers() throws -> [Int] { try converted(to: .int64).elements() }

  /// The only element.
  ///
  /// - Throws: `shape-mismatch` when there is not exactly one.
  public func item() throws -> Scalar {
    guard count == 1 else {
      throw TensorError(
        .shapeMismatch, "a tensor of shape \(shape) is not one number",
        operands: [.init(.index(0), "this has \(count) elements")], help: "index it, or reduce it with sum() or mean()")
    }
    return element(at: 0)
  }

  /// The element at a distance from the first, counted in elements of the storage.
  func element(at distance: Int) -> Scalar {
    withExtendedLifetime(self) {
      switch dtype {
      case .bool: .bool(pointer(Bool.self)[distance])
      case .uint8: .int(Int64(pointer(UInt8.self)[distance]))
      case .int32: .int(Int64(pointer(Int32.self)[distance]))
      case .int64: .int(pointer(Int64.self)[distance])
      case .float32: .float(Double(pointer(Float.self)[distance]))
      case .float64: .float(pointer(Double.self)[distance])
      }
    }
  }
}
