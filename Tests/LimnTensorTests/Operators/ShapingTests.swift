import Testing

@testable import LimnTensor

/// Reshaping, permuting, joining, padding: values by arithmetic on positions, gradients against finite differences.
@Suite struct ShapingTests {
  /// 0, 1, 2, ... in a shape, so that each element tells where it was.
  func counting(_ shape: Shape) throws -> Tensor {
    try Tensor.arange(0, Scalar(shape.elementCount)).reshaped(shape)
  }

  @Test("reshapes, and works out one length")
  func reshape() throws {
    let x = try counting([2, 6])
    #expect(try x.reshaped(to: [3, -1]).shape == [3, 4])
    #expect(try x.reshaped(to: [-1]).integers() == Array(0..<12))
    #expect(try x.reshaped(to: [2, 2, 3]).integers() == Array(0..<12))
    #expect(Tensor.code { try x.reshaped(to: [5, -1]) } == "shape-mismatch")
    #expect(Tensor.code { try x.reshaped(to: [-1, -1]) } == "bad-shape")
    #expect(Tensor.code { try x.reshaped(to: [7]) } == "shape-mismatch")
    #expect(Tensor.code { try x.reshaped(to: [-2, 6]) } == "bad-shape")
    #expect(Tensor.code { try x.reshaped(to: [0, -1]) } == "shape-mismatch")
    try checkGradients([try numbers([2, 6])]) { try $0[0].reshaped([3, 4]) }
  }

