import LimnTensor
import Testing

@testable import LimnImage

@Suite struct ValueRangeTests {
  @Test(
    "a range that is none is an error",
    arguments: [
      (1.0, 1.0), (1, 0), (.nan, 1), (0, .infinity), (-3e38, 3e38), (1, 1 + 1e-12),
    ])
  func noRange(low: Double, high: Double) {
    #expect(failure { try ValueRange(low, high) }?.code == .badArgument)
  }
}

@Suite struct ImageTensorTests {
  @Test func valuesAreMappedByTheRangeAndClamped() throws {
    let tensor = try Tensor([-1.5, -1, 0, 0.5, 1, Float.infinity] as [Float], [2, 3])
    let image = try Image(tensor, range: ValueRange(-1, 1))
    // (v + 1) / 2 times 255, rounded half away from zero.
    #expect(image == (try Image(width: 3, height: 2, channels: .gray, samples: .eight([0, 0, 128, 191, 255, 255]))))
  }

  @Test func sixteenBitsAreGivenOnRequest() throws {
    let image = try Image(Tensor([0, 0.25, 1] as [Float], [1, 3]), depth: .sixteen)
    #expect(image.samples == .sixteen([0, 16384, 65535]))
  }

  @Test("the last axis is the channels", arguments: Image.Channels.allCases)
  func channels(channels: Image.Channels) throws {
    let values = (0..<(6 * channels.count)).map { Float($0) / 255 }
    let image = try Image(Tensor(values, Shape([2, 3, channels.count])))
    #expect(image.width == 3 && image.height == 2 && image.channels == channels)
    #expect(image.samples == .eight((0..<UInt8(6 * channels.count)).map { $0 }))
  }

  @Test func bytesAreTakenAsTheyAre() throws {
    let image = try Image(Tensor([0, 1, 128, 255] as [UInt8], [2, 2]), range: ValueRange(-1, 1))
    #expect(image.samples == .eight([0, 1, 128, 255]))
  }

  @Test func trueIsWhite() throws {
    #expect(try Image(Tensor([true, false], [1, 2])).samples == .eight([255, 0]))
  }

  @Test func integersAreMappedLikeOtherNumbers() throws {
    #expect(try Image(Tensor([0, 5, 10], [1, 3]), range: ValueRange(0, 10)).samples == .eight([0, 128, 255]))
  }

  @Test func everyByteSurvivesATensor() throws {
    let image = try Image(width: 16, height: 16, channels: .gray, samples: .eight((0...255).map { UInt8($0) }))
    #expect(try Image(image.tensor()) == image)
    #expect(try image.tensor().shape == [16, 16, 1])
  }

  @Test func aNaNIsAnErrorThatSaysWhere() throws {
    var values = [Float](repeating: 0, count: 24)
    values[17] = .nan
    let error = failure { try Image(Tensor(values, [2, 4, 3])) }
    #expect(error?.code == .notFinite)
    #expect(error?.message == "a picture cannot show a NaN: there is one at [1, 1, 2]")
  }

  @Test(
    "a shape that is no picture is an error",
    arguments: [
      ([4], "a picture has 2 or 3 axes, not 1"), ([2, 2, 5], "axis 2 has 5 channels, and a picture has 1 to 4"),
      ([1, 2, 2, 1], "a picture has 2 or 3 axes, not 4"),
    ])
  func noPicture(shape: [Int], reason: String) throws {
    let error = failure { try Image(Tensor.zeros(Shape(shape))) }
    #expect(error?.code == .shapeMismatch)
    #expect(error?.message == "a tensor of shape \(shape) is not a picture: \(reason)")
    #expect((error?.help != nil) == (shape.count == 4))
  }

  @Test func anEmptyTensorIsNoPicture() throws {
    #expect(failure { try Image(Tensor.zeros([0, 3, 1])) }?.code == .badImage)
  }
}

@Suite struct GridTests {
  @Test func picturesStandInRowsWithGapsBetween() throws {
    let images = try Tensor([1, 2, 3] as [UInt8], [3, 1, 1, 1])
    let grid = try Image.grid(images, columns: 2, padding: 1, background: .init(red: 9, green: 9, blue: 9))
    #expect(grid == (try Image(width: 3, height: 3, channels: .gray, samples: .eight([1, 9, 2, 9, 9, 9, 3, 9, 9]))))
  }

