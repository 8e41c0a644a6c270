import Testing

@testable import LimnTensor

/// Scans, sorting, one-hot, softmax, and choosing by a mask.
@Suite struct OrderTests {
  @Test("sums and multiplies along an axis")
  func scans() throws {
    let x = try Tensor([1, 2, 3, 4, 5, 6], [2, 3])
    #expect(try x.cumulativeSum(axis: 1).integers() == [1, 3, 6, 4, 9, 15])
    #expect(try x.cumulativeSum(axis: 0).integers() == [1, 2, 3, 5, 7, 9])
    #expect(try x.cumulativeProduct(axis: -1).integers() == [1, 2, 6, 4, 20, 120])
    #expect(try Tensor.zeros([0, 2]).cumulativeSum(axis: 0).shape == [0, 2])
    #expect(Tensor.code { try x.cumulativeSum(axis: 2) } == "bad-axis")
    for axis in [0, 1] {
      try checkGradients([try numbers([3, 5])]) { try $0[0].cumulativeSum(axis: axis) }
      try checkGradients([try numbers([3, 5])]) { try $0[0].cumulativeProduct(axis: axis) }
    }
    let zeros = try gradient(at: Tensor([2.0, 0.0, 3.0])) { try $0.cumulativeProduct(axis: 0).sum() }
    // d/da (a + ab + abc) = 1 + b + bc, d/db = a + ac, d/dc = ab.
    #expect(try zeros.doubles() == [1, 8, 0])
  }

  @Test("sorts stably, either way, with NaN last")
  func sort() throws {
    let x = try Tensor([3.0, 1.0, .nan, 2.0, 1.0])
    #expect(try x.argsorted().integers() == [1, 4, 3, 0, 2])
    #expect(try x.argsorted(descending: true).integers() == [0, 3, 1, 4, 2])
    let y = try Tensor([3, 1, 2, 9, 8, 7], [2, 3])
    #expect(try y.sorted().integers() == [1, 2, 3, 7, 8, 9])
    #expect(try y.sorted(axis: 0, descending: true).integers() == [9, 8, 7, 3, 1, 2])
    #expect(Tensor.code { try Tensor(1).sorted() } == "bad-axis")
    try checkGradients([try numbers([3, 4])]) { try $0[0].sorted(axis: 0) }
  }

  @Test("finds the largest few")
  func top() throws {
    let x = try Tensor([3, 1, 2, 9, 8, 7], [2, 3])
    let (values, indices) = try x.top(2)
    #expect(try values.integers() == [3, 2, 9, 8])
    #expect(try indices.integers() == [0, 2, 0, 1])
    #expect(try x.top(1, axis: 0, smallest: true).values.integers() == [3, 1, 2])
    #expect(try x.top(0).values.shape == [2, 0])
    #expect(Tensor.code { try x.top(4) } == "bad-argument")
    #expect(Tensor.code { try x.top(-1) } == "bad-argument")
    try checkGradients([try numbers([3, 4])]) { try $0[0].top(2).values }
  }

  @Test("makes one-hot rows")
  func oneHot() throws {
    #expect(try Tensor([1, 0]).oneHot(classes: 3).doubles() == [0, 1, 0, 1, 0, 0])
    #expect(try Tensor([1, 0], [2, 1]).oneHot(classes: 2).shape == [2, 1, 2])
    #expect(Tensor.code { try Tensor([3]).oneHot(classes: 3) } == "index-out-of-range")
    #expect(Tensor.code { try Tensor([3]).oneHot(classes: -1) } == "bad-argument")
    #expect(Tensor.code { try Tensor([1.0]).oneHot(classes: 3) } == "dtype-mismatch")
  }

  @Test("makes probabilities that add up to one, whatever the size of the logits")
  func softmax() throws {
    for type in [DType.float32, .float64] {
      let x = try Tensor([1000, 1001, -1000, 0, 0, 0], [2, 3]).converted(to: type)
      try expectClose(
        try x.softmax().doubles(), [0.2689414213699951, 0.7310585786300049, 0, 1.0 / 3, 1.0 / 3, 1.0 / 3], 1e-6)
      try expectClose(try x.softmax(axis: 0).sum(axes: [0]).doubles(), [1, 1, 1], 1e-6)
      try expectClose(
        try x.logSoftmax().doubles().prefix(2).map { $0 }, [-1.3132616875182228, -0.3132616875182228], 1e-6)
      let large = try RandomSource(seed: 4).normal([33, 61], dtype: type)
      try expectClose(try large.softmax().log().doubles(), try large.logSoftmax().doubles(), 1e-4)
    }
    #expect(try Tensor([-Double.infinity, 0]).softmax().doubles() == [0, 1])
    #expect(try Tensor([-Double.infinity, -.infinity]).logSumExp().doubles() == [-.infinity])
    #expect(Tensor.code { try Tensor(1.0).softmax() } == "bad-axis")
    for axis in [0, 1, -1] {
      try checkGradients([try numbers([3, 4])]) { try $0[0].softmax(axis: axis) }
      try checkGradients([try numbers([3, 4])]) { try $0[0].logSoftmax(axis: axis) }
    }
    try checkGradients([try numbers([3, 17])]) { try $0[0].softmax() }
  }

  @Test("chooses by a mask, and clamps")
  func choose() throws {
    let mask = try Tensor([true, false])
    #expect(try Tensor.choose(mask, Tensor([1, 2]), Tensor([3.5, 4.5])).doubles() == [1, 4.5])
    #expect(try Tensor.choose(mask, Tensor([[1], [2]].flatMap { $0 }, [2, 1]), Tensor(0)).integers() == [1, 0, 2, 0])
    #expect(try Tensor([1.0, 5.0, .nan]).clamped(2, 3).doubles().prefix(2) == [2, 3])
    #expect(try Tensor([1.0, 5.0, .nan]).clamped(2, nil).doubles()[2].isNaN)
    #expect(try Tensor([1, 5]).clamped(nil, 3).integers() == [1, 3])
    let inputs = [try numbers([3, 1]), try numbers([4], seed: 2)]
    let masks = try numbers([3, 4], seed: 3).greater(0)
    try checkGradients(inputs) { try Tensor.choose(masks, $0[0], $0[1]) }
    try checkGradients([inputs[0]]) { try $0[0].clamped(-0.5, 0.5) }
    #expect(try gradient(at: Tensor([2.0])) { try $0.clamped(0, 2).sum() }.doubles() == [1])
  }
}
