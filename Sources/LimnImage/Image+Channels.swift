extension Image {
  /// The same picture with other channels.
  ///
  /// Color becomes gray by Rec. 601's weights for luma, 0.299 red + 0.587 green + 0.114 blue, which is what
  /// image tools commonly do with unlinearized samples. Gray becomes color by repetition. A missing opacity is
  /// full; an opacity that has no place is composited over `background`.
  public func converted(to target: Channels, over background: Color = .white) -> Image {
    if target == channels { return self }
    let source = unitSamples
    let count = channels.count
    var result: [Float] = []
    result.reserveCapacity(width * height * target.count)
    let behind = [background.red, background.green, background.blue].map { Float($0) / 255 }
    for pixel in 0..<(width * height) {
      let start = pixel * count
      var red = source[start]
      var green = channels.isColor ? source[start + 1] : red
      var blue = channels.isColor ? source[start + 2] : red
      var alpha: Float = channels.hasAlpha ? source[start + count - 1] : 1
      if channels.hasAlpha && !target.hasAlpha {
        red = red * alpha + behind[0] * (1 - alpha)
        green = green * alpha + behind[1] * (1 - alpha)
        blue = blue * alpha + behind[2] * (1 - alpha)
        alpha = 1
      }
      if target.isColor {
        result.append(red)
        result.append(green)
        result.append(blue)
      } else {
        let isGray = red == green && green == blue
        result.append(isGray ? red : 0.299 * red + 0.587 * green + 0.114 * blue)
      }
      if target.hasAlpha { result.append(alpha) }
    }
    return Image(width: width, height: height, channels: target, unitSamples: result, depth: depth)
  }

  /// The same picture in 8 or 16 bits a sample; going down rounds to the nearest.
  public func converted(to depth: Depth) -> Image {
    if depth == self.depth { return self }
    return Image(width: width, height: height, channels: channels, unitSamples: unitSamples, depth: depth)
  }
}
