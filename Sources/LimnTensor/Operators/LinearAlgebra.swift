/// Linear algebra of matrices and batches of them, `[..., rows, columns]`, by LAPACK in double precision.
///
/// float32 matrices are computed in double precision and rounded once. Gradients are made of differentiable operators,
/// so they have gradients in turn. Source of the gradients: Giles, "An extended collection of matrix derivative
/// results" (2008), and Townsend, "Differentiating the singular value decomposition" (2016).
extension Tensor {
  /// The x of `a x = b`, for a square `a`: b is `[..., n, k]`, or a vector `[n]` for a single matrix.
  ///
  /// Gradients: `a⁻ᵀ g` for b, and `-(a⁻ᵀ g) xᵀ` for a.
  ///
  /// - Throws: `shape-mismatch`; `singular-matrix`.
  public func solved(_ b: Tensor) throws -> Tensor {
    let (a, b) = try Tensor.promotedFloats(self, b)
    let n = try a.requireSquare("solve")
    if b.rank == 1, a.rank == 2 { return try a.solved(try b.unsqueezed(1)).squeezed([1]) }
    guard b.rank >= 2, b.shape[b.rank - 2] == n else {
      throw TensorError(
        .shapeMismatch, "solve of \(a.shape) wants a right side of \(n) rows, and got \(b.shape)",
        operands: [.init(.index(0), "this is \(a.shape)"), .init(.index(1), "this is \(b.shape)")])
    }
    let batch = try Shape.broadcast(
      Shape(unchecked: a.shape.dropLast(2)), Shape(unchecked: b.shape.dropLast(2)), for: "solve")
    let left = try a.broadcast(to: Shape(Array(batch) + [n, n]))
    let right = try b.broadcast(to: Shape(Array(batch) + [n, b.shape[b.rank - 1]]))
    let x = try Matrices(left.detached()).solve(right.detached())
    return record("solve", x, from: left, right, { gradient, needs in
      let back = try left.transposed().solved(gradient)
      return (needs(0) ? try back.matrixProduct(try x.transposed()).negated() : nil, needs(1) ? back : nil)
    })
  }

  /// The inverse of a square matrix. Gradient: `-yᵀ g yᵀ`. Prefer ``solved(_:)``, which is faster and more exact.
  ///
  /// - Throws: `shape-mismatch`; `singular-matrix`.
  public func inverted() throws -> Tensor {
    let x = try inFloats()
    return try x.solved(try Tensor.eye(try x.requireSquare("inverse"), x.dtype))
  }

  /// The determinant of a square matrix. Gradient: `g det(x) x⁻ᵀ`, of a matrix that is not singular.
  ///
  /// - Throws: `shape-mismatch`.
  public func determinant() throws -> Tensor {
    let x = try inFloats()
    _ = try x.requireSquare("det")
    let (sign, logarithm) = try Matrices(x.detached()).logDeterminant()
    let output = try sign.multiplied(by: try logarithm.exp()).converted(to: x.dtype)
    return record("det", output, from: x, { gradient in
      try gradient.multiplied(by: output).unsqueezed(-1).unsqueezed(-1).multiplied(by: try x.inverted().transposed())
    })
  }

  /// The logarithm of the determinant's absolute value. Gradient: `g x⁻ᵀ`.
  ///
  /// - Throws: `shape-mismatch`.
  public func logDeterminant() throws -> Tensor {
    let x = try inFloats()
    _ = try x.requireSquare("log_det")
    let output = try Matrices(x.detached()).logDeterminant().logarithm.converted(to: x.dtype)
    return record("log_det", output, from: x, { gradient in
      try gradient.unsqueezed(-1).unsqueezed(-1).multiplied(by: try x.inverted().transposed())
    })
  }

  /// The lower triangular L with `L Lᵀ = x`, of a symmetric, positive definite matrix, whose lower half is read.
  ///
  /// Gradient: `½ L⁻ᵀ (Φ(Lᵀ g) + Φ(Lᵀ g)ᵀ) L⁻¹`, with Φ the lower half with a halved diagonal, symmetric.
  ///
  /// - Throws: `shape-mismatch`; `singular-matrix` when it is not positive definite.
  public func cholesky() throws -> Tensor {
    let x = try inFloats()
    let n = try x.requireSquare("cholesky")
    let lower = try Matrices(x.detached()).cholesky()
    // The rule needs L as a function of x again, so that its own gradient is right.
    let output = lower
    return record("cholesky", output, from: x, { gradient in
      let half = try Tensor.lowerHalf(n, output.dtype)
      let middle = try output.transposed().matrixProduct(gradient).multiplied(by: half)
      let symmetric = try middle.adding(try middle.transposed())
      let right = try output.transposed().solved(symmetric)
      let both = try output.transposed().solved(try right.transposed()).transposed()
      return try both.multiplied(by: 0.5)
    })
  }

