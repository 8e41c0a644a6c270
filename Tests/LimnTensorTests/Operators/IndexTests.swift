import Testing

@testable import LimnTensor

@Suite struct IndexTests {
  private let x: Tensor
  init() throws { x = try Tensor.arange(0, 24).reshaped([2, 3, 4]) }

  @Test("takes single indices, from either end, and drops their axes")
  func single() throws {
    #expect(try x[.at(1)].shape == [3, 4])
    #expect(try x[.at(-1), .at(2), .at(-4)].item() == .int(20))
    #expect(try x[.all, .at(1)].integers() == [4, 5, 6, 7, 16, 17, 18, 19])
  }

  @Test("slices as Python does, with any bounds and steps")
  func slices() throws {
    let row = try Tensor.arange(0, 7)
    let bounds: [Int?] = [nil, -100, -8, -7, -3, -1, 0, 1, 3, 6, 7, 8, 100, .max, .min]
    for start in bounds {
      for stop in bounds {
        for step in [1, 2, 3, 7, 100, .max, -1, -2, -5, -100] {
          let result = try row[.slice(start: start, stop: stop, step: step)].integers()
          #expect(
            result == Self.python(7, start, stop, step),
            "\(String(describing: start)):\(String(describing: stop)):\(step)")
        }
      }
    }
  }

  /// The definition in Python's reference, "slicings": i such that start <= i < stop after clamping.
  static func python(_ length: Int, _ start: Int?, _ stop: Int?, _ step: Int) -> [Int] {
    func bound(_ value: Int?, _ missing: Int) -> Int {
      guard let value else { return missing }
      let counted = value < 0 ? (value == .min ? -1000 : value + length) : value
      return step > 0 ? min(max(counted, 0), length) : min(max(counted, -1), length - 1)
    }
    var result: [Int] = []
    var index = bound(start, step > 0 ? 0 : length - 1)
    let end = bound(stop, step > 0 ? length : -1)
    while step > 0 ? index < end : index > end {
      result.append(index)
      let (next, overflow) = index.addingReportingOverflow(step)
      if overflow { break }
      index = next
    }
    return result
  }

  @Test("does not copy for indices and slices")
  func views() throws {
    #expect(try x[.at(1), .slice(step: -2), .newAxis].storage === x.storage)
  }

  @Test("understands an ellipsis and new axes")
  func ellipsis() throws {
    #expect(try x[.ellipsis, .at(0)].integers() == [0, 4, 8, 12, 16, 20])
    #expect(try x[.at(0), .ellipsis, .newAxis].shape == [3, 4, 1])
    #expect(try x[.all, .newAxis].shape == [2, 1, 3, 4])
    #expect(try x[.newAxis, .ellipsis, .newAxis, .at(1)].shape == [1, 2, 3, 1])
  }

  @Test("takes a list of indices, of any shape")
  func lists() throws {
    #expect(try x[.all, .list(Tensor([2, -3]))].shape == [2, 2, 4])
    #expect(try x[.at(1), .list(Tensor([2, 0])), .at(3)].integers() == [23, 15])
    #expect(try x[.all, .list(Tensor([0, 1, 2, 0], [2, 2]))].shape == [2, 2, 2, 4])
    #expect(try x[.list(Tensor([Int]()))].shape == [0, 3, 4])
  }

  @Test("takes a mask over one axis or several")
  func masks() throws {
    #expect(try x[.mask(x.greater(20))].integers() == [21, 22, 23])
    #expect(try x[.all, .mask(Tensor([true, false, true]))].shape == [2, 2, 4])
    #expect(try x[.mask(Tensor([false, true, true, false, false, true], [2, 3])), .at(0)].integers() == [4, 8, 20])
  }

  @Test("sets parts of a copy and leaves the original")
  func set() throws {
    let zero = try Tensor(0)
    #expect(try x.setting([.at(0), .at(0)], to: zero).sum().item() == .int(276 - 6))
    #expect(try x[.at(0), .at(0)].integers() == [0, 1, 2, 3])
    let changed = try x.setting([.all, .slice(step: 2), .at(1)], to: Tensor([100, 200]))
    #expect(try changed[.all, .all, .at(1)].integers() == [100, 5, 200, 100, 17, 200])
    #expect(try x.setting([.mask(x.less(23))], to: zero).sum().item() == .int(23))
    #expect(
      try x.setting([.at(0), .list(Tensor([1, 1])), .at(0)], to: Tensor([7, 8]))[.at(0), .at(1), .at(0)].item()
        == .int(8))
    #expect(try x.setting([.newAxis, .at(1)], to: Tensor.zeros([1, 3, 4], .int64)).sum().item() == .int(66))
    #expect(try Tensor([Float(1)]).setting([.at(0)], to: Tensor(2.5)).dtype == .float32)
  }

  @Test("has the gradients that finite differences give, first and second")
  func gradients() throws {
    let inputs = [try numbers([3, 4]), try numbers([2, 4], seed: 2)]
    try checkGradients([inputs[0]]) { try $0[0][.at(1)] }
    try checkGradients([inputs[0]]) { try $0[0][.slice(step: -2), .slice(start: 1, stop: 3)] }
    try checkGradients([inputs[0]]) { try $0[0][.list(Tensor([2, 0, 2, -1]))] }
    try checkGradients([inputs[0]]) { try $0[0][.all, .list(Tensor([0, 3, 3, 1], [2, 2]))] }
    try checkGradients([inputs[0]]) { try $0[0][.mask(inputs[0].greater(0))] }
    try checkGradients(inputs) { try $0[0].setting([.slice(step: 2)], to: $0[1]) }
    try checkGradients([inputs[0], try numbers([4])]) { try $0[0].setting([.slice(step: 2)], to: $0[1]) }
    try checkGradients([inputs[0], try numbers([4, 2])]) {
      try $0[0].setting([.all, .at(1)], to: $0[1][.slice(stop: 3), .at(0)])
    }
    try checkGradients([inputs[0], try numbers([4, 4])]) {
      try $0[0].setting([.list(Tensor([1, 2, 1, 0]))], to: $0[1])
    }
  }

  @Test("adds up the gradients of slices of one tensor")
  func manySlices() throws {
    let gradient = try gradient(at: Tensor([1.0, 2.0, 3.0])) { x in
      var total = try x[.at(0)]
      for index in 0..<3 { total = try total.adding(try x[.slice(start: index)].sum()) }
      return total
    }
    #expect(try gradient.doubles() == [2, 2, 3])
  }

  @Test("adds up the gradients of steps of a sequence, whichever axis is cut and however")
  func steps() throws {
    let x = try numbers([3, 4, 2])
    func pieces(_ x: Tensor, _ cuts: [[Index]]) throws -> Tensor {
      var total = try x.square().sum()
      for (place, cut) in cuts.enumerated() {
        total = try total.adding(try x.indexed(cut).power(3).multiplied(by: Scalar(place + 1)).sum())
      }
      return total
    }
    let cuts: [[Index]] = [
      [.all, .at(0)], [.all, .at(1)], [.all, .all, .at(1)], [.at(-1)], [.slice(step: 2), .slice(start: 1)],
      [.all, .slice(step: -1)],
    ]
    try checkGradients([x]) { try pieces($0[0], cuts) }
    try checkGradients([x]) { try pieces($0[0].transposed(), [[.at(0)], [.all, .at(1)], [.ellipsis, .at(3)]]) }
  }

  @Test("does not change a gradient that somebody holds")
  func sharedSums() throws {
    // Both terms of a sum get the same gradient; adding to one must not change the other.
    let (a, b) = (try numbers([3]), try numbers([3], seed: 2))
    let gradients = try valueAndGradients(at: [a, b]) { x in
      try x[0].adding(x[1]).sum().adding(try x[0][.slice(start: 1)].sum()).adding(try x[0].sum())
    }.gradients
    #expect(try gradients[0].doubles() == [2, 3, 3])
    #expect(try gradients[1].doubles() == [1, 1, 1])
  }

  @Test("gathers along an axis")
  func gather() throws {
    let y = try x[.at(0)]
    #expect(try y.gathered(Tensor([3, 0, 1], [3, 1]), axis: 1).integers() == [3, 4, 9])
    #expect(try y.gathered(Tensor([2, 1, 0, -1], [1, 4]), axis: 0).integers() == [8, 5, 2, 11])
    #expect(Tensor.code { try y.gathered(Tensor([3]), axis: 0) } == "shape-mismatch")
    #expect(Tensor.code { try y.gathered(Tensor([4, 0, 0], [3, 1]), axis: 1) } == "index-out-of-range")
    try checkGradients([try numbers([3, 4])]) { try $0[0].gathered(Tensor([3, 0, 3, 1, 1, 1], [3, 2]), axis: 1) }
  }

  @Test("explains indices that cannot be")
  func errors() throws {
    let error = #expect(throws: TensorError.self) { try self.x[.all, .at(3)] }
    #expect(error?.message == "index 3 is outside axis 1 of [2, 3, 4], whose length is 3")
    #expect(Tensor.code { try x[.at(-3)] } == "index-out-of-range")
    #expect(Tensor.code { try x[.at(.min)] } == "index-out-of-range")
    #expect(Tensor.code { try x[.at(0), .at(0), .at(0), .at(0)] } == "bad-argument")
    #expect(Tensor.code { try x[.ellipsis, .ellipsis] } == "bad-argument")
    #expect(Tensor.code { try x[.slice(step: 0)] } == "bad-argument")
    #expect(Tensor.code { try x[.slice(step: .min)] } == "bad-argument")
    #expect(Tensor.code { try x[.list(Tensor([0])), .list(Tensor([0]))] } == "bad-argument")
    #expect(Tensor.code { try x[.list(Tensor([0.0]))] } == "dtype-mismatch")
    #expect(Tensor.code { try x[.list(Tensor([2]))] } == "index-out-of-range")
    #expect(Tensor.code { try x[.mask(Tensor([true, false, true]))] } == "shape-mismatch")
    #expect(Tensor.code { try x[.newAxis, .newAxis, .newAxis, .newAxis, .newAxis, .newAxis] } == "bad-shape")
    #expect(Tensor.code { try x.setting([.at(0)], to: Tensor([1, 2, 3])) } == "shape-mismatch")
    #expect(Tensor.code { try Tensor(1)[.at(0)] } == "bad-argument")
  }
}
