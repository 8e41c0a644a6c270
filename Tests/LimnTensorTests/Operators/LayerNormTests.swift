import Testing

@testable import LimnTensor

/// Values are PyTorch 2.13's; gradients are checked against finite differences.
@Suite("Layer normalization")
struct LayerNormTests {
  @Test("gives PyTorch's numbers in both float types")
  func values() throws {
    let x = try Tensor.arange(0, 24, dtype: .float64).power(1.5).multiplied(by: 0.1).reshaped([2, 3, 4])
    let scale = try Tensor([1.0, 2, 3, 4])
    let offset = try Tensor([0.1, 0.2, 0.3, 0.4])
    let expected = [
      -1.0408633105278653, -1.0703879280748503, 1.1681567557151262, 6.346686757307661, -1.1991428037664236,
      -0.7778093421051673,
    ]
    let double = try x.layerNormalized(scale: scale, offset: offset)
    try expectClose(Array(try double.doubles().prefix(6)), expected, 1e-12)
    let single = try x.converted(to: .float32).layerNormalized(scale: scale, offset: offset)
    try expectClose(Array(try single.doubles().prefix(6)), expected, 1e-5)
  }

  @Test("has right first and second gradients")
  func gradients() throws {
    let inputs = [try numbers([2, 2, 4]), try numbers([4], seed: 2), try numbers([4], seed: 3)]
    try checkGradients(inputs, tolerance: 1e-5) {
      try $0[0].layerNormalized(scale: $0[1], offset: $0[2])
    }
  }

  @Test("agrees with double precision where its fused kernels run", arguments: [2, 7, 8, 16, 37, 64])
  func fused(width: Int) throws {
    for rows in [1, 3, 40] {
      try checkSinglePrecision(
        [try numbers([rows, width]), try numbers([width], seed: 2), try numbers([width], seed: 3)], tolerance: 1e-4,
        second: rows < 10
      ) {
        try $0[0].layerNormalized(scale: $0[1], offset: $0[2], epsilon: 0.1)
      }
    }
  }

  @Test("says what does not fit, and takes no rows at all")
  func edges() throws {
    let x = try Tensor.zeros([4, 3])
    let (three, four) = (try Tensor.ones([3]), try Tensor.ones([4]))
    #expect(Tensor.code { try x.layerNormalized(scale: four, offset: four) } == "shape-mismatch")
    #expect(Tensor.code { try Tensor(1.0).layerNormalized(scale: four, offset: four) } == "shape-mismatch")
    #expect(try Tensor.zeros([0, 3]).layerNormalized(scale: three, offset: three).shape == [0, 3])
  }
}