  /// The thin QR decomposition, x = Q R, with Q's columns orthonormal and R upper triangular, its diagonal not negative.
  ///
  /// `[..., m, n]` gives `[..., m, k]` and `[..., k, n]`, k the lesser of m and n. The gradient is of matrices with
  /// m ≥ n and full rank.
  ///
  /// - Throws: `shape-mismatch`.
  public func qr() throws -> (q: Tensor, r: Tensor) {
    let x = try inFloats()
    try x.requireMatrix("qr")
    let (m, n) = (x.shape[x.rank - 2], x.shape[x.rank - 1])
    let (q, r) = try Matrices(x.detached()).qr()
    guard x.node != .none, Tape.isRecording, m >= n else { return (q, r) }
    // Both from x by differentiable operators: R is the Cholesky factor of xᵀ x, and Q = x R⁻¹. Values are LAPACK's.
    let factor = try x.transposed().matrixProduct(x).cholesky().transposed()
    let basis = try factor.transposed().solved(try x.transposed()).transposed()
    return (try q.adding(try basis.subtracting(basis.detached())), try r.adding(try factor.subtracting(factor.detached())))
  }

  /// Eigenvalues, ascending, and eigenvectors, in columns, of a symmetric matrix, whose lower half is read.
  ///
  /// Gradient: `V (diag(gₗ) + F ∘ Vᵀ gᵥ) Vᵀ`, F = 1 / (λⱼ - λᵢ) off the diagonal; it is not finite where
  /// eigenvalues coincide and vectors are used.
  ///
  /// - Throws: `shape-mismatch`; `no-convergence`.
  public func symmetricEigen() throws -> (values: Tensor, vectors: Tensor) {
    let x = try inFloats()
    let n = try x.requireSquare("eigh")
    let (values, vectors) = try Matrices(x.detached()).symmetricEigen()
    guard x.node != .none, Tape.isRecording else { return (values, vectors) }
    // One record for both: the vectors, with the values as a last row.
    let both = try Tensor.concatenated([vectors, try values.unsqueezed(-2)], axis: -2)
    let output = record("eigh", both, from: x, { gradient in
      let (vectors, values) = (try both[.ellipsis, .slice(stop: n), .all], try both[.ellipsis, .at(n), .all])
      let (gv, gl) = (try gradient[.ellipsis, .slice(stop: n), .all], try gradient[.ellipsis, .at(n), .all])
      let gaps = try values.unsqueezed(-2).subtracting(try values.unsqueezed(-1))
      let identity = try Tensor.eye(n, values.dtype)
      // The diagonal's gaps are zero; with ones in their place nothing is divided by zero.
      let weights = try gaps.adding(identity).reciprocal().subtracting(identity)
      let inner = try weights.multiplied(by: try vectors.transposed().matrixProduct(gv))
        .adding(try identity.multiplied(by: try gl.unsqueezed(-2)))
      let slope = try vectors.matrixProduct(inner).matrixProduct(try vectors.transposed())
      return try slope.adding(try slope.transposed()).multiplied(by: 0.5)
    })
    return (try output[.ellipsis, .at(n), .all], try output[.ellipsis, .slice(stop: n), .all])
  }

  /// Eigenvalues and eigenvectors of any square matrix, as real and imaginary parts; vectors have length 1. They have no
  /// gradient.
  ///
  /// - Throws: `shape-mismatch`; `no-convergence`.
  public func eigen() throws -> (real: Tensor, imaginary: Tensor, vectors: Tensor, imaginaryVectors: Tensor) {
    _ = try requireSquare("eig")
    return try Matrices(try inFloats().detached()).eigen()
  }

  /// The thin singular value decomposition, x = U diag(s) Vᵀ, s descending. `[..., m, n]` gives `[..., m, k]`, `[..., k]`
  /// and `[..., k, n]`, k the lesser of m and n.
  ///
  /// The gradient goes through the eigenvectors of xᵀ x, or of x xᵀ, and wants distinct singular values above zero.
  ///
  /// - Throws: `shape-mismatch`; `no-convergence`.
  public func svd() throws -> (u: Tensor, s: Tensor, v: Tensor) {
    let x = try inFloats()
    try x.requireMatrix("svd")
    let (u, s, v) = try Matrices(x.detached()).svd()
    guard x.node != .none, Tape.isRecording else { return (u, s, v) }
    func with(_ value: Tensor, _ function: Tensor) throws -> Tensor {
      try value.adding(try function.subtracting(function.detached()))
    }
    if x.shape[x.rank - 2] < x.shape[x.rank - 1] {
      let other = try x.transposed().svd()
      let left = try other.v.transposed()
      // Each pair of vectors may be turned round: they are to point where they do without a record.
      let signs = try left.detached().multiplied(by: u).sum(axes: [-2], keepsAxes: true).sign()
      let right = try other.u.multiplied(by: signs).transposed()
      return (try with(u, left.multiplied(by: signs)), try with(s, other.s), try with(v, right))
    }
    // By operators, with LAPACK's values: V from xᵀ x, s its roots, U = x V / s. Signs follow LAPACK's.
    let (squares, basis) = try x.transposed().matrixProduct(x).symmetricEigen()
    let columns = try basis.flipped(axes: [-1])
    let signs = try columns.detached().multiplied(by: try v.transposed()).sum(axes: [-2], keepsAxes: true).sign()
    let right = try columns.multiplied(by: signs)
    let singular = try squares.flipped(axes: [-1]).sqrt()
    let left = try x.matrixProduct(right).divided(by: try singular.unsqueezed(-2))
    return (try with(u, left), try with(s, singular), try with(v, try right.transposed()))
  }

