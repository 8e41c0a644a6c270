import Testing

@testable import LimnTensor

@Suite struct MatmulTests {
  static let shapes: [(Shape, Shape, Shape)] = [
    ([2, 3], [3, 4], [2, 4]), ([1, 1], [1, 1], [1, 1]), ([3], [3], []), ([3], [3, 2], [2]), ([2, 3], [3], [2]),
    ([5, 2, 3], [3, 4], [5, 2, 4]), ([5, 2, 3], [5, 3, 4], [5, 2, 4]), ([2, 1, 2, 3], [4, 3, 2], [2, 4, 2, 2]),
    ([2, 3], [5, 3, 4], [5, 2, 4]), ([5, 2, 3], [3], [5, 2]), ([3], [5, 3, 4], [5, 4]), ([7, 17], [17, 9], [7, 9]),
    ([0, 3], [3, 2], [0, 2]), ([2, 0], [0, 3], [2, 3]), ([4, 2, 0], [0, 3], [4, 2, 3]),
    ([0, 2, 3], [3, 4], [0, 2, 4]),
  ]

  /// By multiplying and adding, with broadcasting.
  static func reference(_ a: Tensor, _ b: Tensor) throws -> Tensor {
    let left = a.rank == 1 ? try a.unsqueezed(0) : a
    let right = b.rank == 1 ? try b.unsqueezed(1) : b
    var product = try left.unsqueezed(-1).multiplied(by: try right.unsqueezed(-3)).sum(axes: [-2])
    if b.rank == 1 { product = try product.squeezed([-1]) }
    if a.rank == 1 { product = try product.squeezed([b.rank == 1 ? -1 : -2]) }
    return product
  }

  @Test("multiplies matrices, vectors and batches of them", arguments: shapes)
  func values(_ a: Shape, _ b: Shape, _ target: Shape) throws {
    let (x, y) = (try numbers(a, seed: 31), try numbers(b, seed: 32))
    let expected = try Self.reference(x, y).doubles()
    let product = try x.matrixProduct(y)
    #expect(product.shape == target)
    try expectClose(try product.doubles(), expected, 1e-12)
    let single = try x.converted(to: .float32).matrixProduct(try y.converted(to: .float32))
    try expectClose(try single.doubles(), expected, 1e-5)
  }

  @Test("has the gradients that finite differences give, first and second", arguments: shapes)
  func gradients(_ a: Shape, _ b: Shape, _ target: Shape) throws {
    try checkGradients([try numbers(a, seed: 31), try numbers(b, seed: 32)]) { try $0[0].matrixProduct($0[1]) }
  }

  @Test("reads views")
  func views() throws {
    for (name, view) in try awkwardViews(5, 6) {
      let other = try numbers([6, 4], seed: 8)
      let expected = try Self.reference(try view.copied(), other).doubles()
      try expectClose(try view.matrixProduct(other).doubles(), expected, 1e-12, name)
      let back = try other.transposed().matrixProduct(try view.transposed())
      try expectClose(try back.transposed().doubles(), expected, 1e-12, name)
      let single = try view.converted(to: .float32)
      try expectClose(try single.matrixProduct(try other.converted(to: .float32)).doubles(), expected, 1e-5, name)
    }
    try checkGradients([try numbers([3, 4]), try numbers([3, 5], seed: 2)]) {
      try $0[0].transposed().matrixProduct($0[1])
    }
  }

  @Test("multiplies integers exactly")
  func integers() throws {
    let a = try Tensor([1, 2, 3, 4], [2, 2])
    #expect(try a.matrixProduct(a).integers() == [7, 10, 15, 22])
    #expect(try a.matrixProduct(a).dtype == .int64)
    #expect(try a.matrixProduct(Tensor([0.5, 0, 0, 0.5], [2, 2])).doubles() == [0.5, 1, 1.5, 2])
  }

  @Test("names both shapes and the axis at odds, and the transposition that would fit")
  func errors() throws {
    let error = #expect(throws: TensorError.self) {
      try Tensor.zeros([64, 100]).matrixProduct(Tensor.zeros([128, 100]))
    }
    #expect(error?.code == .shapeMismatch)
    #expect(
      error?.message
        == "matrix product of [64, 100] and [128, 100]: the left's last axis is 100, the right's second to last is 128")
    #expect(error?.help == "transpose the right one: a @ b.transpose()")
    #expect(Tensor.code { try Tensor.zeros([]).matrixProduct(Tensor.zeros([2])) } == "shape-mismatch")
    #expect(Tensor.code { try Tensor.zeros([2, 3, 4]).matrixProduct(Tensor.zeros([3, 4, 5])) } == "shape-mismatch")
  }
}
