import LimnTensor
import Testing

@testable import LimnImage

@Suite struct ImageTests {
  @Test(
    "a size that cannot be is an error",
    arguments: [
      (0, 1, "a picture has at least one pixel, not 0 x 1"), (2, -1, "a picture has at least one pixel, not 2 x -1"),
      (2, 2, "a picture of 2 x 2 pixels with 3 channels has 12 samples, but 1 were given"),
      (.max, .max, "a picture of \(Int.max) x \(Int.max) pixels is too large: the limit is 134217728 pixels"),
    ])
  func impossibleSize(width: Int, height: Int, message: String) {
    let error = failure { try Image(width: width, height: height, channels: .rgb, samples: .eight([0])) }
    #expect(error?.code == .badImage)
    #expect(error?.message == message)
  }

  @Test func colorBecomesGrayByLuma() throws {
    let image = try Image(
      width: 4, height: 1, channels: .rgb, samples: .eight([255, 0, 0, 0, 255, 0, 0, 0, 255, 77, 77, 77]))
    // 255 times 0.299, 0.587, 0.114, rounded; and a gray stays what it is.
    #expect(image.converted(to: .gray).samples == .eight([76, 150, 29, 77]))
  }

  @Test func alphaIsCompositedWhereItHasNoPlace() throws {
    let image = try Image(width: 2, height: 1, channels: .rgba, samples: .eight([10, 20, 30, 0, 100, 0, 200, 51]))
    // A fifth of the color and four fifths of white.
    #expect(image.converted(to: .rgb).samples == .eight([255, 255, 255, 224, 204, 244]))
    #expect(image.converted(to: .rgb, over: .black).samples == .eight([0, 0, 0, 20, 0, 40]))
  }

  @Test func alphaIsKeptWhereItHasAPlace() throws {
    let image = try Image(width: 1, height: 1, channels: .grayAlpha, samples: .eight([10, 20]))
    #expect(image.converted(to: .rgba).samples == .eight([10, 10, 10, 20]))
    #expect(image.converted(to: .gray, over: .black).converted(to: .grayAlpha).samples == .eight([1, 255]))
  }

  @Test func eightBitsSurviveSixteen() throws {
    let image = try Image(width: 256, height: 1, channels: .gray, samples: .eight((0...255).map { UInt8($0) }))
    let wide = image.converted(to: .sixteen)
    #expect(wide.samples == .sixteen((0...255).map { UInt16($0 * 257) }))
    #expect(wide.converted(to: .eight) == image)
  }
}

@Suite struct ResizeTests {
  private func row(_ values: [UInt8]) throws -> Image {
    try Image(width: values.count, height: 1, channels: .gray, samples: .eight(values))
  }

  @Test("the same size is the same picture", arguments: Image.Resampling.allCases)
  func identity(method: Image.Resampling) throws {
    let image = try ramp(width: 7, height: 5, channels: .rgba)
    #expect(try image.resized(width: 7, height: 5, by: method) == image)
  }

  @Test("a picture of one color keeps it", arguments: Image.Resampling.allCases, [1, 3, 11])
  func constant(method: Image.Resampling, size: Int) throws {
    let image = try Image(width: 5, height: 4, channels: .gray, samples: .eight([UInt8](repeating: 93, count: 20)))
    let result = try image.resized(width: size, height: size, by: method)
    #expect(result.samples == .eight([UInt8](repeating: 93, count: size * size)))
  }

  @Test func nearestTakesTheSampleUnderTheCenter() throws {
    #expect(try row([1, 2, 3, 4, 5, 6]).resized(width: 2, height: 1, by: .nearest).samples == .eight([2, 5]))
    #expect(try row([1, 2]).resized(width: 5, height: 1, by: .nearest).samples == .eight([1, 1, 2, 2, 2]))
  }

  @Test func bilinearBlendsBetweenCenters() throws {
    // Centers at -1/4, 1/4, 3/4, 5/4 of the old samples.
    #expect(try row([0, 100]).resized(width: 4, height: 1, by: .bilinear).samples == .eight([0, 25, 75, 100]))
  }

  @Test func areaAveragesWhatAPixelCovers() throws {
    // 3 -> 2: each new pixel covers one old pixel and half of the middle one.
    #expect(try row([0, 90, 30]).resized(width: 2, height: 1, by: .area).samples == .eight([30, 50]))
    #expect(try row([10, 20, 30, 40]).resized(width: 2, height: 1, by: .area).samples == .eight([15, 35]))
  }

  @Test func automaticChoosesForEachAxis() throws {
    let image = try Image(
      width: 6, height: 2, channels: .gray, samples: .eight([8, 24, 0, 16, 80, 0, 96, 0, 8, 8, 240, 80]))
    let expected = try image.resized(width: 3, height: 2, by: .area).resized(width: 3, height: 4, by: .bilinear)
    #expect(try image.resized(width: 3, height: 4) == expected)
  }

  @Test func theColorOfTransparentPixelsDoesNotBleed() throws {
    let image = try Image(width: 2, height: 1, channels: .rgba, samples: .eight([200, 100, 50, 255, 0, 255, 0, 0]))
    #expect(try image.resized(width: 1, height: 1, by: .area).samples == .eight([200, 100, 50, 128]))
  }

  @Test func anAbsurdSizeIsAnError() throws {
    let image = try row([1])
    #expect(failure { try image.resized(width: .max, height: 2) }?.code == .badImage)
    #expect(failure { try image.resized(width: 0, height: 2) }?.code == .badImage)
  }
}
