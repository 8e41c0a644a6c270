import Foundation
import LimnTensor
import Testing

@testable import LimnImage

@Suite struct PNGEncodeTests {
  @Test("what is written reads back exactly", arguments: Image.Channels.allCases, [Image.Depth.eight, .sixteen])
  func roundTrip(channels: Image.Channels, depth: Image.Depth) throws {
    for (width, height) in [(1, 1), (1, 7), (31, 17)] {
      let image = try ramp(width: width, height: height, channels: channels, depth: depth)
      #expect(try PNG.decode(PNG.encode(image), name: "round trip").image == image)
    }
  }

  @Test func equalPicturesBecomeEqualBytes() throws {
    let image = try ramp(width: 40, height: 30, channels: .rgb)
    let text = Recipe(software: "Limn", seed: 1).chunks
    #expect(try PNG.encode(image, text: text) == PNG.encode(image, text: text))
  }

  @Test func textReadsBackInOrder() throws {
    let text = [
      PNGText(keyword: "Title", text: "plain"), PNGText(keyword: "Résumé", text: "ça\nva"),
      PNGText(keyword: "Note", text: "図と🙂"), PNGText(keyword: "Empty", text: ""),
    ]
    let image = try ramp(width: 2, height: 2, channels: .gray)
    #expect(try PNG.decode(PNG.encode(image, text: text), name: "text").text == text)
  }

  @Test func textThatLatin1SpellsIsWrittenAsText() throws {
    let image = try ramp(width: 2, height: 2, channels: .gray)
    func chunkNames(_ text: String) throws -> Set<String> {
      let bytes = Data(try PNG.encode(image, text: [PNGText(keyword: "Note", text: text)]))
      return Set(["tEXt", "iTXt"].filter { bytes.range(of: Data($0.utf8)) != nil })
    }
    #expect(try chunkNames("café") == ["tEXt"])
    #expect(try chunkNames("ελ") == ["iTXt"])
    #expect(try chunkNames("tab\tand more") == ["iTXt"])
  }

  @Test(
    "a keyword that PNG forbids is an error",
    arguments: [
      "", " lead", "trail ", "two  spaces", "tab\t", "λ", String(repeating: "k", count: 80),
    ])
  func forbiddenKeyword(keyword: String) throws {
    let image = try ramp(width: 2, height: 2, channels: .gray)
    #expect(failure { try PNG.encode(image, text: [PNGText(keyword: keyword, text: "")]) }?.code == .badText)
  }

  @Test func aNullInATextIsAnError() throws {
    let image = try ramp(width: 2, height: 2, channels: .gray)
    let error = failure { try PNG.encode(image, text: [PNGText(keyword: "Note", text: "a\0b")]) }
    #expect(error?.message == "the PNG text \"Note\" holds a null character, which no PNG can store")
  }

  @Test func aSideBeyondTheFormatsLimitIsAnError() throws {
    let strip = try Image(
      width: 1_000_001, height: 1, channels: .gray, samples: .eight([UInt8](repeating: 0, count: 1_000_001)))
    #expect(failure { try PNG.encode(strip) }?.code == .badImage)
  }
}
