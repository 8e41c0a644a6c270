import LimnTensor

/// A scale of colors for numbers: 256 colors from the least value to the greatest.
///
/// `viridis`, `magma`, `inferno` and `plasma` grow evenly lighter, so that equal steps look equal and a gray print
/// keeps the order. `coolwarm` is for values about a middle (blue below, gray at it, red above). `gray` runs from
/// black to white.
public struct ColorMap: Equatable, Sendable {
  /// The map's name, as users type it.
  public let name: String
  /// The map's 256 colors, the least value's first.
  public let colors: [Image.Color]

  public static let gray = ColorMap(
    name: "gray", colors: (0...255).map { Image.Color(red: UInt8($0), green: UInt8($0), blue: UInt8($0)) })
  public static let viridis = table("viridis")
  public static let magma = table("magma")
  public static let inferno = table("inferno")
  public static let plasma = table("plasma")
  public static let coolwarm = table("coolwarm")

  /// Every map, in the order in which help lists them.
  public static let all = [viridis, magma, inferno, plasma, coolwarm, gray]

  /// The map of that name.
  ///
  /// - Throws: `unknown-color-map`, with the names that there are.
  public static func named(_ name: String) throws(TensorError) -> ColorMap {
    if let map = all.first(where: { $0.name == name }) { return map }
    throw TensorError(
      .unknownColorMap, "there is no color map \"\(name)\"",
      help: "use one of " + all.map { "\"\($0.name)\"" }.joined(separator: ", "))
  }

  /// The color of a fraction; below 0 it is the first, above 1 the last, and NaN has the first.
  public func color(at fraction: Float) -> Image.Color {
    guard fraction > 0 else { return colors[0] }
    return colors[min(Int(min(fraction, 1) * 256), 255)]
  }

  private static func table(_ name: String) -> ColorMap {
    let digits = Array((tables.first { $0.name == name }?.digits ?? "").utf8)
    func nibble(_ digit: UInt8) -> UInt8 {
      digit >= UInt8(ascii: "a") ? digit - UInt8(ascii: "a") + 10 : digit - UInt8(ascii: "0")
    }
    func byte(_ index: Int) -> UInt8 { nibble(digits[2 * index]) << 4 | nibble(digits[2 * index + 1]) }
    let colors = (0..<(digits.count / 6)).map {
      Image.Color(red: byte(3 * $0), green: byte(3 * $0 + 1), blue: byte(3 * $0 + 2))
    }
    return ColorMap(name: name, colors: colors)
  }
}
