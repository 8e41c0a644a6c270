/// Products of a batch of matrices.
struct BatchedProduct {
  let a: Tensor
  let b: Tensor
  let output: Tensor
  let rows: Int
  let columns: Int
  let depth: Int
  /// Where each matrix of the batch begins, in `a` and `b`; nil for a single product.
  let starts: [(a: Int, b: Int)]?
  /// Added to each row of a float32 product; of as many elements as it has columns.
  var bias: Tensor?
  /// What follows a single float32 product, part by part.
  var finish: MatrixProduct.Finish?

  /// - Throws: `integer-overflow`; `missing-library` for float64, when OpenBLAS is not installed.
  func run() throws {
    try withExtendedLifetime((a, b, output, bias)) {
      let count = starts?.count ?? 1
      switch output.dtype {
      case .float32:
        let target = output.pointer(Float.self)
        let start = bias.map { UnsafePointer($0.pointer(Float.self)) }
        try MatrixProduct.batch(count, work: rows * columns * depth) { index in
          try MatrixProduct.multiply(
            rows: rows, columns: columns, depth: depth, matrix(a, starts?[index].a), matrix(b, starts?[index].b),
            into: target + index * rows * columns, stride: columns, bias: start, finish: finish)
        }
      case .float64:
        let library = try OpenBLAS.shared
        let target = output.pointer(Double.self)
        try MatrixProduct.batch(count, work: rows * columns * depth) { index in
          try MatrixProduct.multiply(
            rows: rows, columns: columns, depth: depth, matrix(a, starts?[index].a), matrix(b, starts?[index].b),
            into: target + index * rows * columns, stride: columns, by: library)
        }
      case .int64: try multiplyIntegers(Int64.self)
      case .int32: try multiplyIntegers(Int32.self)
      default: try multiplyIntegers(UInt8.self)
      }
    }
  }

  private func matrix<Element: TensorElement>(_ x: Tensor, _ start: Int?) -> MatrixView<Element> {
    MatrixView(
      UnsafePointer(x.pointer(Element.self) + (start ?? 0)), rowStride: x.strides[x.rank - 2],
      columnStride: x.strides[x.rank - 1])
  }

  private func multiplyIntegers<N: IntegerNumber>(_ type: N.Type) throws {
    let target = output.pointer(N.self)
    let misfit = Misfit()
    Tensor.chunks((starts?.count ?? 1) * rows, grain: max(1, Walk.grain / max(1, columns * depth))) { range in
      for row in range {
        for column in 0..<columns {
          let element = exactElement(type, row, column)
          if element == nil { misfit.find() }
          target[row * columns + column] = element ?? 0
        }
      }
    }
    guard misfit.isFound else { return }
    for place in 0..<output.count where exactElement(type, place / columns, place % columns) == nil {
      throw TensorError.integerOverflow(
        "a sum of \(depth) products", N.dtype, at: place, of: output.shape,
        operands: [.init(.index(0), "this is \(a.shape) \(a.dtype)"), .init(.index(1), "this is \(b.shape) \(b.dtype)")])
    }
  }

  /// An element of the product, nil where its type cannot hold it.
  ///
  /// - Parameter row: counted through the whole batch.
  @inline(__always)
  private func exactElement<N: IntegerNumber>(_ type: N.Type, _ row: Int, _ column: Int) -> N? {
    let (index, i) = row.quotientAndRemainder(dividingBy: rows)
    let (left, right): (MatrixView<N>, MatrixView<N>) = (matrix(a, starts?[index].a), matrix(b, starts?[index].b))
    var total: Int128 = 0
    for k in 0..<depth {
      let sum = total.addingReportingOverflow(Int128(left.at(i, k).pointee) &* Int128(right.at(k, column).pointee))
      if sum.overflow { return nil }
      total = sum.partialValue
    }
    return N(exactly: total)
  }
}