  @Test("reshapes views without copying where strides allow, and right in any case")
  func reshapeViews() throws {
    let x = try counting([4, 6])
    let rows = try x[.slice(step: 2)]
    let split = try rows.reshaped([2, 2, 3])
    #expect(split.storage === x.storage)
    #expect(try split.integers() == [0, 1, 2, 3, 4, 5, 12, 13, 14, 15, 16, 17])
    let transposed = try x.transposed()
    #expect(try transposed.reshaped([24]).integers() == (0..<6).flatMap { c in (0..<4).map { $0 * 6 + c } })
    #expect(try transposed.reshaped([3, 2, 4]).storage === x.storage)
    #expect(
      try x.broadcast(to: [3, 4, 6]).reshaped([12, 6]).integers()
        == Array(repeating: Array(0..<24), count: 3).flatMap { $0 })
    #expect(try x.flipped(axes: [0]).reshaped([4, 3, 2]).integers().prefix(3) == [18, 19, 20])
    for shape in [[2, 12], [24], [2, 2, 2, 3], [1, 4, 1, 6], [8, 3]] as [Shape] {
      for (name, view) in try awkwardViews(4, 6) {
        #expect(try view.reshaped(shape).isEqual(to: view.copied().reshaped(shape)), "\(name) as \(shape)")
      }
    }
  }

  @Test("permutes, transposes, squeezes and stretches without copying")
  func permute() throws {
    let x = try counting([2, 3, 4])
    let y = try x.permuted([2, 0, 1])
    #expect(y.shape == [4, 2, 3])
    #expect(y.storage === x.storage)
    #expect(try y[.at(1), .at(0), .at(2)].integers() == [9])
    #expect(try x.transposed().shape == [2, 4, 3])
    #expect(try x.transposed(0, 2).shape == [4, 3, 2])
    #expect(try x.unsqueezed(-1).shape == [2, 3, 4, 1])
    #expect(try x.unsqueezed(0).squeezed().shape == [2, 3, 4])
    #expect(try Tensor.ones([1, 3]).broadcast(to: [2, 2, 3]).sum().item() == .float(12))
    #expect(Tensor.code { try x.permuted([0, 1]) } == "bad-axis")
    #expect(Tensor.code { try x.permuted([0, 1, 1]) } == "bad-axis")
    #expect(Tensor.code { try x.squeezed([1]) } == "shape-mismatch")
    #expect(Tensor.code { try x.broadcast(to: [3, 4]) } == "shape-mismatch")
    #expect(Tensor.code { try x.broadcast(to: [2, 3, 1]) } == "shape-mismatch")
    try checkGradients([try numbers([2, 3, 4])]) { try $0[0].permuted([2, 0, 1]) }
    try checkGradients([try numbers([2, 3])]) { try $0[0].transposed() }
    try checkGradients([try numbers([3, 1])]) { try $0[0].broadcast(to: [2, 3, 4]) }
    try checkGradients([try numbers([])]) { try $0[0].broadcast(to: [2, 2]) }
  }

  @Test("copies large transpositions right, in every element size")
  func transpositions() throws {
    for dtype in [DType.uint8, .float32, .float64] {
      let x = try RandomSource(seed: 1).integers([3, 67, 41, 9], from: 0, to: 200).converted(to: dtype)
      for order in [[0, 2, 1, 3], [3, 2, 1, 0], [0, 3, 2, 1], [1, 3, 0, 2]] {
        let (shape, from): (Shape, [Int]) = (x.shape, try x.integers())
        let copy = try x.permuted(order).integers()
        let steps = Shape(unchecked: order.map { shape.contiguousStrides[$0] })
        let lengths = Shape(unchecked: order.map { shape[$0] })
        let walk = lengths.contiguousStrides
        let isRight = copy.indices.allSatisfy { place in
          copy[place] == from[(0..<4).reduce(0) { $0 + place / walk[$1] % lengths[$1] * steps[$1] }]
        }
        #expect(isRight, "\(dtype) \(order)")
      }
    }
  }

  @Test("joins along an old or a new axis")
  func join() throws {
    let (a, b) = (try counting([2, 2]), try counting([2, 3]))
    #expect(try Tensor.concatenated([a, b], axis: 1).integers() == [0, 1, 0, 1, 2, 2, 3, 3, 4, 5])
    #expect(try Tensor.concatenated([a, a], axis: -2).shape == [4, 2])
    #expect(try Tensor.stacked([a, a], axis: 2).integers() == [0, 0, 1, 1, 2, 2, 3, 3])
    #expect(try Tensor.stacked([a, a], axis: -1).shape == [2, 2, 2])
    #expect(try Tensor.concatenated([a, Tensor.ones([1, 2])]).dtype == .float32)
    let error = #expect(throws: TensorError.self) { try Tensor.concatenated([a, b]) }
    #expect(error?.message == "concat cannot join [2, 2] and [2, 3]: along axis 1, 2 is not 3")
    #expect(Tensor.code { try Tensor.concatenated([]) } == "bad-argument")
    #expect(Tensor.code { try Tensor.stacked([a, b]) } == "shape-mismatch")
    try checkGradients([try numbers([2, 1, 2]), try numbers([2, 3, 2], seed: 2), try numbers([2, 0, 2])]) {
      try Tensor.concatenated($0, axis: 1)
    }
    try checkGradients([try numbers([2, 3]), try numbers([2, 3], seed: 2)]) { try Tensor.stacked($0, axis: 1) }
  }

  @Test("joins more tensors than a word has bits, with gradients for some of them")
  func joinMany() throws {
    let parts = try (0..<70).map { try Tensor([Double($0)]) }
    let gradients = try valueAndGradients(at: [parts[3], parts[69]]) { x in
      var all = parts
      (all[3], all[69]) = (x[0], x[1])
      return try Tensor.concatenated(all).square().sum()
    }.gradients
    #expect(try gradients.map { try $0.item() } == [.float(6), .float(138)])
  }

  @Test("splits into equal or given pieces")
  func split() throws {
    let x = try counting([2, 6])
    #expect(try x.split(into: 3, axis: 1).map { try $0.integers() } == [[0, 1, 6, 7], [2, 3, 8, 9], [4, 5, 10, 11]])
    #expect(try x.split([1, 5], axis: -1).map(\.shape) == [[2, 1], [2, 5]])
    #expect(Tensor.code { try x.split(into: 4, axis: 1) } == "shape-mismatch")
    #expect(Tensor.code { try x.split(into: 0, axis: 1) } == "shape-mismatch")
    #expect(Tensor.code { try x.split([1, 4], axis: 1) } == "shape-mismatch")
    #expect(Tensor.code { try x.split([.max, .max], axis: 1) } == "shape-mismatch")
    try checkGradients([try numbers([2, 5])]) { x in
      let parts = try x[0].split([2, 3], axis: 1)
      return try parts[0].sum().multiplied(by: try parts[1].square())
    }
  }

  @Test("pads by reflection, replication and in a circle, further than an axis is long too")
  func padByContent() throws {
    let x = try Tensor([1, 2, 3])
    func pad(_ before: Int, _ after: Int, _ mode: PaddingMode) throws -> [Int] {
      try x.padded([(before, after)], by: mode).integers()
    }
    #expect(try pad(2, 1, .reflect) == [3, 2, 1, 2, 3, 2])
    #expect(try pad(5, 0, .reflect) == [2, 1, 2, 3, 2, 1, 2, 3])
    #expect(try pad(2, 1, .replicate) == [1, 1, 1, 2, 3, 3])
    #expect(try pad(4, 2, .circular) == [3, 1, 2, 3, 1, 2, 3, 1, 2])
    #expect(try pad(1, 0, .constant) == [0, 1, 2, 3])
    #expect(try Tensor([7]).padded([(1, 1)], by: .reflect).integers() == [7, 7, 7])
    #expect(Tensor.code { try Tensor.zeros([0]).padded([(1, 0)], by: .replicate) } == "shape-mismatch")
    #expect(try Tensor.zeros([0]).padded([(0, 0)], by: .replicate).shape == [0])
    #expect(Tensor.code { try x.padded([(-1, 0)], by: .circular) } == "bad-argument")
    #expect(Tensor.code { try x.padded([(.max, 1)], by: .circular) } == "bad-shape")
    for mode in PaddingMode.allCases {
      try checkGradients([try numbers([3, 4])]) { try $0[0].padded([(1, 2), (2, 0)], by: mode).square() }
    }
  }

  @Test("pads, flips, tiles and repeats")
  func pad() throws {
    let x = try counting([2, 2])
    #expect(try x.padded([(0, 1), (1, 0)]).integers() == [0, 0, 1, 0, 2, 3, 0, 0, 0])
    #expect(try x.padded([(1, 0), (0, 0)], value: 7).integers() == [7, 7, 0, 1, 2, 3])
    #expect(try x.flipped().integers() == [3, 2, 1, 0])
    #expect(try x.flipped(axes: [1]).integers() == [1, 0, 3, 2])
    #expect(try x.tiled([1, 2]).integers() == [0, 1, 0, 1, 2, 3, 2, 3])
    #expect(try x.tiled([2, 1, 1]).shape == [2, 2, 2])
    #expect(try x.repeated(2, axis: 1).integers() == [0, 0, 1, 1, 2, 2, 3, 3])
    #expect(Tensor.code { try x.padded([(1, 0)]) } == "bad-argument")
    #expect(Tensor.code { try x.padded([(-1, 0), (0, 0)]) } == "bad-argument")
    #expect(Tensor.code { try x.padded([(.max, 1), (0, 0)]) } == "bad-shape")
    #expect(Tensor.code { try x.tiled([.max, .max]) } == "bad-shape")
    try checkGradients([try numbers([2, 3])]) { try $0[0].padded([(1, 2), (0, 1)]) }
    try checkGradients([try numbers([2, 3])]) { try $0[0].padded([(1, 2), (0, 1)], value: 3) }
    try checkGradients([try numbers([2, 3])]) { try $0[0].flipped(axes: [1]) }
    try checkGradients([try numbers([2, 3])]) { try $0[0].tiled([2, 3]) }
    try checkGradients([try numbers([2, 3])]) { try $0[0].repeated(3, axis: 0) }
  }

  @Test("converts between all types: cuts fractions, and refuses what does not fit")
  func convert() throws {
    let x = try Tensor([-1.5, 0, 2.7, 300, .nan, .infinity])
    #expect(try x[.slice(stop: 4)].converted(to: .int32).integers() == [-1, 0, 2, 300])
    #expect(try Tensor([-0.9, 255.9]).converted(to: .uint8).integers() == [0, 255])
    for wrong in [-1, 256, .nan, .infinity] as [Double] {
      #expect(Tensor.code { try Tensor([0, wrong]).converted(to: .uint8) } == "out-of-range")
    }
    for wrong in [-9.3e18, 9.223372036854775808e18, .nan] as [Double] {
      #expect(Tensor.code { try Tensor([wrong]).converted(to: .int64) } == "out-of-range")
    }
    #expect(try Tensor([-9.223372036854775808e18]).converted(to: .int64).integers() == [.min])
    #expect(try x.converted(to: .bool).elements() == [true, false, true, true, true, true])
    #expect(Tensor.code { try Tensor([Int64.max]).converted(to: .int32) } == "out-of-range")
    #expect(Tensor.code { try Tensor([-1]).converted(to: .uint8) } == "out-of-range")
    #expect(try Tensor([true, false]).converted(to: .float64).doubles() == [1, 0])
    #expect(try Tensor([Int64.max]).converted(to: .float64).doubles() == [9.223372036854775807e18])
    for from in DType.allCases {
      for to in DType.allCases {
        let there = try Tensor([1, 0, 1]).converted(to: from).converted(to: to)
        #expect(there.dtype == to)
        #expect(try there.doubles() == [1, 0, 1], "\(from) to \(to)")
      }
    }
    let slope = try gradient(at: Tensor([Float(2)])) { try $0.converted(to: .float64).square().sum() }
    #expect(slope.dtype == .float32)
    #expect(try slope.doubles() == [4])
  }
}