  @Test("without columns the grid is as square as can be", arguments: [(1, 1, 1), (2, 2, 1), (5, 3, 2), (16, 4, 4)])
  func square(count: Int, columns: Int, rows: Int) throws {
    let grid = try Image.grid(Tensor.zeros(Shape([count, 1, 1])), padding: 0)
    #expect(grid.width == columns && grid.height == rows)
  }

  @Test func thereAreNoMoreColumnsThanPictures() throws {
    #expect(try Image.grid(Tensor.zeros([2, 4, 5, 3]), columns: 8, padding: 2).width == 12)
  }

  @Test func theRangeIsApplied() throws {
    let images = try Tensor([-1, 1] as [Float], [2, 1, 1])
    #expect(try Image.grid(images, padding: 0, range: ValueRange(-1, 1)).samples == .eight([0, 255]))
  }

  @Test func aGrayBatchOnAColoredBackgroundIsColor() throws {
    let grid = try Image.grid(
      Tensor([1, 2] as [UInt8], [2, 1, 1]), padding: 1, background: .init(red: 1, green: 2, blue: 3))
    #expect(grid.samples == .eight([1, 1, 1, 1, 2, 3, 2, 2, 2]))
  }

  @Test func picturesOfSeveralSizesStandInTheMiddleOfTheirCells() throws {
    let small = try Image(width: 1, height: 1, channels: .gray, samples: .eight([7]))
    let large = try Image(width: 3, height: 3, channels: .gray, samples: .eight([UInt8](repeating: 5, count: 9)))
    let grid = try Image.grid([small, large], padding: 0, background: .black)
    #expect(grid.samples == .eight([0, 0, 0, 5, 5, 5, 0, 7, 0, 5, 5, 5, 0, 0, 0, 5, 5, 5]))
  }

  @Test func whatCannotBeAGridIsAnError() throws {
    let images = try Tensor.zeros([2, 3, 3, 1])
    #expect(failure { try Image.grid(images, columns: 0) }?.code == .badArgument)
    #expect(failure { try Image.grid(images, padding: -1) }?.code == .badArgument)
    #expect(failure { try Image.grid(Tensor.zeros([0, 3, 3, 1])) }?.message == "a grid needs at least one picture")
    #expect(failure { try Image.grid(Tensor.zeros([3, 3])) }?.help == "show one picture with show(image)")
  }

  @Test func aNaNIsPlacedInTheBatch() throws {
    var values = [Float](repeating: 0, count: 8)
    values[5] = .nan
    let error = failure { try Image.grid(Tensor(values, [2, 2, 2, 1])) }
    #expect(error?.message == "a picture cannot show a NaN: there is one at [1, 0, 1, 0]")
  }
}

@Suite struct HeatMapTests {
  @Test func theLeastAndTheGreatestHaveTheEndsOfTheScale() throws {
    let image = try Image.heatMap(Tensor([-5, 0, 5] as [Float], [1, 3]), map: .gray)
    #expect(image.samples == .eight([0, 0, 0, 128, 128, 128, 255, 255, 255]))
  }

  @Test func aRangeFixesTheScale() throws {
    let image = try Image.heatMap(Tensor([0, 1, 4] as [Float], [3, 1]), map: .gray, range: ValueRange(0, 2))
    #expect(image.samples == .eight([0, 0, 0, 128, 128, 128, 255, 255, 255]))
  }

  @Test("equal values are the middle of the scale", arguments: [0, 3, -1e20, 3e38] as [Float])
  func equal(value: Float) throws {
    #expect(
      try Image.heatMap(Tensor([value, value], [1, 2]), map: .gray).samples == .eight([128, 128, 128, 128, 128, 128]))
  }

  @Test func whatHasNoColorIsAnError() throws {
    #expect(
      failure { try Image.heatMap(Tensor([0, .nan] as [Float], [1, 2])) }?.message
        == "a picture cannot show a NaN: there is one at [0, 1]")
    #expect(failure { try Image.heatMap(Tensor([0, .infinity] as [Float], [1, 2])) }?.code == .notFinite)
    #expect(failure { try Image.heatMap(Tensor.zeros([2, 2, 1])) }?.code == .shapeMismatch)
  }
}
