/// A batch of matrices for LAPACK, which works in double precision and column by column, one matrix at a time.
struct Matrices {
  /// `[count, rows, columns]`, float64.
  private let matrices: Tensor
  private let batch: Shape
  private let dtype: DType
  private let rows: Int
  private let columns: Int
  private let library: OpenBLAS

  /// - Parameter tensor: floats, `[..., rows, columns]`.
  /// - Throws: `bad-shape`; `missing-library`.
  init(_ tensor: Tensor) throws {
    library = try OpenBLAS.shared
    let shape = tensor.shape
    (rows, columns) = (shape[shape.rank - 2], shape[shape.rank - 1])
    batch = Shape(unchecked: shape.dropLast(2))
    dtype = tensor.dtype
    guard max(rows, columns) <= 1 << 15 else {
      throw TensorError(.badShape, "a matrix of \(rows) rows and \(columns) columns is too large for LAPACK")
    }
    matrices = try tensor.converted(to: .float64).reshaped([batch.elementCount, rows, columns])
  }

  private typealias Doubles = UnsafeMutablePointer<Double>

  /// Runs `body` on each matrix, column by column in memory of its own.
  private func forEach(_ body: (_ index: Int, _ matrix: Doubles) throws -> Void) throws {
    for index in 0..<batch.elementCount {
      let copy = try matrices[.at(index)].transposed().copied()
      try withExtendedLifetime(copy) { try body(index, copy.pointer(Double.self)) }
    }
  }

  private func uninitialized(_ lengths: Int...) throws -> Tensor {
    try Tensor.uninitialized(try Shape([batch.elementCount] + lengths), .float64)
  }

  /// A result in the batch's shape and the input's type. LAPACK's columns become rows' columns again.
  private func finished(_ tensor: Tensor, transposed: Bool = true) throws -> Tensor {
    let inOrder = transposed ? try tensor.transposed().contiguous() : tensor
    return try inOrder.reshaped(Shape(Array(batch) + Array(inOrder.shape.dropFirst()))).converted(to: dtype)
  }

  private func check(_ info: Int32, _ index: Int, _ message: String, _ code: TensorError.Code) throws {
    guard info != 0 else { return }
    let which = batch.elementCount > 1 ? "matrix \(index) of the batch" : "the matrix"
    throw TensorError(code, "\(which) \(message)", operands: [.init(.index(0), "this is \(rows) × \(columns)")])
  }

  func solve(_ right: Tensor) throws -> Tensor {
    let count = right.shape[right.rank - 1]
    let sides = try right.converted(to: .float64).reshaped([batch.elementCount, rows, count]).transposed().copied()
    var (n, k) = (Int32(rows), Int32(count))
    try withExtendedLifetime(sides) {
      try forEach { index, matrix in
        var pivots = [Int32](repeating: 0, count: max(rows, 1))
        var info: Int32 = 0
        if rows > 0, count > 0 {
          library.dgesv(&n, &k, matrix, &n, &pivots, sides.pointer(Double.self) + index * rows * count, &n, &info)
        }
        try check(info, index, "is singular: it has no inverse", .singularMatrix)
      }
    }
    return try finished(sides)
  }

  func logDeterminant() throws -> (sign: Tensor, logarithm: Tensor) {
    let (signs, logarithms) = (try uninitialized(), try uninitialized())
    var n = Int32(rows)
    try forEach { index, matrix in
      var pivots = [Int32](repeating: 0, count: max(rows, 1))
      var info: Int32 = 0
      if rows > 0 { library.dgetrf(&n, &n, matrix, &n, &pivots, &info) }
      var (sign, logarithm) = (1.0, 0.0)
      for i in 0..<rows {
        let pivot = matrix[i * rows + i]
        if pivots[i] != Int32(i + 1) { sign = -sign }
        if pivot < 0 { sign = -sign }
        logarithm += Mathematics.log(abs(pivot))
      }
      signs.pointer(Double.self)[index] = sign
      logarithms.pointer(Double.self)[index] = logarithm
    }
    return (
      try signs.reshaped(batch), try logarithms.reshaped(batch)
    )
  }

  func cholesky() throws -> Tensor {
    let lower = try uninitialized(rows, rows)
    var n = Int32(rows)
    try forEach { index, matrix in
      var info: Int32 = 0
      if rows > 0 { library.dpotrf("L", &n, matrix, &n, &info) }
      try check(info, index, "is not positive definite", .singularMatrix)
      let target = lower.pointer(Double.self) + index * rows * rows
      for column in 0..<rows {
        for row in 0..<rows { target[column * rows + row] = row >= column ? matrix[column * rows + row] : 0 }
      }
    }
    return try finished(lower)
  }

