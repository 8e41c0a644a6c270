import COpenBLAS

/// Products of batches of matrices whose rows or columns are contiguous, on the threads of the pool.
struct BatchedProduct {
  let a: Tensor
  let b: Tensor
  let output: Tensor
  let m: Int
  let n: Int
  let k: Int
  /// Over the batch: `a`, `b` and the output.
  let walk: Walk

  func run() {
    withExtendedLifetime((a, b, output)) {
      let strides = (walk.rowStride(0), walk.rowStride(1), walk.rowStride(2))
      let grain = max(1, 200_000 / max(1, m * n * k))
      walk.rows(grain: grain) { row in
        for index in 0..<row.length {
          product(
            row.offsets[0] + index * strides.0, row.offsets[1] + index * strides.1, row.offsets[2] + index * strides.2)
        }
      }
    }
  }

  private func product(_ aOffset: Int, _ bOffset: Int, _ target: Int) {
    switch output.dtype {
    case .float32:
      let (aLayout, bLayout) = (layout(a, m, k), layout(b, k, n))
      cblas_sgemm(
        CblasRowMajor, aLayout.order, bLayout.order, blasint(m), blasint(n), blasint(k), 1,
        a.pointer(Float.self) + aOffset, aLayout.stride, b.pointer(Float.self) + bOffset, bLayout.stride, 0,
        output.pointer(Float.self) + target, blasint(n))
    case .float64:
      let (aLayout, bLayout) = (layout(a, m, k), layout(b, k, n))
      cblas_dgemm(
        CblasRowMajor, aLayout.order, bLayout.order, blasint(m), blasint(n), blasint(k), 1,
        a.pointer(Double.self) + aOffset, aLayout.stride, b.pointer(Double.self) + bOffset, bLayout.stride, 0,
        output.pointer(Double.self) + target, blasint(n))
    case .int64: integers(Int64.self, aOffset, bOffset, target)
    case .int32: integers(Int32.self, aOffset, bOffset, target)
    default: integers(UInt8.self, aOffset, bOffset, target)
    }
  }

  /// How BLAS is to read a matrix: as it lies, or transposed.
  private func layout(_ x: Tensor, _ rows: Int, _ columns: Int) -> (order: CBLAS_TRANSPOSE, stride: blasint) {
    let (row, column) = (x.strides[x.rank - 2], x.strides[x.rank - 1])
    if (column == 1 || columns == 1) && (row >= columns || rows == 1) {
      return (CblasNoTrans, blasint(max(row, columns)))
    }
    return (CblasTrans, blasint(max(column, rows)))
  }

  private func integers<N: Number>(_ type: N.Type, _ aOffset: Int, _ bOffset: Int, _ targetOffset: Int) {
    let (aRow, aColumn) = (a.strides[a.rank - 2], a.strides[a.rank - 1])
    let (bRow, bColumn) = (b.strides[b.rank - 2], b.strides[b.rank - 1])
    let (left, right) = (a.pointer(N.self) + aOffset, b.pointer(N.self) + bOffset)
    let target = output.pointer(N.self) + targetOffset
    for i in 0..<m {
      for j in 0..<n {
        var total = N.zeroElement
        for p in 0..<k {
          total = N.sum(total, N.product(left[i * aRow + p * aColumn], right[p * bRow + j * bColumn]))
        }
        target[i * n + j] = total
      }
    }
  }
}
