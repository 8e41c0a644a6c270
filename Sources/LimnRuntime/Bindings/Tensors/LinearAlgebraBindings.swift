import LimnLanguage
import LimnTensor

/// Linear algebra of matrices and batches of them.
enum LinearAlgebraBindings {
  static var all: [Binding] {
    [
      Binding(
        "solve", receivers: [.tensor], [.required("a", .tensor), .required("b", .tensor)],
        "The x of `a @ x = b` for a square `a`; `b` is a vector, or has a column for each x." + precision,
        example: "solve(tensor([[2.0, 0.0], [0.0, 4.0]]), tensor([2.0, 2.0])).list()   # [1.0, 0.5]"
      ) { call in .tensor(try call.tensor(0).solved(call.tensor(1))) },
      one("inverse", "The inverse of a square matrix. `solve` is faster and more exact.", "[[0.5]]") {
        try $0.inverted()
      },
      one("det", "The determinant of a square matrix.", "2.0") { try $0.determinant() },
      one("log_det", "The logarithm of the determinant's absolute value.", "0.6931471824645996") {
        try $0.logDeterminant()
      },
      one("trace", "The sum of a square matrix's diagonal.", "2.0") { try $0.trace() },
      one(
        "cholesky", "The lower triangular L with L Lᵀ = x, of a symmetric, positive definite matrix.",
        "[[1.4142135381698608]]"
      ) { try $0.cholesky() },
      several(
        "qr", "The thin QR decomposition `[q, r]`: q has orthonormal columns, r is upper triangular, x = q @ r.",
        "let q, r = qr(tensor([[3.0], [4.0]]))\nr.list()   # [[5.0]]"
      ) { x in
        let (q, r) = try x.qr()
        return [q, r]
      },
      several(
        "svd", "The thin singular value decomposition `[u, s, v]`: x = (u * s) @ v, s descending, v a row for each.",
        "let u, s, v = svd(tensor([[3.0], [4.0]]))\ns.list()   # [5.0]"
      ) { x in
        let (u, s, v) = try x.svd()
        return [u, s, v]
      },
      several(
        "eigh", "Eigenvalues, ascending, and eigenvectors, in columns, of a symmetric matrix: `[values, vectors]`.",
        "let values, vectors = eigh(tensor([[2.0, 0.0], [0.0, 1.0]]))\nvalues.list()   # [1.0, 2.0]"
      ) { x in
        let (values, vectors) = try x.symmetricEigen()
        return [values, vectors]
      },
      several(
        "eig",
        """
        Eigenvalues and eigenvectors of any square matrix, which may be complex: `[real, imaginary, vectors, imaginary
        vectors]`. They have no gradient.
        """, "let real, imaginary, _, _ = eig(tensor([[0.0, 1.0], [-1.0, 0.0]]))\nimaginary.list()   # [1.0, -1.0]"
      ) { x in
        let (real, imaginary, vectors, others) = try x.eigen()
        return [real, imaginary, vectors, others]
      },
      Binding(
        "lstsq", receivers: [.tensor], [.required("a", .tensor), .required("b", .tensor)],
        "The least x among those that make |a @ x - b| least, for a matrix of any shape and rank." + precision,
        example: "lstsq(tensor([[1.0], [1.0]]), tensor([1.0, 3.0])).shape   # [1]"
      ) { call in .tensor(try call.tensor(0).leastSquares(call.tensor(1))) },
    ]
  }

  private static let precision = " Leading axes are batches. It is computed in float64, by LAPACK."

  private static func one(
    _ name: String, _ documentation: String, _ result: String, _ function: @escaping (Tensor) throws -> Tensor
  ) -> Binding {
    let end = result.hasPrefix("[") ? ".list()" : ".item()"
    return Binding(
      name, receivers: [.tensor], [.required("x", .tensor)], documentation + precision,
      example: "\(name)(tensor([[2.0]]))\(end)   # \(result)"
    ) { call in .tensor(try function(call.tensor(0))) }
  }

  private static func several(
    _ name: String, _ documentation: String, _ example: String, _ function: @escaping (Tensor) throws -> [Tensor]
  ) -> Binding {
    Binding(
      name, receivers: [.tensor], [.required("x", .tensor)], documentation + precision, example: example
    ) { call in .list(try function(call.tensor(0)).map { .tensor($0) }) }
  }
}
