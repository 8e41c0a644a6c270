import LimnTensor
import Testing

@testable import LimnImage

@Suite struct ColorMapTests {
  @Test("a map has 256 colors", arguments: ColorMap.all)
  func size(map: ColorMap) {
    #expect(map.colors.count == 256)
  }

  /// The ends as Matplotlib gives them: `matplotlib.colormaps["viridis"](0)` and so on, in 8 bits.
  @Test(
    "a map begins and ends as its authors made it",
    arguments: [
      ("viridis", [68, 1, 84], [253, 231, 36]), ("magma", [0, 0, 3], [251, 252, 191]),
      ("inferno", [0, 0, 3], [252, 254, 164]), ("plasma", [12, 7, 134], [239, 248, 33]),
      ("coolwarm", [58, 76, 192], [179, 3, 38]), ("gray", [0, 0, 0], [255, 255, 255]),
    ])
  func ends(name: String, first: [UInt8], last: [UInt8]) throws {
    let map = try ColorMap.named(name)
    #expect(map.color(at: 0) == Image.Color(red: first[0], green: first[1], blue: first[2]))
    #expect(map.color(at: 1) == Image.Color(red: last[0], green: last[1], blue: last[2]))
  }

  @Test("a sequential map never grows darker", arguments: [ColorMap.viridis, .magma, .inferno, .plasma, .gray])
  func lightness(map: ColorMap) {
    // Relative luminance of sRGB (IEC 61966-2-1), by a plain power of 2.2; a hair's breadth for the rounding.
    func power(_ value: UInt8) -> Double {
      var result = 1.0
      let base = Double(value) / 255
      result = base * base * (base.squareRoot().squareRoot())
      return result
    }
    let luminance = map.colors.map { 0.2126 * power($0.red) + 0.7152 * power($0.green) + 0.0722 * power($0.blue) }
    for (darker, lighter) in zip(luminance, luminance.dropFirst()) { #expect(lighter > darker - 0.006) }
  }

  @Test func valuesOutsideTakeTheEnds() {
    #expect(ColorMap.viridis.color(at: -3) == ColorMap.viridis.colors[0])
    #expect(ColorMap.viridis.color(at: .infinity) == ColorMap.viridis.colors[255])
    #expect(ColorMap.viridis.color(at: .nan) == ColorMap.viridis.colors[0])
  }

  @Test func anUnknownNameListsTheMaps() {
    let error = failure { try ColorMap.named("virids") }
    #expect(error?.code == .unknownColorMap)
    #expect(error?.help == #"use one of "viridis", "magma", "inferno", "plasma", "coolwarm", "gray""#)
  }
}
