import Testing

@testable import LimnTensor

@Suite struct TensorTests {
  @Test("is made of Swift values and read back")
  func values() throws {
    let x = try Tensor([1, 2, 3, 4, 5, 6], [2, 3])
    #expect(x.shape == [2, 3])
    #expect(x.dtype == .int64)
    #expect(try x.elements(Int64.self) == [1, 2, 3, 4, 5, 6])
    #expect(try Tensor([true]).elements() == [true])
    #expect(try Tensor(Float(2.5)).item() == .float(2.5))
    #expect(Tensor.code { try Tensor([1, 2], [3]) } == "shape-mismatch")
    #expect(Tensor.code { try x.elements(Float.self) } == "dtype-mismatch")
    #expect(Tensor.code { try x.item() } == "shape-mismatch")
  }

  @Test("is made full of a number, in a range, at equal distances, as an identity")
  func made() throws {
    #expect(try Tensor.full([2], 7, .uint8).integers() == [7, 7])
    #expect(try Tensor.ones([2, 2]).doubles() == [1, 1, 1, 1])
    #expect(try Tensor.arange(0, 5).integers() == [0, 1, 2, 3, 4])
    #expect(try Tensor.arange(5, 0, step: -2).integers() == [5, 3, 1])
    #expect(try Tensor.arange(0, 1, step: 0.25).doubles() == [0, 0.25, 0.5, 0.75])
    #expect(try Tensor.arange(0, -1).count == 0)
    #expect(try Tensor.linspace(0, 1, count: 5).doubles() == [0, 0.25, 0.5, 0.75, 1])
    #expect(try Tensor.linspace(3, 9, count: 1).doubles() == [3])
    #expect(try Tensor.eye(2, .int32).integers() == [1, 0, 0, 1])
    #expect(Tensor.code { try Tensor.full([1], 256, .uint8) } == "out-of-range")
    #expect(Tensor.code { try Tensor.full([1], .float(.nan), .int64) } == "out-of-range")
    #expect(Tensor.code { try Tensor.arange(0, 5, step: 0) } == "bad-argument")
    #expect(Tensor.code { try Tensor.arange(0, .float(.infinity)) } == "bad-argument")
    #expect(Tensor.code { try Tensor.arange(0, 1e300) } == "out-of-memory")
    #expect(Tensor.code { try Tensor.linspace(0, 1, count: -1) } == "bad-argument")
    #expect(Tensor.code { try Tensor.eye(-1) } == "bad-shape")
  }

  @Test("has at most eight axes of lengths that can be counted")
  func shapes() throws {
    #expect(try Shape([1, 2, 3, 4, 5, 6, 7, 8]).rank == 8)
    #expect(Tensor.code { try Shape(Array(repeating: 1, count: 9)) } == "bad-shape")
    #expect(Tensor.code { try Shape([2, -1]) } == "bad-shape")
    #expect(Tensor.code { try Shape([.max, .max]) } == "bad-shape")
    #expect(Tensor.code { try Tensor.zeros([1, 1, 1, 1, 1, 1, 1, 1]).unsqueezed(0) } == "bad-shape")
    #expect(Tensor.code { try Tensor.stacked([Tensor.zeros([1, 1, 1, 1, 1, 1, 1, 1])]) } == "bad-shape")
    var shape: Shape = [2, 4]
    shape.insert(3, at: 1)
    #expect(shape == [2, 3, 4])
    shape.remove(at: 0)
    #expect(shape == [3, 4])
    #expect("\(shape)" == "[3, 4]")
    #expect(Set([shape, [3, 4], [4, 3]]).count == 2)
  }

  @Test("looks into memory that somebody else owns, within its bounds")
  func borrowed() throws {
    let numbers: [Float] = [1, 2, 3, 4]
    try numbers.withUnsafeBytes { bytes in
      let storage = Storage(borrowing: bytes, owner: nil)
      let tail = try Tensor(storage: storage, byteOffset: 4, shape: [3], dtype: .float32).doubles()
      #expect(tail == [2, 3, 4])
      #expect(
        Tensor.code { try Tensor(storage: storage, byteOffset: 8, shape: [3], dtype: .float32) } == "shape-mismatch")
      #expect(
        Tensor.code { try Tensor(storage: storage, byteOffset: 2, shape: [1], dtype: .float32) } == "shape-mismatch")
      #expect(
        Tensor.code { try Tensor(storage: storage, byteOffset: -4, shape: [1], dtype: .float32) } == "shape-mismatch")
    }
  }

  @Test("takes bools from memory only if they are 0 or 1")
  func borrowedBools() throws {
    for (bytes, code) in [([0, 1], nil), ([0, 2], "bad-argument")] as [([UInt8], String?)] {
      let found = bytes.withUnsafeBytes { bytes in
        Tensor.code { try Tensor(storage: Storage(borrowing: bytes, owner: nil), shape: [2], dtype: .bool) }
      }
      #expect(found == code)
    }
  }

  @Test("knows element types by name")
  func types() {
    for dtype in DType.allCases { #expect(DType(name: dtype.name) == dtype) }
    #expect(DType(name: "float16") == nil)
  }

  @Test("prints a header and aligned rows with four significant digits")
  func printing() throws {
    #expect("\(try Tensor([1.0, 2.5, 3, 40], [2, 2]))" == "tensor [2, 2] float64\n[[  1, 2.5],\n [  3,  40]]")
    #expect(
      "\(try Tensor([Float(3.14159), -1e-7, 1.23456e9]))" == "tensor [3] float32\n[    3.142,    -1e-07, 1.235e+09]")
    #expect("\(try Tensor([true, false]))" == "tensor [2] bool\n[ true, false]")
    #expect("\(try Tensor(7))" == "tensor [] int64\n7")
    #expect("\(try Tensor([Double.nan, .infinity, -.infinity]))" == "tensor [3] float64\n[ nan,  inf, -inf]")
    #expect("\(try Tensor.zeros([0, 2]))" == "tensor [0, 2] float32\n[]")
    #expect(
      "\(try Tensor.arange(0, 8).reshaped([2, 2, 2]))"
        == "tensor [2, 2, 2] int64\n[[[0, 1],\n  [2, 3]],\n\n [[4, 5],\n  [6, 7]]]")
  }

  @Test("leaves out the middle beyond a thousand elements")
  func elision() throws {
    #expect("\(try Tensor.arange(0, 1001))" == "tensor [1001] int64\n[   0,    1,    2, ...,  998,  999, 1000]")
    #expect(!"\(try Tensor.arange(0, 1000))".contains("..."))
    let text = "\(try Tensor.zeros([100, 100]))"
    #expect(text.split(separator: "\n").count == 8)
    #expect(text.contains("[0, 0, 0, ..., 0, 0, 0],\n ...,\n"))
  }
}
