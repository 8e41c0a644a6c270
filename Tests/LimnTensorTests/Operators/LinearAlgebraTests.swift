import Testing

@testable import LimnTensor

/// Values by what defines them; gradients against finite differences. Those against PyTorch stand with the models.
@Suite("Linear algebra")
struct LinearAlgebraTests {
  private func matrix(_ shape: Shape, seed: UInt64 = 1) throws -> Tensor { try numbers(shape, seed: seed) }

  /// Symmetric and positive definite.
  private func definite(_ n: Int) throws -> Tensor {
    let x = try matrix([n, n])
    return try x.matrixProduct(try x.transposed()).adding(try Tensor.eye(n, .float64))
  }

  @Test("solves, inverts and takes determinants of batches")
  func squares() throws {
    let (a, b) = (try matrix([3, 4, 4]), try matrix([3, 4, 2], seed: 2))
    try expectClose(try a.matrixProduct(try a.solved(b)).doubles(), try b.doubles(), 1e-10)
    let unit = try a.matrixProduct(try a.inverted())
    try expectClose(try unit.doubles(), try Tensor.eye(4, .float64).broadcast(to: [3, 4, 4]).doubles(), 1e-10)
    let two = try Tensor([2.0, 1, 5, 3]).reshaped([2, 2])
    try expectClose(try two.determinant().doubles(), [1], 1e-12)
    try expectClose(try Tensor([0.0, 1, 1, 0]).reshaped([2, 2]).determinant().doubles(), [-1], 1e-12)
    try expectClose(try two.multiplied(by: -3).logDeterminant().exp().doubles(), [9], 1e-12)
    try expectClose(try two.trace().doubles(), [5], 0)
    #expect(try two.converted(to: .float32).inverted().dtype == .float32)
  }

  @Test("decomposes")
  func decompositions() throws {
    for (m, n) in [(5, 3), (3, 5), (4, 4)] {
      let x = try matrix([2, m, n])
      let (q, r) = try x.qr()
      try expectClose(try q.matrixProduct(r).doubles(), try x.doubles(), 1e-10)
      let (u, s, v) = try x.svd()
      try expectClose(try u.multiplied(by: try s.unsqueezed(-2)).matrixProduct(v).doubles(), try x.doubles(), 1e-10)
    }
    let symmetric = try definite(5)
    let lower = try symmetric.cholesky()
    try expectClose(try lower.matrixProduct(try lower.transposed()).doubles(), try symmetric.doubles(), 1e-10)
    let (values, vectors) = try symmetric.symmetricEigen()
    let again = try vectors.multiplied(by: values).matrixProduct(try vectors.transposed())
    try expectClose(try again.doubles(), try symmetric.doubles(), 1e-10)
  }

  @Test("finds complex eigenvalues of a rotation")
  func eigen() throws {
    let turn = try Tensor([0.0, -1, 1, 0]).reshaped([2, 2])
    let (real, imaginary, vectors, others) = try turn.eigen()
    try expectClose(try real.doubles(), [0, 0], 1e-12)
    try expectClose(try imaginary.doubles(), [1, -1], 1e-12)
    // a (x + iy) = λ (x + iy), with λ = ±i: a x = -λᵢ y.
    let left = try turn.matrixProduct(vectors)
    try expectClose(try left.doubles(), try others.multiplied(by: imaginary).negated().doubles(), 1e-12)
  }

  @Test("gives the shortest of the best solutions")
  func leastSquares() throws {
    let a = try Tensor([1.0, 1, 1, 1, 2, 3]).reshaped([2, 3]).transposed()
    try expectClose(try a.leastSquares(try Tensor([1.0, 2, 3])).doubles(), [0, 1], 1e-12)
    try expectClose(try Tensor.ones([1, 2], .float64).leastSquares(try Tensor([1.0])).doubles(), [0.5, 0.5], 1e-12)
  }

  @Test("has right gradients, and second ones where they are made of operators")
  func gradients() throws {
    try checkGradients([try definite(3), try matrix([3, 2], seed: 2)], tolerance: 1e-5) { try $0[0].solved($0[1]) }
    try checkGradients([try definite(3)], tolerance: 1e-5) { try $0[0].determinant() }
    try checkGradients([try definite(3)], tolerance: 1e-5) { try $0[0].logDeterminant() }
    func symmetric(_ x: Tensor) throws -> Tensor {
      try x.matrixProduct(try x.transposed()).adding(try Tensor.eye(3, .float64))
    }
    try checkGradients([try matrix([3, 3])], tolerance: 1e-4) { try symmetric($0[0]).cholesky() }
    try checkGradients([try matrix([3, 3])], tolerance: 1e-4) { try symmetric($0[0]).symmetricEigen().values }
    try checkGradients([try matrix([4, 3])], tolerance: 1e-4) { x in
      let (q, r) = try x[0].qr()
      return try Tensor.concatenated([q.flattened(), r.flattened()])
    }
    for shape in [[4, 3], [3, 4]] as [Shape] {
      try checkGradients([try matrix(shape)], tolerance: 1e-4) { x in
        let (u, s, v) = try x[0].svd()
        return try Tensor.concatenated([u.matrixProduct(v).flattened(), s])
      }
    }
    for shape in [[4, 2], [2, 4]] as [Shape] {
      try checkGradients([try matrix(shape), try matrix([shape[0]], seed: 2)], tolerance: 1e-4) {
        try $0[0].leastSquares($0[1])
      }
    }
  }

  @Test("decomposes into the same parts where a gradient is taken")
  func recordedParts() throws {
    for shape in [[5, 3], [3, 5], [4, 4]] as [Shape] {
      let x = try matrix(shape, seed: 7)
      let (q, r) = try x.qr()
      let (u, s, v) = try x.svd()
      var recorded: [Tensor] = []
      _ = try gradient(at: x) { x in
        let (q, r) = try x.qr()
        let (u, s, v) = try x.svd()
        recorded = [q, r, u, s, v]
        return try x.sum()
      }
      for (a, b) in zip(recorded, [q, r, u, s, v]) { #expect(try a.isEqual(to: b)) }
    }
  }

  @Test("says what cannot be done")
  func edges() throws {
    #expect(Tensor.code { try Tensor.ones([2, 2]).inverted() } == "singular-matrix")
    #expect(Tensor.code { try Tensor.ones([2, 2]).negated().cholesky() } == "singular-matrix")
    #expect(Tensor.code { try Tensor.ones([2, 3]).inverted() } == "shape-mismatch")
    #expect(Tensor.code { try Tensor.ones([3]).determinant() } == "shape-mismatch")
    #expect(Tensor.code { try Tensor.full([2, 2], .float(.nan)).svd().s } == "no-convergence")
    #expect(try Tensor.ones([0, 0]).inverted().shape == [0, 0])
  }
}
