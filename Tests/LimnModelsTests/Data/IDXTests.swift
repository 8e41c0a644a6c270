import Foundation
import LimnImage
import LimnTensor
import Testing

@testable import LimnModels

@Suite struct IDXTests {
  /// A file of one element type, with big-endian lengths.
  private func file(_ type: UInt8, _ lengths: [UInt32], _ elements: [UInt8]) -> [UInt8] {
    [0, 0, type, UInt8(lengths.count)]
      + lengths.flatMap { length in
        (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * UInt32($0))) }
      } + elements
  }

  private func message(_ bytes: [UInt8]) -> String? {
    let error = failure { try IDX.decode(bytes, name: "a.idx") }
    #expect(error?.code == .corruptFile)
    return error?.message
  }

  @Test func bytesStayBytes() throws {
    let tensor = try IDX.decode(file(0x08, [2, 3], [0, 1, 2, 3, 254, 255]), name: "a.idx")
    #expect(tensor.shape == [2, 3])
    #expect(try tensor.elements(UInt8.self) == [0, 1, 2, 3, 254, 255])
  }

  @Test(
    "signed integers become int32",
    arguments: [
      (0x09, [0xFF, 0x80, 0x7F], [-1, -128, 127]),
      (0x0B, [0xFF, 0xFE, 0x01, 0x00, 0x80, 0x00], [-2, 256, -32768]),
      (0x0C, [0xFF, 0xFF, 0xFF, 0xFD, 0, 0, 1, 0, 0x80, 0, 0, 0], [-3, 256, .min]),
    ] as [(UInt8, [UInt8], [Int32])])
  func integers(type: UInt8, bytes: [UInt8], values: [Int32]) throws {
    #expect(try IDX.decode(file(type, [3], bytes), name: "a.idx").elements(Int32.self) == values)
  }

  @Test func floatsKeepTheirWidth() throws {
    let single = try IDX.decode(file(0x0D, [2], [0x3F, 0x80, 0, 0, 0xC0, 0x20, 0, 0]), name: "a.idx")
    #expect(try single.elements(Float.self) == [1, -2.5])
    let double = try IDX.decode(file(0x0E, [1], [0x3F, 0xB9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9A]), name: "a.idx")
    #expect(try double.elements(Double.self) == [0.1])
  }

  @Test func anEmptyAxisIsAnEmptyTensor() throws {
    #expect(try IDX.decode(file(0x08, [0, 28], []), name: "a.idx").shape == [0, 28])
  }

  @Test func aFileThatIsNotOfTheFormatIsRejected() {
    for bytes: [UInt8] in [[], [0, 0, 8], [1, 0, 8, 1], [0, 0, 7, 1, 0, 0, 0, 1, 0], Array("text".utf8)] {
      #expect(message(bytes) == "a.idx cannot be read as IDX: it does not begin as such a file does")
    }
  }

  @Test func lengthsAreHeldAgainstTheFile() {
    #expect(
      message(file(0x08, [2, 2], [1, 2, 3]))
        == "a.idx cannot be read as IDX: its shape [2, 2] needs 4 bytes, and 3 follow")
    #expect(
      message(file(0x0D, [1], [1, 2, 3, 4, 5]))
        == "a.idx cannot be read as IDX: its shape [1] needs 4 bytes, and 5 follow")
    #expect(message([0, 0, 8, 3, 0, 0, 0, 1]) == "a.idx cannot be read as IDX: it is cut short")
    #expect(
      message(file(0x0E, [.max, .max, .max], []))
        == "a.idx cannot be read as IDX: its shape [4294967295, 4294967295, 4294967295] needs more bytes than can be "
        + "counted, and 0 follow")
  }

  @Test func moreThanEightAxesAreAnError() {
    let nine = file(0x08, [UInt32](repeating: 1, count: 9), [1])
    #expect(failure { try IDX.decode(nine, name: "a.idx") }?.code == .badShape)
  }
}