  func qr() throws -> (q: Tensor, r: Tensor) {
    let least = min(rows, columns)
    let (q, r) = (try uninitialized(least, rows), try uninitialized(columns, least))
    var (m, n, k) = (Int32(rows), Int32(columns), Int32(least))
    var size = Int32(max(1, columns * 64))
    try forEach { index, matrix in
      guard least > 0 else { return }
      var scales = [Double](repeating: 0, count: least)
      var work = [Double](repeating: 0, count: Int(size))
      var info: Int32 = 0
      library.dgeqrf(&m, &n, matrix, &m, &scales, &work, &size, &info)
      let (qs, rs) = (q.pointer(Double.self) + index * least * rows, r.pointer(Double.self) + index * columns * least)
      for column in 0..<columns {
        for row in 0..<least { rs[column * least + row] = row <= column ? matrix[column * rows + row] : 0 }
      }
      library.dorgqr(&m, &k, &k, matrix, &m, &scales, &work, &size, &info)
      // The signs that LAPACK leaves open are settled: no negative number on R's diagonal.
      for i in 0..<least {
        let sign: Double = rs[i * least + i] < 0 ? -1 : 1
        for row in 0..<rows { qs[i * rows + row] = sign * matrix[i * rows + row] }
        for column in 0..<columns { rs[column * least + i] *= sign }
      }
    }
    return (try finished(q), try finished(r))
  }

  /// LAPACK's iterations do not end well with numbers that are not finite.
  private func requireFinite() throws {
    let isFinite = try matrices.isNaN().any().item().double == 0 && matrices.isInfinite().any().item().double == 0
    guard !isFinite else { return }
    throw TensorError(
      .noConvergence, "a matrix that holds a nan or an infinity has no eigenvalues",
      operands: [.init(.index(0), "this is \(rows) × \(columns)")])
  }

  func symmetricEigen() throws -> (values: Tensor, vectors: Tensor) {
    try requireFinite()
    let (values, vectors) = (try uninitialized(rows), try uninitialized(rows, rows))
    var n = Int32(rows)
    var size = Int32(1 + 6 * rows + 2 * rows * rows)
    var integerSize = Int32(3 + 5 * rows)
    try forEach { index, matrix in
      guard rows > 0 else { return }
      var work = [Double](repeating: 0, count: Int(size))
      var integers = [Int32](repeating: 0, count: Int(integerSize))
      var info: Int32 = 0
      library.dsyevd(
        "V", "L", &n, matrix, &n, values.pointer(Double.self) + index * rows, &work, &size, &integers, &integerSize,
        &info)
      try check(info, index, "has eigenvalues that could not be found", .noConvergence)
      (vectors.pointer(Double.self) + index * rows * rows).update(from: matrix, count: rows * rows)
    }
    return (try finished(values, transposed: false), try finished(vectors))
  }

  func eigen() throws -> (real: Tensor, imaginary: Tensor, vectors: Tensor, imaginaryVectors: Tensor) {
    try requireFinite()
    let (real, imaginary) = (try uninitialized(rows), try uninitialized(rows))
    let (vectors, others) = (try uninitialized(rows, rows), try uninitialized(rows, rows))
    var n = Int32(rows)
    var one: Int32 = 1
    var size = Int32(max(1, 4 * rows))
    try forEach { index, matrix in
      guard rows > 0 else { return }
      var work = [Double](repeating: 0, count: Int(size))
      var found = [Double](repeating: 0, count: rows * rows)
      var unused = 0.0
      var info: Int32 = 0
      let (re, im) = (real.pointer(Double.self) + index * rows, imaginary.pointer(Double.self) + index * rows)
      library.dgeev("N", "V", &n, matrix, &n, re, im, &unused, &one, &found, &n, &work, &size, &info)
      try check(info, index, "has eigenvalues that could not be found", .noConvergence)
      let (x, y) = (
        vectors.pointer(Double.self) + index * rows * rows, others.pointer(Double.self) + index * rows * rows
      )
      var i = 0
      while i < rows {
        // A pair of conjugate eigenvalues has the real and the imaginary part of one vector in two columns.
        let isPair = im[i] != 0 && i + 1 < rows
        for row in 0..<rows {
          x[i * rows + row] = found[i * rows + row]
          y[i * rows + row] = isPair ? found[(i + 1) * rows + row] : 0
          if isPair {
            x[(i + 1) * rows + row] = found[i * rows + row]
            y[(i + 1) * rows + row] = -found[(i + 1) * rows + row]
          }
        }
        i += isPair ? 2 : 1
      }
    }
    return (
      try finished(real, transposed: false), try finished(imaginary, transposed: false), try finished(vectors),
      try finished(others)
    )
  }

  func svd() throws -> (u: Tensor, s: Tensor, v: Tensor) {
    try requireFinite()
    let least = min(rows, columns)
    let (u, s, v) = (try uninitialized(least, rows), try uninitialized(least), try uninitialized(columns, least))
    var (m, n, k) = (Int32(rows), Int32(columns), Int32(max(least, 1)))
    let most = max(rows, columns)
    var size = Int32(clamping: 4 * least * least + 7 * least + max(most, 5 * least * least + 4 * least) + 64 * most)
    try forEach { index, matrix in
      guard least > 0 else { return }
      var work = [Double](repeating: 0, count: Int(size))
      var integers = [Int32](repeating: 0, count: 8 * least)
      var info: Int32 = 0
      library.dgesdd(
        "S", &m, &n, matrix, &m, s.pointer(Double.self) + index * least,
        u.pointer(Double.self) + index * least * rows, &m, v.pointer(Double.self) + index * columns * least, &k, &work,
        &size, &integers, &info)
      try check(info, index, "has singular values that could not be found", .noConvergence)
    }
    return (try finished(u), try finished(s, transposed: false), try finished(v))
  }
}
