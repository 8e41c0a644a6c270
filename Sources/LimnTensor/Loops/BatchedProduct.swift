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

  func run() {
    withExtendedLifetime((a, b, output)) {
      let count = starts?.count ?? 1
      switch output.dtype {
      case .float32:
        let target = output.pointer(Float.self)
        MatrixProduct.batch(count, work: rows * columns * depth) { index in
          MatrixProduct.multiply(
            rows: rows, columns: columns, depth: depth, matrix(a, starts?[index].a), matrix(b, starts?[index].b),
            into: target + index * rows * columns, stride: columns)
        }
      case .float64:
        let target = output.pointer(Double.self)
        MatrixProduct.batch(count, work: rows * columns * depth) { index in
          MatrixProduct.multiply(
            rows: rows, columns: columns, depth: depth, matrix(a, starts?[index].a), matrix(b, starts?[index].b),
            into: target + index * rows * columns, stride: columns)
        }
      case .int64: multiplyIntegers(Int64.self)
      case .int32: multiplyIntegers(Int32.self)
      default: multiplyIntegers(UInt8.self)
      }
    }
  }

  private func matrix<Element: TensorElement>(_ x: Tensor, _ start: Int?) -> MatrixView<Element> {
    MatrixView(
      UnsafePointer(x.pointer(Element.self) + (start ?? 0)), rowStride: x.strides[x.rank - 2],
      columnStride: x.strides[x.rank - 1])
  }

  private func multiplyIntegers<N: Number>(_ type: N.Type) {
    let target = output.pointer(N.self)
    Tensor.chunks((starts?.count ?? 1) * rows, grain: max(1, Walk.grain / max(1, columns * depth))) { range in
      for row in range {
        let (index, i) = row.quotientAndRemainder(dividingBy: rows)
        let (left, right): (MatrixView<N>, MatrixView<N>) = (matrix(a, starts?[index].a), matrix(b, starts?[index].b))
        for j in 0..<columns {
          var total = N.zeroElement
          for k in 0..<depth { total = N.sum(total, N.product(left.at(i, k).pointee, right.at(k, j).pointee)) }
          target[row * columns + j] = total
        }
      }
    }
  }
}
