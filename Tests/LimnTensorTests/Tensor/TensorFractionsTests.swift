import LimnTensor
import Testing

@Suite struct TensorFractionsTests {
  @Test func bytesAreFractionsOf255() throws {
    let bytes = try Tensor((0..<256).map { UInt8($0) }, [2, 128])
    let fractions = try bytes.fractionsOf255()
    #expect(fractions.shape == [2, 128])
    #expect(try fractions.elements(Float.self) == (0..<256).map { Float($0) / 255 })
    #expect(try fractions.elements(Float.self) == (bytes.converted(to: .float32) / 255).elements(Float.self))
  }

  @Test func viewsAreReadInTheirOwnOrder() throws {
    let view = try Tensor([0, 51, 102, 153, 204, 255] as [UInt8], [2, 3]).permuted([1, 0])
    #expect(try view.fractionsOf255().elements(Float.self) == [0, 0.6, 0.2, 0.8, 0.4, 1])
    #expect(try Tensor([] as [UInt8], [0, 3]).fractionsOf255().shape == [0, 3])
  }

  @Test func otherTypesAreRefused() throws {
    let error = #expect(throws: TensorError.self) { try Tensor([1] as [Float]).fractionsOf255() }
    #expect(error?.code == .dtypeMismatch)
  }
}
