import Foundation
import LimnTensor
import Testing

@testable import LimnImage

@Suite struct ImageFolderTests {
  private func gray(_ value: UInt8, side: Int = 2) throws -> Image {
    try Image(
      width: side, height: side, channels: .gray, samples: .eight([UInt8](repeating: value, count: side * side)))
  }

  @Test func picturesComeSortedByNameAndMadeOneSize() throws {
    try withFolder { folder in
      try PNG.write(gray(30, side: 8), to: folder + "/b.png")
      try PNG.write(gray(10), to: folder + "/a.PNG")
      try PNG.write(gray(20, side: 1), to: folder + "/a10.png")
      try Files.write([1, 2], to: folder + "/notes.txt")
      try Files.write([1, 2], to: folder + "/.hidden.png")
      let (images, names) = try ImageFolder.read(folder, height: 4, width: 3, channels: .rgb)
      #expect(names == ["a.PNG", "a10.png", "b.png"])
      #expect(images.shape == [3, 4, 3, 3])
      let values: [Float] = try images.elements()
      #expect(values == [10, 20, 30].flatMap { [Float](repeating: $0 / 255, count: 36) })
    }
  }

  @Test func foldersInsideAreSearchedOnRequest() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(atPath: folder + "/inner", withIntermediateDirectories: true)
      try PNG.write(gray(1), to: folder + "/inner/z.png")
      try PNG.write(gray(2), to: folder + "/outer.png")
      #expect(try ImageFolder.read(folder, height: 2, width: 2).names == ["outer.png"])
      #expect(try ImageFolder.read(folder, height: 2, width: 2, recursive: true).names == ["inner/z.png", "outer.png"])
    }
  }

  @Test func aDamagedFileIsNamed() throws {
    try withFolder { folder in
      try PNG.write(gray(1), to: folder + "/good.png")
      try Files.write(Array("no picture".utf8), to: folder + "/bad.png")
      let error = failure { try ImageFolder.read(folder, height: 2, width: 2) }
      #expect(error?.message == "\(folder)/bad.png is not a PNG file")
    }
  }

  @Test func aFolderWithoutPicturesIsAnError() throws {
    try withFolder { folder in
      #expect(failure { try ImageFolder.read(folder, height: 2, width: 2) }?.code == .missingData)
      #expect(failure { try ImageFolder.read(folder + "/none", height: 2, width: 2) }?.code == .missingFolder)
    }
  }

  @Test func aSizeThatCannotBeIsAnError() throws {
    try withFolder { folder in
      #expect(failure { try ImageFolder.read(folder, height: 0, width: 2) }?.code == .badImage)
    }
  }
}