  /// The x of least length among those that make |a x - b| least, for a matrix `[m, n]`: b is `[m]` or `[m, k]`.
  ///
  /// By the singular value decomposition; values below the largest · max(m, n) · 2⁻⁵² (2⁻²³ in single precision) count as
  /// zero. The gradient is of matrices of full rank.
  ///
  /// - Throws: `shape-mismatch`; `no-convergence`.
  public func leastSquares(_ b: Tensor) throws -> Tensor {
    let (a, b) = try Tensor.promotedFloats(self, b)
    guard a.rank == 2, b.rank == 1 || b.rank == 2, b.shape[0] == a.shape[0] else {
      throw TensorError(
        .shapeMismatch, "lstsq takes a matrix [m, n] and a right side [m] or [m, k], and got \(a.shape) and \(b.shape)",
        operands: [.init(.index(0), "this is \(a.shape)"), .init(.index(1), "this is \(b.shape)")])
    }
    if b.rank == 1 { return try a.leastSquares(try b.unsqueezed(1)).squeezed([1]) }
    let (u, s, v) = try Matrices(a.detached()).svd()
    let largest = try s.doubles().first ?? 0
    let limit = largest * Double(Swift.max(a.shape[0], a.shape[1])) * (a.dtype == .float64 ? 0x1p-52 : 0x1p-23)
    let zero = try Tensor.scalar(0, s.dtype)
    let inverse = try Tensor.choose(try s.greater(.float(limit)), try s.reciprocal(), zero)
    let pseudo = try v.transposed().multiplied(by: inverse).matrixProduct(try u.transposed())
    let x = try pseudo.matrixProduct(b.detached())
    return try Tensor.recordLeastSquares(x, a, b)
  }

  /// The gradients of solving by normal equations, which is the same function of matrices of full rank.
  private static func recordLeastSquares(_ x: Tensor, _ a: Tensor, _ b: Tensor) throws -> Tensor {
    record("lstsq", x, from: a, b, { gradient, needs in
      let gradients = try replayedGradients(of: [a, b], gradient, needs) { inputs in
        let (a, b) = (inputs[0], inputs[1])
        let transposed = try a.transposed()
        return a.shape[0] >= a.shape[1]
          ? try transposed.matrixProduct(a).solved(try transposed.matrixProduct(b))
          : try transposed.matrixProduct(try a.matrixProduct(transposed).solved(b))
      }
      return (gradients[0], gradients[1])
    })
  }

  /// The sum of the diagonal of a matrix `[..., n, n]`.
  ///
  /// - Throws: `shape-mismatch`.
  public func trace() throws -> Tensor {
    let n = try requireSquare("trace")
    return try multiplied(by: try Tensor.eye(n, dtype == .bool ? .int64 : dtype)).sum(axes: [-2, -1])
  }

  /// Ones below the diagonal and halves on it.
  private static func lowerHalf(_ n: Int, _ dtype: DType) throws -> Tensor {
    let (rows, columns) = (try Tensor.arange(0, Scalar(n)).unsqueezed(1), try Tensor.arange(0, Scalar(n)))
    let below = try rows.greater(columns).converted(to: dtype)
    return try below.adding(try Tensor.eye(n, dtype).multiplied(by: 0.5))
  }

  private func requireMatrix(_ name: String) throws {
    guard rank < 2 else { return }
    throw TensorError(
      .shapeMismatch, "\(name) takes matrices, [..., rows, columns]", operands: [.init(.index(0), "this is \(shape)")])
  }

  /// The number of rows of square matrices.
  private func requireSquare(_ name: String) throws -> Int {
    try requireMatrix(name)
    guard shape[rank - 1] == shape[rank - 2] else {
      throw TensorError(
        .shapeMismatch, "\(name) takes square matrices, [..., n, n]", operands: [.init(.index(0), "this is \(shape)")])
    }
    return shape[rank - 1]
  }
}

extension TensorError.Code {
  /// A matrix without an inverse, or one that is not positive definite where it has to be.
  public static let singularMatrix = Self("singular-matrix")
  /// An iteration that did not come to an end.
  public static let noConvergence = Self("no-convergence")
}
