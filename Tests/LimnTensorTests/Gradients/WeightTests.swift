import Testing

@testable import LimnTensor

@Suite struct WeightTests {
  @Test("is updated in place when nobody else looks into its memory")
  func inPlace() throws {
    let w = Weight(try Tensor([Float(1), 2]))
    let address = w.value.storage.pointer
    try w.update(Float.self) { $0[0] = 5 }
    #expect(w.value.storage.pointer == address)
    #expect(try w.value.doubles() == [5, 2])
  }

  @Test("is copied before an update when somebody does")
  func copyOnWrite() throws {
    let w = Weight(try Tensor([Float(1), 2]))
    let (kept, part) = (w.value, try w.value[.at(0)])
    try w.update(Float.self) { $0[0] = 5 }
    #expect(try kept.doubles() == [1, 2])
    #expect(try part.doubles() == [1])
    #expect(try w.value.doubles() == [5, 2])
  }

  @Test("copies a view, a stretched constant, and memory that it may not write")
  func views() throws {
    let stretched = Weight(try Tensor.zeros([3]))
    try stretched.update(Float.self) { $0[1] = 1 }
    #expect(try stretched.value.doubles() == [0, 1, 0])
    let bytes: [Float] = [1, 2]
    try bytes.withUnsafeBytes { bytes in
      let storage = Storage(borrowing: bytes, owner: nil)
      let mapped = Weight(try Tensor(storage: storage, shape: [2], dtype: .float32))
      try mapped.update(Float.self) { $0[1] = 7 }
      #expect(try mapped.value.doubles() == [1, 7])
    }
    #expect(bytes == [1, 2])
  }

  @Test("refuses an update as another type")
  func types() throws {
    let w = Weight(try Tensor([Float(1)]))
    #expect(Tensor.code { try w.update(Double.self) { _ in } } == "dtype-mismatch")
  }
}
