import LimnTensor
import Testing

@testable import LimnImage

/// A damaged file is an error that names it, and never more than that.
@Suite struct PNGCorruptionTests {
  private func message(_ bytes: [UInt8]) -> String? {
    let error = failure { try PNG.decode(bytes, name: "a.png") }
    #expect(error?.code == .corruptFile)
    return error?.message
  }

  /// The header of a PNG of the given size, with a right checksum, and nothing after it.
  private func header(width: UInt32, height: UInt32) -> [UInt8] {
    func bigEndian(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
    let body = Array("IHDR".utf8) + bigEndian(width) + bigEndian(height) + [8, 0, 0, 0, 0]
    var checksum = ~UInt32(0)
    for byte in body {
      checksum ^= UInt32(byte)
      for _ in 0..<8 { checksum = checksum & 1 == 1 ? checksum >> 1 ^ 0xEDB8_8320 : checksum >> 1 }
    }
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + body + bigEndian(~checksum)
  }

  @Test func anEmptyFileIsRejected() {
    #expect(message([]) == "a.png cannot be read as a PNG: it is empty")
  }

  @Test func anotherFormatIsNamed() {
    #expect(message([0xFF, 0xD8, 0xFF, 0xE0] + Array("JFIF".utf8)) == "a.png is not a PNG file, but a JPEG")
    #expect(message(Array("GIF89a".utf8)) == "a.png is not a PNG file, but a GIF")
    #expect(message(Array("hello, world".utf8)) == "a.png is not a PNG file")
  }

  @Test func aFileCutAnywhereIsRejected() throws {
    let bytes = try fixture("PNG/rgba-8-interlaced.png")
    for length in 1..<bytes.count {
      let text = message(Array(bytes[..<length]))
      #expect(text == "a.png cannot be read as a PNG: it is cut short", "cut to \(length) bytes")
    }
  }

  /// Damage to what is not needed for the pixels (an ancillary chunk) may go unnoticed; nothing may crash.
  @Test(
    "any one damaged byte is an error or leaves the pixels as they were",
    arguments: [
      "gray-1", "palette-4-transparent", "rgb-16-transparent", "rgba-8-interlaced", "text",
    ])
  func damagedByte(name: String) throws {
    let bytes = try fixture("PNG/\(name).png")
    let image = try PNG.decode(bytes, name: name).image
    for place in bytes.indices {
      for flip: UInt8 in [0x01, 0x20, 0x80, 0xFF] {
        var damaged = bytes
        damaged[place] ^= flip
        guard let read = try? PNG.decode(damaged, name: name) else { continue }
        // A chunk's name with another case is another chunk, and one that may be ignored.
        let isSameChannels = read.image.channels == image.channels
        if isSameChannels { #expect(read.image == image, "byte \(place) changed by \(flip)") }
      }
    }
  }

  @Test func absurdSizesAreRejectedBeforeAnythingIsAllocated() {
    #expect(message(header(width: 0, height: 4)) == "a.png cannot be read as a PNG: its header is not a PNG's")
    #expect(
      message(header(width: .max, height: .max))
        == "a.png cannot be read as a PNG: it claims 4294967295 x 4294967295 pixels; the limits are 134217728 pixels "
        + "and 1000000 a side")
    #expect(
      message(header(width: 8192, height: 8192))
        == "a.png cannot be read as a PNG: it claims 8192 x 8192 pixels, more than its 33 bytes can hold")
  }

  @Test func aHeaderWithoutPixelsIsCutShort() {
    #expect(message(header(width: 4, height: 4)) == "a.png cannot be read as a PNG: it is cut short")
  }

  @Test func aWrongChecksumIsToldAsSuch() throws {
    var bytes = try fixture("PNG/gray-8.png")
    bytes[29] ^= 1
    #expect(message(bytes) == "a.png cannot be read as a PNG: IHDR: CRC error")
  }
}
