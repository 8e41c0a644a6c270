import LimnTensor
import Testing

@testable import LimnImage

@Suite struct TerminalTests {
  @Test(
    "the environment tells what the terminal can show",
    arguments: [
      (["TERM": "xterm-256color", "COLORTERM": "truecolor"], TerminalColors.trueColor),
      (["TERM": "xterm-256color", "COLORTERM": "24bit"], .trueColor),
      (["TERM": "xterm-256color"], .palette256),
      (["TERM": "xterm-direct"], .trueColor),
      (["TERM": "vt100"], .none),
      (["TERM": "dumb", "COLORTERM": "truecolor"], .none),
      ([:], .none),
      (["TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"], .none),
      (["TERM": "xterm-256color", "NO_COLOR": ""], .palette256),
    ])
  func detection(environment: [String: String], colors: TerminalColors) {
    #expect(TerminalColors.detected(in: environment) == colors)
  }

  @Test func twoRowsOfPixelsShareALine() throws {
    let image = try Image(
      width: 1, height: 2, channels: .rgb, samples: .eight([255, 0, 0, 0, 0, 255]))
    #expect(
      image.terminalText(colors: .trueColor, columns: 80) == "\u{1B}[38;2;255;0;0;48;2;0;0;255m▀\u{1B}[0m\n")
  }

  @Test func anOddLastRowHasNoLowerHalf() throws {
    let image = try Image(width: 1, height: 1, channels: .gray, samples: .eight([7]))
    #expect(image.terminalText(colors: .trueColor, columns: 80) == "\u{1B}[38;2;7;7;7m▀\u{1B}[0m\n")
  }

  @Test func equalNeighborsShareAnEscape() throws {
    let image = try Image(width: 3, height: 1, channels: .gray, samples: .eight([9, 9, 8]))
    #expect(
      image.terminalText(colors: .trueColor, columns: 80)
        == "\u{1B}[38;2;9;9;9m▀▀\u{1B}[38;2;8;8;8m▀\u{1B}[0m\n")
  }

  @Test func transparencyIsCompositedOverTheBackground() throws {
    let image = try Image(width: 2, height: 1, channels: .grayAlpha, samples: .eight([10, 0, 0, 51]))
    #expect(
      image.terminalText(colors: .trueColor, columns: 80, background: .init(red: 100, green: 0, blue: 50))
        == "\u{1B}[38;2;100;0;50m▀\u{1B}[38;2;80;0;40m▀\u{1B}[0m\n")
  }

  @Test func aWidePictureIsScaledToTheColumns() throws {
    let image = try ramp(width: 200, height: 100, channels: .gray)
    let lines = image.terminalText(colors: .palette256, columns: 40).split(separator: "\n")
    #expect(lines.count == 10)
    #expect(lines.allSatisfy { $0.filter { $0 == "▀" }.count == 40 })
  }

  @Test func aTallPictureIsScaledToTheRows() throws {
    let image = try ramp(width: 10, height: 100, channels: .gray)
    let lines = image.terminalText(colors: .palette256, columns: 40, rows: 5).split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines.allSatisfy { $0.filter { $0 == "▀" }.count == 1 })
  }

  @Test func withoutColorsThePictureIsNamed() throws {
    let image = try ramp(width: 28, height: 20, channels: .grayAlpha)
    #expect(image.terminalText(colors: .none, columns: 80) == "picture, 28 x 20, gray with alpha, 8 bits\n")
  }

  /// xterm's palette: 16 + 36 r + 6 g + b for levels 0, 95, 135, 175, 215, 255; 232 + i for gray 8 + 10 i.
  @Test(
    "the palette's nearest color is chosen",
    arguments: [
      (Image.Color.black, 16), (.white, 231), (.init(red: 255, green: 0, blue: 0), 196),
      (.init(red: 128, green: 128, blue: 128), 244), (.init(red: 100, green: 140, blue: 170), 67),
    ])
  func palette(color: Image.Color, index: Int) {
    #expect(TerminalColors.paletteIndex(color) == index)
  }
}
