import Testing

@testable import LimnTensor

/// Values are PyTorch 2.13's (`max_pool2d`, `avg_pool2d` without padding in the count); gradients are checked against
/// finite differences.
@Suite("Pooling and up-sampling")
struct PoolingTests {
  private func image() throws -> Tensor { try Tensor.arange(1, 26, dtype: .float64).reshaped([1, 5, 5, 1]) }
  private let window = PoolingWindow(size: 3, stride: 2)
  private let padded = PoolingWindow(size: 3, stride: 2, padding: .explicit(before: 1, after: 1))

  @Test("gives PyTorch's numbers")
  func values() throws {
    #expect(try image().maxPooled2D(rows: window, columns: window).doubles() == [13, 15, 23, 25])
    #expect(try image().averagePooled2D(rows: window, columns: window).doubles() == [7, 9, 17, 19])
    #expect(
      try image().averagePooled2D(rows: padded, columns: padded).doubles()
        == [4, 5.5, 7, 11.5, 13, 14.5, 19, 20.5, 22])
    let same = try image().maxPooled2D(
      rows: PoolingWindow(size: 2, padding: .same), columns: PoolingWindow(size: 2, padding: .same))
    #expect(same.shape == [1, 3, 3, 1])
    #expect(try same.doubles() == [7, 9, 10, 17, 19, 20, 22, 24, 25])
  }

  @Test("has right first and second gradients")
  func gradients() throws {
    let columns = PoolingWindow(size: 2)
    for rows in [window, padded] {
      try checkGradients([try numbers([2, 5, 4, 3])]) { try $0[0].maxPooled2D(rows: rows, columns: columns).square() }
      try checkGradients([try numbers([2, 5, 4, 3])]) {
        try $0[0].averagePooled2D(rows: rows, columns: columns).square()
      }
    }
    try checkGradients([try numbers([2, 2, 3, 2])]) { try $0[0].upSampled([2, 3]).square() }
  }

  @Test("agrees with double precision")
  func singlePrecision() throws {
    try checkSinglePrecision([try numbers([3, 7, 6, 5])]) {
      try $0[0].maxPooled2D(rows: padded, columns: window).square()
    }
    try checkSinglePrecision([try numbers([3, 7, 6, 5])]) {
      try $0[0].averagePooled2D(rows: padded, columns: window).square()
    }
  }

  @Test("of sequences and volumes has right first and second gradients")
  func otherAxes() throws {
    let (two, uneven) = (PoolingWindow(size: 2), PoolingWindow(size: 3, stride: 1, padding: .same))
    for rows in [window, padded] {
      try checkGradients([try numbers([2, 7, 3])]) { try $0[0].maxPooled1D(rows).square() }
      try checkGradients([try numbers([2, 7, 3])]) { try $0[0].averagePooled1D(rows).square() }
      try checkGradients([try numbers([1, 5, 4, 3, 2])]) {
        try $0[0].maxPooled3D(depth: rows, rows: two, columns: uneven).square()
      }
      try checkGradients([try numbers([1, 5, 4, 3, 2])]) {
        try $0[0].averagePooled3D(depth: rows, rows: two, columns: uneven).square()
      }
    }
    for factors in [[3], [2, 3], [1, 3, 2]] {
      let x = try numbers(try Shape([2] + factors.map { _ in 3 } + [2]))
      try checkGradients([x]) { try $0[0].upSampled(factors, .linear).square() }
      try checkGradients([x]) { try $0[0].upSampled(factors).square() }
    }
  }

  @Test("lets a NaN through, and gives the first of equals the gradient")
  func ties() throws {
    let x = try Tensor([1, Double.nan, 3, 2], [1, 2, 2, 1])
    let two = PoolingWindow(size: 2)
    #expect(try x.maxPooled2D(rows: two, columns: two).item().double.isNaN)
    let equal = try Tensor.ones([1, 2, 2, 1], .float64)
    let slope = try gradient(at: equal) { try $0.maxPooled2D(rows: two, columns: two).sum() }
    #expect(try slope.doubles() == [1, 0, 0, 0])
  }

  @Test("up-sampling repeats pixels")
  func upSampling() throws {
    let y = try Tensor([1.0, 2, 3, 4], [1, 2, 2, 1]).upSampled([1, 2])
    #expect(y.shape == [1, 2, 4, 1])
    #expect(try y.doubles() == [1, 1, 2, 2, 3, 3, 4, 4])
  }

  @Test("linear up-sampling goes straight from the middle of one element to that of the next")
  func interpolation() throws {
    let y = try Tensor([0.0, 4], [1, 2, 1]).upSampled([4], .linear)
    #expect(try y.doubles() == [0, 0, 0.5, 1.5, 2.5, 3.5, 4, 4])
    #expect(try Tensor([7], [1, 1, 1]).upSampled([3], .linear).doubles() == [7, 7, 7])
    #expect(try Tensor.zeros([0, 2, 3]).upSampled([2], .linear).shape == [0, 4, 3])
    #expect(try Tensor.zeros([1, 0, 3]).upSampled([2], .linear).shape == [1, 0, 3])
  }

  @Test("says what does not fit")
  func errors() throws {
    let x = try image()
    let six = PoolingWindow(size: 6)
    #expect(Tensor.code { try x.maxPooled2D(rows: six, columns: six) } == "shape-mismatch")
    #expect(Tensor.code { try x.reshaped([5, 5]).averagePooled2D(rows: window, columns: window) } == "shape-mismatch")
    #expect(Tensor.code { try x.maxPooled2D(rows: PoolingWindow(size: 0), columns: window) } == "bad-argument")
    #expect(Tensor.code { try x.upSampled([0, 1]) } == "bad-argument")
    #expect(Tensor.code { try x.upSampled([.max, .max]) } == "bad-shape")
    #expect(Tensor.code { try x.reshaped([25]).upSampled([2, 2]) } == "shape-mismatch")
    #expect(Tensor.code { try x.maxPooled1D(window) } == "shape-mismatch")
    #expect(Tensor.code { try x.reshaped([1, 5, 5]).averagePooled1D(six) } == "shape-mismatch")
    #expect(Tensor.code { try x.averagePooled3D(depth: window, rows: window, columns: window) } == "shape-mismatch")
    let volume = try x.reshaped([1, 1, 5, 5, 1])
    #expect(Tensor.code { try volume.maxPooled3D(depth: window, rows: window, columns: window) } == "shape-mismatch")
    #expect(
      Tensor.code { try volume.maxPooled3D(depth: PoolingWindow(size: 1, stride: 0), rows: window, columns: window) }
        == "bad-argument")
  }
}
