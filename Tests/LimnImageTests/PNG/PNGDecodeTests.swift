import LimnTensor
import Testing

@testable import LimnImage

/// The fixtures come from Tests/Peers/png_fixtures.py, an encoder that is written from the specification.
@Suite struct PNGDecodeTests {
  static let width = 13
  static let height = 9

  /// A stored sample's value by its place, as png_fixtures.py defines it.
  static func stored(_ x: Int, _ y: Int, _ channel: Int, bits: Int) -> Int {
    (4099 * x + 257 * y + 12345 * channel + 31 * x * y) % (1 << bits)
  }

  /// The samples of a picture whose pixels are given by place.
  static func samples(_ pixel: (_ x: Int, _ y: Int) -> [Int]) -> [Int] {
    (0..<height).flatMap { y in (0..<width).flatMap { x in pixel(x, y) } }
  }

  static func values(_ image: Image) -> [Int] {
    switch image.samples {
    case .eight(let samples): samples.map(Int.init)
    case .sixteen(let samples): samples.map(Int.init)
    }
  }

  static func paletteColor(_ index: Int) -> [Int] {
    [(37 * index + 11) % 256, (59 * index + 5) % 256, (83 * index + 17) % 256]
  }

  @Test(
    "every color type and depth is read, interlaced or not",
    arguments: [
      ("gray", 8, Image.Channels.gray), ("gray", 16, .gray), ("rgb", 8, .rgb), ("rgb", 16, .rgb),
      ("gray-alpha", 8, .grayAlpha), ("gray-alpha", 16, .grayAlpha), ("rgba", 8, .rgba), ("rgba", 16, .rgba),
    ], ["", "-interlaced"])
  func wholeSamples(kind: (name: String, bits: Int, channels: Image.Channels), suffix: String) throws {
    let name = "\(kind.name)-\(kind.bits)\(suffix).png"
    let image = try PNG.decode(fixture("PNG/" + name), name: name).image
    #expect(image.width == Self.width && image.height == Self.height)
    #expect(image.channels == kind.channels && image.depth.rawValue == kind.bits)
    let expected = Self.samples { x, y in
      (0..<kind.channels.count).map { Self.stored(x, y, $0, bits: kind.bits) }
    }
    #expect(Self.values(image) == expected)
  }

  @Test("gray of fewer than 8 bits is spread over 0 to 255", arguments: [1, 2, 4], ["", "-interlaced"])
  func packedGray(bits: Int, suffix: String) throws {
    let image = try PNG.decode(fixture("PNG/gray-\(bits)\(suffix).png"), name: "gray").image
    #expect(image.channels == .gray && image.depth == .eight)
    #expect(Self.values(image) == Self.samples { x, y in [Self.stored(x, y, 0, bits: bits) * 255 / ((1 << bits) - 1)] })
  }

  @Test("a palette becomes colors", arguments: [1, 2, 4, 8], ["", "-interlaced"])
  func palette(bits: Int, suffix: String) throws {
    let image = try PNG.decode(fixture("PNG/palette-\(bits)\(suffix).png"), name: "palette").image
    #expect(image.channels == .rgb)
    #expect(Self.values(image) == Self.samples { x, y in Self.paletteColor(Self.stored(x, y, 0, bits: bits)) })
  }

  @Test func paletteOpacitiesBecomeAlpha() throws {
    let image = try PNG.decode(fixture("PNG/palette-4-transparent.png"), name: "palette").image
    #expect(image.channels == .rgba)
    let expected = Self.samples { x, y in
      let index = Self.stored(x, y, 0, bits: 4)
      return Self.paletteColor(index) + [index < 8 ? 255 - 31 * index : 255]
    }
    #expect(Self.values(image) == expected)
  }

  @Test("a transparent gray becomes alpha", arguments: [4, 16])
  func transparentGray(bits: Int) throws {
    let image = try PNG.decode(fixture("PNG/gray-\(bits)-transparent.png"), name: "gray").image
    #expect(image.channels == .grayAlpha)
    let full = bits == 16 ? 65535 : 255
    let scale = full / ((1 << bits) - 1)
    let clear = Self.stored(0, 0, 0, bits: bits)
    let expected = Self.samples { x, y in
      let value = Self.stored(x, y, 0, bits: bits)
      return [value * scale, value == clear ? 0 : full]
    }
    #expect(Self.values(image) == expected)
    #expect(expected[1] == 0)
  }

  @Test("a transparent color becomes alpha", arguments: [8, 16])
  func transparentColor(bits: Int) throws {
    let image = try PNG.decode(fixture("PNG/rgb-\(bits)-transparent.png"), name: "rgb").image
    #expect(image.channels == .rgba)
    let full = bits == 16 ? 65535 : 255
    func color(_ x: Int, _ y: Int) -> [Int] { (0..<3).map { Self.stored(x, y, $0, bits: bits) } }
    #expect(Self.values(image) == Self.samples { x, y in color(x, y) + [color(x, y) == color(0, 0) ? 0 : full] })
  }

  @Test func textChunksOfEveryKindAreRead() throws {
    let text = try PNG.decode(fixture("PNG/text.png"), name: "text.png").text
    #expect(
      text == [
        PNGText(keyword: "Title", text: "café"),
        PNGText(keyword: "Comment", text: String(repeating: "packed ", count: 40)),
        PNGText(keyword: "Author", text: "リム"),
        PNGText(keyword: "Note", text: "après ✓"),
      ])
  }
}
