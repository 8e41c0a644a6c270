import LimnTensor

extension Image {
  /// The picture as text for a terminal: half blocks, two pixels in a character, scaled down to fit.
  ///
  /// A character cell is about twice as tall as wide, so its upper and its lower half are near square. Each line
  /// ends by resetting the colors, and with a line feed. Transparent pixels are composited over `background`.
  /// Where there are no colors the text is one line that names the picture's size.
  ///
  /// - Parameters:
  ///   - colors: What the terminal can show.
  ///   - columns: The terminal's width in characters; a wider picture is made smaller, a narrower one stays as it is.
  ///   - rows: The greatest number of lines, where there is a limit.
  public func terminalText(
    colors: TerminalColors, columns: Int, rows: Int? = nil, background: Color = .white
  ) -> String {
    guard colors != .none else { return summary + "\n" }
    let picture = fitted(columns: max(columns, 1), rows: rows.map { max($0, 1) }).converted(to: .rgb, over: background)
    var text = ""
    for top in stride(from: 0, to: picture.height, by: 2) {
      var current = ""
      for x in 0..<picture.width {
        guard let upper = picture.color(x: x, y: top) else { continue }
        // An odd last row has no lower half; the terminal's own background stands there.
        let lower = picture.color(x: x, y: top + 1)
        let wanted = [
          colors.parameters(upper, foreground: true), lower.flatMap { colors.parameters($0, foreground: false) },
        ].compactMap(\.self).joined(separator: ";")
        if wanted != current {
          text += "\u{1B}[\(wanted)m"
          current = wanted
        }
        text += "▀"
      }
      text += "\u{1B}[0m\n"
    }
    return text
  }

  /// The picture's size in words: `picture, 28 x 28, gray, 8 bits`.
  public var summary: String {
    let kind =
      switch channels {
      case .gray: "gray"
      case .grayAlpha: "gray with alpha"
      case .rgb: "RGB"
      case .rgba: "RGBA"
      }
    return "picture, \(width) x \(height), \(kind), \(depth.rawValue) bits"
  }

  /// The picture, made smaller where it has more pixels than the cells hold, with its proportions kept.
  private func fitted(columns: Int, rows: Int?) -> Image {
    var scale = min(1, Double(columns) / Double(width))
    if let rows { scale = min(scale, Double(rows) * 2 / Double(height)) }
    guard scale < 1 else { return self }
    let newWidth = min(max(Int((Double(width) * scale).rounded()), 1), columns)
    let newHeight = max(Int((Double(height) * scale).rounded()), 1)
    return (try? resized(width: newWidth, height: newHeight, by: .area)) ?? self
  }
}
