/// What colors a terminal can show.
public enum TerminalColors: Equatable, Sendable {
  /// None: pictures are named, not drawn.
  case none
  /// xterm's palette of 256: a cube of 6 × 6 × 6 colors and 24 grays.
  case palette256
  /// 24 bits.
  case trueColor

  /// What the environment says of the terminal: `NO_COLOR` (https://no-color.org: set and not empty) and
  /// `TERM=dumb` rule colors out, `COLORTERM` and `TERM` tell how many there are.
  public static func detected(in environment: [String: String]) -> TerminalColors {
    if environment["NO_COLOR"].map({ !$0.isEmpty }) ?? false { return .none }
    guard let terminal = environment["TERM"], !terminal.isEmpty, terminal != "dumb" else { return .none }
    let depth = environment["COLORTERM"]?.lowercased()
    if depth == "truecolor" || depth == "24bit" || terminal.hasSuffix("-direct") { return .trueColor }
    return terminal.contains("256color") || depth != nil ? .palette256 : .none
  }

  /// The parameters of an escape that sets a color, as in `38;5;9`; nil where there are no colors.
  func parameters(_ color: Image.Color, foreground: Bool) -> String? {
    let plane = foreground ? "38" : "48"
    switch self {
    case .none: return nil
    case .palette256: return "\(plane);5;\(Self.paletteIndex(color))"
    case .trueColor: return "\(plane);2;\(color.red);\(color.green);\(color.blue)"
    }
  }

  private static let cubeLevels = [0, 95, 135, 175, 215, 255]

  /// The nearest of the palette's colors: in the cube, or among the grays.
  static func paletteIndex(_ color: Image.Color) -> Int {
    let target = [Int(color.red), Int(color.green), Int(color.blue)]
    func distance(_ candidate: [Int]) -> Int {
      zip(target, candidate).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    let cube = target.map { value in
      cubeLevels.indices.min { abs(cubeLevels[$0] - value) < abs(cubeLevels[$1] - value) } ?? 0
    }
    let gray = min(max((target.reduce(0, +) / 3 - 3) / 10, 0), 23)
    let grayLevel = 8 + 10 * gray
    let isGrayNearer = distance([grayLevel, grayLevel, grayLevel]) < distance(cube.map { cubeLevels[$0] })
    return isGrayNearer ? 232 + gray : 16 + 36 * cube[0] + 6 * cube[1] + cube[2]
  }
}
