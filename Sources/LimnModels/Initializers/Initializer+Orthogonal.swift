import LimnTensor

extension Initializer {
  /// A random orthogonal matrix times `gain`: evenly distributed over all of them. The default of recurrent kernels.
  ///
  /// A weight of more than two axes is taken as the matrix of its last axis by all the others. Of the rows or
  /// columns, whichever are fewer are orthonormal. Saxe, McClelland and Ganguli, arXiv:1312.6120.
  public static func orthogonal(gain: Double = 1) -> Initializer {
    Initializer("orthogonal", gain == 1 ? [] : [Argument("gain", gain)]) { shape, _, dtype, random in
      let columns = shape.last ?? 1
      let rows = shape.dropLast().reduce(1, &*)
      guard shape.allSatisfy({ $0 > 0 }) else { return try Tensor.zeros(shape, dtype) }
      let count = min(rows, columns)
      let draws = try random.normal([count, max(rows, columns)], dtype: .float64)
      let basis = try orthonormal(draws)
      let matrix = rows > columns ? try basis.transposed() : basis
      return try (matrix * .float(gain)).converted(to: dtype).reshaped(shape)
    }
  }

  /// Rows that span the same space as the given ones and are orthonormal: Gram and Schmidt's method.
  ///
  /// Each row is freed twice of its parts along those before it, which makes the result orthogonal to working precision
  /// (Giraud, Langou, Rozložník and van den Eshof, "Rounding error analysis of the classical Gram-Schmidt
  /// orthogonalization process", 2005). The implied triangular factor has a positive diagonal, so
  /// that normal draws give an even distribution (Mezzadri, arXiv:math-ph/0609050).
  private static func orthonormal(_ draws: Tensor) throws -> Tensor {
    let length = draws.shape[1]
    let basis = try Tensor.uninitialized(draws.shape, .float64)
    for row in 0..<draws.shape[0] {
      let done = try basis[.slice(stop: row)]
      var vector = try draws[.at(row)]
      for _ in 0..<2 where row > 0 {
        vector = try vector - done.matrixProduct(vector).matrixProduct(done)
      }
      let unit = try (vector / vector.norm()).contiguous()
      withExtendedLifetime((basis, unit)) {
        basis.pointer(Double.self).advanced(by: row * length)
          .update(from: unit.pointer(Double.self), count: length)
      }
    }
    return basis
  }
}
